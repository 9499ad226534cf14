"""Measures how often something is identified by itself, and how often wrongly.

``python -m bench.matches [--wrong] [--reasons]``: against a stand-in of the service with some thousand films and shows
that are hard to tell apart; with ``--wrong`` every wrong match is shown, with ``--reasons`` what is left to people.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.match_catalogue import Case, catalogue
from bench.report import Goal, Report
from bench.workbench import Workbench
from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.adapters.tmdb import Locale, Tmdb
from media_library.models.work import WorkKind, WorkState
from media_library.services.media_identifier.deciding import Verdict
from media_library.services.media_identifier.searching import Search
from tests.internet.tmdb import KEY, TmdbService, tmdb_service

_MOST_WRONG = 0.5
_LEAST_AUTOMATIC = 75.0
_THREADS = 4
_STATES = (WorkState.APPLIED, WorkState.REVIEW, WorkState.UNKNOWN)

Judged = list[tuple[Case, Verdict]]


def measure(workbench: Workbench) -> Report:
    """All cases of the catalogue, each judged as the job would."""
    judged, taken, asked = judge(workbench.folder / "matches")
    groups = {
        "films as they are": [one for one in judged if _is_film(one) and one[0].way == "as it is"],
        "films, in some way off": [
            one for one in judged if _is_film(one) and one[0].way != "as it is" and one[0].truth is not None
        ],
        "films that the service does not know": [one for one in judged if one[0].truth is None],
        "shows": [one for one in judged if one[0].evidence.kind is WorkKind.SHOW],
        "all": judged,
    }
    rows = tuple((name, *_row(group)) for name, group in groups.items())
    return Report(
        "What things are",
        f"{len(judged):,} files of films and shows that are hard to tell apart, against a stand-in of the service:"
        f" {len(judged) / taken:.0f} a second, {asked / len(judged):.1f} questions each. Wrong is whatever was applied"
        " without asking anybody and is something else.",
        ("files", "count", "applied", "left to a person", "nothing found", "wrong of those applied"),
        rows,
        (
            Goal("wrong matches applied without review", _wrong_share(judged), _MOST_WRONG, "%"),
            Goal("identified without asking anybody", _applied_share(judged), _LEAST_AUTOMATIC, "%", at_least=True),
        ),
    )


def judge(folder: Path) -> tuple[Judged, float, int]:
    """Every case with its verdict, the seconds that it took, and how many questions were asked."""
    known = catalogue()
    with tmdb_service() as service, ThreadPoolExecutor(_THREADS) as pool:
        service.add(*known.films, *known.shows)
        search = Search(_tmdb(service, folder))
        began = time.monotonic()
        verdicts = list(pool.map(lambda case: search.verdict(case.evidence, Locale()), known.cases))
        return list(zip(known.cases, verdicts, strict=True)), time.monotonic() - began, len(service.asked)


def _tmdb(service: TmdbService, folder: Path) -> Tmdb:
    http = HttpClient(Egress(lambda: hosts_of(service.url)))
    urls = {"url": service.api_url, "images_url": service.images_url}
    return Tmdb.connect(http, folder, **urls, key=KEY, per_second=100_000)


def _row(group: Judged) -> tuple[str, ...]:
    states = Counter(verdict.state for _, verdict in group)
    shares = (
        f"{100 * states[name] / len(group):.1f} %" for name in (WorkState.APPLIED, WorkState.REVIEW, WorkState.UNKNOWN)
    )
    return (f"{len(group):,}", *shares, f"{_wrong_share(group):.2f} %")


def _wrong(group: Judged) -> Judged:
    return [
        (case, verdict) for case, verdict in group if verdict.chosen is not None and verdict.chosen.id != case.truth
    ]


def _wrong_share(group: Judged) -> float:
    applied = sum(verdict.chosen is not None for _, verdict in group)
    return 100 * len(_wrong(group)) / applied if applied else 0.0


def _applied_share(group: Judged) -> float:
    return 100 * sum(verdict.chosen is not None for _, verdict in group) / len(group)


def _is_film(one: tuple[Case, Verdict]) -> bool:
    return one[0].evidence.kind is WorkKind.MOVIE


def main(argv: Sequence[str]) -> int:
    """Measure alone, and show what went wrong if asked to."""
    with tempfile.TemporaryDirectory(prefix="media-library-matches-") as folder:
        judged, taken, asked = judge(Path(folder))
    print(f"{len(judged):,} cases in {taken:.1f} s, {asked:,} questions")
    ways: dict[str, Judged] = {}
    for case, verdict in judged:
        ways.setdefault(case.way, []).append((case, verdict))
    for way, group in sorted(ways.items(), key=lambda one: -len(one[1])):
        print(f"{way:45}", *(f"{cell:>9}" for cell in _row(group)))
    print(f"{'all':45}", *(f"{cell:>9}" for cell in _row(judged)))
    if "--wrong" in argv:
        for case, verdict in _wrong(judged):
            chosen = verdict.chosen
            assert chosen is not None
            print(f"\n{case.way}: {case.evidence.titles[0]} ({case.evidence.year}), {case.evidence.minutes} min")
            print(f"  applied {chosen.title} ({chosen.year}), {chosen.minutes} min: {', '.join(chosen.reasons)}")
            print(f"  is {case.truth}; shown: {[(one.id, one.year, one.minutes) for one in verdict.shown]}")
    reasons = Counter(verdict.reason for _, verdict in judged if verdict.reason)
    if "--reasons" in argv:
        for reason, count in reasons.most_common(25):
            print(f"{count:6} {reason}")
    return 0 if _wrong_share(judged) < _MOST_WRONG else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
