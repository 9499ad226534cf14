"""Lists the titles of a video disc with ``HandBrakeCLI --scan``."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from media_library.adapters import process
from media_library.adapters.handbrake.blocks import BlockReader
from media_library.adapters.handbrake.command import command, environment
from media_library.errors import DiscUnreadable, ToolFailed
from media_library.models.disc import DiscAudio, DiscSubtitle, DiscTitle
from media_library.models.tool import ToolProgress, ToolRun

_TICKS_PER_MS = 90
_NO_TITLE = 2


@dataclass(frozen=True, slots=True)
class Scan:
    """What is on a disc. ``main_feature`` is the title that the disc's own menu starts, if it is known.

    ``libdvdcss`` tells whether HandBrake found that library, ``None`` where it did not say (anything but a DVD).
    ``lines`` is what HandBrake wrote last.
    """

    titles: tuple[DiscTitle, ...]
    main_feature: int | None = None
    libdvdcss: bool | None = None
    lines: tuple[str, ...] = ()


def scan(source: str, *, min_seconds: float) -> ToolRun[Scan]:
    """List the titles of a disc that are at least ``min_seconds`` long; ``source`` is an absolute path.

    A disc without such a title gives a scan without titles. Raises ``DiscUnreadable`` if HandBrake broke off, and
    ``ToolMissing``.
    """
    argv = command("--scan", "-i", source, "-t", "0", "--min-duration", str(int(min_seconds)))
    reader = BlockReader()
    found: object = None
    with process.start(argv, env=environment()) as child:
        for chunk in child.output():
            if not chunk:
                yield None
            for heading, block in reader.feed(chunk):
                if heading == "JSON Title Set":
                    found = block
                elif heading == "Progress":
                    yield _progress(block)
        while (code := child.poll()) is None:
            yield None
        lines = (*reader.lines, *child.last_lines)
    if found is None and code not in (0, _NO_TITLE):
        raise DiscUnreadable(
            f"HandBrake broke off while reading what is on the disc (code {code}). Clean the disc and try again.", lines
        )
    return _scan(found, lines)


def _scan(block: object, lines: Sequence[str]) -> Scan:
    try:
        titles = msgspec.convert(block, _TitleSet) if block is not None else _TitleSet()
    except msgspec.ValidationError as error:
        raise ToolFailed(f"HandBrake describes the disc in a way that is not understood: {error}.", lines) from error
    main = titles.MainFeature if titles.MainFeature > 0 else None
    return Scan(tuple(_title(title, main) for title in titles.TitleList), main, _libdvdcss(lines), tuple(lines))


def _libdvdcss(lines: Sequence[str]) -> bool | None:
    text = "\n".join(lines)
    if "Using libdvdcss" in text:
        return True
    return False if "Encrypted DVD support unavailable" in text else None


def _progress(block: object) -> ToolProgress | None:
    try:
        scanning = msgspec.convert(block, _Progress).Scanning
    except msgspec.ValidationError:
        return None
    return None if scanning is None else ToolProgress(min(max(scanning.Progress, 0.0), 1.0))


def _title(title: "_Title", main: int | None) -> DiscTitle:
    return DiscTitle(
        index=title.Index,
        duration_ms=title.Duration.Ticks // _TICKS_PER_MS,
        chapters=tuple(chapter.Duration.Ticks // _TICKS_PER_MS for chapter in title.ChapterList),
        audio=tuple(
            DiscAudio(
                track.TrackNumber or number,
                track.LanguageCode or "und",
                track.CodecName,
                track.ChannelCount,
                track.Attributes.Commentary or track.Attributes.AltCommentary or track.Attributes.VisuallyImpaired,
            )
            for number, track in enumerate(title.AudioList, 1)
        ),
        subtitles=tuple(
            DiscSubtitle(
                track.TrackNumber or number, track.LanguageCode or "und", track.SourceName, track.Attributes.Forced
            )
            for number, track in enumerate(title.SubtitleList, 1)
        ),
        width=title.Geometry.Width,
        height=title.Geometry.Height,
        is_main_feature=title.Index == main,
    )


class _Duration(msgspec.Struct):
    Ticks: int = 0


class _Chapter(msgspec.Struct):
    Duration: _Duration


class _Attributes(msgspec.Struct):
    Commentary: bool = False
    AltCommentary: bool = False
    VisuallyImpaired: bool = False
    Forced: bool = False


class _Audio(msgspec.Struct):
    TrackNumber: int = 0
    LanguageCode: str = ""
    CodecName: str = ""
    ChannelCount: int = 0
    Attributes: _Attributes = msgspec.field(default_factory=_Attributes)


class _Subtitle(msgspec.Struct):
    TrackNumber: int = 0
    LanguageCode: str = ""
    SourceName: str = ""
    Attributes: _Attributes = msgspec.field(default_factory=_Attributes)


class _Geometry(msgspec.Struct):
    Width: int = 0
    Height: int = 0


class _Title(msgspec.Struct):
    Index: int
    Duration: _Duration
    ChapterList: list[_Chapter] = msgspec.field(default_factory=list)
    AudioList: list[_Audio] = msgspec.field(default_factory=list)
    SubtitleList: list[_Subtitle] = msgspec.field(default_factory=list)
    Geometry: _Geometry = msgspec.field(default_factory=_Geometry)


class _TitleSet(msgspec.Struct):
    MainFeature: int = -1
    TitleList: list[_Title] = msgspec.field(default_factory=list)


class _Scanning(msgspec.Struct):
    Progress: float = 0.0


class _Progress(msgspec.Struct):
    Scanning: _Scanning | None = None
