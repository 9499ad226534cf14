"""Measures how well names are read: ours, guessit alone, and guessit that is told what the library holds.

``python -m bench.names [--wrong]``: the score on all names, on those that rules were written against and on those that
were held out; with ``--wrong`` what we read wrong of the former (the held-out ones are counted, never shown).
"""

import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from guessit import guessit

from bench.name_corpus import Name, corpus
from bench.report import Goal, Report
from bench.workbench import Workbench
from media_library.models.library import LibraryKind
from media_library.models.media import MediaType
from media_library.services.name_reading import quick_reading, read_name

_ENOUGH = 97.0
_TYPES = {LibraryKind.MOVIES: "movie", LibraryKind.SHOWS: "episode"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says: the titles that it may mean, and numbers."""

    media_type: MediaType | None
    titles: tuple[str, ...]
    year: int | None
    season: int | None
    episode: int | None
    episode_end: int | None
    absolute: int | None
    air_date: date | None


def ours(name: Name) -> Answer:
    """What ``read_name`` says."""
    return _ours(name, quick=False)


def quick(name: Name) -> Answer:
    """What ``quick_reading`` says."""
    return _ours(name, quick=True)


def guessit_alone(name: Name) -> Answer:
    """What guessit says of the same path."""
    return _guessit(name, {})


def guessit_told(name: Name) -> Answer:
    """What guessit says if the library tells it that this is a film or an episode."""
    return _guessit(name, {"type": _TYPES[name.kind]} if name.kind in _TYPES else {})


READERS: dict[str, Callable[[Name], Answer]] = {
    "ours": ours,
    "ours, patterns only": quick,
    "guessit": guessit_alone,
    "guessit, told the kind": guessit_told,
}


def is_right(name: Name, answer: Answer) -> bool:
    """Whether kind, title, year, season and episodes are all as meant. A missing answer is as wrong as a false one."""
    if answer.media_type is not name.media_type:
        return False
    if name.title is None:
        return True
    if _key(name.title) not in {_key(title) for title in answer.titles} or answer.year != name.year:
        return False
    if name.media_type is MediaType.MOVIE:
        return True
    if name.air_date is not None:
        return answer.air_date == name.air_date
    if name.absolute is not None:
        counted = answer.absolute if answer.absolute is not None else answer.episode
        return counted == name.absolute and answer.episode_end == name.episode_end
    if answer.season != name.season or answer.episode_end != name.episode_end:
        return False
    return name.episode is None or answer.episode == name.episode


def score(names: Sequence[Name], reader: Callable[[Name], Answer]) -> float:
    """The share of names that are read right, 0 to 1."""
    return sum(is_right(name, reader(name)) for name in names) / len(names)


def measure(bench: Workbench | None = None) -> Report:
    """Score all readers; films and episodes only, for guessit knows nothing else."""
    names = corpus()
    screen = [name for name in names if name.title is not None]
    known = [name for name in screen if not name.is_held_out]
    held = [name for name in screen if name.is_held_out]
    others = [name for name in names if name.title is None]
    rows: list[tuple[str, ...]] = []
    scores: dict[str, float] = {}
    for label, reader in READERS.items():
        times: list[float] = []
        right = {}
        quick_reading.cache_clear()
        for name in screen:
            started = time.thread_time()
            answer = reader(name)
            times.append(time.thread_time() - started)
            right[name.path, name.kind] = is_right(name, answer)
        parts = [sum(right[name.path, name.kind] for name in part) / len(part) for part in (screen, known, held)]
        scores[label] = parts[0]
        scores[f"{label} held out"] = parts[2]
        films = [name for name in screen if name.media_type is MediaType.MOVIE]
        episodes = [name for name in screen if name.media_type is MediaType.EPISODE]
        by_kind = [sum(right[name.path, name.kind] for name in part) / len(part) for part in (films, episodes)]
        rows.append(
            (
                label,
                *(f"{part:.2%}" for part in (*parts, *by_kind)),
                f"{statistics.mean(times) * 1e6:,.0f} µs",
                f"{statistics.median(times) * 1e6:,.0f} µs",
            )
        )
    kinds = score(others, ours)
    return Report(
        "Reading names",
        f"{len(screen):,} names of films and episodes, {len(held):,} of them held out while the rules were written."
        " Right is only what is right in kind, title, year, season and episodes. Of"
        f" {len(others)} names of photos, home videos, tracks, books and web videos we take {kinds:.1%} for what they"
        " are.",
        ("reader", "all", "known", "held out", "films", "episodes", "mean CPU time", "median"),
        tuple(rows),
        (
            Goal("names read right", 100 * scores["ours"], _ENOUGH, "%", at_least=True),
            Goal("held-out names read right", 100 * scores["ours held out"], _ENOUGH, "%", at_least=True),
            Goal(
                "names read right, against the better of both ways to ask guessit",
                100 * scores["ours"],
                100 * max(scores["guessit"], scores["guessit, told the kind"]),
                "%",
                at_least=True,
            ),
        ),
    )


def _ours(name: Name, *, quick: bool) -> Answer:
    found = quick_reading(name.path, name.kind) if quick else read_name(name.path, kind=name.kind)
    title = found.title if found.media_type is not MediaType.EPISODE else found.show_title or ""
    return Answer(
        found.media_type,
        (title,),
        found.year,
        found.season,
        found.episode,
        found.episode_end,
        found.absolute,
        found.air_date,
    )


def _guessit(name: Name, options: dict[str, str]) -> Answer:
    found = guessit(str(name.path), options)
    title = str(found.get("title", ""))
    other = found.get("alternative_title", "")
    titles = [title, *(f"{title} {one}" for one in (other if isinstance(other, list) else [other]) if one)]
    country = found.get("country")
    if country is not None:
        titles.append(f"{title} {country.alpha2}")
    part = found.get("part")
    if part is not None:
        titles += [f"{title} part {part}", *(f"{one} part {part}" for one in titles[1:])]
    episodes = sorted(_integers(found.get("episode")))
    day = found.get("date")
    return Answer(
        MediaType.EPISODE if found.get("type") == "episode" else MediaType.MOVIE,
        tuple(titles),
        next(iter(_integers(found.get("year"))), None),
        next(iter(_integers(found.get("season"))), None),
        episodes[0] if episodes else None,
        episodes[-1] if len(episodes) > 1 else None,
        next(iter(_integers(found.get("absolute_episode"))), None),
        day if isinstance(day, date) else None,
    )


def _integers(value: object) -> list[int]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, int)]


def _key(title: str) -> str:
    plain = unicodedata.normalize("NFKC", title).casefold().replace("&", "and")
    return "".join(char for char in plain if char.isalnum())


def main(arguments: Sequence[str]) -> int:
    """Tell the score; returns 1 if a goal is missed."""
    if "--wrong" in arguments:
        for name in corpus():
            answer = ours(name)
            if not name.is_held_out and not is_right(name, answer):
                print(f"{name.kind}: {name.path}\n   {answer}")
    report = measure()
    print(report.markdown())
    return 0 if all(goal.is_met for goal in report.goals) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
