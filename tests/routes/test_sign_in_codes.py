"""A screen is signed in by a short code that somebody approves elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_library.services.sign_in_codes import LETTERS
from media_library.services.throttle import ADDRESS_RATE
from tests.routes.household import PASSWORD, Answer, Browser, Household, error_of

TV = "192.168.1.70"


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    household = Household(tmp_path)
    yield household
    household.state.close()


@pytest.fixture
def admin(household: Household) -> Browser:
    return household.claimed()


@pytest.fixture
def tv(household: Household, admin: Browser) -> Browser:
    return household.browser(address=TV)


def ask(browser: Browser) -> Any:
    answer = browser.send("POST", "/api/sign-in-codes", {})
    assert answer.status_code == 201, answer.text
    return answer.json


def poll(browser: Browser, secret: str) -> Answer:
    return browser.send("POST", "/api/sign-in-codes/poll", {"secret": secret})


def say(browser: Browser, word: str, code: str, **more: object) -> Answer:
    return browser.send("POST", f"/api/sign-in-codes/{word}", {"code": code, **more})


def test_a_screen_is_let_in_by_its_code_once(household: Household, admin: Browser, tv: Browser) -> None:
    asked = ask(tv)
    assert re.fullmatch(f"[{LETTERS}]{{8}}", asked["code"])
    assert asked["url"].endswith(f"/link?code={asked['code']}") and asked["qr"].startswith("data:image/svg+xml")
    assert asked["expires_in"] == 600
    assert poll(tv, asked["secret"]).json == {"state": "waiting"}
    typed = f" {asked['code'][:4].lower()}-{asked['code'][4:]} "
    seen = say(admin, "look", typed).json
    assert (seen["device"], seen["address"]) == ("Chrome on macOS", TV)
    assert say(admin, "approve", typed).status_code == 204
    answer = poll(tv, asked["secret"])
    assert answer.status_code == 201 and answer.json["user"]["username"] == "root" and not answer.json["is_shared"]
    assert tv.send("GET", "/api/me").status_code == 200
    actions = [one.action for one in household.state.list_audit(3)]
    assert actions == ["sign_in_by_code", "approve_sign_in", "claim"]
    # one use, for the one that asked
    assert poll(household.browser(), asked["secret"]).json == {"state": "expired"}
    assert say(admin, "approve", asked["code"]).status_code == 404


def test_a_screen_can_be_let_in_as_a_shared_one(admin: Browser, tv: Browser) -> None:
    asked = ask(tv)
    say(admin, "approve", asked["code"], shared=True)
    assert poll(tv, asked["secret"]).json["is_shared"] is True
    assert tv.send("GET", "/api/users").status_code == 403


def test_a_refused_screen_hears_so(admin: Browser, tv: Browser) -> None:
    asked = ask(tv)
    assert say(admin, "refuse", asked["code"]).status_code == 204
    assert say(admin, "approve", asked["code"]).status_code == 404
    assert poll(tv, asked["secret"]).json == {"state": "refused"}
    assert poll(tv, asked["secret"]).json == {"state": "expired"}


def test_the_code_alone_lets_nobody_in(household: Household, admin: Browser, tv: Browser) -> None:
    """Who reads the code from the screen, or over a shoulder, has nothing (threats 28 and 51)."""
    asked = ask(tv)
    say(admin, "approve", asked["code"])
    thief = household.browser(address="192.168.1.66")
    for secret in (asked["code"], "", "mlc_" + "A" * 43, asked["secret"][:-1] + "~", asked["url"]):
        assert poll(thief, secret).json["state"] == "expired"
    for row in household.state._rows("SELECT secret_hash, code_hash FROM sign_in_codes"):
        assert asked["code"] not in str(row) and asked["secret"] not in str(row)
        assert [poll(thief, str(value)).json["state"] for value in row] == ["expired"] * 2
    cookie = {"Cookie": f"session={asked['secret']}; device={asked['secret']}"}
    assert household.bare_client().send("GET", "/api/me", headers=cookie).status_code == 401
    assert poll(tv, asked["secret"]).status_code == 201


def test_a_code_ends_after_ten_minutes(household: Household, admin: Browser, tv: Browser) -> None:
    asked = ask(tv)
    household.state._change("UPDATE sign_in_codes SET expires_at = 1")
    assert say(admin, "look", asked["code"]).status_code == 404
    assert say(admin, "approve", asked["code"]).status_code == 404
    assert poll(tv, asked["secret"]).json == {"state": "expired"}
    ask(tv)
    assert household.state._rows("SELECT count(*) FROM sign_in_codes") == [(1,)]


def test_threat_29_who_was_locked_out_since_lets_nobody_in(household: Household, admin: Browser, tv: Browser) -> None:
    ben = household.person(admin, "ben", "member")
    asked = ask(tv)
    say(ben, "approve", asked["code"])
    user = ben.send("GET", "/api/me").json["user"]["id"]
    admin.send("PATCH", f"/api/users/{user}", {"disabled": True})
    assert poll(tv, asked["secret"]).json == {"state": "refused"}
    assert tv.send("GET", "/api/me").status_code == 401


def test_threat_26_codes_are_guessed_no_faster_than_passwords(
    household: Household, admin: Browser, tv: Browser
) -> None:
    asked = ask(tv)
    codes = [say(admin, "look", f"{number:08}").status_code for number in range(ADDRESS_RATE.size + 3)]
    assert codes == [404] * ADDRESS_RATE.size + [429] * 3
    assert say(admin, "approve", asked["code"]).status_code == 429
    stranger = household.browser(address="192.168.1.67")
    polls = [poll(stranger, f"mlc_{number:043}").status_code for number in range(ADDRESS_RATE.size + 3)]
    assert polls == [200] * ADDRESS_RATE.size + [429] * 3
    assert poll(tv, asked["secret"]).json == {"state": "waiting"}, "the screen itself is never held up"
    assert all(poll(tv, asked["secret"]).status_code == 200 for _ in range(60))


def test_no_address_has_more_than_a_few_codes_open(household: Household, tv: Browser) -> None:
    for _ in range(5):
        ask(tv)
    assert tv.send("POST", "/api/sign-in-codes", {}).status_code == 429
    ask(household.browser(address="192.168.1.71"))
    household.state._change("UPDATE sign_in_codes SET expires_at = 1")
    for _ in range(4):
        ask(tv)  # the bucket of the address allows ten in a row
    household.state._change("UPDATE sign_in_codes SET expires_at = 1")
    assert tv.send("POST", "/api/sign-in-codes", {}).status_code == 429


def test_only_a_person_in_a_browser_of_their_own_lets_a_screen_in(
    household: Household, admin: Browser, tv: Browser
) -> None:
    asked = ask(tv)
    answer = admin.send("POST", "/api/keys", {"name": "k", "scopes": ["read", "manage"], "expires_in_days": None})
    secret = answer.json["secret"]
    shared = household.browser(address="192.168.1.72")
    shared.send("POST", "/api/login", {"username": "root", "password": PASSWORD, "shared": True})
    for word in ("look", "approve", "refuse"):
        key = household.bare_client().send(
            "POST", f"/api/sign-in-codes/{word}", {"code": asked["code"]}, headers={"Authorization": f"Bearer {secret}"}
        )
        assert error_of(key)["code"] == "forbidden"
        assert error_of(say(shared, word, asked["code"]))["code"] == "forbidden"
        assert say(tv, word, asked["code"]).status_code == 401
    # threat 31: a page of another site approves nothing
    foreign = admin.send(
        "POST", "/api/sign-in-codes/approve", {"code": asked["code"]}, headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    assert poll(tv, asked["secret"]).json == {"state": "waiting"}
