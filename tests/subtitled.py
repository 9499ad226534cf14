"""A library of films with subtitles, as a scan would have found them, for tests."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from media_library.adapters import ffmpeg
from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia, Streams
from media_library.models.tool import result_of
from media_library.repositories.base import new_id
from media_library.services.file_roles.beside import subtitle_name
from media_library.services.media_root import MediaRoot
from media_library.services.subtitles import Subtitles
from tests.fixtures.subtitles import write_film


class Cinema:
    """Films in a folder of their own; ``place`` is where they lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        settings = Settings(paths=Paths(str(folder / "media"), str(folder / "data")))
        self.state = AppState.open(folder / "data" / "media-library.db")
        self.media_root = MediaRoot(settings, self.state)
        self.media_root.prepare()
        self.library = self.state.library_of_kind(LibraryKind.MOVIES)
        self.place = settings.media_root / self.library.folder
        self.subtitles = Subtitles(self.state, self.media_root)

    def film(
        self,
        title: str,
        inside: Mapping[str, tuple[str, bytes]],
        outside: Mapping[str, bytes] | None = None,
        *,
        suffix: str = ".mkv",
        codec: str = "",
        seconds: int = 5,
        cut: float = 1.0,
    ) -> Media:
        """A film whose file holds the subtitles ``inside``, with files beside it; ``cut`` is how much of it is left."""
        folder = self.place / title
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{title}{suffix}"
        write_film(file, inside, codec=codec, seconds=seconds)
        streams = result_of(ffmpeg.probe(file)).streams
        if "sdh.srt" in inside:
            streams = _titled(streams, list(inside).index("sdh.srt"))
        if cut < 1:
            content = file.read_bytes()
            file.write_bytes(content[: int(len(content) * cut)])
        return add_film(self.state, file, f"{self.library.folder}/{title}/{file.name}", title, streams, outside or {})


def add_film(
    state: AppState, file: Path, path: str, title: str, streams: Streams, outside: Mapping[str, bytes]
) -> Media:
    """The rows of a film that is there, and of the files beside it, which are written."""
    library = state.library_of_kind(LibraryKind.MOVIES)
    facts = file.stat()
    known = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, file.suffix[1:], 60_000)
    media = state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(title), known, streams))
    for name, content in outside.items():
        lay_beside(state, media, file, path, name, content)
    return media


def lay_beside(state: AppState, media: Media, film: Path, path: str, name: str, content: bytes) -> None:
    """Write a file with subtitles beside a film, and note it as a scan does."""
    beside = film.with_name(name)
    beside.write_bytes(content)
    facts = beside.stat()
    words = subtitle_name(beside.stem[len(film.stem) :])
    flags = [flag for flag, is_set in (("forced", words.is_forced), ("sdh", words.is_sdh)) if is_set]
    folder = next(one for one in state.list_folders() if one.library_id == media.library_id)
    state.add_files(
        [
            LibraryFile(
                new_id(),
                folder.id,
                f"{path.rpartition('/')[0]}/{name}",
                facts.st_size,
                facts.st_mtime_ns,
                facts.st_ino,
                FileRole.SUBTITLE,
                FileState.READY,
                media_id=media.id,
                language=words.language,
                flags=tuple(flags),
            )
        ]
    )


def _titled(streams: Streams, number: int) -> Streams:
    """ffprobe's titles are not read, MediaInfo's are."""
    tracks = list(streams.subtitles)
    tracks[number] = replace(tracks[number], title="English (SDH)")
    return replace(streams, subtitles=tuple(tracks))
