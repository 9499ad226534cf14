"""What is ripped from discs as they are found in shops: lengths in minutes, as the sleeve tells them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from media_library.adapters import handbrake
from media_library.adapters.disc_structure import examine
from media_library.models.disc import DiscAudio, DiscContent, DiscNames, DiscSubtitle, DiscTitle, TitleRole
from media_library.models.drive import DiscKind
from media_library.models.tool import ToolRun
from media_library.services.disc_labels import parse_label
from media_library.services.title_selection import Selection, select_titles
from tests.fixtures import bluray, dvd

FILM, SHOW, MUSIC = DiscContent.FILM, DiscContent.SHOW, DiscContent.MUSIC


@dataclass
class T:
    """A title in a table: minutes, chapters (a number, or lengths in minutes), languages, menu's main feature."""

    minutes: float
    chapters: int | Sequence[float] = 1
    languages: str = "eng"
    subtitles: str = ""
    main: bool = False


def rich(minutes: float, chapters: int | Sequence[float], *, main: bool = False) -> T:
    """A title with everything that a studio puts on the real thing."""
    return T(minutes, chapters, "eng fra deu", "eng fra deu", main)


def disc(*titles: T) -> list[DiscTitle]:
    return [_title(index, title) for index, title in enumerate(titles, 1)]


def _title(index: int, title: T) -> DiscTitle:
    length = round(title.minutes * 60_000)
    if isinstance(title.chapters, int):  # of uneven lengths that differ from title to title, as a person cuts them
        weights = [1 + ((place + 3) * 7919 + index * 104_729) % 97 / 50 for place in range(title.chapters)]
        chapters = [int(length * weight / sum(weights)) for weight in weights]
        chapters[-1] += length - sum(chapters)
    else:
        chapters = [round(minutes * 60_000) for minutes in title.chapters]
    audio = tuple(DiscAudio(number, code, "ac3", 6) for number, code in enumerate(title.languages.split(), 1))
    subtitles = tuple(DiscSubtitle(number, code, "VOBSUB") for number, code in enumerate(title.subtitles.split(), 1))
    return DiscTitle(index, length, tuple(chapters), audio, subtitles, 720, 576, title.main)


SEGMENTS = (7.1, 3.3, 9.8, 4.4, 12.2, 6.7, 8.9, 5.5, 10.1, 11.7, 2.9, 13.3, 4.9, 9.1, 7.7)
SONGS = (4.7, 4.9, 5.0, 5.2, 5.3)


def shuffled(turn: int) -> list[float]:
    return [*SEGMENTS[turn % 15 :], *SEGMENTS[: turn % 15]]


# name: (titles, season, disc number, content, chosen titles, words of the review reason or None)
DISCS: dict[str, tuple[list[DiscTitle], int | None, int | None, DiscContent, list[int], str | None]] = {
    "film and trailers": (disc(T(2), rich(112, 20), T(3), T(1.5)), None, None, FILM, [2], None),
    "film, making-of and deleted scenes": (
        disc(rich(98, 24), T(28), T(9), T(7), T(4)), None, None, FILM, [1], None,
    ),
    "film and a long documentary": (disc(rich(122, 28), T(88, 10)), None, None, FILM, [1], None),
    "film and two long documentaries": (
        disc(rich(122, 28), T(88, 10), T(85, 9)), None, None, FILM, [1], None,
    ),
    "film and three documentaries of half its length": (
        disc(rich(90, 18), T(44), T(45), T(46)), None, None, FILM, [1], None,
    ),
    "film and six equal extras that add up to it": (
        disc(T(90, 18), T(15), T(15.2), T(14.8), T(15.1), T(14.9), T(15)), None, None, FILM, [1], None,
    ),
    "a dubbed film and six equal extras that add up to it": (
        disc(T(90, 1, "eng fra"), T(15), T(15.2), T(14.8), T(15.1), T(14.9), T(15)), None, None, FILM, [1], None,
    ),
    "a single title": (disc(T(95)), None, None, FILM, [1], None),
    "a single short title": (disc(T(0.4)), None, None, FILM, [1], None),
    "film with a decoy of its length in another language": (
        disc(T(75, 4, "eng fra", "eng fra"), T(15), T(12), T(75, 1, "deu")), None, None, FILM, [1], "title 4",
    ),
    "film with a longer decoy, and a menu": (
        disc(T(75, 4, "eng fra", "eng fra", main=True), T(15), T(12), T(78, 1, "deu")),
        None, None, FILM, [1], "title 4",
    ),
    "film with a longer decoy that the tool takes for the feature": (
        disc(rich(100, 20), T(102, 1, main=True)), None, None, FILM, [1], "title 2",
    ),
    "film with two decoys as long as episodes": (
        disc(rich(95, 16), T(95.5, 2), T(94.8, 2)), None, None, FILM, [1], "title 2",
    ),
    "the same film twice": (
        disc(T(95, SEGMENTS), T(95, SEGMENTS, "eng fra"), T(5)), None, None, FILM, [2], None,
    ),
    "99 titles of shuffled chapters": (
        disc(*(T(117.6, shuffled(turn), main=turn == 41) for turn in range(99))),
        None, None, FILM, [42], "other titles",
    ),
    "99 titles of nearly equal lengths, one with all languages": (
        disc(*(T(117.6 + turn / 100, shuffled(turn), "eng fra" if turn == 7 else "eng") for turn in range(99))),
        None, None, FILM, [8], "other titles",
    ),
    "the menu leads to the film, a longer documentary lies beside it": (
        disc(rich(85, 20, main=True), T(110, 12)), None, None, FILM, [1], None,
    ),
    "the menu leads to a trailer": (disc(T(3, main=True), rich(118, 22)), None, None, FILM, [2], "menu"),
    "director's cut and theatrical version with common chapters": (
        disc(rich(sum(SEGMENTS), SEGMENTS), rich(sum(SEGMENTS) + 16, [*SEGMENTS, 9, 7])),
        None, None, FILM, [2], "title 1",
    ),
    "director's cut and theatrical version, disc 1": (
        disc(rich(sum(SEGMENTS), SEGMENTS), rich(sum(SEGMENTS) + 6, [*SEGMENTS, 6])),
        None, 1, FILM, [2], "title 1",
    ),
    "two cuts mastered apart": (
        disc(rich(120, 24), rich(137, 26)), None, None, FILM, [2], "title 1",
    ),
    "double feature": (disc(T(88, 12), T(90, 12)), None, None, FILM, [2], "title 1"),
    "concert": (disc(T(95, 22), T(12), T(5), T(4)), None, None, FILM, [1], None),
    "concert and each of its songs": (
        disc(T(75.3, SONGS * 3), *(
            T(length) for length in SONGS * 3
        )), None, None, FILM, [1], None,
    ),
    "show, 3 episodes and a play-all": (
        disc(T(66, [22, 23, 21]), T(22, 2), T(23, 2), T(21, 2), T(11)), None, None, SHOW, [2, 3, 4], None,
    ),
    "show, 3 episodes, the menu leads to the play-all": (
        disc(T(66, [22, 23, 21], main=True), T(22, 2), T(23, 2), T(21, 2), T(11)), None, None, SHOW, [2, 3, 4], None,
    ),
    "show, 3 episodes": (disc(T(42, 6), T(43, 6), T(41.5, 6)), None, None, SHOW, [1, 2, 3], None),
    "show, 4 episodes and extras": (
        disc(T(44, 7), T(42, 7), T(45, 7), T(43, 7), T(12), T(6), T(25)), None, None, SHOW, [1, 2, 3, 4], None,
    ),
    "show, 4 episodes and a play-all behind them": (
        disc(T(44, 2), T(42, 2), T(45, 2), T(43, 2), T(174, [44, 42, 45, 43])), None, None, SHOW, [1, 2, 3, 4], None,
    ),
    "show, 4 episodes and a play-all without their credits": (
        disc(T(167, [42.5, 40.3, 43.2, 41.0]), T(44, 4), T(42, 4), T(45, 4), T(43, 4)),
        None, None, SHOW, [2, 3, 4, 5], None,
    ),
    "show, 6 episodes of uneven length": (
        disc(T(50, 8), T(57, 8), T(61, 8), T(48, 8), T(68, 8), T(52, 8)), None, None, SHOW, [1, 2, 3, 4, 5, 6], None,
    ),
    "show, 8 half-hour episodes and a play-all": (
        disc(*(T(minutes, 4) for minutes in (22, 22.1, 21.9, 22.3, 21.8, 22, 22.2, 21.7)), T(176, [22] * 8)),
        None, None, SHOW, [1, 2, 3, 4, 5, 6, 7, 8], None,
    ),
    "show, 8 episodes and an hour of documentary": (
        disc(*(T(22 + place / 10, 4) for place in range(8)), T(60)), None, None, SHOW, list(range(1, 9)), None,
    ),
    "show, pilot of double length": (
        disc(T(88, 12), T(44, 6), T(43, 6), T(45, 6)), None, None, SHOW, [1, 2, 3, 4], None,
    ),
    "show, pilot of double length and a play-all": (
        disc(T(220, [88, 44, 43, 45]), T(88, 3), T(44, 3), T(43, 3), T(45, 3), T(8)),
        None, None, SHOW, [2, 3, 4, 5], None,
    ),
    "show by its label, a play-all that is a little longer than its episodes": (
        disc(T(66.04, [22.01, 23.02, 21.01]), T(22, 2), T(23, 2), T(21, 2), T(11)), 1, 1, SHOW, [2, 3, 4], None,
    ),
    "show by its label, 2 episodes and a play-all": (disc(T(45, 2), T(44, 2), T(89.1, [45.1, 44])),
        1, 1, SHOW, [1, 2], None),
    "show by its label, an extra of nearly their length that the play-all leaves out": (
        disc(T(66.04, [22, 23, 21.04]), T(22, 2), T(23, 2), T(21, 2), T(18)), 1, 1, SHOW, [2, 3, 4], None,
    ),
    "show, an extra of nearly their length that the play-all leaves out": (
        disc(T(66.04, [22, 23, 21.04]), T(22, 2), T(23, 2), T(21, 2), T(18)), None, None, SHOW, [2, 3, 4], None,
    ),
    "show by its label, 2 episodes": (disc(T(58, 9), T(52, 9), T(14)), 2, 4, SHOW, [1, 2], None),
    "show by its label, last disc with 1 episode and extras": (
        disc(T(45, 7), T(12), T(8), T(15)), 1, 6, SHOW, [1], None,
    ),
    "show by its label, 24 cartoons of exactly one length": (
        disc(*[T(11)] * 24), 1, 1, SHOW, list(range(1, 25)), None,
    ),
    "show, cartoons of exactly one length and a play-all": (
        disc(T(44, [11] * 4), *[T(11)] * 4), None, None, SHOW, [2, 3, 4, 5], None,
    ),
    "show by its label, an episode twice": (
        disc(T(42, SEGMENTS[:5]), T(42, SEGMENTS[:5]), T(43, 5), T(41, 5)), 1, 1, SHOW, [1, 3, 4], None,
    ),
    "show by its label, with a double finale": (
        disc(T(22, 3), T(22.5, 3), T(44, 6), T(3)), 3, 4, SHOW, [1, 2, 3], None,
    ),
    "mini-series, 2 long episodes on disc 1": (
        disc(T(91, 12), T(88, 12), T(20)), None, 1, SHOW, [1, 2], "two versions",
    ),
    "mini-series, 2 long episodes and a play-all": (
        disc(T(179, [91, 88]), T(91, 1), T(88, 1)), None, None, SHOW, [2, 3], None,
    ),
    "two titles whose sum is a third, which nothing proves": (
        disc(T(179), T(91), T(88)), None, None, SHOW, [2, 3], "one film in two parts",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DISCS)
def test_what_is_ripped_from(name: str) -> None:
    titles, season, number, content, chosen, review = DISCS[name]
    selection = select_titles(DiscKind.DVD, titles, DiscNames("Name", season=season, disc_number=number))
    assert (selection.content, indices(selection)) == (content, chosen), selection.plan
    if review is None:
        assert selection.review_reason is None
    else:
        assert selection.review_reason is not None and review in selection.review_reason


@pytest.mark.parametrize("name", DISCS)
def test_a_tiny_disc_is_judged_like_a_real_one(name: str) -> None:
    titles, season, number, content, chosen, _ = DISCS[name]
    tiny = [
        replace(title, duration_ms=title.duration_ms // 60, chapters=tuple(chapter // 60 for chapter in title.chapters))
        for title in titles
    ]
    selection = select_titles(DiscKind.DVD, tiny, DiscNames("Name", season=season, disc_number=number))
    assert (selection.content, indices(selection)) == (content, chosen), selection.plan


def indices(selection: Selection) -> list[int]:
    return [title.index for title in selection.chosen]


def roles(selection: Selection) -> dict[int, TitleRole]:
    return {title.index: title.role for title in selection.titles}


def test_every_title_has_its_part() -> None:
    titles = disc(T(66, [22, 23, 21]), T(22, 2), T(23, 2), T(21, 2), T(11))
    given = roles(select_titles(DiscKind.DVD, titles, DiscNames("Show")))
    assert list(given.values()) == [TitleRole.PLAY_ALL, *[TitleRole.EPISODE] * 3, TitleRole.EXTRA]


def test_the_parts_of_a_film_disc_are_feature_extra_and_decoy() -> None:
    titles = disc(T(75, 4, "eng fra"), T(15), T(75, 1, "deu"))
    given = roles(select_titles(DiscKind.DVD, titles, DiscNames("Film")))
    assert list(given.values()) == [TitleRole.FEATURE, TitleRole.EXTRA, TitleRole.DECOY]


def test_extras_are_kept_on_wish_and_decoys_never() -> None:
    titles = disc(T(75, 4, "eng fra"), T(15), T(75, 1, "deu"))
    selection = select_titles(DiscKind.DVD, titles, DiscNames("Film"), keep_extras=True)
    assert indices(selection) == [1, 2]
    assert selection.plan == "The film is title 1 (1 h 15 min). 1 extra kept too. 1 other title left out."


def test_titles_under_the_minimum_are_listed_and_never_chosen() -> None:
    titles = disc(T(75), T(15), T(1))
    selection = select_titles(DiscKind.DVD, titles, DiscNames("Film"), keep_extras=True, minimum_ms=120_000)
    assert indices(selection) == [1, 2]
    assert len(selection.titles) == 3


@pytest.mark.parametrize("titles", [[], disc(T(1), T(1.9)), disc(T(0))])
def test_a_disc_without_a_title_over_the_minimum_has_nothing_to_rip(titles: list[DiscTitle]) -> None:
    selection = select_titles(DiscKind.DVD, titles, DiscNames("Film"), minimum_ms=120_000)
    assert selection.chosen == ()
    assert "no title long enough" in selection.plan


def test_every_track_of_a_cd_is_ripped() -> None:
    selection = select_titles(DiscKind.AUDIO_CD, disc(T(4), T(0.1), T(3)), DiscNames("Album"), minimum_ms=120_000)
    assert (selection.content, indices(selection), selection.plan) == (MUSIC, [1, 2, 3], "3 tracks.")
    assert set(roles(selection).values()) == {TitleRole.TRACK}


def test_the_plan_of_a_show_names_season_and_titles() -> None:
    selection = select_titles(DiscKind.DVD, disc(T(42), T(43), T(41), T(5)), DiscNames("Show", season=2))
    assert selection.plan == "3 episodes of season 2: titles 1, 2 and 3. 1 other title left out."


def test_the_choice_that_was_there_before_is_not_kept() -> None:
    before = [replace(title, chosen=True, role=TitleRole.FEATURE) for title in disc(T(75), T(3))]
    assert indices(select_titles(DiscKind.DVD, before, DiscNames("Film"))) == [1]


@pytest.mark.parametrize(
    ("build", "content", "chosen"),
    [
        (lambda folder: dvd.build_movie(folder, tiny=True, decoy_seconds=16), FILM, [1]),
        (
            lambda folder: dvd.build_show(folder, label="SHOW_S01_D1", episodes=(12, 13, 11), extra_seconds=9),
            SHOW,
            [2, 3, 4],
        ),
        (
            lambda folder: dvd.build_show(folder, label="NAMELESS", episodes=(12, 13, 11), extra_seconds=9),
            SHOW,
            [2, 3, 4],
        ),
        (lambda folder: bluray.build(folder, tiny=True), FILM, [1]),
    ],
)
def test_real_discs_are_judged_by_what_handbrake_sees_on_them(
    tmp_path: Path, build: Callable[[Path], Path], content: DiscContent, chosen: list[int]
) -> None:
    image = build(tmp_path)
    structure = examine(image)
    scan = finish(handbrake.scan(str(image), min_seconds=2))
    selection = select_titles(structure.kind, scan.titles, parse_label(structure.label or "").names)
    assert (selection.content, indices(selection)) == (content, chosen), selection.plan


def finish(run: ToolRun[handbrake.Scan]) -> handbrake.Scan:
    """Let a tool run to its end."""
    while True:
        try:
            next(run)
        except StopIteration as end:
            result: handbrake.Scan = end.value
            return result
