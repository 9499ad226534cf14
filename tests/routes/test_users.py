"""The household: admins add, change and remove people, and nobody else does."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.models.library import LibraryKind
from tests.routes.household import PASSWORD, Browser, Household, error_of, sign_in


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    household = Household(tmp_path)
    yield household
    household.state.close()


@pytest.fixture
def admin(household: Household) -> Browser:
    return household.claimed()


def own_id(browser: Browser) -> str:
    user_id: str = browser.send("GET", "/api/me").json["user"]["id"]
    return user_id


def test_an_admin_sees_everybody_and_the_libraries(household: Household, admin: Browser) -> None:
    household.person(admin, "kim", "kid")
    answer = admin.send("GET", "/api/users").json
    root, kim = answer["users"]
    assert set(kim) == {
        "id",
        "username",
        "display_name",
        "role",
        "disabled",
        "all_libraries",
        "library_ids",
        "last_seen_at",
        "max_age",
        "sees_unrated",
        "on_shared_screens",
        "has_pin",
        "has_picture",
        "has_password",
        "hue",
    }
    assert (root["username"], root["role"], root["all_libraries"]) == ("root", "admin", True)
    assert (kim["username"], kim["role"], kim["all_libraries"], kim["library_ids"]) == ("kim", "kid", False, [])
    assert kim["last_seen_at"] > 0
    assert {library["kind"] for library in answer["libraries"]} == set(LibraryKind) - {LibraryKind.MIXED}
    assert all(set(library) == {"id", "name", "kind"} for library in answer["libraries"])


@pytest.mark.parametrize("role", ["member", "kid"])
def test_threat_47_only_admins_reach_the_accounts(household: Household, admin: Browser, role: str) -> None:
    bob = household.person(admin, "bob", role)
    for method, path, body in (
        ("GET", "/api/users", None),
        ("POST", "/api/users", {"username": "eve", "password": PASSWORD, "role": "admin"}),
        ("PATCH", f"/api/users/{own_id(bob)}", {"role": "admin"}),
        ("DELETE", f"/api/users/{own_id(admin)}", None),
    ):
        assert bob.send(method, path, body).status_code == 403
    assert [user.role for user in household.state.list_users()] == ["admin", role]


def test_an_account_is_made_and_removed(household: Household, admin: Browser) -> None:
    libraries = [library["id"] for library in admin.send("GET", "/api/users").json["libraries"]]
    new = {
        "username": "kim",
        "display_name": "Kim 🦖",
        "password": PASSWORD,
        "role": "kid",
        "all_libraries": False,
        "library_ids": libraries[:2],
    }
    answer = admin.send("POST", "/api/users", new)
    assert answer.status_code == 201
    user = answer.json["user"]
    assert (user["display_name"], user["last_seen_at"]) == ("Kim 🦖", None)
    assert sorted(user["library_ids"]) == sorted(libraries[:2])
    kim = household.browser()
    assert sign_in(kim, "kim").status_code == 200
    assert admin.send("DELETE", f"/api/users/{user['id']}").status_code == 204
    assert kim.send("GET", "/api/me").status_code == 401
    assert admin.send("DELETE", f"/api/users/{user['id']}").status_code == 404


def test_a_name_that_is_taken_is_a_conflict(household: Household, admin: Browser) -> None:
    answer = admin.send("POST", "/api/users", {"username": "root", "password": PASSWORD, "role": "kid"})
    assert (answer.status_code, error_of(answer)["code"]) == (409, "conflict")


@pytest.mark.parametrize("username", ["Admin", "\u0430dmin", "ad\u200dmin", "admin ", "ａdmin", "", "a/b", "x" * 33])
def test_threat_23_a_name_that_only_looks_like_another_is_refused(admin: Browser, username: str) -> None:
    answer = admin.send("POST", "/api/users", {"username": username, "password": PASSWORD, "role": "kid"})
    assert (answer.status_code, error_of(answer)["field"]) == (400, "username")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"role": "owner"}, "role"),
        ({"role": None}, "role"),
        ({"disabled": 1}, "disabled"),
        ({"password": "short"}, "password"),
        ({"display_name": "\u202e"}, "display_name"),
        ({"username": "eve"}, "username"),
        ({"epoch": 1}, "epoch"),
        ({"id": "x"}, "id"),
        ({"password_hash": "x"}, "password_hash"),
        ({"library_ids": "all"}, "library_ids"),
        ({"library_ids": [1]}, "library_ids[0]"),
        ({"is_admin": True}, "is_admin"),
    ],
)
def test_threat_46_a_change_of_anything_else_is_refused(
    household: Household, admin: Browser, body: dict[str, object], field: str
) -> None:
    bob = household.person(admin, "bob", "member")
    answer = admin.send("PATCH", f"/api/users/{own_id(bob)}", body)
    assert (answer.status_code, error_of(answer)["field"]) == (400, field)
    assert bob.send("GET", "/api/me").status_code == 200


def test_an_unknown_person_or_library_is_not_found(household: Household, admin: Browser) -> None:
    household.person(admin, "bob", "member")
    bob = household.state.list_users()[1]
    assert admin.send("PATCH", "/api/users/nobody", {"role": "kid"}).status_code == 404
    answer = admin.send("PATCH", f"/api/users/{bob.id}", {"role": "kid", "library_ids": ["nope"]})
    assert answer.status_code == 404
    assert household.state.get_user(bob.id) == bob


@pytest.mark.parametrize(
    "change", [{"role": "kid"}, {"disabled": True}, {"password": "new horse 1"}, {"library_ids": []}]
)
def test_threat_29_a_changed_person_must_sign_in_again(
    household: Household, admin: Browser, change: dict[str, object]
) -> None:
    bob = household.person(admin, "bob", "member")
    key = bob.send("POST", "/api/keys", {"name": "Key", "scopes": ["read"]}).json["secret"]
    assert admin.send("PATCH", f"/api/users/{own_id(bob)}", change).status_code == 200
    assert bob.send("GET", "/api/me").status_code == 401
    by_key = household.browser().send("GET", "/api/me", headers={"Authorization": f"Bearer {key}"})
    assert by_key.status_code == 401


def test_threat_53_the_last_admin_cannot_vanish(household: Household, admin: Browser) -> None:
    own = own_id(admin)
    assert admin.send("DELETE", f"/api/users/{own}").status_code == 409
    assert admin.send("PATCH", f"/api/users/{own}", {"role": "kid"}).status_code == 409
    assert admin.send("PATCH", f"/api/users/{own}", {"disabled": True}).status_code == 409
    assert admin.send("GET", "/api/me").status_code == 200


def test_threat_53_of_many_demotions_at_once_one_admin_is_left(household: Household, admin: Browser) -> None:
    browsers = [admin, *(household.person(admin, f"admin{number}", "admin") for number in range(4))]
    ids = [own_id(browser) for browser in browsers]
    barrier = threading.Barrier(len(browsers))

    def demote_the_next(number: int) -> None:
        barrier.wait()
        for step in range(1, len(ids)):
            browsers[number].send("PATCH", f"/api/users/{ids[(number + step) % len(ids)]}", {"role": "member"})

    threads = [threading.Thread(target=demote_the_next, args=(number,)) for number in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(user.role == "admin" for user in household.state.list_users()) >= 1


def test_threat_54_a_password_is_not_changed_without_the_old_one_or_an_admin(
    household: Household, admin: Browser
) -> None:
    bob = household.person(admin, "bob", "member")
    assert bob.send("PATCH", "/api/me", {"display_name": "Bob", "password": "new horse 1"}).status_code == 400
    change = {"current_password": "", "new_password": "new horse 1"}
    assert bob.send("PUT", "/api/me/password", change).status_code == 403
    assert admin.send("PATCH", f"/api/users/{own_id(admin)}", {"password": "new horse 1"}).status_code == 400
    assert sign_in(household.browser(), "bob").status_code == 200
    assert sign_in(household.browser(), "root").status_code == 200
