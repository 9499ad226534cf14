"""How long a search takes as somebody types, over 100,000 items and 1,000,000 lines of subtitles."""

import itertools
import random
import time
from collections.abc import Sequence
from urllib.parse import quote

from bench.appliance import Appliance
from bench.probe import CELLS, Latencies, ask_repeatedly
from bench.report import Goal, Report
from bench.workbench import Workbench
from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.subtitle import SpokenLine, SpokenTrack
from media_library.services import state_file

_MEDIA = 100_000
_FILMS_THAT_SPEAK = 1_000
_LINES_EACH = 1_000
_VOCABULARY = 60_000
_BATCH = 500
_SECONDS = 4.0
_SEED = 11
_LIMIT_MS = 60.0
_COMMON_WORDS = (
    "the you i to a and it of that in is me what this for my on your we have do not be are was can know all with he no"
    " so but up get just like go out they here come at now one right yeah see think about how oh well want if his she"
)
_COMMON = tuple(_COMMON_WORDS.split())
_SOUNDS = "b d f g h k l m n p r s t v w z st tr br"


def measure(workbench: Workbench) -> Report:
    """Every beginning of questions of several kinds, one after the other, as if they were typed."""
    appliance = workbench.appliance("search")
    appliance.run("prepare")
    choice = random.Random(_SEED)
    speech = Speech(choice)
    state = state_file.open_state(appliance.settings())
    try:
        films = _add_media(state, speech)
        before = _size(appliance)
        started = time.monotonic()
        quotes = _add_lines(state, films, speech)
        seconds = time.monotonic() - started
        size = _size(appliance) - before
        while state.refresh_words():
            pass
    finally:
        state.close()
    questions = {
        "a title": [" ".join(speech.words(2)) for _ in range(40)],
        "a line that is said": [choice.choice(quotes) for _ in range(40)],
        "words that everybody says": [" ".join(choice.sample(_COMMON, 3)) for _ in range(40)],
        "a word with a typo": [_mistyped(choice, choice.choice(quotes)) for _ in range(40)],
    }
    with appliance:
        key = appliance.make_key("read")
        found = {name: _type(appliance.port, key, texts) for name, texts in questions.items()}
    worst = max(1000 * latencies.p50 for latencies in found.values())
    return Report(
        "Search",
        f"{_MEDIA:,} items and {_FILMS_THAT_SPEAK * _LINES_EACH:,} lines of subtitles ({seconds:.0f} s to index,"
        f" {size / 1e6:.0f} MB), words as frequent as in a language. Every beginning of a question is asked, letter by"
        " letter, one kept connection, request after request; names, persons, texts and lines are searched each time.",
        ("question", *CELLS),
        tuple((name, *latencies.cells()) for name, latencies in found.items()),
        (Goal("search as you type: half of the answers", worst, _LIMIT_MS, "ms"),),
    )


class Speech:
    """Words by a law of language: the second is half as frequent as the first, the third a third (G. K. Zipf)."""

    def __init__(self, choice: random.Random) -> None:
        sounds = [first + last for first in _SOUNDS.split() for last in "aeiou"]
        made: set[str] = set()
        while len(made) < _VOCABULARY:
            made.add("".join(choice.choices(sounds, k=choice.choice((2, 2, 3, 3, 4)))))
        self._words = [*_COMMON, *sorted(made, key=lambda _: choice.random())]
        self._weights = list(itertools.accumulate(1 / (place + 2.7) for place in range(len(self._words))))
        self._choice = choice

    def words(self, count: int) -> list[str]:
        """So many words."""
        return self._choice.choices(self._words, cum_weights=self._weights, k=count)

    def line(self) -> str:
        """A line of three to nine words."""
        return " ".join(self.words(self._choice.randint(3, 9)))


def _add_media(state: AppState, speech: Speech) -> list[str]:
    """Films, episodes of 800 shows and tracks of 4,000 albums; returns the ids of those that can speak."""
    libraries = {kind: state.library_of_kind(kind).id for kind in LibraryKind if kind in _KINDS}
    shows = [" ".join(speech.words(2)).title() for _ in range(800)]
    albums = [(" ".join(speech.words(2)).title(), " ".join(speech.words(2)).title()) for _ in range(4_000)]
    speaking: list[str] = []
    for first in range(0, _MEDIA, _BATCH):
        with state.transaction():
            for number in range(first, first + _BATCH):
                kind = _KINDS_IN_TURN[number % 10]
                title = " ".join(speech.words(3)).title()
                file = MediaFile(f"{kind}/{number}.mkv", 1 << 30, number, number, "mkv", 5_400_000)
                media_type, names = MediaType.MOVIE, MediaNames(title, 1930 + number % 95)
                if kind is LibraryKind.SHOWS:
                    media_type = MediaType.EPISODE
                    names = MediaNames(title, show_title=shows[number % 800], season=1, episode=number // 800)
                elif kind is LibraryKind.MUSIC:
                    artist, album = albums[number % 4_000]
                    media_type = MediaType.TRACK
                    names = MediaNames(title, artist=artist, album=album, track_number=number // 4_000)
                overview = None if media_type is MediaType.TRACK else " ".join(speech.words(30))
                media = state.add_media(NewMedia(media_type, libraries[kind], names, file, overview=overview))
                if media_type is not MediaType.TRACK and len(speaking) < _FILMS_THAT_SPEAK:
                    speaking.append(media.id)
    return speaking


_KINDS_IN_TURN = (LibraryKind.MOVIES,) * 3 + (LibraryKind.SHOWS,) * 3 + (LibraryKind.MUSIC,) * 4
_KINDS = frozenset(_KINDS_IN_TURN)


def _add_lines(state: AppState, films: Sequence[str], speech: Speech) -> list[str]:
    """A thousand lines for each film; returns some of them."""
    quotes: list[str] = []
    for film in films:
        lines = tuple(SpokenLine(5_000 * number, speech.line()) for number in range(_LINES_EACH))
        state.put_spoken(film, "bench", [SpokenTrack("s2", "eng", lines)])
        quotes.append(lines[len(quotes) % _LINES_EACH].text)
    return quotes


def _type(port: int, key: str, texts: Sequence[str]) -> Latencies:
    """Ask what somebody types, letter by letter from the second on."""
    typed = itertools.cycle([text[:end] for text in texts for end in range(2, len(text) + 1)])

    def ask(_: bytes) -> str:
        return f"/api/search?limit=60&q={quote(next(typed))}"

    ask_repeatedly(port, key, ask, seconds=0.5)
    return ask_repeatedly(port, key, ask, seconds=_SECONDS, pause_seconds=0)


def _mistyped(choice: random.Random, text: str) -> str:
    """The longest word of a line with two letters that changed places."""
    word = max(text.split(), key=len)
    at = choice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _size(appliance: Appliance) -> int:
    """Bytes of the state file and its journal."""
    file = appliance.settings().data_directory / "media-library.db"
    return sum(one.stat().st_size for one in (file, file.with_name(f"{file.name}-wal")) if one.exists())
