"""Which subtitles belong to a file of an item: its own streams, and the files that lie beside it."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from media_library.models.language import UNKNOWN
from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.media import Streams, SubtitleTrack
from media_library.models.subtitle import FILE_FORMATS, PICTURE_FORMATS, TEXT_FORMATS, SubtitleChoice

MOST_CHOICES = 200
_HEARING = re.compile(r"\b(sdh|cc|hoh|hearing|impaired|hörgeschädigte?|malentendants|sordos)\b", re.IGNORECASE)
_FORCED = re.compile(r"\b(forced|erzwungen|foreign parts?|forcés?|forzados?)\b", re.IGNORECASE)
_PICTURES = frozenset(PICTURE_FORMATS.values())


def embedded(streams: Streams) -> tuple[SubtitleChoice, ...]:
    """The subtitles in a file, in its order; those of kinds that nobody can show are left out."""
    return tuple(choice for track in streams.subtitles[:MOST_CHOICES] if (choice := _of_track(track)) is not None)


def beside(files: Iterable[LibraryFile], path: str) -> tuple[SubtitleChoice, ...]:
    """The subtitles among the ``files`` of an item that are for its file at ``path``, in the order of their names.

    What is named after a part of a film is for that part only; all else is for the film and each of its versions.
    """
    known = sorted((file for file in files if file.state is not FileState.MISSING), key=lambda file: file.path)
    parts = {stem_of(file.path) for file in known if file.role is FileRole.PART}
    own = stem_of(path)
    wanted = own if own in parts else None
    subtitles = [file for file in known if file.role is FileRole.SUBTITLE]
    indexed = {stem_of(file.path) for file in subtitles if file.path.lower().endswith(".idx")}
    found = []
    for file in subtitles:
        if _part_of(file.path, parts, own) != wanted or (_suffix(file.path) == "sub" and stem_of(file.path) in indexed):
            continue
        choice = _of_file(file)
        if choice is not None:
            found.append(choice)
    return tuple(found[:MOST_CHOICES])


def one_of_each_language(choices: Iterable[SubtitleChoice]) -> tuple[SubtitleChoice, ...]:
    """Of the text subtitles one of each language: not those that are forced if there are others, nor those for the
    hard of hearing.
    """
    best: dict[str, SubtitleChoice] = {}
    texts = [choice for choice in choices if choice.is_text]
    for choice in sorted(texts, key=lambda one: (one.forced, one.hearing_impaired, not one.default)):
        best.setdefault(choice.language, choice)
    return tuple(choice for choice in texts if best[choice.language] is choice)


def stem_of(path: str) -> str:
    """A path in the library without its suffix, in small letters."""
    return str(PurePosixPath(path).with_suffix("")).lower()


def _part_of(path: str, parts: set[str], own: str) -> str | None:
    """The part of a film after which subtitles are named, the longest if several would do."""
    stem = stem_of(path)
    named = [part for part in {*parts, own} if stem == part or stem.startswith(f"{part}.")]
    longest = max(named, key=len, default=None)
    return longest if longest in parts else None


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix[1:].lower()


def _of_track(track: SubtitleTrack) -> SubtitleChoice | None:
    form = TEXT_FORMATS.get(track.codec) or PICTURE_FORMATS.get(track.codec)
    if form is None:
        return None
    title = track.title or ""
    return SubtitleChoice(
        id=f"s{track.index}",
        stream_index=track.index,
        path=None,
        language=track.language,
        title=track.title,
        forced=track.forced or _FORCED.search(title) is not None,
        hearing_impaired=track.hearing_impaired or _HEARING.search(title) is not None,
        default=track.default,
        format=form,
        is_text=form not in _PICTURES,
    )


def _of_file(file: LibraryFile) -> SubtitleChoice | None:
    form = FILE_FORMATS.get(_suffix(file.path))
    if form is None:
        return None
    return SubtitleChoice(
        id=f"f{file.id}",
        stream_index=None,
        path=file.path,
        language=file.language or UNKNOWN,
        title=file.label,
        forced="forced" in file.flags,
        hearing_impaired="sdh" in file.flags,
        default="default" in file.flags,
        format=form,
        is_text=form not in _PICTURES,
    )
