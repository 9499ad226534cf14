"""How long lists and searches take in a library of 100,000 films, as a browser sees it."""

import json
import random
import time
from collections.abc import Callable

from bench.probe import CELLS, ask_repeatedly
from bench.report import Report
from bench.workbench import WORDS, Workbench, add_many

_MEDIA = 100_000
_SECONDS = 3.0
_PAGE = "/api/library?type=movie&limit=50"
_SEED = 7


def measure(workbench: Workbench) -> Report:
    """The first page, pages further and further on, and searches."""
    appliance = workbench.appliance("lists")
    started = time.monotonic()
    add_many(appliance, _MEDIA)
    filling = time.monotonic() - started
    choice = random.Random(_SEED)
    questions: dict[str, Callable[[bytes], str]] = {
        "first page": lambda _: _PAGE,
        "first page, by title": lambda _: f"{_PAGE}&sort=title&direction=asc",
        "page after page": _next_page,
        "search, two words": lambda _: f"/api/search?q={choice.choice(WORDS)}%20{choice.choice(WORDS)[:3]}",
        "search, two letters": lambda _: f"/api/search?q={choice.choice(WORDS)[:2]}",
    }
    with appliance:
        key = appliance.make_key("read")
        found = {}
        for name, next_path in questions.items():
            ask_repeatedly(appliance.port, key, next_path, seconds=0.3)
            found[name] = ask_repeatedly(appliance.port, key, next_path, seconds=_SECONDS, pause_seconds=0)
    return Report(
        "Lists",
        f"A library of {_MEDIA:,} films ({_MEDIA / filling:,.0f} a second were added), 50 items a page, one kept"
        " connection, request after request.",
        ("question", *CELLS),
        tuple((name, *latencies.cells()) for name, latencies in found.items()),
    )


def _next_page(before: bytes) -> str:
    """The page that follows; the first one again at the end."""
    cursor = json.loads(before)["next"] if before else None
    return f"{_PAGE}&cursor={cursor}" if cursor else _PAGE
