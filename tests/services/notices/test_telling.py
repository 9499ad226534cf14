"""Who is told of what, in whose words, how often, and what happens when nobody can be reached."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.library import Library, LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.notice import NewPush, NoticeFacts, PushSubscription, Topic
from media_library.models.user import Role, User
from media_library.repositories.base import now_ms
from media_library.services.notices import Teller, find_push_key, push_key
from tests.push_service import Browser, PushService, push_service

STOP = threading.Event()
ALL = frozenset(Topic)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


@pytest.fixture
def teller(state: AppState, service: PushService, tmp_path: Path) -> Teller:
    settings = Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "state")))
    push_key(settings)
    return Teller(settings, state, HttpClient(Egress(lambda: (service.authority,))), gather_seconds=0)


def subscribed(
    state: AppState, service: PushService, name: str, role: Role, language: str = "en"
) -> tuple[User, Browser, PushSubscription]:
    user = state.add_user(name, name.title(), "", role)
    session = state.add_session(f"token of {name}", user, now_ms() + 60_000, "A browser", "127.0.0.1")
    browser = service.browser(name)
    new = NewPush(browser.endpoint, browser.p256dh, browser.auth, "A browser", language)
    return user, browser, state.keep_push(user.id, session.id, new, ALL)


def episode(state: AppState, library: Library, name: str) -> Media:
    file = MediaFile(f"podcasts/{name}.mp3", 1, 2, len(name), "mp3", 1000)
    return state.add_media(NewMedia(MediaType.PODCAST, library.id, MediaNames(name, show_title="Waves"), file))


def test_each_hears_what_is_for_them_and_nobody_of_what_they_may_not_see(
    state: AppState, service: PushService, teller: Teller
) -> None:
    podcasts = state.ensure_library(LibraryKind.PODCASTS, "Podcasts", "podcasts")
    _, ann, _ = subscribed(state, service, "ann", Role.ADMIN)
    ben_user, ben, _ = subscribed(state, service, "ben", Role.MEMBER)
    _, mia, _ = subscribed(state, service, "mia", Role.KID)
    shut_out, tom, _ = subscribed(state, service, "tom", Role.MEMBER)
    state.grant_libraries(shut_out.id, [], all_libraries=False)
    again = state.add_session("tom again", state.get_user(shut_out.id), now_ms() + 60_000, "A browser", "127.0.0.1")
    state.keep_push(shut_out.id, again.id, NewPush(tom.endpoint, tom.p256dh, tom.auth, "A browser", "en"), ALL)

    arrived = episode(state, podcasts, "The tide")
    state.add_notice(Topic.NEW_EPISODE, "1", NoticeFacts("Waves", "The tide", media_id=arrived.id))
    state.add_notice(Topic.DISK_FULL, "media", NoticeFacts(text="1.0 GB", kind="media"))
    state.add_notice(Topic.DISC_DONE, "2", NoticeFacts("Solaris", kind="film"))
    state.add_notice(
        Topic.JOB_FAILED, "3", NoticeFacts("A talk", "It is gone.", user_id=ben_user.id, page="/activity/3")
    )
    state.add_notice(Topic.JOB_FAILED, "4", NoticeFacts("A scan", "It broke.", user_id=""))
    teller.tell(STOP)

    heard = {
        name: [str(m["tag"]) for m in service.messages(who)]
        for name, who in {"ann": ann, "ben": ben, "mia": mia, "tom": tom}.items()
    }
    assert sorted(heard["ann"]) == ["disc_done:2", "disk_full:media", "job_failed:3", "job_failed:4", "new_episode:1"]
    assert sorted(heard["ben"]) == ["disc_done:2", "job_failed:3", "new_episode:1"]
    assert heard["mia"] == ["new_episode:1"]
    assert heard["tom"] == ["disc_done:2"]
    first = service.messages(mia)[0]
    assert first == {
        "topic": "new_episode",
        "title": "Waves",
        "body": "The tide",
        "url": f"/item/{arrived.id}",
        "tag": "new_episode:1",
    }
    teller.tell(STOP)
    assert len(service.messages(mia)) == 1


def test_a_burst_becomes_one_message(state: AppState, service: PushService, teller: Teller) -> None:
    podcasts = state.ensure_library(LibraryKind.PODCASTS, "Podcasts", "podcasts")
    _, ann, _ = subscribed(state, service, "ann", Role.ADMIN)
    _, eva, _ = subscribed(state, service, "eva", Role.MEMBER, "de")
    for number in range(40):
        media = episode(state, podcasts, f"Part {number:03}" + "x" * number)
        state.add_notice(Topic.NEW_EPISODE, media.id, NoticeFacts(f"Waves {number}", "A part", media_id=media.id))
    teller.tell(STOP)
    (told,) = service.messages(ann)
    assert (told["title"], told["url"]) == ("40 new episodes", "/podcasts")
    assert [one["title"] for one in service.messages(eva)] == ["40 neue Folgen"]


def test_what_is_switched_off_is_not_told_and_not_caught_up_with(
    state: AppState, service: PushService, teller: Teller
) -> None:
    user, ann, push = subscribed(state, service, "ann", Role.ADMIN)
    state.change_push_topics(push.id, user.id, ALL - {Topic.DISC_DONE})
    state.add_notice(Topic.DISC_DONE, "1", NoticeFacts("Solaris", kind="film"))
    teller.tell(STOP)
    state.change_push_topics(push.id, user.id, ALL)
    teller.tell(STOP)
    assert service.messages(ann) == []


def test_a_browser_that_is_gone_is_forgotten_and_a_service_in_trouble_is_left_alone_for_a_while(
    state: AppState, service: PushService, teller: Teller
) -> None:
    user, ann, push = subscribed(state, service, "ann", Role.ADMIN)
    state.add_notice(Topic.DISC_DONE, "1", NoticeFacts("Solaris", kind="film"))
    service.status, service.headers = 429, {"Retry_After": "600"}
    teller.tell(STOP)
    teller.tell(STOP)
    assert len(service.deliveries) == 1
    (waiting,) = state.pushes_of(user.id)
    assert waiting.failures == 1
    assert 590_000 < waiting.retry_at - now_ms() <= 600_000
    service.status, service.headers = 201, {}
    state.push_failed(push.id, 0)
    teller.tell(STOP)
    assert [one["title"] for one in service.messages(ann)][-1] == "Solaris"
    service.status = 410
    state.add_notice(Topic.DISC_DONE, "2", NoticeFacts("Stalker", kind="film"))
    teller.tell(STOP)
    assert state.pushes_of(user.id) == []


def test_threat_77_an_address_in_the_house_is_asked_a_few_times_and_never_reached(
    state: AppState, service: PushService, tmp_path: Path
) -> None:
    settings = Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "state")))
    push_key(settings)
    user, _, push = subscribed(state, service, "ann", Role.ADMIN)
    state.add_notice(Topic.DISC_DONE, "1", NoticeFacts("Solaris", kind="film"))
    closed = Teller(settings, state, HttpClient(Egress(tuple)), gather_seconds=0)
    for _ in range(12):
        state.push_failed(push.id, 0)
    closed.tell(STOP)
    assert service.deliveries == []
    assert state.pushes_of(user.id) == []


def test_yesterdays_news_is_no_news(state: AppState, service: PushService, teller: Teller) -> None:
    _, ann, _ = subscribed(state, service, "ann", Role.ADMIN)
    state.add_notice(Topic.DISC_DONE, "1", NoticeFacts("Solaris", kind="film"))
    state._connection().execute("UPDATE notices SET created_at = created_at - 25 * 3600000")
    teller.tell(STOP)
    assert service.messages(ann) == []
    assert state.pushes_to_tell(10) == []


def test_threat_41_the_key_of_this_installation_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    settings = Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "state")))
    assert find_push_key(settings) is None
    key = push_key(settings)
    assert push_key(settings) == find_push_key(settings) == key
    assert (tmp_path / "state" / "push.key").stat().st_mode & 0o777 == 0o600
