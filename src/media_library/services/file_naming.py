"""Names files and folders, so that every file system and every other media server can read them.

The tree is that of Jellyfin, Plex and Kodi: ``Title (Year)/Title (Year).mp4``, ``Show/Season 01/Show - S01E01.mp4``,
``Artist/Album (Year)/01 - Track.flac``, ``Author/Title/Title - Author.epub``,
``Channel/Season 2024/s2024e053101 - Title.mp4``, below the folder of each library.
"""

import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from media_library.config import FileNaming
from media_library.errors import ConfigError
from media_library.models.media import MediaNames

_MOST_BYTES = 180
_REPLACED = str.maketrans({"/": "-", "\\": "-", "|": "-", "*": "", "?": "", '"': "'", "<": "(", ">": ")"})
_COLON = re.compile(r"\s*:\s*")
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_JOINER = "\N{ZERO WIDTH JOINER}"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}")
_VIDEO_FIELDS = frozenset({"title", "year", "show", "season", "episode"})
_EPISODE_FIELDS = frozenset({"show", "season", "episode"})
_AUDIO_FIELDS = frozenset({"title", "year", "artist", "album", "track", "disc"})
_EXTRAS = "extras"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file goes below the folder of its library, without the suffix of its name.

    ``own_depth`` says how many of the folders belong to this film or album alone and must not be shared with
    another disc; 0 for episodes, whose folder is the show's.
    """

    path: PurePosixPath
    own_depth: int = 0

    def numbered(self, number: int) -> "Place":
        """Another place for what has the same name: from 2 on the number follows in brackets."""
        if number < 2:
            return self
        parts = list(self.path.parts)
        mark = f" ({number})"
        if self.own_depth:
            marked = self.own_depth - 1
            if len(parts) == self.own_depth + 1 and parts[-1] == parts[marked]:
                parts[-1] = _shortened(parts[-1], mark)
            parts[marked] = _shortened(parts[marked], mark)
        else:
            parts[-1] = _shortened(parts[-1], mark)
        return Place(PurePosixPath(*parts), self.own_depth)


class Naming:
    """The built-in tree, or that of the templates in the settings. Raises ``ConfigError`` for a bad template."""

    def __init__(self, settings: FileNaming) -> None:
        self._video = settings.video_template
        self._audio = settings.audio_template
        video = _fields(self._video, _VIDEO_FIELDS, "file_naming.video_template")
        _fields(self._audio, _AUDIO_FIELDS, "file_naming.audio_template")
        self._video_is_for_episodes = bool(video & _EPISODE_FIELDS)

    def film(self, names: MediaNames) -> Place:
        """The place of a film."""
        if self._video and not self._video_is_for_episodes:
            return _filled(self._video, names)
        stem = safe_component(_with_year(names.title, names.year))
        return Place(PurePosixPath(stem, stem), 1)

    def film_extra(self, names: MediaNames, film: MediaNames) -> Place:
        """The place of an extra beside its film."""
        beside = self.film(film)
        return Place(beside.path.parent / _EXTRAS / safe_component(names.title), beside.own_depth)

    def episode(self, names: MediaNames) -> Place:
        """The place of an episode, or of an extra of a show if it has no number."""
        show = names.show_title or names.title
        if self._video and self._video_is_for_episodes and names.episode is not None:
            return _filled(self._video, names)
        folder = PurePosixPath(safe_component(_with_year(show, names.year)))
        if names.episode is None:
            return Place(folder / _EXTRAS / safe_component(names.title))
        season = names.season or 0
        number = f"S{season:02d}E{names.episode:02d}"
        return Place(folder / f"Season {season:02d}" / safe_component(show, tail=f" - {number}"))

    def web_video(self, names: MediaNames, published_at: int | None, *, number: int = 1) -> Place:
        """The place of a web video, as the ``number``-th of its channel on the day of ``published_at`` (UTC).

        Jellyfin and Plex take a channel for a show, a year for a season, and the day with a number for an episode.
        """
        channel = PurePosixPath(safe_component(names.show_title or "Unknown channel"))
        if published_at is None:
            return Place(channel / safe_component(names.title))
        day = datetime.fromtimestamp(published_at / 1000, UTC)
        mark = f"s{day.year:04d}e{day:%m%d}{min(number, 99):02d}"
        return Place(channel / f"Season {day.year:04d}" / safe_component(f"{mark} - {names.title}"))

    def track(self, names: MediaNames, *, discs: int) -> Place:
        """The place of a track of an album of ``discs`` discs."""
        if self._audio:
            return _filled(self._audio, names)
        number = f"{names.track_number or 0:02d}"
        if discs > 1:
            number = f"{names.disc_number or 1}-{number}"
        artist = safe_component(names.album_artist or names.artist or "Unknown artist")
        album = safe_component(_with_year(names.album or "Unknown album", names.year))
        # the discs of a set share its folder; the number of the disc keeps their tracks apart
        return Place(PurePosixPath(artist, album, safe_component(f"{number} - {names.title}")), 0 if discs > 1 else 2)

    def book(self, names: MediaNames) -> Place:
        """The place of a book: one folder each, as calibre and Jellyfin want it."""
        title = safe_component(names.title)
        if names.artist is None:
            return Place(PurePosixPath("Unknown author", title, title), 2)
        author = safe_component(names.artist)
        return Place(PurePosixPath(author, title, safe_component(f"{names.title} - {names.artist}")), 2)


def podcast_episode(names: MediaNames, published_at: int) -> Place:
    """The place of an episode of a podcast: ``Podcast/YYYY-MM-DD - Title``, the day in UTC."""
    day = datetime.fromtimestamp(published_at / 1000, UTC).strftime("%Y-%m-%d")
    show = safe_component(names.show_title or "Podcast")
    return Place(PurePosixPath(show, safe_component(f"{day} - {names.title}")))


def safe_component(text: str, *, tail: str = "") -> str:
    """``text`` + ``tail`` as one name that every file system takes and no shell or path rule misreads.

    NFC; no control, invisible or direction characters; nothing of ``/ \\ : * ? " < > |``; no leading dot or dash; no
    trailing dot or space; no reserved name of Windows; at most 180 bytes of UTF-8, of which ``tail`` is never cut.
    """
    name = unicodedata.normalize("NFC", text)
    name = "".join(char if char not in "\t\r\n" else " " for char in name)
    name = "".join(char for char in name if char == _JOINER or unicodedata.category(char) not in _INVISIBLE)
    name = _COLON.sub(" - ", name).translate(_REPLACED)
    name = _trimmed(_SPACES.sub(" ", name))
    if not name.strip(_JOINER):
        name = "Untitled"
    if _RESERVED.fullmatch(name):
        name = f"{name}_"
    return _shortened(name, tail)


def is_same_name(one: str, other: str) -> bool:
    """Whether some file system takes the two names for one: case and Unicode form do not distinguish."""
    return _folded(one) == _folded(other)


def first_free(place: Place, is_free: Callable[[Place], bool]) -> Place:
    """``place``, or the first of its numbered variants that is free."""
    number = 1
    while not is_free(candidate := place.numbered(number)):
        number += 1
    return candidate


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _trimmed(name: str) -> str:
    return name.strip().lstrip(".-~ ").rstrip(". ")


def _shortened(name: str, tail: str) -> str:
    room = _MOST_BYTES - len(tail.encode())
    cut = name.encode()[:room].decode("utf-8", "ignore") if len(name.encode()) > room else name
    return (_trimmed(cut) if cut != name or not tail else cut) + tail


def _with_year(title: str, year: int | None) -> str:
    return title if year is None else f"{title} ({year})"


def _fields(template: str, allowed: frozenset[str], key: str) -> frozenset[str]:
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise ConfigError(f"{key}: {error}.") from error
    found = set()
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if name not in allowed or form or conversion:
            raise ConfigError(
                f"{key}: {{{name}}} is not one of {', '.join(f'{{{field}}}' for field in sorted(allowed))}."
            )
        found.add(name)
    path = PurePosixPath(template)
    if template and (path.is_absolute() or ".." in path.parts or template.endswith("/")):
        raise ConfigError(
            f"{key}: must be a path below the library's folder, such as “{{title}} ({{year}})/{{title}}”."
        )
    if template and not found & {"title", "episode", "track"}:
        raise ConfigError(f"{key}: needs {{title}}, {{episode}} or {{track}}, or every file would have the same name.")
    return frozenset(found)


def _filled(template: str, names: MediaNames) -> Place:
    values = {
        "title": names.title,
        "year": names.year,
        "show": names.show_title,
        "season": None if names.season is None else f"{names.season:02d}",
        "episode": None if names.episode is None else f"{names.episode:02d}",
        "artist": names.album_artist or names.artist,
        "album": names.album,
        "track": None if names.track_number is None else f"{names.track_number:02d}",
        "disc": names.disc_number,
    }
    parts = []
    for part in PurePosixPath(template).parts:
        filled = part.format(**{name: "" if value is None else value for name, value in values.items()})
        parts.append(safe_component(_EMPTY_BRACKETS.sub("", filled)))
    return Place(PurePosixPath(*parts), 0)
