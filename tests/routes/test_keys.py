"""The keys of one's programs: shown once, never able to beget keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routes.household import PASSWORD, Browser, Household, error_of


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    household = Household(tmp_path)
    yield household
    household.state.close()


@pytest.fixture
def admin(household: Household) -> Browser:
    return household.claimed()


def test_the_secret_is_shown_once(admin: Browser) -> None:
    answer = admin.send("POST", "/api/keys", {"name": "Script", "scopes": ["rip", "read"], "expires_in_days": 30})
    assert answer.status_code == 201
    secret, key = answer.json["secret"], answer.json["key"]
    assert secret.startswith("mlk_")
    assert key["scopes"] == ["read", "rip"]
    assert key["expires_at"] - key["created_at"] == pytest.approx(30 * 86_400_000, abs=1000)
    listed = admin.send("GET", "/api/keys")
    assert listed.json["keys"] == [key]
    assert set(key) == {"id", "name", "scopes", "created_at", "last_used_at", "expires_at", "prefix"}
    assert secret not in listed.text
    assert admin.send("DELETE", f"/api/keys/{key['id']}").status_code == 204
    assert admin.send("GET", "/api/keys").json["keys"] == []


@pytest.mark.parametrize(
    ("role", "scopes"),
    [("admin", ["read", "manage", "rip", "metrics"]), ("member", ["read", "manage"]), ("kid", ["read"])],
)
def test_threat_39_one_is_offered_and_given_only_what_ones_role_allows(
    household: Household, admin: Browser, role: str, scopes: list[str]
) -> None:
    bob = household.person(admin, "bob", role)
    offered = bob.send("GET", "/api/keys").json["scopes"]
    assert [entry["scope"] for entry in offered] == scopes
    assert all(entry["description"] for entry in offered)
    for scope in ("read", "manage", "rip", "metrics"):
        status = bob.send("POST", "/api/keys", {"name": "Key", "scopes": [scope]}).status_code
        assert status == (201 if scope in scopes else 403)


def test_threat_39_no_key_reaches_keys_people_or_the_own_account(household: Household, admin: Browser) -> None:
    everything = {"name": "All", "scopes": ["read", "manage", "rip", "metrics"]}
    made = admin.send("POST", "/api/keys", everything).json
    user_id = admin.send("GET", "/api/me").json["user"]["id"]
    program = household.browser()
    for method, path, body in (
        ("GET", "/api/keys", None),
        ("POST", "/api/keys", everything),
        ("DELETE", f"/api/keys/{made['key']['id']}", None),
        ("GET", "/api/users", None),
        ("POST", "/api/users", {"username": "eve", "password": PASSWORD, "role": "admin"}),
        ("PATCH", f"/api/users/{user_id}", {"password": "new horse 1"}),
        ("DELETE", f"/api/users/{user_id}", None),
        ("GET", "/api/me", None),
        ("PATCH", "/api/me", {"display_name": "Eve"}),
        ("PUT", "/api/me/password", {"current_password": PASSWORD, "new_password": "new horse 1"}),
        ("GET", "/api/me/sessions", None),
        ("DELETE", "/api/me/sessions/x", None),
        ("POST", "/api/logout", {}),
    ):
        answer = program.send(method, path, body, headers={"Authorization": f"Bearer {made['secret']}"})
        assert answer.status_code == 403, (method, path)
    assert len(admin.send("GET", "/api/keys").json["keys"]) == 1
    assert len(household.state.list_users()) == 1


def test_threat_51_a_token_of_another_kind_is_no_key(household: Household, admin: Browser) -> None:
    secret = admin.send("POST", "/api/keys", {"name": "Key", "scopes": ["read"]}).json["secret"]
    tokens = {"session": admin.cookie("session"), "device": admin.cookie("device"), "key": secret}
    for kind, token in tokens.items():
        assert token is not None
        by_cookie = household.bare_client().send("GET", "/api/me", headers={"Cookie": f"session={token}"})
        assert by_cookie.status_code == (200 if kind == "session" else 401)
        by_key = household.browser().send("GET", "/api/me", headers={"Authorization": f"Bearer {token}"})
        assert by_key.status_code == (403 if kind == "key" else 401), "a key is known, though it may not do this"


def test_threat_47_the_key_of_somebody_else_is_not_there(household: Household, admin: Browser) -> None:
    bob = household.person(admin, "bob", "member")
    key = bob.send("POST", "/api/keys", {"name": "Key", "scopes": ["read"]}).json["key"]
    assert admin.send("DELETE", f"/api/keys/{key['id']}").status_code == 404
    assert admin.send("GET", "/api/keys").json["keys"] == []
    assert bob.send("GET", "/api/keys").json["keys"] == [key]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "", "scopes": ["read"]}, "name"),
        ({"name": "Key", "scopes": []}, "scopes"),
        ({"name": "Key", "scopes": ["admin"]}, "scopes[0]"),
        ({"name": "Key", "scopes": ["read"], "expires_in_days": 0}, "expires_in_days"),
        ({"name": "Key", "scopes": ["read"], "expires_in_days": 1e400}, None),
        ({"name": "Key", "scopes": ["read"], "expires_in_days": True}, "expires_in_days"),
        ({"name": "Key", "scopes": ["read"], "user_id": "x"}, "user_id"),
        ({"name": "Key"}, "scopes"),
    ],
)
def test_threats_46_125_a_key_that_makes_no_sense_is_refused(
    admin: Browser, body: dict[str, object], field: str | None
) -> None:
    answer = admin.send("POST", "/api/keys", body)
    assert (answer.status_code, error_of(answer).get("field")) == (400, field)
