"""Encodes a film for playing: ffmpeg writes fragmented MP4 to its standard output, from any second on.

``stream_command`` is what HLS sessions run: fragments that begin at keyframes, whose times are those of the film.
``file_command`` makes one finished MP4 of the same recipe, for keeping (prepared versions for devices that go offline).
"""

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.any_film import any_film
from media_library.adapters.ffmpeg.command import named
from media_library.adapters.ffmpeg.fragments import FragmentReader, Piece
from media_library.adapters.ffmpeg.hls_encoders import facts_of_hardware
from media_library.adapters.ffmpeg.picture import picture_options
from media_library.adapters.ffmpeg.recipe import Recipe
from media_library.adapters.sandbox import Sandbox
from media_library.errors import ToolFailed

_QUIET = ("-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y")
_PRIMING_SAMPLES = 1024
"""What ffmpeg's AAC encoder puts before the sound; so much sound is left out, so that the rest is in time."""

_FRAGMENTS = "empty_moov+default_base_moof+delay_moov+frag_discont+negative_cts_offsets"
_SOUND_FRAGMENT_US = 250_000
_MEMORY_BYTES = 6 * 1024**3
_NOT_BEFORE = r"noise=drop=lt(pts\,0)"
"""Leaves out the packets of sound that an encoder put before the beginning: their time would be negative."""

_LEAST_CPU_SECONDS = 3600
_TICK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Start:
    """From where on: ``seconds``, and how much earlier ffmpeg begins, so that the sound is whole at the cut."""

    seconds: float = 0.0
    lead: float = 0.0


def streamed(
    recipe: Recipe, start: Start, home: Path, *, keyframe_seconds: float
) -> Generator[Piece | None, None, None]:
    """Run that command in a sandbox whose folder is ``home``: the pieces as they come, ``None`` ten times a second.

    While nobody asks for the next piece ffmpeg waits. Closing it ends ffmpeg. Raises ``ToolFailed``.
    """
    argv = stream_command(recipe, start, keyframe_seconds=keyframe_seconds)
    reader = FragmentReader()
    with process.start(argv, sandbox=sandbox_of(recipe), cwd=home) as child:
        for content in child.output(tick_seconds=_TICK_SECONDS):
            if not content:
                yield None
            yield from reader.feed(content)
        while (code := child.poll(_TICK_SECONDS)) is None:
            yield None
        if code != 0:
            raise ToolFailed(f"ffmpeg could not play {recipe.file.name}.", child.last_lines)


def stream_command(recipe: Recipe, start: Start, *, keyframe_seconds: float) -> tuple[str, ...]:
    """The command that writes fragmented MP4 from ``start`` on; an encoded picture has a keyframe every so often."""
    begins = max(0.0, start.seconds - start.lead)
    seek = ("-ss", f"{begins:.3f}") if begins > 0 else ()
    fragments = (
        ("-movflags", f"{_FRAGMENTS}+frag_keyframe")
        if recipe.has_video
        else ("-movflags", _FRAGMENTS, "-frag_duration", str(_SOUND_FRAGMENT_US))
    )
    return (
        *("ffmpeg", *_QUIET, *recipe.encoder.before_input, *seek, "-copyts", "-start_at_zero"),
        *(*any_film(recipe.file), *_streams(recipe, keyframe_seconds=keyframe_seconds)),
        *_cleaned_sound(recipe),
        *("-avoid_negative_ts", "disabled", "-use_editlist", "0", "-max_interleave_delta", "2000000"),
        *("-max_muxing_queue_size", "4096", *fragments, "-f", "mp4", "pipe:1"),
    )


def file_command(recipe: Recipe, target: Path) -> tuple[str, ...]:
    """The command that makes one MP4 that begins to play before it is all there; its progress is on standard output."""
    whole = replace(recipe, is_whole_file=True)
    return (
        *("ffmpeg", *_QUIET, "-progress", "pipe:1", *whole.encoder.before_input, *any_film(whole.file)),
        *_streams(whole, keyframe_seconds=4.0),
        *("-max_muxing_queue_size", "4096", "-movflags", "+faststart", "-f", "mp4", named(target)),
    )


def sandbox_of(recipe: Recipe, *write: Path) -> Sandbox:
    """What the command of a recipe may touch: the film, the subtitles beside it, ``write``, no network."""
    cpu = max(_LEAST_CPU_SECONDS, round(recipe.duration * 16))
    read = (recipe.file, *(() if recipe.subtitle_file is None else (recipe.subtitle_file,)))
    return Sandbox(
        read=(*read, *facts_of_hardware(recipe.encoder)),
        write=write,
        devices=recipe.encoder.devices,
        memory_bytes=_MEMORY_BYTES if not recipe.encoder.devices else None,
        cpu_seconds=cpu,
        file_bytes=None,
        processes=0,
    )


def _streams(recipe: Recipe, *, keyframe_seconds: float) -> tuple[str, ...]:
    """Which streams there are and how they are encoded; the picture is the first track, always."""
    nothing_else = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn")
    return (*picture_options(recipe, keyframe_seconds), *_sound_options(recipe), *nothing_else)


def _sound_options(recipe: Recipe) -> tuple[str, ...]:
    if recipe.audio_index is None:
        return ("-an",)
    mapped = ("-map", f"0:{recipe.audio_index}")
    target = recipe.audio
    if target is None:
        return (*mapped, "-c:a", "copy")
    late = "" if recipe.is_whole_file else f",atrim=start_sample={_PRIMING_SAMPLES}"
    return (
        *(*mapped, "-c:a", "aac", "-b:a", str(target.bit_rate), "-ac", str(target.channels), "-ar", "48000"),
        *("-af", f"aresample=48000:async=1{late}"),
    )


def _cleaned_sound(recipe: Recipe) -> tuple[str, ...]:
    if recipe.audio_index is None:
        return ()
    return (
        "-bsf:a",
        f"aac_adtstoasc,{_NOT_BEFORE}" if recipe.audio_codec == "aac" and recipe.audio is None else _NOT_BEFORE,
    )
