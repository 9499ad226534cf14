"""Who is watching: profiles, PINs and shared screens."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media_library.services.throttle import ADDRESS_RATE
from tests.routes.household import PASSWORD, Answer, Browser, Household, error_of, sign_in


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    household = Household(tmp_path)
    yield household
    household.state.close()


@pytest.fixture
def admin(household: Household) -> Browser:
    return household.claimed()


@pytest.fixture
def kid(admin: Browser) -> str:
    answer = admin.send("POST", "/api/users", {"username": "kim", "role": "kid", "max_age": 6})
    assert answer.status_code == 201, answer.text
    user_id: str = answer.json["user"]["id"]
    return user_id


@pytest.fixture
def screen(household: Household, admin: Browser, kid: str) -> Browser:
    browser = household.browser(address="192.168.1.90")
    answer = browser.send("POST", "/api/login", {"username": "root", "password": PASSWORD, "shared": True})
    assert answer.status_code == 200 and answer.json["is_shared"] is True
    return browser


def me(browser: Browser) -> Any:
    return browser.send("GET", "/api/me").json


def enter(browser: Browser, user_id: str, **proof: str) -> Answer:
    return browser.send("POST", f"/api/profiles/{user_id}/enter", proof)


def own_id(browser: Browser) -> str:
    return str(me(browser)["user"]["id"])


def test_a_shared_screen_lists_who_may_be_watching_and_no_other_browser_does(
    household: Household, admin: Browser, screen: Browser, kid: str
) -> None:
    household.person(admin, "hidden", "member")
    hidden = next(one for one in admin.send("GET", "/api/users").json["users"] if one["username"] == "hidden")
    admin.send("PATCH", f"/api/users/{hidden['id']}", {"on_shared_screens": False})
    listed = screen.send("GET", "/api/profiles").json
    assert [(one["name"], one["is_kid"], one["has_pin"]) for one in listed["profiles"]] == [
        ("root", False, False), ("kim", True, False),
    ]  # fmt: skip
    assert listed["shared"] is True
    alone = admin.send("GET", "/api/profiles").json
    assert [one["name"] for one in alone["profiles"]] == ["root"] and alone["shared"] is False
    assert enter(screen, hidden["id"]).status_code == 404


def test_threat_27_entering_a_profile_is_a_fresh_session_and_the_old_one_is_dead(
    household: Household, screen: Browser, kid: str
) -> None:
    old = screen.cookie("session")
    answer = enter(screen, kid)
    assert answer.status_code == 200 and answer.json["user"]["username"] == "kim" and answer.json["is_shared"]
    assert screen.cookie("session") != old
    stale = household.bare_client().send("GET", "/api/me", headers={"Cookie": f"session={old}"})
    assert stale.status_code == 401
    assert household.state.list_audit(1)[0].action == "enter_profile"


def test_a_kid_cannot_become_an_admin_on_a_shared_screen(screen: Browser, admin: Browser, kid: str) -> None:
    root = own_id(admin)
    assert enter(screen, kid).status_code == 200
    assert "password" in error_of(enter(screen, root))["message"]
    assert enter(screen, root, pin="1234").status_code == 403
    assert enter(screen, root, password="wrong horse").status_code == 403
    assert me(screen)["user"]["username"] == "kim"
    assert enter(screen, root, password=PASSWORD).status_code == 200
    assert me(screen)["user"]["username"] == "root"


def test_a_pin_opens_a_profile_and_is_no_password(household: Household, admin: Browser, screen: Browser) -> None:
    root = own_id(admin)
    assert error_of(admin.send("PUT", "/api/me/pin", {"pin": "2580", "password": "wrong horse"}))["code"] == "forbidden"
    answer = admin.send("PUT", "/api/me/pin", {"pin": "2580", "password": PASSWORD})
    assert answer.status_code == 200 and answer.json["user"]["has_pin"] is True
    assert "PIN" in error_of(enter(screen, root))["message"]
    assert enter(screen, root, pin="2581").status_code == 403
    assert enter(screen, root, pin="2580").status_code == 200
    # threat 51: a proof of one kind is worth nothing as another
    assert sign_in(household.browser(), "root", "2580").status_code == 401
    stored = household.state.pin_hash(root)
    assert stored is not None and "2580" not in stored and "$2b$" in stored
    assert enter(screen, root, password="2580").status_code == 403
    assert enter(screen, root, pin=stored[:8]).status_code == 400
    assert admin.send("PUT", "/api/me/pin", {"pin": None, "password": PASSWORD}).json["user"]["has_pin"] is False


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "１２３４", "", " 1234", "1234\n", 1234])
def test_a_pin_is_four_to_eight_digits(admin: Browser, kid: str, pin: object) -> None:
    assert admin.send("PUT", "/api/me/pin", {"pin": pin, "password": PASSWORD}).status_code == 400
    assert admin.send("PATCH", f"/api/users/{kid}", {"pin": pin}).status_code == 400


def test_threat_26_a_pin_is_guessed_no_faster_than_a_password(
    household: Household, admin: Browser, screen: Browser, kid: str
) -> None:
    admin.send("PATCH", f"/api/users/{kid}", {"pin": "7391"})
    codes = [enter(screen, kid, pin=f"{number:04}").status_code for number in range(ADDRESS_RATE.size + 5)]
    assert codes == [403] * ADDRESS_RATE.size + [429] * 5
    assert enter(screen, kid, pin="7391").status_code == 429
    household.clock.now += ADDRESS_RATE.refill_seconds
    assert enter(screen, kid, pin="7391").status_code == 200
    # from many places at once it is the profile that pays: fewer than a hundred guesses an hour
    checked = 0
    for number in range(60):
        other = household.browser(address=f"192.168.7.{number}")
        other.send("POST", "/api/login", {"username": "root", "password": PASSWORD, "shared": True})
        for guess in ("1111", "2222", "3333"):
            checked += enter(other, kid, pin=guess).status_code == 403
    assert checked < 100


def test_threat_24_nobody_signs_in_as_a_kid_without_a_password(household: Household, admin: Browser, kid: str) -> None:
    for password in ("", "kim", "null", "None", "bcrypt", household.state.password_hash(kid)):
        assert sign_in(household.browser(), "kim", password).status_code == 401
    assert admin.send("POST", "/api/users", {"username": "mia", "role": "member"}).status_code == 400
    assert admin.send("POST", "/api/users", {"username": "mia", "role": "admin", "password": None}).status_code == 400


def test_on_a_shared_screen_nothing_is_managed_by_whoever_knows_a_pin(screen: Browser, admin: Browser) -> None:
    assert me(screen)["user"]["role"] == "admin"
    for method, path, body in (
        ("GET", "/api/users", None), ("POST", "/api/users", {"username": "x", "role": "kid"}),
        ("GET", "/api/settings", None), ("GET", "/api/jobs", None), ("POST", "/api/scan", {}),
        ("POST", "/api/keys", {"name": "x", "scopes": ["read"], "expires_in_days": None}),
        ("PUT", "/api/me/password", {"current_password": PASSWORD, "new_password": "another horse"}),
        ("GET", "/api/me/sessions", None), ("PUT", "/api/me/pin", {"pin": "1234", "password": PASSWORD}),
        ("POST", "/api/sign-in-codes/look", {"code": "AAAAAAAA"}), ("PATCH", "/api/me", {"display_name": "x"}),
    ):  # fmt: skip
        answer = screen.send(method, path, body)
        assert answer.status_code == 403 and "shared screen" in error_of(answer)["message"], path
    assert screen.send("GET", "/api/library").status_code == 200
    assert screen.send("GET", "/api/me/choices").status_code == 200


def test_a_browser_becomes_a_shared_screen_freely_and_ones_own_again_by_the_password(admin: Browser, kid: str) -> None:
    old = admin.cookie("session")
    answer = admin.send("PUT", "/api/me/screen", {"shared": True})
    assert answer.status_code == 200 and answer.json["is_shared"] is True and admin.cookie("session") != old
    assert admin.send("PUT", "/api/me/screen", {"shared": False}).status_code == 403
    assert enter(admin, kid).status_code == 200
    assert admin.send("PUT", "/api/me/screen", {"shared": False, "password": ""}).status_code == 403
    assert admin.send("PUT", "/api/me/screen", {"shared": False, "password": PASSWORD}).status_code == 403


def test_an_own_browser_enters_nobody_else(household: Household, admin: Browser, kid: str) -> None:
    assert enter(admin, kid).status_code == 409
    assert enter(household.browser(), kid).status_code == 401


def test_a_shared_screen_is_nobody_s_known_browser(household: Household, screen: Browser) -> None:
    """Else a guess from the sofa would not be paid for by the account (threat 25)."""
    token = screen.cookie("device")
    assert token is not None
    assert household.state._rows("SELECT count(*) FROM known_devices")[0][0] == 1  # that of the claim


def test_threat_29_a_change_of_what_a_profile_may_see_ends_its_sessions(
    admin: Browser, screen: Browser, kid: str
) -> None:
    enter(screen, kid)
    assert admin.send("PATCH", f"/api/users/{kid}", {"max_age": 12}).json["user"]["max_age"] == 12
    assert screen.send("GET", "/api/me").status_code == 401


def test_only_a_kid_has_a_limit_of_age_and_it_ends_with_being_one(admin: Browser, kid: str) -> None:
    assert error_of(admin.send("PATCH", f"/api/users/{own_id(admin)}", {"max_age": 12}))["field"] == "max_age"
    answer = admin.send("PATCH", f"/api/users/{kid}", {"sees_unrated": True}).json["user"]
    assert (answer["max_age"], answer["sees_unrated"]) == (6, True)
    answer = admin.send("PATCH", f"/api/users/{kid}", {"role": "member"}).json["user"]
    assert (answer["max_age"], answer["sees_unrated"]) == (None, False)
    for age in (-1, 22, 12.5, "12"):
        assert admin.send("PATCH", f"/api/users/{kid}", {"max_age": age}).status_code == 400


def picture(colour: str = "teal") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(content, "PNG")
    return content.getvalue()


def put_picture(browser: Browser, content: bytes) -> int:
    return browser.client.put(
        "/api/me/picture", data=content, content_type="application/octet-stream", base_url=browser.origin,
        headers={"Origin": browser.origin}, environ_overrides={"REMOTE_ADDR": browser.address},
    ).status_code  # fmt: skip


def test_the_own_picture_comes_back_after_it_was_removed_or_replaced(household: Household, admin: Browser) -> None:
    def shown() -> bytes | None:
        answer = admin.client.get(
            f"/api/profiles/{own_id(admin)}/picture", base_url=admin.origin,
            environ_overrides={"REMOTE_ADDR": admin.address},
        )  # fmt: skip
        return answer.data if answer.status_code == 200 else None

    assert admin.send("POST", "/api/me/picture/undo", {}).status_code == 404
    assert put_picture(admin, picture("red")) == 200
    red = shown()
    assert admin.send("DELETE", "/api/me/picture").status_code == 204
    assert shown() is None
    answer = admin.send("POST", "/api/me/picture/undo", {})
    assert answer.status_code == 200 and answer.json["user"]["has_picture"]
    assert shown() == red
    assert put_picture(admin, picture("lime")) == 200
    assert shown() != red
    assert admin.send("POST", "/api/me/picture/undo", {}).json["user"]["has_picture"]
    assert shown() == red


def test_where_there_was_no_picture_the_generated_one_comes_back(household: Household, admin: Browser) -> None:
    assert put_picture(admin, picture("red")) == 200
    assert not admin.send("POST", "/api/me/picture/undo", {}).json["user"]["has_picture"]
    assert admin.send("GET", f"/api/profiles/{own_id(admin)}/picture").status_code == 404


def test_a_picture_is_made_anew_and_seen_by_those_who_may(
    household: Household, admin: Browser, screen: Browser, kid: str
) -> None:
    assert put_picture(admin, b"<svg xmlns='http://www.w3.org/2000/svg'/>") == 400
    assert put_picture(admin, picture()) == 200
    root = own_id(admin)
    seen = screen.client.get(
        f"/api/profiles/{root}/picture?width=160", base_url=screen.origin,
        environ_overrides={"REMOTE_ADDR": screen.address},
    )  # fmt: skip
    assert seen.status_code == 200 and seen.mimetype == "image/webp"
    member = household.person(admin, "ben", "member")
    assert member.send("GET", f"/api/profiles/{root}/picture").status_code == 404
    assert household.browser().send("GET", f"/api/profiles/{root}/picture").status_code == 401
    assert admin.send("DELETE", "/api/me/picture").status_code == 204
    assert screen.send("GET", f"/api/profiles/{root}/picture").status_code == 404
    assert not list((household.settings.data_directory / "artwork").glob("profile-*"))


def test_a_colour_is_ones_own(admin: Browser) -> None:
    assert admin.send("PATCH", "/api/me/profile", {"hue": 200}).json["user"]["hue"] == 200
    for hue in (-1, 360, "200"):
        assert admin.send("PATCH", "/api/me/profile", {"hue": hue}).status_code == 400
    assert admin.send("PATCH", "/api/me/profile", {"role": "kid"}).status_code == 400


def leave_alone(household: Household, minutes: float) -> None:
    """As if nobody had touched any screen for so long."""
    household.state._change("UPDATE sessions SET touched_at = touched_at - ?", (round(minutes * 60_000),))


def set_pin(admin: Browser, user_id: str, pin: str = "2580") -> None:
    answer = admin.send("PATCH", f"/api/users/{user_id}", {"pin": pin})
    assert answer.status_code == 200, answer.text


def test_threat_52_a_screen_left_alone_knows_nobody_until_somebody_is_chosen(
    household: Household, admin: Browser, screen: Browser, kid: str
) -> None:
    set_pin(admin, kid)
    assert enter(screen, kid, pin="2580").status_code == 200
    assert me(screen)["asks_after_minutes"] == 240
    leave_alone(household, 239)
    assert screen.send("GET", "/api/library").status_code == 200
    leave_alone(household, 2)
    for method, path in (
        ("GET", "/api/library"), ("GET", "/api/me"), ("GET", "/api/search?q=a"), ("GET", "/api/continue-watching"),
        ("POST", "/api/me/screen/touch"), ("PATCH", "/api/me/choices"), ("PUT", "/api/media/x/progress"),
        ("GET", "/api/stream/x"), ("PUT", "/api/me/screen"),
    ):  # fmt: skip
        answer = screen.send(method, path, None if method == "GET" else {})
        assert (answer.status_code, answer.json["error"]["code"]) == (401, "nobody_chosen"), (path, answer.text)
    assert screen.send("GET", "/api/profiles").json["shared"] is True
    assert enter(screen, kid).status_code == 403 and enter(screen, kid, pin="1111").status_code == 403
    assert screen.send("GET", "/api/library").status_code == 401
    assert enter(screen, kid, pin="2580").status_code == 200
    assert screen.send("GET", "/api/library").status_code == 200
    leave_alone(household, 241)
    assert admin.send("GET", "/api/library").status_code == 200, "a browser of one's own is not asked"


def test_a_touch_or_what_plays_keeps_who_is_there(household: Household, screen: Browser, kid: str) -> None:
    enter(screen, kid)
    leave_alone(household, 200)
    assert screen.send("POST", "/api/me/screen/touch", {}).status_code == 204
    leave_alone(household, 200)
    assert screen.send("GET", "/api/library").status_code == 200
    leave_alone(household, 41)
    assert screen.send("GET", "/api/library").status_code == 401
    assert screen.send("POST", "/api/logout", {}).status_code == 204


def test_the_household_and_each_screen_say_when_it_asks(
    household: Household, admin: Browser, screen: Browser, kid: str
) -> None:
    assert admin.send("GET", "/api/settings").json["screens"] == {"ask_after_minutes": 240}
    assert admin.send("PATCH", "/api/settings", {"screens": {"ask_after_minutes": 30}}).status_code == 200
    enter(screen, kid)
    (one,) = admin.send("GET", "/api/screens").json["screens"]
    assert (one["user"], one["ask_after_minutes"]) == ("kim", None)
    assert me(screen)["asks_after_minutes"] == 30
    assert admin.send("PATCH", f"/api/screens/{one['id']}", {"ask_after_minutes": 0}).status_code == 204
    leave_alone(household, 100_000)
    assert me(screen)["asks_after_minutes"] is None
    assert admin.send("PATCH", f"/api/screens/{one['id']}", {"ask_after_minutes": 60}).status_code == 204
    assert screen.send("GET", "/api/me").status_code == 401
    enter(screen, kid)
    assert me(screen)["asks_after_minutes"] == 60, "the screen keeps its own when somebody else comes"
    for wrong in (-1, 1441, "5", 2.5):
        assert admin.send("PATCH", f"/api/screens/{one['id']}", {"ask_after_minutes": wrong}).status_code == 400
    assert admin.send("PATCH", "/api/screens/none", {"ask_after_minutes": 5}).status_code == 404
    assert screen.send("GET", "/api/screens").status_code == 403
