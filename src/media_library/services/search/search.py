"""Asks all that can be searched, through the eyes of one viewer, and puts mistyped words right."""

from dataclasses import dataclass, replace

import msgspec

from media_library.app_state import AppState
from media_library.models.search import SearchText
from media_library.models.user import Viewer
from media_library.models.work import Person
from media_library.repositories.media_repo.snippets import snippet
from media_library.repositories.subtitle_repo import FoundLine
from media_library.services.media_root import MediaRoot
from media_library.services.search.correction import suggestions

_FEW = 3
_MOST_TEXTS = 20
_MOST_PERSONS = 12
_MOST_GROUPS = 12
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; cards and groups are JSON, each list the best first.

    ``corrected`` is what was probably meant, and ``is_corrected`` whether this is what was found by that.
    """

    items: tuple[msgspec.Raw, ...] = ()
    shows: tuple[msgspec.Raw, ...] = ()
    albums: tuple[msgspec.Raw, ...] = ()
    persons: tuple[Person, ...] = ()
    texts: tuple[msgspec.Raw, ...] = ()
    lines: tuple[msgspec.Raw, ...] = ()
    corrected: str | None = None
    is_corrected: bool = False

    @property
    def count(self) -> int:
        """How much it is in all."""
        return sum(map(len, (self.items, self.shows, self.albums, self.persons, self.texts, self.lines)))


class Search:
    """The one search. Safe to use from any thread."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def find(self, viewer: Viewer, text: str, limit: int) -> Found:
        """What the viewer finds by ``text``; where that is little or nothing, by what was probably meant."""
        offline = not self._media_root.is_online()
        found = self._find(viewer, text, limit, offline=offline)
        if found.count >= _FEW:
            return found
        for meant in suggestions(self._state, SearchText.of(text)):
            better = self._find(viewer, meant, limit, offline=offline)
            if better.count > found.count:
                if found.count:
                    return replace(found, corrected=meant)
                return replace(better, corrected=meant, is_corrected=True)
        return found

    def _find(self, viewer: Viewer, text: str, limit: int, *, offline: bool) -> Found:
        state = self._state
        shows, channels, albums = (
            _each(state.search_groups(viewer, kind, text, min(limit, _MOST_GROUPS), offline=offline))
            for kind in ("show", "channel", "album")
        )
        return Found(
            items=_each(state.search_media(viewer, text, limit, offline=offline)),
            shows=shows + channels,
            albums=albums,
            persons=tuple(state.search_persons(viewer, text, min(limit, _MOST_PERSONS))),
            texts=_each(state.search_texts(viewer, text, min(limit, _MOST_TEXTS), offline=offline)),
            lines=self._lines(viewer, text, min(limit, _MOST_LINES), offline=offline),
        )

    def _lines(self, viewer: Viewer, text: str, limit: int, *, offline: bool) -> tuple[msgspec.Raw, ...]:
        """First lines in which the words follow each other, then those in which they all are."""
        words = SearchText.of(text)
        found: dict[str, FoundLine] = {}
        for match in (words.sentence, words.speech):
            if match is not None and len(found) < limit:
                for line in self._state.find_lines(viewer, match, limit):
                    found.setdefault(line.media_id, line)
        lines = list(found.values())[:limit]
        if not lines:
            return ()
        cards = msgspec.json.decode(
            self._state.picked_cards(viewer, (line.media_id for line in lines), offline=offline),
            type=dict[str, msgspec.Raw],
        )
        return tuple(_with_line(cards[line.media_id], line, text) for line in lines if line.media_id in cards)


class _Line(msgspec.Struct):
    start: float
    snippet: str
    track: str


def _with_line(card: msgspec.Raw, line: FoundLine, text: str) -> msgspec.Raw:
    more = msgspec.json.encode(_Line(line.start_ms / 1000, snippet(line.text, text), line.track))
    return msgspec.Raw(bytes(card)[:-1] + b"," + more[1:])


def _each(array: str) -> tuple[msgspec.Raw, ...]:
    return msgspec.json.decode(array, type=tuple[msgspec.Raw, ...])
