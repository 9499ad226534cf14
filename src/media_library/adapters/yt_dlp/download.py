"""Fetches one video: describes it first, waits for a word, then loads it with its picture and subtitles."""

import os
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeAlias

import msgspec

from media_library.adapters import process
from media_library.adapters.yt_dlp.command import (
    CONVERTING,
    DONE,
    INFO,
    PROGRESS,
    STEM,
    Program,
    VideoOrder,
    bounds,
    download_arguments,
    environment,
)
from media_library.adapters.yt_dlp.description import RawChapter, VideoInfo, chapters_of, read_video
from media_library.adapters.yt_dlp.failure import failure
from media_library.adapters.yt_dlp.lines import Lines, Meter, Reached, speed_text
from media_library.errors import ToolFailed, TransientFailure
from media_library.models.media import Chapter

_STALL_SECONDS = 300.0
_LONGEST_SECONDS = 24 * 3600.0
_GATE = "gate"
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".image"})
_SUBTITLES = frozenset({".vtt"})


@dataclass(frozen=True, slots=True)
class Step:
    """How far a download is. ``fraction`` is 0 to 1; ``is_converting`` once all is loaded; ``loaded_bytes`` so far."""

    fraction: float
    eta_seconds: int | None = None
    speed: str | None = None
    is_converting: bool = False
    loaded_bytes: int = 0


@dataclass(frozen=True, slots=True)
class DownloadedVideo:
    """The files of a video, in the staging folder; ``subtitles`` are pairs of language tag and file."""

    info: VideoInfo
    file: Path
    picture: Path | None
    subtitles: tuple[tuple[str, Path], ...]
    chapters: tuple[Chapter, ...]


Download: TypeAlias = Generator[Step | None, None, DownloadedVideo]
"""A download at work: yields how far it is, or ``None`` at least every half second. Closing it ends the program."""


def download(
    program: Program,
    order: VideoOrder,
    *,
    proxy_port: int,
    judge: Callable[[VideoInfo], None],
    stall_seconds: float = _STALL_SECONDS,
) -> Download:
    """Fetch a video; ``judge`` is shown what it is before anything of it is loaded, and raises if it is not to be.

    Raises ``NeedsSignIn``, ``ToolFailed`` (final), ``TransientFailure``, ``StorageError``.
    """
    lines, info, meter, done = Lines(), None, Meter(()), None
    reached = Reached(0.0, None, None, 0)
    moved_at, is_converting = time.monotonic(), False
    deadline = time.monotonic() + _LONGEST_SECONDS
    with _Gate() as gate:
        argv = download_arguments(program, order, gate.path)
        # yt-dlp writes the cookies back when it ends
        write = (order.staging, gate.path.parent, *([order.cookies] if order.cookies else []))
        sandbox = bounds(program, proxy_port, write=write)
        with process.start(argv, env=environment(order.proxy), sandbox=sandbox) as child:
            for chunk in child.output(tick_seconds=0.25):
                for line in lines.feed(chunk):
                    if line.startswith(INFO) and info is None:
                        info = read_video(line.removeprefix(INFO))
                        if info is None:
                            raise ToolFailed("yt-dlp describes this video in a way that is not understood. Update it.")
                        judge(info)
                        meter = Meter(info.parts)
                        gate.open()
                        moved_at = time.monotonic()
                    elif line.startswith(PROGRESS):
                        now = meter.read(line.removeprefix(PROGRESS))
                        if now is not None:
                            if now.loaded_bytes > reached.loaded_bytes or now.fraction > reached.fraction:
                                moved_at = time.monotonic()
                            reached, is_converting = now, False
                    elif line.startswith(CONVERTING):
                        is_converting, moved_at = True, time.monotonic()
                    elif line.startswith(DONE):
                        done = line.removeprefix(DONE)
                if info is not None and not info.is_live and time.monotonic() - moved_at > stall_seconds:
                    raise TransientFailure("The site sent nothing for a long time. Try again later.")
                if time.monotonic() > deadline:
                    raise ToolFailed("This took longer than a day and was given up.", child.last_lines)
                yield _step(reached, is_converting=is_converting) if info is not None else None
            while (code := child.poll()) is None:
                yield None
            written = child.last_lines
    if info is None or done is None:
        raise failure(written, code)
    return _found(order.staging, info, done, written)


def _step(reached: Reached, *, is_converting: bool) -> Step:
    return Step(
        reached.fraction,
        reached.eta_seconds,
        speed_text(reached.bytes_per_second),
        is_converting,
        reached.loaded_bytes,
    )


class _Gate:
    """A pipe that yt-dlp opens for writing before it loads anything, which waits there until somebody reads."""

    def __init__(self) -> None:
        # not in the staging folder: the file system of a media drive may have no pipes
        self._folder = tempfile.TemporaryDirectory(prefix="gate-", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name) / _GATE
        self._reader = -1

    def __enter__(self) -> Self:
        os.mkfifo(self.path, 0o600)
        return self

    def open(self) -> None:
        """Let it go on."""
        self._reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)

    def __exit__(self, *_: object) -> None:
        if self._reader >= 0:
            os.close(self._reader)
        self._folder.cleanup()


def _found(staging: Path, info: VideoInfo, done: str, written: tuple[str, ...]) -> DownloadedVideo:
    try:
        told = msgspec.json.decode(done, type=_Done, strict=False)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ToolFailed("yt-dlp does not tell which file it made. Update it, then retry.", written) from error
    file = staging / Path(told.filepath).name
    if not file.name.startswith(f"{STEM}.") or not file.is_file() or file.is_symlink():
        raise failure(written, 1)
    beside = sorted(one for one in staging.glob(f"{STEM}.*") if one.is_file() and not one.is_symlink() and one != file)
    pictures = [one for one in beside if one.suffix.lower() in _PICTURES]
    subtitles = [
        (one.name.split(".")[1], one) for one in beside if one.suffix in _SUBTITLES and one.name.count(".") == 2
    ]
    chapters = chapters_of(told.chapters, info.duration_ms)
    return DownloadedVideo(info, file, pictures[0] if pictures else None, tuple(subtitles), chapters or info.chapters)


class _Done(msgspec.Struct):
    filepath: str = ""
    chapters: list[RawChapter] | None = None
