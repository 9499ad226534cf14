"""People: the last admin, grants, what ends when an account changes."""

import threading

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict, NotFound
from media_library.models.library import Library
from media_library.models.user import Role
from media_library.repositories.base import now_ms

LATER = now_ms() + 3_600_000


def test_a_name_is_taken_once(state: AppState) -> None:
    state.add_user("ann", "Ann", "hash", Role.ADMIN)
    with pytest.raises(Conflict):
        state.add_user("ann", "Other", "hash", Role.MEMBER)


def test_threat_53_the_last_admin_cannot_vanish(state: AppState) -> None:
    ann = state.add_user("ann", "Ann", "hash", Role.ADMIN)
    for attempt in (
        lambda: state.change_role(ann.id, Role.MEMBER),
        lambda: state.disable_user(ann.id, disabled=True),
        lambda: state.delete_user(ann.id),
    ):
        with pytest.raises(Conflict, match="last admin"):
            attempt()
    assert state.get_user(ann.id) == ann


def test_threat_53_two_admins_who_demote_each_other_at_once_leave_one(state: AppState) -> None:
    for turn in range(10):
        users = [state.add_user(f"u{turn}-{number}", "U", "hash", Role.ADMIN) for number in range(2)]
        for other in state.list_users():
            if other.id not in {user.id for user in users} and other.role is Role.ADMIN:
                state.change_role(other.id, Role.MEMBER)
        barrier = threading.Barrier(2)

        def demote(user_id: str, barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            try:
                state.change_role(user_id, Role.MEMBER)
            except Conflict:
                pass

        threads = [threading.Thread(target=demote, args=(user.id,)) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(user.role is Role.ADMIN for user in state.list_users()) == 1


@pytest.mark.parametrize("change", ["role", "disabled", "password", "libraries"])
def test_threat_29_a_change_of_the_account_ends_sessions_and_keys(state: AppState, films: Library, change: str) -> None:
    state.add_user("root", "Root", "hash", Role.ADMIN)
    ann = state.add_user("ann", "Ann", "hash", Role.MEMBER)
    state.add_session("token", ann, LATER, "Browser", "127.0.0.1")
    state.add_api_key("secret", ann, "Key", "mlk_abc", [], None)
    assert state.find_session("token") and state.find_api_key("secret")
    {
        "role": lambda: state.change_role(ann.id, Role.KID),
        "disabled": lambda: state.disable_user(ann.id, disabled=True),
        "password": lambda: state.change_password(ann.id, "other"),
        "libraries": lambda: state.grant_libraries(ann.id, [films.id], all_libraries=False),
    }[change]()
    assert state.find_session("token") is None
    assert state.find_api_key("secret") is None
    assert state.events_after(None)[0].name == "session_ended"


def test_an_expired_session_is_none(state: AppState) -> None:
    ann = state.add_user("ann", "Ann", "hash", Role.ADMIN)
    state.add_session("token", ann, now_ms() - 1, "Browser", "127.0.0.1")
    assert state.find_session("token") is None
    assert state.forget_ended_sessions() == 1


def test_a_deleted_person_leaves_no_session_and_no_history(state: AppState) -> None:
    state.add_user("root", "Root", "hash", Role.ADMIN)
    ann = state.add_user("ann", "Ann", "hash", Role.MEMBER)
    state.add_session("token", ann, LATER, "Browser", "127.0.0.1")
    state.delete_user(ann.id)
    assert state.find_session("token") is None
    with pytest.raises(NotFound):
        state.get_user(ann.id)


def test_only_ones_own_session_and_key_can_be_ended(state: AppState) -> None:
    ann = state.add_user("ann", "Ann", "hash", Role.ADMIN)
    bob = state.add_user("bob", "Bob", "hash", Role.MEMBER)
    session = state.add_session("token", ann, LATER, "Browser", "127.0.0.1")
    key = state.add_api_key("secret", ann, "Key", "mlk_abc", [], None)
    with pytest.raises(NotFound):
        state.end_session(session.id, bob.id)
    with pytest.raises(NotFound):
        state.delete_api_key(key.id, bob.id)


def test_an_unknown_library_cannot_be_granted(state: AppState) -> None:
    ann = state.add_user("ann", "Ann", "hash", Role.ADMIN)
    with pytest.raises(NotFound):
        state.grant_libraries(ann.id, ["nope"], all_libraries=False)


def test_threat_55_a_changed_or_missing_audit_entry_is_named(state: AppState) -> None:
    for number in range(5):
        state.record_audit("ann", "sign_in", f"{number}")
    assert state.first_broken_audit_entry() is None
    with state.transaction():
        state._change("UPDATE audit SET actor = 'eve' WHERE id = 3")
        assert state.first_broken_audit_entry() == 3
        state._change("UPDATE audit SET actor = 'ann' WHERE id = 3")
        state._change("DELETE FROM audit WHERE id = 4")
        assert state.first_broken_audit_entry() == 4
