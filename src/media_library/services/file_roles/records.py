"""What is asked and answered about the files of a folder."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.models.library_file import FileRole


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of one folder as (name, size in bytes). ``folder`` is relative to the library folder, "." is itself."""

    folder: PurePosixPath
    files: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RoleOf:
    """What a file is there for.

    ``main`` is the name of the file in the same folder that a version, part, extra, subtitle, picture, .nfo or lyrics
    belongs to. Without one it belongs to what ``owner`` is, a folder relative to the library folder: a show, a season,
    a film in a folder of its own, an album, an artist; ``main_stem`` then is the name of the file there without its
    suffix, if the name tells it (small letters).

    ``label`` tells versions apart ("1080p", "Final Cut") and names a subtitle ("Commentary"); ``position`` counts parts
    from 1, that of the main file too if it is a part. ``extra_kind``: "trailer", "featurette", "behind the scenes",
    "deleted scene", "interview", "scene", "short", "clip", "extra". ``language`` is an ISO 639-2/T code or "und" for
    subtitles. ``artwork``: "poster", "backdrop", "logo", "thumb", "banner", "disc", "clearart"; ``season`` is set for
    the pictures of a season that lie in the folder of the show.
    """

    name: str
    role: FileRole
    main: str | None = None
    owner: PurePosixPath | None = None
    main_stem: str | None = None
    label: str | None = None
    position: int | None = None
    extra_kind: str | None = None
    language: str | None = None
    is_forced: bool = False
    is_sdh: bool = False
    is_default: bool = False
    artwork: str | None = None
    season: int | None = None
