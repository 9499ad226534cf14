"""How long a search through the text of 10,000 articles takes, as a browser sees it."""

import random
import time

from bench.appliance import Appliance
from bench.probe import CELLS, ask_repeatedly
from bench.report import Goal, Report
from bench.workbench import WORDS, Workbench
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.services import state_file

_ARTICLES = 10_000
_WORDS_EACH = 600
_RARE = 3_000
_SECONDS = 3.0
_BATCH = 250
_SEED = 11


def measure(workbench: Workbench) -> Report:
    """Searches for frequent and for rare words, one and two at a time."""
    appliance = workbench.appliance("articles")
    choice = random.Random(_SEED)
    rare = [f"{choice.choice(WORDS)}{number}x" for number in range(_RARE)]
    started = time.monotonic()
    _fill(appliance, choice, rare)
    filling = time.monotonic() - started
    questions = {
        "one rare word": lambda _: f"/api/search?q={choice.choice(rare)}",
        "two rare words": lambda _: f"/api/search?q={choice.choice(rare)}%20{choice.choice(rare)}",
        "one word that nearly every article has": lambda _: f"/api/search?q={choice.choice(WORDS)}",
        "two such words": lambda _: f"/api/search?q={choice.choice(WORDS)}%20{choice.choice(WORDS)}",
        "two letters": lambda _: f"/api/search?q={choice.choice(WORDS)[:2]}",
    }
    found = {}
    with appliance:
        key = appliance.make_key("read")
        for name, next_path in questions.items():
            ask_repeatedly(appliance.port, key, next_path, seconds=0.3)
            found[name] = ask_repeatedly(appliance.port, key, next_path, seconds=_SECONDS, pause_seconds=0)
    worst = max(latencies.p50 for latencies in found.values())
    return Report(
        "Articles",
        f"{_ARTICLES:,} articles of {_WORDS_EACH} words ({_ARTICLES / filling:,.0f} a second were added), names and"
        " texts searched at once, with the words around the hits; one kept connection, request after request.",
        ("question", *CELLS),
        tuple((name, *latencies.cells()) for name, latencies in found.items()),
        (Goal("search in 10,000 articles, slowest median", worst * 1000, 50, "ms"),),
    )


def _fill(appliance: Appliance, choice: random.Random, rare: list[str]) -> None:
    appliance.run("prepare")
    state = state_file.open_state(appliance.settings())
    try:
        library = state.library_of_kind(LibraryKind.ARTICLES)
        for first in range(0, _ARTICLES, _BATCH):
            with state.transaction():
                for number in range(first, first + _BATCH):
                    title = f"{' '.join(choice.sample(WORDS, 3)).title()} {number}"
                    file = MediaFile(f"articles/{number}/article.html", 10_000, number, number, "html", 0)
                    names = MediaNames(title, artist="Ada", show_title=choice.choice(WORDS).title())
                    media = state.add_media(NewMedia(MediaType.ARTICLE, library.id, names, file))
                    words = choice.choices(WORDS, k=_WORDS_EACH - 30) + choice.sample(rare, 30)
                    choice.shuffle(words)
                    state.put_media_text(media.id, " ".join(words))
    finally:
        state.close()
