"""What becomes a message: a disc that is done or needs somebody, an episode that came, a job that failed."""

from dataclasses import replace

import pytest

from media_library.app_state import AppState
from media_library.models.disc import DiscContent
from media_library.models.drive import Drive, DriveKind
from media_library.models.library import Library
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.notice import Notice, NoticeFacts, Topic
from media_library.services.notices import disc_unreadable, episode_arrived, job_failed
from media_library.services.notices.wording import LANGUAGES, message_of, summary_of


def told(state: AppState) -> list[Notice]:
    return state.notices_after(0, 100)


def test_a_drive_that_cannot_read_is_told_of_once_until_it_is_empty(state: AppState) -> None:
    drive = Drive("dev-1", DriveKind.LINUX, "The drive", None)
    for message in ("It is scratched.", "It is scratched.", None, "It is scratched."):
        disc_unreadable(state, drive, message)
    (notice,) = told(state)
    assert (notice.topic, notice.facts.text) == (Topic.DISC_NEEDS_YOU, "It is scratched.")
    assert message_of(notice, "en").title == "A disc cannot be read"


def test_a_job_that_fails_again_after_a_retry_is_told_of_again(state: AppState) -> None:
    job_failed(state, "j", 1, "A talk", "It is gone.", "ann")
    job_failed(state, "j", 1, "A talk", "It is gone.", "ann")
    job_failed(state, "j", 2, "A talk", "It is gone.", None)
    assert [(one.subject, one.facts.user_id) for one in told(state)] == [("j:1", "ann"), ("j:2", "")]
    message = message_of(told(state)[0], "de")
    assert (message.title, message.url) == ("Das hat nicht geklappt: A talk", "/activity/j")


def test_an_episode_leads_to_its_page(state: AppState, films: Library) -> None:
    file = MediaFile("podcasts/1.mp3", 1, 2, 3, "mp3", 1000)
    names = MediaNames("The tide", show_title="Waves")
    media = state.add_media(NewMedia(MediaType.PODCAST, films.id, names, file))
    episode_arrived(state, media)
    episode_arrived(state, media)
    (notice,) = told(state)
    message = message_of(notice, "en")
    assert (message.title, message.body, message.url) == ("Waves", "The tide", f"/item/{media.id}")


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_words_in_every_language(topic: Topic, language: str) -> None:
    kinds = {Topic.DISC_DONE: [*DiscContent], Topic.DISK_FULL: ["media", "state"], Topic.JOB_FAILED: ["", "rip"]}
    facts = NoticeFacts("A {text} name", "What {title} happened", count=7)
    for kind in kinds.get(topic, ["", "unreadable"]):
        notice = Notice(1, topic, "s", replace(facts, kind=str(kind)), 0)
        message = message_of(notice, language)
        assert message.title
        assert message.body
        assert message.url.startswith("/")
        assert "{count}" not in message.title + message.body
    summary = summary_of([Notice(1, topic, "s", facts, 0)] * 5, language)
    assert "5" in summary.title
    assert "{" not in summary.title


def test_what_people_name_is_no_pattern_and_has_an_end() -> None:
    facts = NoticeFacts("{title} {count} {text}" + "x" * 1000, "y" * 5000)
    message = message_of(Notice(1, Topic.NEW_EPISODE, "s", facts, 0), "en")
    assert len(message.title) <= 120
    assert len(message.body) <= 400
    failed = Notice(1, Topic.JOB_FAILED, "s", NoticeFacts("a {text}", "b {title}"), 0)
    assert message_of(failed, "en").title == "This did not work: a {text}"
    assert message_of(failed, "en").body == "b {title}"


def test_why_something_failed_is_said_in_the_language_of_the_message() -> None:
    facts = NoticeFacts("Walk", "The disc answers too slowly to be read. Clean it, or try another drive.", kind="rip")
    notice = Notice(1, Topic.JOB_FAILED, "s", facts, 0)
    german = "Die Disc antwortet zu langsam, um gelesen zu werden. Reinige sie, oder nimm ein anderes Laufwerk."
    assert [message_of(notice, language).body for language in ("de", "en", "xx")] == [german, facts.text, facts.text]
