"""Accounts: claimed once, signed in by one verifier, ended by every change."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from media_library import config
from media_library.app_state import AppState
from media_library.config import Auth, Paths, Secrets, Settings, WebServer
from media_library.errors import (
    ConfigError,
    Conflict,
    Forbidden,
    InvalidInput,
    MediaLibraryError,
    NotFound,
    TooManyRequests,
    Unauthenticated,
)
from media_library.events import user_room
from media_library.models.api_key import Scope
from media_library.models.identity import Identity, SignIn
from media_library.models.library import Library
from media_library.models.user import Role
from media_library.repositories.base import now_ms
from media_library.services import setup_token
from media_library.services.accounts import Accounts, create_key_for, reset_password
from media_library.services.devices import device_name
from media_library.services.passwords import Passwords
from media_library.services.throttle import Throttle
from media_library.services.tokens import TokenKind, new_token, token_hash
from media_library.services.users import NewUser, UserChange

SECRET = b"a secret of thirty-two bytes, ok"
PASSWORD = "correct horse"
HOME = "192.168.1.5"
QUICK = Passwords(4)
DAY_MS = 86_400_000


class Clock:
    """Seconds that pass when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "state")))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(state: AppState, settings: Settings, clock: Clock) -> Accounts:
    return Accounts(state, settings, SECRET, passwords=QUICK, throttle=Throttle(clock))


@pytest.fixture
def admin(accounts: Accounts, settings: Settings) -> SignIn:
    """The one who claimed the box."""
    token = setup_token.renew(settings)
    return accounts.claim(token, "root", PASSWORD, address=HOME, device="Firefox on Linux")


@pytest.fixture
def alice(accounts: Accounts, admin: SignIn) -> SignIn:
    """A member, signed in with one browser."""
    accounts.users.add_user(admin.identity, NewUser("alice", PASSWORD, Role.MEMBER))
    return sign_in(accounts, "alice")


def sign_in(
    accounts: Accounts,
    username: str,
    password: str = PASSWORD,
    *,
    address: str = HOME,
    device_token: str | None = None,
    previous_token: str | None = None,
) -> SignIn:
    return accounts.sign_in(
        username,
        password,
        address=address,
        device_token=device_token,
        device="Chrome on macOS",
        previous_token=previous_token,
    )


def identity(accounts: Accounts, session: SignIn) -> Identity | None:
    return accounts.identify_session(session.session_token, HOME)


def actions(state: AppState) -> list[str]:
    return [entry.action for entry in reversed(state.list_audit(100))]


# ── claiming ──


def test_who_has_the_token_becomes_admin_and_is_signed_in(
    accounts: Accounts, admin: SignIn, settings: Settings
) -> None:
    assert admin.identity.user.role is Role.ADMIN
    assert identity(accounts, admin) == admin.identity
    assert accounts.is_claimed()
    assert not setup_token.token_path(settings).exists()


def test_threat_17_a_wrong_token_claims_nothing_and_is_throttled(
    accounts: Accounts, settings: Settings, state: AppState
) -> None:
    setup_token.renew(settings)
    refusals = []
    for number in range(10_000):
        with pytest.raises((Forbidden, TooManyRequests)) as refusal:
            accounts.claim(f"guess-{number}", "root", PASSWORD, address="6.6.6.6", device="curl")
        refusals.append(refusal.type)
    assert refusals.count(Forbidden) == 10
    assert not accounts.is_claimed() and not state.list_users()


def test_threat_17_of_two_simultaneous_claims_exactly_one_succeeds(settings: Settings, tmp_path: Path) -> None:
    for turn in range(100):
        state = AppState.open(tmp_path / f"{turn}.db")
        accounts = Accounts(state, settings, SECRET, passwords=QUICK)
        token = setup_token.renew(settings)
        barrier = threading.Barrier(2)
        outcomes: list[str] = []

        def claim(
            name: str,
            accounts: Accounts = accounts,
            token: str = token,
            barrier: threading.Barrier = barrier,
            outcomes: list[str] = outcomes,
        ) -> None:
            barrier.wait()
            try:
                accounts.claim(token, name, PASSWORD, address=HOME, device="curl")
                outcomes.append("claimed")
            except (Conflict, Forbidden) as error:
                outcomes.append(error.code)

        threads = [threading.Thread(target=claim, args=(name,)) for name in ("ann", "bob")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("claimed") == 1, outcomes
        assert [user.role for user in state.list_users()] == [Role.ADMIN]
        state.close()


def test_a_claim_with_a_bad_name_leaves_the_box_unclaimed(accounts: Accounts, settings: Settings) -> None:
    token = setup_token.renew(settings)
    for username, password in (("Root", PASSWORD), ("root", "short")):
        with pytest.raises(InvalidInput):
            accounts.claim(token, username, password, address=HOME, device="curl")
    assert not accounts.is_claimed()
    accounts.claim(token, "root", PASSWORD, address=HOME, device="curl")


def test_threat_18_setup_stays_closed_when_everybody_is_gone(
    accounts: Accounts, admin: SignIn, state: AppState, settings: Settings
) -> None:
    with pytest.raises(Conflict):
        state.delete_user(admin.identity.user.id)
    state._change("DELETE FROM users")  # as a damaged or half-restored state would be
    token = setup_token.renew(settings)
    with pytest.raises(Conflict):
        accounts.claim(token, "eve", PASSWORD, address=HOME, device="curl")
    accounts.ensure_initial_admin()
    assert accounts.is_claimed() and not state.list_users()
    reset_password(state, "root", "another horse", passwords=QUICK)
    assert sign_in(accounts, "root", "another horse").identity.user.role is Role.ADMIN


def test_the_admin_of_the_environment_is_made_once(state: AppState, settings: Settings) -> None:
    given = Settings(paths=settings.paths, secrets=Secrets(init_admin_user="root", init_admin_pass=PASSWORD))
    accounts = Accounts(state, given, SECRET, passwords=QUICK)
    accounts.ensure_initial_admin()
    changed = accounts.change_password(
        sign_in(accounts, "root").identity, PASSWORD, "another horse", address=HOME, device="curl"
    )
    accounts.ensure_initial_admin()
    assert identity(accounts, changed) is not None
    assert [user.username for user in state.list_users()] == ["root"]
    with pytest.raises(Unauthenticated):
        sign_in(accounts, "root", PASSWORD)


@pytest.mark.parametrize(
    ("user", "password", "culprit"),
    [
        ("root", "", "INIT_ADMIN_PASS"),
        ("", PASSWORD, "INIT_ADMIN_USER"),
        ("Root", PASSWORD, "INIT_ADMIN_USER:"),
        ("root", "short", "INIT_ADMIN_PASS:"),
        ("root", "password", "INIT_ADMIN_PASS:"),
    ],
)
def test_a_bad_admin_of_the_environment_stops_the_start(
    state: AppState, settings: Settings, user: str, password: str, culprit: str
) -> None:
    given = Settings(paths=settings.paths, secrets=Secrets(init_admin_user=user, init_admin_pass=password))
    with pytest.raises(ConfigError, match=culprit):
        Accounts(state, given, SECRET, passwords=QUICK).ensure_initial_admin()
    assert not state.is_claimed()


def test_without_sign_in_the_first_admin_acts(state: AppState, settings: Settings) -> None:
    local = Settings(paths=settings.paths, auth=Auth(enabled=False), web_server=WebServer(host="127.0.0.1"))
    accounts = Accounts(state, local, SECRET, passwords=QUICK)
    accounts.ensure_initial_admin()
    who = accounts.identify_local()
    assert who is not None and who.user.role is Role.ADMIN
    accounts.change_password(who, "", PASSWORD, address=HOME, device="curl")
    with_sign_in = Accounts(state, settings, SECRET, passwords=QUICK)
    assert with_sign_in.identify_local() is None
    assert sign_in(with_sign_in, "admin").identity.user.role is Role.ADMIN


def test_threat_24_an_admin_without_a_password_cannot_sign_in(state: AppState, settings: Settings) -> None:
    local = Settings(paths=settings.paths, auth=Auth(enabled=False), web_server=WebServer(host="127.0.0.1"))
    Accounts(state, local, SECRET, passwords=QUICK).ensure_initial_admin()
    accounts = Accounts(state, settings, SECRET, passwords=QUICK)
    for password in ("", "null", "admin", "\0"):
        with pytest.raises(Unauthenticated):
            sign_in(accounts, "admin", password)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "media.local", ""])
def test_sign_in_cannot_be_off_where_others_get_in(tmp_path: Path, host: str) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"auth": {"enabled": False}, "web_server": {"host": host}}))
    with pytest.raises(ConfigError, match=r"auth\.enabled"):
        config.load(file, {})
    for local in ("127.0.0.1", "::1", "localhost"):
        assert not config.load(file, {"HOST": local}).auth.enabled
        with pytest.raises(ConfigError, match=r"auth\.enabled"):
            config.load(file, {"HOST": local, "PUBLIC_URL": "https://media.example.org"})


# ── signing in ──


@pytest.mark.parametrize(
    "username",
    [
        "%",
        "_",
        "alice%",
        "ALICE",
        "Alice",
        "alice ",
        " alice",
        "\u0430lice",
        "ali\u200dce",
        "alice\0",
        "ａlice",
        "",
        "\ud800",
        "a" * 100_000,
    ],
)
def test_threat_23_only_the_exact_name_signs_in(accounts: Accounts, alice: SignIn, username: str) -> None:
    with pytest.raises(Unauthenticated):
        sign_in(accounts, username)


@pytest.mark.parametrize("username", ["Alice", "\u0430lice", "ali\u200dce", "ａlice", "alice ", "", "a" * 33, "al/ce"])
def test_threat_23_a_name_that_only_looks_like_another_cannot_be_taken(
    accounts: Accounts, alice: SignIn, admin: SignIn, username: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        accounts.users.add_user(admin.identity, NewUser(username, PASSWORD, Role.KID))
    assert refusal.value.field == "username"


def test_threat_22_whatever_is_wrong_the_answer_is_the_same(accounts: Accounts, admin: SignIn, alice: SignIn) -> None:
    accounts.users.change_user(admin.identity, alice.identity.user.id, UserChange(disabled=True))
    answers = set()
    for username, password in (("root", "wrong horse"), ("nobody", PASSWORD), ("alice", PASSWORD), ("ALICE", PASSWORD)):
        with pytest.raises(Unauthenticated) as refusal:
            sign_in(accounts, username, password)
        answers.add(str(refusal.value))
    assert len(answers) == 1


def test_threat_24_a_disabled_account_lets_nobody_in(accounts: Accounts, admin: SignIn, alice: SignIn) -> None:
    user_id = alice.identity.user.id
    accounts.users.change_user(admin.identity, user_id, UserChange(disabled=True))
    for password in (PASSWORD, "", "null"):
        with pytest.raises(Unauthenticated):
            sign_in(accounts, "alice", password)
    accounts.users.change_user(admin.identity, user_id, UserChange(disabled=False))
    assert identity(accounts, alice) is None, "the session of before stays ended"
    sign_in(accounts, "alice")


def test_threat_25_a_known_device_signs_in_while_the_account_is_attacked(
    accounts: Accounts, alice: SignIn, clock: Clock
) -> None:
    checks = 0
    for number in range(3000):
        try:
            sign_in(accounts, "alice", "wrong horse", address=f"6.6.6.{number % 50}")
        except Unauthenticated:
            checks += 1
        except TooManyRequests:
            pass
        clock.now += 3600 / 3000
    assert 0 < checks <= 100
    sign_in(accounts, "alice", device_token=alice.device_token)  # from home
    sign_in(accounts, "alice", address="6.6.6.6", device_token=alice.device_token)  # even from there
    sign_in(accounts, "alice", address="203.0.113.9")  # with a new device
    with pytest.raises(TooManyRequests):
        sign_in(accounts, "alice", address="6.6.6.6", device_token=new_token(TokenKind.DEVICE))


def test_threat_25_the_device_of_somebody_else_is_not_known(accounts: Accounts, admin: SignIn, alice: SignIn) -> None:
    for _ in range(10):
        with pytest.raises(Unauthenticated):
            sign_in(accounts, "root", "wrong horse", device_token=alice.device_token)
    with pytest.raises(TooManyRequests):
        sign_in(accounts, "root", "wrong horse", device_token=alice.device_token)
    sign_in(accounts, "root", device_token=admin.device_token)


def test_threat_26_wrong_keys_are_throttled_and_right_ones_never(accounts: Accounts, alice: SignIn) -> None:
    _, secret = accounts.keys.create_key(alice.identity, "Script", [Scope.READ], None)
    for _ in range(10):
        assert accounts.identify_key(new_token(TokenKind.KEY), HOME) is None
    with pytest.raises(TooManyRequests):
        accounts.identify_key(new_token(TokenKind.KEY), HOME)
    assert accounts.identify_key(secret, HOME) is not None


def test_threat_26_guesses_of_the_current_password_are_throttled(accounts: Accounts, alice: SignIn) -> None:
    for _ in range(10):
        with pytest.raises(Forbidden):
            accounts.change_password(alice.identity, "wrong horse", "new horse 1", address=HOME, device="curl")
    with pytest.raises(TooManyRequests):
        accounts.change_password(alice.identity, PASSWORD, "new horse 1", address=HOME, device="curl")


def test_threat_27_signing_in_gives_a_new_token_and_ends_the_one_before(accounts: Accounts, alice: SignIn) -> None:
    again = sign_in(accounts, "alice", device_token=alice.device_token, previous_token=alice.session_token)
    assert again.session_token != alice.session_token
    assert identity(accounts, alice) is None
    assert identity(accounts, again) is not None
    assert again.device_token == alice.device_token


def test_threat_27_a_device_token_that_we_did_not_make_is_not_adopted(accounts: Accounts, alice: SignIn) -> None:
    planted = new_token(TokenKind.DEVICE)
    assert sign_in(accounts, "alice", device_token=planted).device_token != planted


def test_threat_27_a_token_that_we_did_not_make_is_nobodys(accounts: Accounts, alice: SignIn) -> None:
    for token in (new_token(TokenKind.SESSION), "", "mls_", "\ud800", alice.session_token + "a", alice.device_token):
        assert accounts.identify_session(token, HOME) is None


def test_threat_28_nothing_that_is_stored_signs_anybody_in(accounts: Accounts, alice: SignIn, state: AppState) -> None:
    _, secret = accounts.keys.create_key(alice.identity, "Script", [Scope.READ], None)
    assert accounts.identify_key(secret)
    tables = [str(row[0]) for row in state._rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    values = {str(value) for table in tables for row in state._rows(f"SELECT * FROM {table}") for value in row}
    assert not {alice.session_token, alice.device_token, secret, PASSWORD} & values
    patient = Accounts(state, Settings(), SECRET, passwords=QUICK)
    for value in sorted(values):
        for prefix in ("", "mls_", "mlk_"):
            assert patient.identify_session(prefix + value, HOME) is None
            assert patient.keys.identify(prefix + value) is None
    for value in sorted(values)[:50]:
        with pytest.raises(MediaLibraryError):
            sign_in(patient, "alice", value)


def test_threat_19_a_token_hashed_with_another_key_is_nobodys(
    accounts: Accounts, alice: SignIn, state: AppState, settings: Settings
) -> None:
    for key in (b"Big secret key", b"dev", b"changeme", b""):
        other = Accounts(state, settings, key, passwords=QUICK)
        assert other.identify_session(alice.session_token, HOME) is None
        assert state.find_session(token_hash(key, TokenKind.SESSION, alice.session_token)) is None


CHANGES: dict[str, Callable[[Accounts, SignIn, SignIn], object]] = {
    "sign out": lambda accounts, admin, alice: accounts.sign_out(alice.identity),
    "end session": lambda accounts, admin, alice: accounts.end_session(
        sign_in(accounts, "alice").identity, alice.identity.session.id if alice.identity.session else ""
    ),
    "own password": lambda accounts, admin, alice: accounts.change_password(
        alice.identity, PASSWORD, "new horse 1", address=HOME, device="curl"
    ),
    "password": lambda accounts, admin, alice: accounts.users.change_user(
        admin.identity, alice.identity.user.id, UserChange(password="new horse 1")
    ),
    "disable": lambda accounts, admin, alice: accounts.users.change_user(
        admin.identity, alice.identity.user.id, UserChange(disabled=True)
    ),
    "role": lambda accounts, admin, alice: accounts.users.change_user(
        admin.identity, alice.identity.user.id, UserChange(role=Role.KID)
    ),
    "libraries": lambda accounts, admin, alice: accounts.users.change_user(
        admin.identity, alice.identity.user.id, UserChange(all_libraries=False)
    ),
    "delete": lambda accounts, admin, alice: accounts.users.delete_user(admin.identity, alice.identity.user.id),
}


@pytest.mark.parametrize("change", CHANGES)
def test_threat_29_what_ends_a_session_ends_it_at_once(
    accounts: Accounts, admin: SignIn, alice: SignIn, state: AppState, change: str
) -> None:
    _, secret = accounts.keys.create_key(alice.identity, "Script", [Scope.READ], None)
    before = state.events_after(None)
    CHANGES[change](accounts, admin, alice)
    assert identity(accounts, alice) is None
    announced = state.events_after(before[0].id if before else 0)
    assert ("session_ended", user_room(alice.identity.user.id)) in [(event.name, event.room) for event in announced]
    if change not in ("sign out", "end session"):
        assert accounts.identify_key(secret) is None
    assert identity(accounts, admin) is not None


def test_a_new_password_keeps_this_browser_in_with_a_fresh_session(accounts: Accounts, alice: SignIn) -> None:
    other = sign_in(accounts, "alice")
    fresh = accounts.change_password(alice.identity, PASSWORD, "new horse 1", address=HOME, device="Chrome on macOS")
    assert identity(accounts, fresh) is not None
    assert identity(accounts, other) is None and identity(accounts, alice) is None
    assert [session.id for session in accounts.list_sessions(fresh.identity)] == [
        session.id for session in [fresh.identity.session] if session
    ]
    with pytest.raises(Unauthenticated):
        sign_in(accounts, "alice")
    sign_in(accounts, "alice", "new horse 1")


def test_a_new_password_that_does_not_fit_names_its_field(accounts: Accounts, alice: SignIn) -> None:
    with pytest.raises(InvalidInput) as refusal:
        accounts.change_password(alice.identity, PASSWORD, "short", address=HOME, device="curl")
    assert refusal.value.field == "new_password"
    assert identity(accounts, alice) is not None


def test_a_sign_in_renews_a_hash_of_another_cost(
    accounts: Accounts, alice: SignIn, state: AppState, settings: Settings
) -> None:
    stronger = Accounts(state, settings, SECRET, passwords=Passwords(5))
    session = sign_in(stronger, "alice")
    assert "$05$" in state.password_hash(alice.identity.user.id)
    assert identity(accounts, session) and identity(accounts, alice), "nothing ended"
    sign_in(stronger, "alice")


# ── how long a session lasts ──


def test_a_session_ends_when_it_was_not_used_for_fourteen_days(
    accounts: Accounts, alice: SignIn, state: AppState
) -> None:
    session = alice.identity.session
    assert session is not None
    assert abs(session.expires_at - (now_ms() + 14 * DAY_MS)) < 60_000
    state._change("UPDATE sessions SET expires_at = ?", (now_ms() - 1,))
    assert identity(accounts, alice) is None


def test_a_session_that_is_used_lasts_but_never_longer_than_ninety_days(
    accounts: Accounts, alice: SignIn, state: AppState
) -> None:
    created = now_ms() - 80 * DAY_MS
    state._change("UPDATE sessions SET created_at = ?, last_seen_at = ?, expires_at = ?", (created, 0, now_ms() + 1000))
    assert accounts.identify_session(alice.session_token, "192.168.1.77") is not None
    [renewed] = accounts.list_sessions(alice.identity)
    assert renewed.expires_at == created + 90 * DAY_MS
    assert renewed.address == "192.168.1.77"


def test_using_a_session_is_written_down_at_most_once_a_minute(
    accounts: Accounts, alice: SignIn, state: AppState
) -> None:
    [before] = accounts.list_sessions(alice.identity)
    accounts.identify_session(alice.session_token, "192.168.1.77")
    assert accounts.list_sessions(alice.identity) == [before]


def test_only_ones_own_sessions_are_seen_and_ended(accounts: Accounts, admin: SignIn, alice: SignIn) -> None:
    assert [session.device for session in accounts.list_sessions(alice.identity)] == ["Chrome on macOS"]
    session = admin.identity.session
    assert session is not None
    with pytest.raises(NotFound):
        accounts.end_session(alice.identity, session.id)
    assert identity(accounts, admin) is not None


def test_a_script_that_signs_in_again_and_again_leaves_a_hundred_sessions(accounts: Accounts, alice: SignIn) -> None:
    for _ in range(105):
        last = sign_in(accounts, "alice", device_token=alice.device_token)
    assert len(accounts.list_sessions(last.identity)) == 100
    assert identity(accounts, last) is not None


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML) Chrome/143.0.0.0 Safari/537.36",
            "Chrome on macOS",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/143.0 Safari/537.36 Edg/143.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome on LG TV"),
        ("Mozilla/5.0", "Browser"),
        ("curl/8.5.0", "curl"),
        ("<script>alert(1)</script>", "Unknown device"),
        ("", "Unknown device"),
        ("x" * 10_000, "Unknown device"),
    ],
)
def test_a_browser_has_a_readable_name(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


# ── keys ──


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.ADMIN, set(Scope)), (Role.MEMBER, {Scope.READ, Scope.MANAGE}), (Role.KID, {Scope.READ})],
)
def test_threat_39_a_key_has_no_scope_beyond_the_role_of_its_owner(
    accounts: Accounts, admin: SignIn, role: Role, allowed: set[Scope]
) -> None:
    accounts.users.add_user(admin.identity, NewUser("bob", PASSWORD, role))
    bob = sign_in(accounts, "bob").identity
    for scope in Scope:
        if scope in allowed:
            key, secret = accounts.keys.create_key(bob, "Key", [scope], None)
            who = accounts.identify_key(secret)
            assert who is not None and who.user == bob.user and who.key is not None
            assert (who.key.id, who.key.scopes, who.session) == (key.id, frozenset({scope}), None)
        else:
            with pytest.raises(Forbidden):
                accounts.keys.create_key(bob, "Key", [Scope.READ, scope], None)


def test_threat_39_a_key_cannot_see_make_or_end_keys(accounts: Accounts, admin: SignIn) -> None:
    key, secret = accounts.keys.create_key(admin.identity, "All", list(Scope), None)
    program = accounts.identify_key(secret)
    assert program is not None
    for attempt in (
        lambda: accounts.keys.create_key(program, "More", [Scope.READ], None),
        lambda: accounts.keys.list_keys(program),
        lambda: accounts.keys.delete_key(program, key.id),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_a_key_shows_its_beginning_and_when_it_was_used(accounts: Accounts, alice: SignIn) -> None:
    key, secret = accounts.keys.create_key(alice.identity, " Script ", [Scope.READ], 7)
    assert (key.name, key.last_used_at) == ("Script", None)
    assert secret.startswith(key.prefix) and len(key.prefix) == 8
    assert key.expires_at is not None and abs(key.expires_at - now_ms() - 7 * DAY_MS) < 60_000
    accounts.identify_key(secret)
    [listed] = accounts.keys.list_keys(alice.identity)
    assert listed.last_used_at is not None
    accounts.keys.delete_key(alice.identity, key.id)
    assert accounts.identify_key(secret) is None


def test_an_expired_key_is_nobodys(accounts: Accounts, alice: SignIn, state: AppState) -> None:
    _, secret = accounts.keys.create_key(alice.identity, "Script", [Scope.READ], 1)
    state._change("UPDATE api_keys SET expires_at = ?", (now_ms() - 1,))
    assert accounts.identify_key(secret) is None


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", [Scope.READ], None),
        ("a\nb", [Scope.READ], None),
        ("x" * 65, [Scope.READ], None),
        ("Key", [], None),
        ("Key", [Scope.READ], 0),
        ("Key", [Scope.READ], -1),
        ("Key", [Scope.READ], 10**9),
    ],
)
def test_a_key_needs_a_name_a_scope_and_a_sensible_life(
    accounts: Accounts, alice: SignIn, name: str, scopes: list[Scope], days: int | None
) -> None:
    with pytest.raises(InvalidInput):
        accounts.keys.create_key(alice.identity, name, scopes, days)


def test_nobody_has_more_than_fifty_keys_and_ended_ones_do_not_count(accounts: Accounts, alice: SignIn) -> None:
    for number in range(50):
        accounts.keys.create_key(alice.identity, f"Key {number}", [Scope.READ], None)
    with pytest.raises(Conflict):
        accounts.keys.create_key(alice.identity, "Key 51", [Scope.READ], None)
    fresh = accounts.change_password(alice.identity, PASSWORD, "new horse 1", address=HOME, device="curl")
    accounts.keys.create_key(fresh.identity, "Key 51", [Scope.READ], None)
    assert len(accounts.keys.list_keys(fresh.identity)) == 1


def test_the_key_of_somebody_else_cannot_be_ended(accounts: Accounts, admin: SignIn, alice: SignIn) -> None:
    key, secret = accounts.keys.create_key(admin.identity, "Key", [Scope.READ], None)
    with pytest.raises(NotFound):
        accounts.keys.delete_key(alice.identity, key.id)
    assert accounts.identify_key(secret)


# ── the household ──


def test_a_kid_sees_no_library_until_one_is_granted(accounts: Accounts, admin: SignIn, films: Library) -> None:
    kid = accounts.users.add_user(admin.identity, NewUser("kim", PASSWORD, Role.KID))
    assert sign_in(accounts, "kim").identity.viewer.library_ids == frozenset()
    accounts.users.change_user(admin.identity, kid.user.id, UserChange(library_ids=[films.id]))
    assert sign_in(accounts, "kim").identity.viewer.library_ids == frozenset({films.id})


def test_a_change_of_an_account_is_made_wholly_or_not_at_all(
    accounts: Accounts, admin: SignIn, alice: SignIn, state: AppState
) -> None:
    change = UserChange(display_name="Changed", role=Role.KID, password="new horse 1", library_ids=["nope"])
    with pytest.raises(NotFound):
        accounts.users.change_user(admin.identity, alice.identity.user.id, change)
    assert state.get_user(alice.identity.user.id) == alice.identity.user
    assert identity(accounts, alice) is not None


def test_a_change_that_changes_nothing_ends_nothing(accounts: Accounts, admin: SignIn, alice: SignIn) -> None:
    change = UserChange(display_name="Alice", role=Role.MEMBER, disabled=False, all_libraries=True, library_ids=[])
    accounts.users.change_user(admin.identity, alice.identity.user.id, change)
    assert identity(accounts, alice) is not None


def test_threat_54_an_admin_changes_their_own_password_only_with_the_current_one(
    accounts: Accounts, admin: SignIn
) -> None:
    with pytest.raises(InvalidInput):
        accounts.users.change_user(admin.identity, admin.identity.user.id, UserChange(password="new horse 1"))


def test_threat_53_the_last_admin_can_neither_leave_nor_step_down(
    accounts: Accounts, admin: SignIn, alice: SignIn
) -> None:
    own = admin.identity.user.id
    for change in (UserChange(role=Role.MEMBER), UserChange(disabled=True)):
        with pytest.raises(Conflict):
            accounts.users.change_user(admin.identity, own, change)
    with pytest.raises(Conflict):
        accounts.users.delete_user(admin.identity, own)
    assert identity(accounts, admin) is not None


@pytest.mark.parametrize("name", ["Ann", "Анна", "アン", "👩‍👧 Mum", "می‌خواهم", "O'Brien-Smith"])
def test_a_name_may_be_written_in_any_script(accounts: Accounts, alice: SignIn, name: str) -> None:
    assert accounts.rename(alice.identity, f" {name} ").display_name == name


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0", "\u202eevil", "\u200d", "\ud800", "x" * 65])
def test_a_name_that_cannot_be_shown_is_refused(accounts: Accounts, alice: SignIn, name: str) -> None:
    with pytest.raises(InvalidInput):
        accounts.rename(alice.identity, name)


# ── the console ──


def test_a_password_set_on_the_console_lets_a_disabled_person_in_again(
    accounts: Accounts, admin: SignIn, alice: SignIn, state: AppState
) -> None:
    accounts.users.change_user(admin.identity, alice.identity.user.id, UserChange(disabled=True))
    reset_password(state, "alice", "new horse 1", passwords=QUICK)
    assert sign_in(accounts, "alice", "new horse 1").identity.user.role is Role.MEMBER
    assert identity(accounts, alice) is None
    with pytest.raises(NotFound):
        reset_password(state, "nobody", "new horse 1", passwords=QUICK)
    with pytest.raises(InvalidInput):
        reset_password(state, "alice", "short", passwords=QUICK)


def test_the_console_gives_a_box_without_admins_one_again(
    accounts: Accounts, admin: SignIn, alice: SignIn, state: AppState
) -> None:
    state._change("UPDATE users SET disabled = 1")
    reset_password(state, "alice", "new horse 1", passwords=QUICK)
    assert sign_in(accounts, "alice", "new horse 1").identity.user.role is Role.ADMIN


def test_a_person_made_on_the_console_claims_the_box(state: AppState) -> None:
    reset_password(state, "root", PASSWORD, passwords=QUICK)
    assert state.is_claimed()


def test_a_key_made_on_the_console_is_the_first_admins(accounts: Accounts, alice: SignIn, state: AppState) -> None:
    who = accounts.identify_key(create_key_for(state, SECRET, None, "Monitor", [Scope.RIP], None))
    assert who is not None and who.user.username == "root"
    who = accounts.identify_key(create_key_for(state, SECRET, "alice", "Script", [Scope.READ], 30))
    assert who is not None and who.user.username == "alice"
    with pytest.raises(Forbidden):
        create_key_for(state, SECRET, "alice", "Monitor", [Scope.RIP], None)
    with pytest.raises(NotFound, match="no person"):
        create_key_for(state, SECRET, "nobody", "Script", [Scope.READ], None)


def test_a_key_of_an_unclaimed_box_cannot_be_made(state: AppState) -> None:
    with pytest.raises(NotFound, match="belongs to nobody"):
        create_key_for(state, SECRET, None, "Monitor", [Scope.RIP], None)


# ── the audit trail ──


def test_what_changes_accounts_is_written_down_without_a_secret(
    accounts: Accounts, admin: SignIn, alice: SignIn, state: AppState
) -> None:
    key, secret = accounts.keys.create_key(alice.identity, "Script", [Scope.READ], None)
    accounts.keys.delete_key(alice.identity, key.id)
    with pytest.raises(Unauthenticated):
        sign_in(accounts, "alice", "wrong horse")
    with pytest.raises(Unauthenticated):
        sign_in(accounts, "my-secret-typed-into-the-name", PASSWORD)
    accounts.users.change_user(admin.identity, alice.identity.user.id, UserChange(password="new horse 1"))
    accounts.users.delete_user(admin.identity, alice.identity.user.id)
    assert actions(state) == [
        "claim",
        "add_user",
        "sign_in",
        "create_key",
        "delete_key",
        "sign_in_refused",
        "sign_in_refused",
        "change_user",
        "delete_user",
    ]
    trail = " ".join(f"{entry.actor} {entry.subject} {entry.detail}" for entry in state.list_audit(100))
    for hidden in (PASSWORD, "wrong horse", "new horse 1", secret, secret[4:], alice.session_token, "my-secret-typed"):
        assert hidden not in trail
    assert state.first_broken_audit_entry() is None


def test_refused_attempts_cannot_fill_the_audit_trail(accounts: Accounts, admin: SignIn, state: AppState) -> None:
    for number in range(300):
        with pytest.raises(Unauthenticated):
            sign_in(accounts, "nobody" + str(number), "wrong horse", address=f"6.6.{number}.6")
    assert 60 <= actions(state).count("sign_in_refused") + 1 <= 62
