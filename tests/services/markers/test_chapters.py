"""What the names of chapters say, in the languages of discs and of the web."""

import pytest

from media_library.models.media import Chapter
from media_library.services.markers import markers_of_chapters

MINUTE = 60_000
LONG = 44 * MINUTE


def kinds(title: str, *, start: int = MINUTE, seconds: int = 60, duration: int = LONG) -> list[str]:
    chapter = Chapter(title, start, start + seconds * 1000)
    return [f"{one.kind} {one.source}" for one in markers_of_chapters([chapter], duration)]


@pytest.mark.parametrize(
    "title",
    [
        *("Intro", "OPENING", "Opening Credits", "Vorspann", "Générique de début", "sigla", "Cabecera", "Abertura"),
        *("オープニング", "заставка", "Kapitel 2: Vorspann", "02 - Intro", "Intro 2", "OP", "Titelsequenz", "片头"),
    ],
)
def test_an_opening_is_known_by_its_name(title: str) -> None:
    assert kinds(title) == ["intro chapter"]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Credits",
            "End Credits",
            "Ending",
            "Abspann",
            "Générique de fin",
            "Titoli di coda",
            "Créditos",
            "Eftertexter",
        ),
        *("エンディング", "титры", "Chapter 12: End Credits", "Napisy końcowe", "ED", "Outro"),
    ],
)
def test_credits_are_known_by_their_name(title: str) -> None:
    assert kinds(title, start=41 * MINUTE) == ["credits chapter"]


@pytest.mark.parametrize(
    ("title", "start", "kind"),
    [
        ("Recap", 0, "recap"),
        ("Previously on", 0, "recap"),
        ("Was bisher geschah", 0, "recap"),
        ("Vorschau", 42, "preview"),
        ("次回予告", 42, "preview"),
        ("Next Time", 42, "preview"),
    ],
)
def test_what_was_and_what_comes_are_known_by_their_names(title: str, start: int, kind: str) -> None:
    assert kinds(title, start=start * MINUTE) == [f"{kind} chapter"]


def test_one_word_for_both_ends_is_decided_by_its_place() -> None:
    assert kinds("Générique", start=MINUTE) == ["intro chapter"]
    assert kinds("Générique", start=42 * MINUTE) == ["credits chapter"]


@pytest.mark.parametrize(
    "title",
    ["Chapter 1", "The Opening of the Door", "Introducing Anna", "Credit where it is due", "", "Operation", "Edward"],
)
def test_a_scene_is_not_taken_for_an_opening(title: str) -> None:
    assert kinds(title) == []


def test_an_opening_scene_credits_at_the_start_and_a_moment_are_none() -> None:
    assert kinds("Opening", seconds=500) == []
    assert kinds("Credits", start=MINUTE) == [] and kinds("Intro", start=42 * MINUTE) == []
    assert kinds("Intro", seconds=1) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sponsor", "sponsor"),
        ("Unpaid/Self Promotion", "sponsor"),
        ("Interaction Reminder", "sponsor"),
        ("Intermission/Intro Animation", "intro"),
        ("Endcards/Credits", "credits"),
        ("Preview/Recap", "recap"),
        ("Filler Tangent, Sponsor", "sponsor"),
    ],
)
def test_what_sponsorblock_marked_is_believed_wherever_it_is(name: str, kind: str) -> None:
    assert kinds(f"[SponsorBlock]: {name}", start=20 * MINUTE) == [f"{kind} sponsorblock"]


def test_a_tangent_is_part_of_the_video() -> None:
    assert kinds("[SponsorBlock]: Filler Tangent") == []
