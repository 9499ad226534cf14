"""The folders and suffixes by which extras, samples, subtitles and discs are told, in the ways of the others."""

import re
from pathlib import PurePosixPath
from typing import Final

EXTRA_FOLDERS: Final = {
    "trailers": "trailer",
    "trailer": "trailer",
    "featurettes": "featurette",
    "featurette": "featurette",
    "behind the scenes": "behind the scenes",
    "behindthescenes": "behind the scenes",
    "making of": "behind the scenes",
    "deleted scenes": "deleted scene",
    "deleted": "deleted scene",
    "interviews": "interview",
    "interview": "interview",
    "scenes": "scene",
    "scene": "scene",
    "shorts": "short",
    "clips": "clip",
    "other": "extra",
    "others": "extra",
    "extras": "extra",
    "extra": "extra",
    "bonus": "extra",
    "bonus features": "extra",
    "special features": "extra",
    "backdrops": "extra",
    "theme-music": "extra",
    "bonusmaterial": "extra",
    "suppléments": "extra",
}
SAMPLE_FOLDERS: Final = frozenset({"sample", "samples", "proof"})
SUBTITLE_FOLDERS: Final = frozenset({"subs", "sub", "subtitles", "subtitle", "untertitel", "vobsub", "vobsubs", "srt"})
DISC_FOLDERS: Final = frozenset({"video_ts", "bdmv", "stream", "audio_ts", "hvdvd_ts"})
ARTWORK_FOLDERS: Final = {"extrafanart": "backdrop", "extrathumbs": "thumb"}
IGNORED_FOLDERS: Final = frozenset(
    {".actors", "@eadir", "#recycle", "$recycle.bin", ".trashes", "lost+found", "system volume information", "__macosx"}
)

_KINDS = {
    "trailer": "trailer",
    "scene": "scene",
    "clip": "clip",
    "interview": "interview",
    "behindthescenes": "behind the scenes",
    "deleted": "deleted scene",
    "deletedscene": "deleted scene",
    "featurette": "featurette",
    "short": "short",
    "extra": "extra",
    "other": "extra",
}
EXTRA_SUFFIXES: Final = {kind: word for word, kind in reversed(_KINDS.items())}
"""The suffix that a file of each kind of extra has."""

_SUFFIX = re.compile(r"-(" + "|".join(_KINDS) + r")s?\d{0,2}$", re.IGNORECASE)
_TRAILER = re.compile(r"(?:^|[._\-](?:official[._ -])?|\s+-\s+)trailer[ ._-]?\d{0,2}$", re.IGNORECASE)
_SAMPLE = re.compile(r"(?:^|[\s._\-\[(])sample(?:$|[\s._\-\])])", re.IGNORECASE)


def extra_folder(folder: PurePosixPath) -> tuple[str, PurePosixPath] | None:
    """The kind of extra that lies in a folder, and the folder of what they belong to.

    A folder directly below the library is never one: "Extras" is also a show.
    """
    for index in range(len(folder.parts) - 1, 0, -1):
        kind = EXTRA_FOLDERS.get(_plain(folder.parts[index]))
        if kind is not None:
            return kind, PurePosixPath(*folder.parts[:index])
    return None


def special_folder(folder: PurePosixPath, names: frozenset[str]) -> PurePosixPath | None:
    """The folder above the outermost one whose name is among ``names`` (small letters), not counting the first."""
    for index in range(1, len(folder.parts)):
        if folder.parts[index].strip().lower() in names:
            return PurePosixPath(*folder.parts[:index])
    return None


def extra_suffix(stem: str) -> tuple[str, str] | None:
    """The kind of extra that the end of a name tells, and the name before it."""
    match = _SUFFIX.search(stem)
    if match is not None and match.start() > 0:
        return _KINDS[match[1].lower()], stem[: match.start()]
    match = _TRAILER.search(stem)
    return None if match is None else ("trailer", stem[: match.start()].rstrip(" -._"))


def is_sample_name(stem: str) -> bool:
    """Whether a name has the word "sample" in it as release groups put it."""
    return _SAMPLE.search(stem) is not None


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", " ")
