"""The words of messages, in the languages of the web app. They are made here: a sleeping browser has no catalogue."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from media_library.models.notice import Message, Notice, NoticeFacts, Topic
from media_library.services.sentences import sentences_of

LANGUAGES = ("en", "de")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "film": "The film is in the library.",
        "show": "{count} episodes are in the library.",
        "music": "{count} tracks are in the library.",
        "unclear": "It is ripped, but it is not clear what it is. Have a look.",
        "not_ripped": "{title} was not ripped",
        "unreadable": "A disc cannot be read",
        "job_failed": "This did not work: {title}",
        "lane_died": "A part of the program keeps failing",
        "full_media": "The media drive is nearly full",
        "full_state": "The drive of the program is nearly full",
        "room_left": "{text} are left. Nothing more is fetched or ripped once it is full.",
        "test": "Messages reach this device",
        "test_text": "This is how they look.",
        "many_disc_done": "{count} discs are done",
        "many_disc_needs_you": "{count} discs need you",
        "many_new_episode": "{count} new episodes",
        "many_lane_died": "{count} parts of the program keep failing",
        "many_disk_full": "{count} drives are nearly full",
        "many_job_failed": "{count} things did not work",
    },
    "de": {
        "film": "Der Film ist in der Mediathek.",
        "show": "{count} Folgen sind in der Mediathek.",
        "music": "{count} Titel sind in der Mediathek.",
        "unclear": "Kopiert, aber es ist nicht klar, was es ist. Sieh es dir an.",
        "not_ripped": "{title} wurde nicht kopiert",
        "unreadable": "Eine Disc ist nicht lesbar",
        "job_failed": "Das hat nicht geklappt: {title}",
        "lane_died": "Ein Teil des Programms fällt immer wieder aus",
        "full_media": "Das Laufwerk der Mediathek ist fast voll",
        "full_state": "Das Laufwerk des Programms ist fast voll",
        "room_left": "{text} sind noch frei. Wenn nichts mehr frei ist, wird nichts mehr geholt und kopiert.",
        "test": "Mitteilungen erreichen dieses Gerät",
        "test_text": "So sehen sie aus.",
        "many_disc_done": "{count} Discs sind fertig",
        "many_disc_needs_you": "{count} Discs brauchen dich",
        "many_new_episode": "{count} neue Folgen",
        "many_lane_died": "{count} Teile des Programms fallen immer wieder aus",
        "many_disk_full": "{count} Laufwerke sind fast voll",
        "many_job_failed": "{count} Dinge haben nicht geklappt",
    },
}

_PAGES = {
    Topic.DISC_DONE: "/activity",
    Topic.DISC_NEEDS_YOU: "/review",
    Topic.NEW_EPISODE: "/podcasts",
    Topic.LANE_DIED: "/settings/about",
    Topic.DISK_FULL: "/settings/storage",
    Topic.JOB_FAILED: "/activity",
}
_FACT = re.compile(r"\{(count|text|title)\}")
_LONGEST_TITLE = 120
_LONGEST_TEXT = 400
_MOST_NAMES = 4


def message_of(notice: Notice, language: str) -> Message:
    """One notice as a message."""
    facts, words = notice.facts, _WORDS.get(language, _WORDS["en"])

    def said(key: str) -> str:
        """Words with the facts put in; what people or pages named is never read as a pattern."""
        return _FACT.sub(lambda fact: str(getattr(facts, fact[1])), words[key])

    title, text = facts.title, facts.text
    match notice.topic:
        case Topic.DISC_DONE:
            text = said(facts.kind if facts.kind in words else "film")
        case Topic.DISC_NEEDS_YOU if facts.kind == "unreadable":
            title, text = said("unreadable"), sentences_of(language)(text)
        case Topic.DISC_NEEDS_YOU:
            text = said("unclear")
        case Topic.JOB_FAILED:
            title, text = said("not_ripped" if facts.kind == "rip" else "job_failed"), sentences_of(language)(text)
        case Topic.LANE_DIED:
            title, text = said("lane_died"), f"{facts.title}: {sentences_of(language)(text)}"
        case Topic.DISK_FULL:
            title, text = said(f"full_{facts.kind}"), said("room_left")
        case Topic.NEW_EPISODE:
            pass
    tag = f"{notice.topic}:{notice.subject}"
    return Message(notice.topic, title[:_LONGEST_TITLE], text[:_LONGEST_TEXT], _page(notice.topic, facts), tag)


def summary_of(notices: Sequence[Notice], language: str) -> Message:
    """Several notices of one topic as one message."""
    topic, words = notices[0].topic, _WORDS.get(language, _WORDS["en"])
    names = [notice.facts.title for notice in notices if notice.facts.title]
    told = " · ".join(dict.fromkeys(names[:_MOST_NAMES]))
    title = words[f"many_{topic}"].replace("{count}", str(len(notices)))
    return Message(topic, title, told[:_LONGEST_TEXT], _PAGES[topic], f"{topic}:many")


def test_message(language: str) -> Message:
    """What the button for trying sends."""
    words = _WORDS.get(language, _WORDS["en"])
    return Message("test", words["test"], words["test_text"], "/settings/notifications", "test")


def _page(topic: Topic, facts: NoticeFacts) -> str:
    if facts.page:
        return facts.page
    return _PAGES[topic] if facts.media_id is None else f"/item/{quote(facts.media_id, safe='')}"
