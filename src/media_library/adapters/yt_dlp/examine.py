"""Tells what is at an address without loading it: a video, or a list and its entries."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.yt_dlp.command import INFO, LIST, Program, bounds, environment, examine_arguments
from media_library.adapters.yt_dlp.description import ListEntry, ListInfo, VideoInfo, read_entry, read_list, read_video
from media_library.adapters.yt_dlp.failure import failure
from media_library.adapters.yt_dlp.lines import Lines
from media_library.errors import TransientFailure


@dataclass(frozen=True, slots=True)
class Findings:
    """What is at an address: a ``video``, or a ``list`` with ``entries`` in its order, cut off if ``is_cut``."""

    video: VideoInfo | None
    list: ListInfo | None
    entries: tuple[ListEntry, ...] = ()
    is_cut: bool = False


def examine(
    program: Program,
    url: str,
    *,
    proxy: str,
    proxy_port: int,
    most_entries: int,
    timeout_seconds: float,
    cookies: Path | None = None,
) -> Generator[int | None, None, Findings]:
    """Look at an address; yields at least every half second how many entries it has found so far.

    Raises ``NeedsSignIn``, ``ToolFailed`` (final) or ``TransientFailure``.
    """
    deadline = time.monotonic() + timeout_seconds
    lines = Lines()
    video: VideoInfo | None = None
    listed: ListInfo | None = None
    entries: list[ListEntry] = []
    argv = examine_arguments(program, url, most_entries=most_entries + 1, cookies=cookies)
    sandbox = bounds(program, proxy_port, write=(cookies,) if cookies else ())
    with process.start(argv, env=environment(proxy), sandbox=sandbox) as child:
        for chunk in child.output():
            for line in lines.feed(chunk):
                if line.startswith(INFO) and len(entries) <= most_entries:
                    text = line.removeprefix(INFO)
                    video = video or read_video(text)
                    if (entry := read_entry(text)) is not None:
                        entries.append(entry)
                elif line.startswith(LIST):
                    # of lists within a list the outermost is told last
                    listed = read_list(line.removeprefix(LIST)) or listed
            if time.monotonic() > deadline:
                raise TransientFailure("The site took too long to tell what is at this address. Try again later.")
            yield len(entries)
        while (code := child.poll()) is None:
            yield len(entries)
        written = child.last_lines
    if listed is not None:
        if not entries and code != 0:
            raise failure(written, code)
        return Findings(None, listed, tuple(entries[:most_entries]), len(entries) > most_entries)
    if video is None:
        raise failure(written, code)
    return Findings(video, None)
