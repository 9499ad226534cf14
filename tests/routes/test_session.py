"""Signing in and out, cookies, one's own account."""

import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routes.household import HOUSE, PASSWORD, PUBLIC, Browser, Household, answer_of, error_of, sign_in


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    household = Household(tmp_path, public_url=PUBLIC)
    yield household
    household.state.close()


@pytest.fixture
def admin(household: Household) -> Browser:
    return household.claimed()


@pytest.fixture
def alice(household: Household, admin: Browser) -> Browser:
    return household.person(admin, "alice", "member")


def test_signing_in_tells_who_one_is(household: Household, alice: Browser) -> None:
    answer = sign_in(household.browser(), "alice")
    assert answer.status_code == 200
    user = answer.json["user"]
    assert set(user) == {
        "id", "username", "display_name", "role", "hue", "has_picture", "has_pin", "has_password",
    }  # fmt: skip
    assert answer.json["is_shared"] is False and user["has_password"] is True
    assert (user["username"], user["display_name"], user["role"]) == ("alice", "alice", "member")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/me"),
        ("PATCH", "/api/me"),
        ("PUT", "/api/me/password"),
        ("GET", "/api/me/sessions"),
        ("DELETE", "/api/me/sessions/x"),
        ("POST", "/api/logout"),
        ("GET", "/api/keys"),
        ("POST", "/api/keys"),
        ("DELETE", "/api/keys/x"),
        ("GET", "/api/users"),
        ("POST", "/api/users"),
        ("PATCH", "/api/users/x"),
        ("DELETE", "/api/users/x"),
    ],
)
def test_threat_48_a_stranger_is_sent_away(household: Household, admin: Browser, method: str, path: str) -> None:
    answer = household.browser().send(method, path, None if method == "GET" else {})
    assert answer.status_code == 401
    assert error_of(answer)["code"] == "unauthenticated"


def test_threat_22_a_wrong_name_and_a_wrong_password_get_the_same_answer(household: Household, alice: Browser) -> None:
    answers = [sign_in(household.browser(), *who) for who in (("alice", "wrong horse"), ("nobody", PASSWORD))]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].text == answers[1].text
    assert "Set-Cookie" not in answers[0].headers


def test_threat_22_a_wrong_name_takes_as_long_as_a_wrong_password(tmp_path: Path) -> None:
    household = Household(tmp_path / "slow", cost=9)
    household.person(household.claimed(), "alice", "member")
    taken: dict[str, list[float]] = {"alice": [], "nobody": []}
    for number in range(40):
        household.clock.now += 3600
        for username, times in taken.items():
            start = time.thread_time()
            assert sign_in(household.browser(), username, f"wrong horse {number}").status_code == 401
            times.append(time.thread_time() - start)
    known, unknown = (statistics.median(times) * 1000 for times in taken.values())
    household.state.close()
    assert known > 10
    assert abs(known - unknown) < 5


@pytest.mark.parametrize(
    "username", ["%", "_", "alice%", "ALICE", "alice ", "\u0430lice", "ali\u200dce", "alice\0", ""]
)
def test_threat_23_only_the_exact_name_signs_in(household: Household, alice: Browser, username: str) -> None:
    assert sign_in(household.browser(), username).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b'{"username": "alice", "password": "\\ud800"}',
        b'{"username": "\\udfff", "password": "correct horse"}',
        b'{"username": "alice", "password": null}',
        b'{"username": "alice", "password": ["correct horse"]}',
        b'{"username": "alice", "password": "x", "password": "correct horse"}',
        b'{"username": "alice", "password": "correct horse", "role": "admin"}',
        b'{"username": "alice"}',
        b"",
        b"null",
        b"\xff",
        b"[]",
    ],
)
def test_threats_20_24_46_what_is_no_sign_in_is_refused_as_input(
    household: Household, alice: Browser, body: bytes
) -> None:
    response = household.browser().client.post(
        "/api/login", data=body, content_type="application/json", base_url=HOUSE, headers={"Origin": HOUSE}
    )
    assert response.status_code == 400, response.text
    assert error_of(answer_of(response))["code"] == "bad_request"


def test_threat_24_a_disabled_person_gets_no_session(household: Household, admin: Browser, alice: Browser) -> None:
    user_id = alice.send("GET", "/api/me").json["user"]["id"]
    assert admin.send("PATCH", f"/api/users/{user_id}", {"disabled": True}).status_code == 200
    assert alice.send("GET", "/api/me").status_code == 401
    for password in (PASSWORD, "", "null"):
        assert sign_in(household.browser(), "alice", password).status_code == 401


def test_threat_2_forged_addresses_do_not_help_somebody_who_guesses(household: Household, alice: Browser) -> None:
    browser = household.browser()
    statuses = [
        browser.send(
            "POST",
            "/api/login",
            {"username": "alice", "password": f"guess {number}"},
            headers={"X-Forwarded-For": f"6.6.6.{number}", "CF-Connecting-IP": f"6.6.6.{number}"},
        ).status_code
        for number in range(1000)
    ]
    assert statuses == [401] * 10 + [429] * 990


def test_threat_25_a_known_browser_signs_in_while_the_account_is_attacked(household: Household, alice: Browser) -> None:
    assert alice.send("POST", "/api/logout", {}).status_code == 204
    for number in range(2000):
        sign_in(household.browser(address=f"6.6.6.{number % 50}"), "alice", "wrong horse")
    start = time.process_time()
    assert sign_in(alice, "alice").status_code == 200
    assert time.process_time() - start < 2
    assert sign_in(household.browser(address="203.0.113.9"), "alice").status_code == 200
    alice.address = "6.6.6.6"
    assert sign_in(alice, "alice").status_code == 200, "even from where the attack comes from"
    refused = sign_in(household.browser(address="6.6.6.6"), "alice")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0


def test_threat_26_wrong_keys_and_wrong_current_passwords_are_throttled(household: Household, alice: Browser) -> None:
    stranger = household.browser(address="6.6.6.6")
    keys = [
        stranger.send("GET", "/api/users", headers={"Authorization": f"Bearer mlk_{'a' * 41}{number:02d}"}).status_code
        for number in range(12)
    ]
    assert keys == [401] * 10 + [429] * 2
    change = {"current_password": "wrong horse", "new_password": "new horse 1"}
    changes = [alice.send("PUT", "/api/me/password", change).status_code for _ in range(12)]
    assert changes == [403] * 10 + [429] * 2


def test_threat_27_a_session_cookie_from_before_is_dead_after_signing_in(household: Household, alice: Browser) -> None:
    old = alice.cookie("session")
    assert old is not None
    assert sign_in(alice, "alice").status_code == 200
    assert alice.cookie("session") != old
    thief = household.browser()
    thief.client.set_cookie("session", old, domain="192.168.1.2")
    assert thief.send("GET", "/api/me").status_code == 401


def test_threat_27_a_planted_session_cookie_is_not_adopted(household: Household, alice: Browser) -> None:
    victim = household.browser()
    planted = "mls_" + "a" * 43
    victim.client.set_cookie("session", planted, domain="192.168.1.2")
    assert sign_in(victim, "alice").status_code == 200
    assert victim.cookie("session") != planted


def test_threat_30_the_cookies_of_the_house_have_their_flags(household: Household, alice: Browser) -> None:
    cookies = sign_in(household.browser(), "alice").headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["session", "device"]
    for cookie in cookies:
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie and "Domain" not in cookie
        age = re.search(r"Max-Age=([0-9]+)", cookie)
        assert age is not None and 89 * 86_400 < int(age[1]) <= 90 * 86_400


def test_threat_30_the_cookies_of_the_public_address_are_bound_to_it(household: Household, alice: Browser) -> None:
    browser = household.browser(PUBLIC)
    cookies = sign_in(browser, "alice").headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["__Host-session", "__Host-device"]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert browser.send("GET", "/api/me").status_code == 200


def test_threat_30_a_cookie_of_the_house_is_worth_nothing_at_the_public_address(
    household: Household, alice: Browser
) -> None:
    token = alice.cookie("session")
    assert token is not None
    assert household.bare_client().send("GET", "/api/me", headers={"Cookie": f"session={token}"}).status_code == 200
    outside = household.bare_client(PUBLIC)
    for header in (f"session={token}", f"=__Host-session={token}", f"={token}"):
        assert outside.send("GET", "/api/me", headers={"Cookie": header}).status_code == 401


def test_threat_41_a_token_in_the_address_is_not_looked_at(household: Household, alice: Browser) -> None:
    token = alice.cookie("session")
    answer = household.browser().send("GET", f"/api/me?session={token}")
    assert answer.status_code == 401


def test_threat_29_signing_out_ends_the_session_on_the_server(household: Household, alice: Browser) -> None:
    token = alice.cookie("session")
    assert token is not None
    answer = alice.send("POST", "/api/logout", {})
    assert answer.status_code == 204 and not answer.text
    assert alice.cookie("session") is None
    assert alice.cookie("device") is not None, "the browser stays known"
    alice.client.set_cookie("session", token, domain="192.168.1.2")
    assert alice.send("GET", "/api/me").status_code == 401


def test_threat_29_a_new_password_ends_the_other_browsers(household: Household, alice: Browser) -> None:
    other = household.browser()
    sign_in(other, "alice")
    answer = alice.send("PUT", "/api/me/password", {"current_password": PASSWORD, "new_password": "new horse 1"})
    assert answer.status_code == 204
    assert other.send("GET", "/api/me").status_code == 401
    assert alice.send("GET", "/api/me").status_code == 200
    assert sign_in(household.browser(), "alice").status_code == 401
    assert sign_in(household.browser(), "alice", "new horse 1").status_code == 200


def test_a_new_password_that_is_too_short_names_its_field(alice: Browser) -> None:
    answer = alice.send("PUT", "/api/me/password", {"current_password": PASSWORD, "new_password": "short"})
    assert (answer.status_code, error_of(answer)["field"]) == (400, "new_password")


def test_one_sees_ones_browsers_and_ends_one_of_them(household: Household, admin: Browser, alice: Browser) -> None:
    other = household.browser(address="192.168.1.77")
    sign_in(other, "alice")
    sessions = alice.send("GET", "/api/me/sessions").json["sessions"]
    assert [set(entry) for entry in sessions] == [
        {"id", "created_at", "last_seen_at", "device", "address", "current", "is_shared"}
    ] * 2
    assert {entry["device"] for entry in sessions} == {"Chrome on macOS"}
    [theirs] = [entry for entry in sessions if not entry["current"]]
    assert theirs["address"] == "192.168.1.77"
    assert admin.send("DELETE", f"/api/me/sessions/{theirs['id']}").status_code == 404
    assert alice.send("DELETE", f"/api/me/sessions/{theirs['id']}").status_code == 204
    assert other.send("GET", "/api/me").status_code == 401
    assert alice.send("GET", "/api/me").status_code == 200


def test_ending_the_own_session_signs_out(alice: Browser) -> None:
    [own] = alice.send("GET", "/api/me/sessions").json["sessions"]
    assert own["current"]
    assert alice.send("DELETE", f"/api/me/sessions/{own['id']}").status_code == 204
    assert alice.cookie("session") is None


def test_one_changes_ones_name_but_not_ones_role(alice: Browser) -> None:
    answer = alice.send("PATCH", "/api/me", {"display_name": " Алиса "})
    assert answer.json["user"]["display_name"] == "Алиса"
    for field, value in (("role", "admin"), ("username", "root"), ("disabled", False), ("id", "x")):
        refused = alice.send("PATCH", "/api/me", {"display_name": "A", field: value})
        assert (refused.status_code, error_of(refused)["field"]) == (400, field)
    assert alice.send("GET", "/api/me").json["user"]["display_name"] == "Алиса"


def test_without_sign_in_the_admin_acts_on_this_machine_and_nobody_else_does(tmp_path: Path) -> None:
    household = Household(tmp_path / "local", auth=False)
    household.accounts.ensure_initial_admin()
    stale = {"Cookie": f"session=mls_{43 * 'a'}"}
    at_home = Browser(household.app.test_client(use_cookies=False), "http://127.0.0.1:8096", "127.0.0.1")
    for headers in ({}, stale):
        me = at_home.send("GET", "/api/me", headers=headers)
        assert (me.status_code, me.json["user"]["role"]) == (200, "admin")
    for tunnel in ({"CF-Connecting-IP": "6.6.6.6"}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=[::1]"}):
        assert at_home.send("GET", "/api/me", headers=tunnel).status_code == 401
    elsewhere = Browser(household.app.test_client(), "http://192.168.1.2:8096", "192.168.1.7")
    assert elsewhere.send("GET", "/api/me").status_code == 401
    at_home.origin = "http://evil.example"
    assert at_home.send("GET", "/api/me").status_code != 200, "a name that was pointed at this machine"
    household.state.close()


def test_threat_31_a_foreign_page_cannot_sign_anybody_in_or_out(household: Household, alice: Browser) -> None:
    foreign = {"Origin": "https://evil.example"}
    credentials = {"username": "alice", "password": PASSWORD}
    assert alice.send("POST", "/api/logout", {}, headers=foreign).status_code == 403
    assert household.browser().send("POST", "/api/login", credentials, headers=foreign).status_code == 403
    form = alice.client.post(
        "/api/login", data=credentials, base_url=HOUSE, headers={"Origin": HOUSE}, content_type="text/plain"
    )
    assert form.status_code == 415
    assert alice.send("GET", "/api/me").status_code == 200
