"""yt-dlp as a child process: what is at an address, the entries of a list, and a video with all that belongs to it."""

from media_library.adapters.yt_dlp.command import SECONDS_OF_A_RECORDING, Program, VideoOrder
from media_library.adapters.yt_dlp.description import ListEntry, ListInfo, VideoInfo
from media_library.adapters.yt_dlp.download import DownloadedVideo, Step, download
from media_library.adapters.yt_dlp.examine import Findings, examine
from media_library.adapters.yt_dlp.failure import NeedsSignIn
from media_library.adapters.yt_dlp.releases import Release, bundled, program_in, try_out

__all__ = [
    "SECONDS_OF_A_RECORDING",
    "DownloadedVideo",
    "Findings",
    "ListEntry",
    "ListInfo",
    "NeedsSignIn",
    "Program",
    "Release",
    "Step",
    "VideoInfo",
    "VideoOrder",
    "bundled",
    "download",
    "examine",
    "program_in",
    "try_out",
]
