"""A house with music and speech of its own, made for tests of listening."""

import subprocess
from pathlib import Path

from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import AudioTrack, Chapter, Media, MediaFile, MediaNames, MediaType, NewMedia, Streams

ALBUM = "Harbour Tones"
ARTIST = "Juniper Quartet"


def write_tone(path: Path, *, begin: float, end: float, hertz: float = 440.0) -> Path:
    """A part of a tone that never stops, from one second to another: parts that follow each other join."""
    return _write(path, f"aevalsrc='0.4*sin(2*PI*{hertz}*t)':s=44100:d={end}", f"atrim=start={begin}:end={end}")


def write_speech(
    path: Path, chapters: tuple[Chapter, ...] = (), *, turns: int = 4, voice: float = 1.5, silence: float = 3.0
) -> Path:
    """Something like a voice and silence by turns, in seconds, with chapters in the file."""
    turn = voice + silence
    told = path.with_suffix(".chapters")
    path.parent.mkdir(parents=True, exist_ok=True)
    told.write_text(
        ";FFMETADATA1\n"
        + "".join(
            f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={one.start_ms}\nEND={one.end_ms}\ntitle={one.title}\n"
            for one in chapters
        )
    )
    tone = f"aevalsrc='0.3*lt(mod(t,{turn}),{voice})*sin(2*PI*t*(170+60*sin(9*t)))':s=44100:d={turns * turn}"
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", tone, "-i", str(told)),
            *("-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", "-c:a", "aac", str(path)),
        ],
        check=True,
        timeout=60,
    )
    told.unlink()
    return path


def add_track(folder: Path, title: str, number: int, file: Path, seconds: float) -> Media:
    """Put a track into the library of the house in ``folder``; the file lies below its media folder."""
    names = MediaNames(title, artist=ARTIST, album=ALBUM, album_artist=ARTIST, track_number=number)
    return _add(folder, LibraryKind.MUSIC, MediaType.TRACK, names, file, seconds, ())


def add_episode(folder: Path, title: str, file: Path, seconds: float, chapters: tuple[Chapter, ...]) -> Media:
    """Put an episode of a podcast into the library."""
    names = MediaNames(title, show_title="Small Talk")
    return _add(folder, LibraryKind.PODCASTS, MediaType.PODCAST, names, file, seconds, chapters)


def _add(
    folder: Path,
    kind: LibraryKind,
    media_type: MediaType,
    names: MediaNames,
    file: Path,
    seconds: float,
    chapters: tuple[Chapter, ...],
) -> Media:
    state = AppState(folder / "state" / "media-library.db")
    library = state.ensure_library(kind, kind.title(), file.relative_to(folder / "media").parts[0])
    facts = file.stat()
    path = file.relative_to(folder / "media").as_posix()
    media_file = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, file.suffix[1:], round(seconds * 1000))
    codec = {".m4a": "aac"}.get(file.suffix, file.suffix[1:])
    streams = Streams(audio=(AudioTrack(0, "und", codec, 1, True),), chapters=chapters)
    media = state.add_media(NewMedia(media_type, library.id, names, media_file, streams))
    state.close()
    return media


def _write(path: Path, source: str, cut: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-af", cut, "-c:a", "flac", str(path)],
        check=True,
        timeout=60,
    )
    return path
