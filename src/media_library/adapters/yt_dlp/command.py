"""How yt-dlp is told what to do: fixed options, numbers and checked words; an address comes after ``--``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.sandbox import Sandbox
from media_library.errors import InvalidInput

SECONDS_OF_A_RECORDING = 4 * 3600
"""The longest recording of a live stream."""

INFO, LIST, PROGRESS, CONVERTING, DONE = "@info ", "@list ", "@progress ", "@converting ", "@done "
"""What the lines begin with that are for us."""

STEM = "media"
"""The name of all that a download makes, without suffixes: no word of the site becomes a file name."""

_OF_A_VIDEO = (
    "id,title,fulltitle,description,channel,uploader,creator,series,duration,timestamp,release_timestamp,upload_date,"
    "extractor,extractor_key,webpage_url,original_url,is_live,live_status,language,n_entries,playlist_count,chapters,"
    "format_id,ext,filesize,filesize_approx,tbr,requested_formats,width,height,thumbnail,url,age_limit,_type"
)
_OF_A_LIST = "id,title,description,channel,uploader,extractor,extractor_key,webpage_url,playlist_count,thumbnails"
_OF_PROGRESS = (
    "status,downloaded_bytes,total_bytes,total_bytes_estimate,speed,eta,fragment_index,fragment_count,elapsed"
)
_OF_A_FILE = "filepath,ext,chapters,duration,language,requested_subtitles"

_ALWAYS = (
    *("--ignore-config", "--no-plugin-dirs", "--no-cache-dir", "--no-remote-components", "--no-update"),
    *("--color=never", "--quiet", "--newline", "--no-exec", "--default-search=error", "--xff=never"),
    *("--socket-timeout=20", "--extractor-retries=2", "--retries=10", "--file-access-retries=2"),
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_FORMAT = re.compile(r"[A-Za-z0-9_+/*.,:=<>!?^$~()\[\]& -]{1,500}")
_ADDRESS = re.compile(r"https?://[!-~\u00a0-\U0010ffff]{1,2048}", re.IGNORECASE)
_PLAYED_EVERYWHERE = "vcodec:h264,acodec:aac,ext:mp4:m4a"
_BEST_SOUND = "ba[ext=m4a]/ba[acodec=opus]/ba[acodec=mp3]/ba/b"
_CONTAINERS = (
    "mp4>mp4/m4v>mp4/mov>mp4/webm>webm/m4a>m4a/mp3>mp3/opus>opus/ogg>ogg/flac>flac/aac>m4a/wav>flac/weba>webm/mka>m4a"
    "/mkv"
)
_SPONSORS = "sponsor,intro,outro,selfpromo,interaction,music_offtopic,filler"
_RUNTIMES = ("deno", "node", "qjs", "bun")
_RUNTIME_NAMES = {"qjs": "quickjs"}
_MEMORY_BYTES = 4 * 1024**3
_CPU_SECONDS = 6 * 3600
_PROCESSES = 64


@dataclass(frozen=True, slots=True)
class Program:
    """A yt-dlp: how it is started, its version, and the folder it lies in if that is not the bundled one."""

    argv: tuple[str, ...]
    version: str
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class VideoOrder:
    """What to fetch from ``url`` into ``staging``, which may hold the beginning of it.

    ``proxy`` is the address of the egress proxy. ``format`` is an expression of yt-dlp, ``max_height`` in pixels,
    ``subtitles`` are language tags, ``cookies`` a file in Netscape's form.
    """

    url: str
    staging: Path
    proxy: str
    format: str = "bv*+ba/b"
    max_height: int | None = None
    audio_only: bool = False
    subtitles: tuple[str, ...] = ()
    automatic_subtitles: bool = False
    sponsorblock: bool = False
    recording_seconds: int = SECONDS_OF_A_RECORDING
    cookies: Path | None = None


def examine_arguments(program: Program, url: str, *, most_entries: int, cookies: Path | None = None) -> list[str]:
    """The command that tells what is at an address, and of a list the first ``most_entries`` entries; loads nothing."""
    return [
        *program.argv,
        *_ALWAYS,
        *_javascript(),
        *("--skip-download", "--no-simulate", "--ignore-no-formats-error", "--flat-playlist", "--lazy-playlist"),
        *("--extractor-args=youtubetab:approximate_date", f"--playlist-items=1:{most_entries:d}"),
        *([f"--cookies={cookies}"] if cookies else []),
        *("--print", f"video:{INFO}%(.{{{_OF_A_VIDEO}}})j"),
        *("--print", f"playlist:{LIST}%(.{{{_OF_A_LIST}}})j"),
        "--",
        _address(url),
    ]


def download_arguments(program: Program, order: VideoOrder, gate: Path) -> list[str]:
    """The command that describes the video at an address, waits until ``gate`` is opened for reading, and loads it."""
    return [
        *program.argv,
        *_ALWAYS,
        *_javascript(),
        *("--no-simulate", "--progress", "--progress-delta=0.4", "--no-playlist", "--playlist-items=1:2"),
        # what fails after the video itself (a subtitle, a thumbnail, a mark) does not take the video with it
        *("--ignore-errors", "--abort-on-unavailable-fragments", "--continue", "--no-mtime", "--downloader=native"),
        *(
            "--retry-sleep=exp=0.3:8",
            "--retry-sleep=fragment:exp=0.3:8",
            "--fragment-retries=6",
            "--no-live-from-start",
        ),
        f"--downloader-args=ffmpeg:-t {order.recording_seconds:d}",
        *_ffmpeg(),
        *_quality(order),
        *_beside(order),
        *([f"--cookies={order.cookies}"] if order.cookies else []),
        f"--output={_literal(order.staging / STEM)}.%(ext)s",
        *("--print", f"video:{INFO}%(.{{{_OF_A_VIDEO}}})j"),
        *("--print-to-file", "video:go", _literal(gate)),
        *("--print", f"after_move:{DONE}%(.{{{_OF_A_FILE}}})j"),
        *("--progress-template", f"download:{PROGRESS}%(info.format_id)j %(progress.{{{_OF_PROGRESS}}})j"),
        *("--progress-template", f"postprocess:{CONVERTING}%(progress.status)j"),
        "--",
        _address(order.url),
    ]


def environment(proxy: str) -> dict[str, str]:
    """What it finds in its environment beside an empty home: the proxy, which everybody could read in arguments."""
    return dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy)


def bounds(program: Program, proxy_port: int, *, write: Sequence[Path] = ()) -> Sandbox:
    """Where it may read, write and connect."""
    return Sandbox(
        read=(program.folder,) if program.folder else (),
        write=tuple(write),
        connect_port=proxy_port,
        memory_bytes=_MEMORY_BYTES,
        cpu_seconds=_CPU_SECONDS,
        file_bytes=None,
        processes=_PROCESSES,
    )


def is_language(tag: str) -> bool:
    """Whether a word is a language tag such as "en" or "pt-BR"."""
    return _LANGUAGE.fullmatch(tag) is not None


def is_format(expression: str) -> bool:
    """Whether a text has only characters that a format expression of yt-dlp needs."""
    return _FORMAT.fullmatch(expression) is not None and not expression.startswith("-")


def _address(url: str) -> str:
    if not _ADDRESS.fullmatch(url):
        raise InvalidInput("This is not a web address.", "url")
    return url


def _quality(order: VideoOrder) -> list[str]:
    if not is_format(order.format):
        raise InvalidInput("The format in the settings of downloads is not an expression of yt-dlp.", "format")
    if order.audio_only:
        return [f"--format={_BEST_SOUND}", "--extract-audio", "--audio-format=best"]
    height = f"res:{order.max_height:d}" if order.max_height else "res"
    return [
        f"--format={order.format}",
        f"--format-sort={height},fps,{_PLAYED_EVERYWHERE}",
        *("--merge-output-format=mp4/webm/mkv", f"--remux-video={_CONTAINERS}"),
    ]


def _beside(order: VideoOrder) -> list[str]:
    """What is fetched with the video: picture, subtitles, marks."""
    options = ["--write-thumbnail"]
    languages = [tag for tag in order.subtitles if is_language(tag)]
    if languages and not order.audio_only:
        # a language stands for its regional forms, but not for translations by machine such as "en-de"
        wanted = ",".join(f"{tag}(-[A-Z][A-Za-z0-9]*)?" for tag in languages)
        options += ["--write-subs", f"--sub-langs={wanted}", "--sub-format=vtt/srt/best", "--convert-subs=vtt"]
        options += ["--write-auto-subs"] if order.automatic_subtitles else []
    if order.sponsorblock:
        options += [f"--sponsorblock-mark={_SPONSORS}", "--no-embed-chapters"]
    return options


def _javascript() -> list[str]:
    """The JavaScript runtimes of this machine, which some sites need; they run inside the same bounds."""
    found = [(name, process.find(name)) for name in _RUNTIMES]
    named = [f"--js-runtimes={_RUNTIME_NAMES.get(name, name)}:{path}" for name, path in found if path]
    return ["--no-js-runtimes", *named]


def _ffmpeg() -> list[str]:
    found = process.find("ffmpeg")
    return [f"--ffmpeg-location={found}"] if found else []


def _literal(path: Path) -> str:
    return str(path).replace("%", "%%")
