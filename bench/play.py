"""Playing what a browser cannot play: from the question to the first part, and from a seek to its part."""

import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.appliance import Appliance, ApplianceError
from bench.report import Goal, Report, median
from bench.workbench import Workbench
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.services import state_file

_SECONDS = 120
_ROUNDS = 3
_SEEKS = (0.5, 0.9, 0.25)
_COPIED_SECONDS, _ENCODED_SECONDS = 1.0, 2.5
_BROWSER = {
    "containers": ["mp4", "webm"],
    "video": [{"codec": "h264"}, {"codec": "vp9"}],
    "audio": ["aac", "mp3", "opus", "flac"],
    "hls": "mse",
}
_WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "repacked": ("h264", {"device": {**_BROWSER, "audio": ["aac", "ac3"]}}),
    "new sound": ("h264", {"device": _BROWSER}),
    "encoded, 1080p": ("mpeg2video", {"device": _BROWSER, "quality": "1080p"}),
    "encoded, 720p": ("mpeg2video", {"device": _BROWSER, "quality": "720p"}),
}
_ENCODED = {
    "h264": ("libx264", "-preset", "veryfast", "-g", "120", "-b:v", "6M", "-maxrate", "8M", "-bufsize", "12M"),
    "mpeg2video": ("mpeg2video", "-g", "12", "-b:v", "18M"),
}


@dataclass(frozen=True, slots=True)
class _Round:
    """Seconds until the plan, until the first part was all there, until the parts of some seeks were."""

    plan: float
    first: float
    seeks: tuple[float, ...]


def measure(workbench: Workbench) -> Report:
    """Two films of 1080p24 with AC-3 in Matroska: H.264 of 6 Mbit/s, and MPEG-2 of 18 Mbit/s."""
    appliance = workbench.appliance("play")
    films = {codec: _film(appliance, codec) for codec in _ENCODED}
    with appliance:
        headers = {"Authorization": appliance.make_key("read")}
        found = {
            name: [_play(appliance, films[codec], wish, headers) for _ in range(_ROUNDS)]
            for name, (codec, wish) in _WAYS.items()
        }
    rows = tuple(
        (
            name,
            f"{median(one.plan for one in rounds):.2f} s",
            f"{median(one.first for one in rounds):.2f} s",
            f"{median(seek for one in rounds for seek in one.seeks):.2f} s",
        )
        for name, rounds in found.items()
    )
    return Report(
        "Play",
        f"Films of 1080p24 with AC-3 in Matroska, {_SECONDS} s long, in H.264 (6 Mbit/s, keyframes every 5 s) and, for"
        " encoding, in MPEG-2 (18 Mbit/s), played over HTTP: from the question until the plan, until all of the first"
        " part is here, and from a seek to a place where nothing was made until its part is."
        f" {_ROUNDS} rounds, medians.",
        ("way", "plan", "first part", "part after a seek"),
        rows,
        (
            Goal("question → first part, repacked", median(o.first for o in found["repacked"]), _COPIED_SECONDS, "s"),
            Goal("question → first part, new sound", median(o.first for o in found["new sound"]), _COPIED_SECONDS, "s"),
            Goal(
                "question → first part, encoded at 1080p",
                median(o.first for o in found["encoded, 1080p"]),
                _ENCODED_SECONDS,
                "s",
            ),
        ),
    )


def _play(appliance: Appliance, media_id: str, wish: dict[str, Any], headers: dict[str, str]) -> _Round:
    began = time.monotonic()
    answer = appliance.ask("POST", f"/api/media/{media_id}/playback", body=wish, headers=headers)
    plan = time.monotonic() - began
    if answer.status != 200:
        raise ApplianceError(f"The film is not played: {answer.body!r}")
    url = str(answer.json()["url"])
    base = url.rpartition("/")[0]

    def get(path: str) -> bytes:
        got = appliance.ask("GET", path, headers=headers)
        if got.status != 200:
            raise ApplianceError(f"{path}: {got.status} {got.body!r}")
        return got.body

    form = re.findall(r"^(\S+)/index", get(url).decode(), re.MULTILINE)[0]
    count = get(f"{base}/{form}/index.m3u8").count(b"#EXTINF")
    get(f"{base}/{form}/init.mp4")
    get(f"{base}/{form}/0.m4s")
    first = time.monotonic() - began
    seeks = []
    for part in _SEEKS:
        began = time.monotonic()
        get(f"{base}/{form}/{int(count * part)}.m4s")
        seeks.append(time.monotonic() - began)
    appliance.ask("DELETE", base, headers=headers)
    return _Round(plan, first, tuple(seeks))


def _film(appliance: Appliance, codec: str) -> str:
    """A film in a prepared library; its id."""
    appliance.run("prepare")
    relative = f"movies/Salt Road {codec}/Salt Road {codec}.mkv"
    path = appliance.media / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    _make(path, codec)
    status = path.stat()
    state = state_file.open_state(appliance.settings())
    try:
        library = state.library_of_kind(LibraryKind.MOVIES)
        file = MediaFile(relative, status.st_size, status.st_mtime_ns, status.st_ino, "mkv", _SECONDS * 1000)
        media = state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(f"Salt Road {codec}"), file))
    finally:
        state.close()
    return media.id


def _make(path: Path, codec: str) -> None:
    """Thirty seconds are encoded, and repeated; the picture moves as much as a film does."""
    once = path.with_suffix(".part.mkv")
    picture = ("-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=24:d=30", "-f", "lavfi", "-i", "sine=b=4:d=30")
    quiet = ("ffmpeg", "-v", "error", "-y")
    subprocess.run(
        (*quiet, *picture, "-c:v", *_ENCODED[codec], "-pix_fmt", "yuv420p", "-c:a", "ac3", "-ac", "6", once), check=True
    )
    again = ("-stream_loop", str(_SECONDS // 30 - 1), "-i", once, "-c", "copy", "-t", str(_SECONDS), path)
    subprocess.run((*quiet, *again), check=True)
    once.unlink()
