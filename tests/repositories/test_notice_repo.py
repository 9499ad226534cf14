"""Notices are told once, to browsers whose session is alive, from the moment at which they asked."""

import pytest

from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.notice import NewPush, NoticeFacts, Topic, topics_for
from media_library.models.session import Session
from media_library.models.user import Role, User
from media_library.repositories.base import now_ms

BOTH = frozenset({Topic.DISC_DONE, Topic.NEW_EPISODE})


def browser(name: str = "one") -> NewPush:
    return NewPush(f"https://push.example/{name}", "key", "secret", "A browser", "en")


@pytest.fixture
def ann(state: AppState) -> User:
    return state.add_user("ann", "Ann", "hash", Role.ADMIN)


@pytest.fixture
def session(state: AppState, ann: User) -> Session:
    return state.add_session("token", ann, now_ms() + 60_000, "A browser", "127.0.0.1")


def test_the_same_subject_is_noted_once_until_it_is_over(state: AppState) -> None:
    facts = NoticeFacts("Solaris", "The film is in the library.", page="/films")
    assert state.add_notice(Topic.DISC_DONE, "job-1", facts)
    assert not state.add_notice(Topic.DISC_DONE, "job-1", NoticeFacts("Again"))
    assert state.add_notice(Topic.JOB_FAILED, "job-1", facts)
    assert [(notice.topic, notice.facts) for notice in state.notices_after(0, 10)] == [
        (Topic.DISC_DONE, facts),
        (Topic.JOB_FAILED, facts),
    ]
    state.forget_notice(Topic.DISC_DONE, "job-1")
    assert state.add_notice(Topic.DISC_DONE, "job-1", facts)


def test_a_browser_is_told_of_what_comes_after_it_asked(state: AppState, ann: User, session: Session) -> None:
    state.add_notice(Topic.DISC_DONE, "before", NoticeFacts("Before"))
    push = state.keep_push(ann.id, session.id, browser(), BOTH)
    assert state.pushes_to_tell(10) == []
    state.add_notice(Topic.DISC_DONE, "after", NoticeFacts("After"))
    assert state.pushes_to_tell(10) == [push]
    assert [notice.subject for notice in state.notices_after(push.told, 10)] == ["after"]
    state.push_told(push.id, state.last_notice())
    assert state.pushes_to_tell(10) == []


def test_asking_again_keeps_what_waits_and_another_person_takes_none_of_it(
    state: AppState, ann: User, session: Session
) -> None:
    state.keep_push(ann.id, session.id, browser(), BOTH)
    state.add_notice(Topic.DISC_DONE, "a film", NoticeFacts("A film"))
    state.keep_push(ann.id, session.id, browser(), BOTH)
    assert len(state.pushes_to_tell(10)) == 1
    kid = state.add_user("kid", "Kid", "hash", Role.KID)
    theirs = state.add_session("other", kid, now_ms() + 60_000, "The same browser", "127.0.0.1")
    push = state.keep_push(kid.id, theirs.id, browser(), frozenset({Topic.NEW_EPISODE}))
    assert state.pushes_to_tell(10) == []
    assert state.pushes_of(ann.id) == []
    assert state.pushes_of(kid.id) == [push]


def test_nobody_is_told_who_signed_out_or_was_shut_out_or_is_put_off(
    state: AppState, ann: User, session: Session
) -> None:
    push = state.keep_push(ann.id, session.id, browser(), BOTH)
    state.add_notice(Topic.DISC_DONE, "a film", NoticeFacts("A film"))
    state.push_failed(push.id, now_ms() + 60_000)
    assert state.pushes_to_tell(10) == []
    state.push_failed(push.id, 0)
    assert state.pushes_to_tell(10)[0].failures == 2
    state.add_user("bob", "Bob", "hash", Role.ADMIN)
    state.disable_user(ann.id, disabled=True)
    assert state.pushes_to_tell(10) == []
    state.disable_user(ann.id, disabled=False)
    assert state.pushes_to_tell(10) == []  # the sessions ended with that
    fresh = state.add_session("again", state.get_user(ann.id), now_ms() + 60_000, "A browser", "127.0.0.1")
    state.keep_push(ann.id, fresh.id, browser(), BOTH)
    assert len(state.pushes_to_tell(10)) == 1
    state.end_session(fresh.id, ann.id)
    assert state.pushes_of(ann.id) == []


def test_topics_and_the_end_are_ones_own_affair(state: AppState, ann: User, session: Session) -> None:
    push = state.keep_push(ann.id, session.id, browser(), BOTH)
    for act in (
        lambda: state.end_push(push.id, "another"),
        lambda: state.change_push_topics(push.id, "another", BOTH),
    ):
        with pytest.raises(NotFound):
            act()
    assert state.change_push_topics(push.id, ann.id, frozenset({Topic.DISK_FULL})).topics == {Topic.DISK_FULL}
    state.end_push(push.id, ann.id)
    assert state.pushes_of(ann.id) == []


def test_of_very_many_browsers_the_newest_stay(state: AppState, ann: User, session: Session) -> None:
    for number in range(25):
        state.keep_push(ann.id, session.id, browser(str(number)), BOTH)
    assert len(state.pushes_of(ann.id)) == 20


def test_a_kid_can_be_told_of_new_episodes_only() -> None:
    assert topics_for(Role.KID) == (Topic.NEW_EPISODE,)
    assert Topic.DISK_FULL not in topics_for(Role.MEMBER)
    assert set(topics_for(Role.ADMIN)) == set(Topic)
