"""What the inside of a media file says: its streams, and the tags of music."""

from dataclasses import dataclass, field

from media_library.models.media import Streams


@dataclass(frozen=True, slots=True)
class Probed:
    """A file that was looked into.

    ``reason`` says in a sentence what is wrong with it; then the rest may still hold what was found, as of a file that
    ends early. ``is_gone``: it was not there any more. ``container`` is what its suffix should be ("mkv", "mp4",
    "flac"), ``title`` the one of the container, ``tags`` those of music as its format names them (see ``RawTags``).
    ``cover`` is the name of the file that its embedded picture was written to, if that was asked for. ``digest`` stands
    for the content (hexadecimal), made of the size and a few pieces. ``size_bytes`` and ``mtime_ns`` are those that the
    file had when it was read.
    """

    size_bytes: int = 0
    mtime_ns: int = 0
    digest: str = ""
    container: str = ""
    duration_ms: int = 0
    streams: Streams = field(default_factory=Streams)
    title: str = ""
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    has_cover: bool = False
    cover: str | None = None
    reason: str | None = None
    is_gone: bool = False

    @property
    def is_usable(self) -> bool:
        """Whether there is something to be watched or heard in it."""
        return self.streams.video is not None or bool(self.streams.audio)
