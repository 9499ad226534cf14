"""How ffmpeg makes the picture of a recipe: filters and encoder, as a list of options."""

from media_library.adapters.ffmpeg.recipe import EncoderKind, Recipe
from media_library.models.playback_plan import SourceVideo, VideoTarget

_SLOW_FRAMES, _USUAL_FRAMES, _MOST_FRAMES = 10.0, 25.0, 60.0
_SCALE_FLAGS = "fast_bilinear"
_DVD_WIDTHS, _DVD_LINES = (720, 704, 352), (480, 576, 240, 288)
_STILL_SECONDS = 30
_BETWEEN = 1.5
"""Pictures that are wider were made for a screen of 16:9, others for one of 4:3."""

_TAGS = {"hevc": ("-tag:v", "hvc1")}


def picture_options(recipe: Recipe, keyframe_seconds: float) -> tuple[str, ...]:
    """The options for the picture of a recipe; ``-vn`` if it has none."""
    source, target = recipe.source, recipe.video
    if source is None:
        return ("-vn",)
    if target is None:
        copied = ("-map", f"0:{source.index}", "-c:v", "copy", *_TAGS.get(source.codec, ()))
        return (*copied, "-video_track_timescale", "90000")
    return (
        *_filtered(recipe, source, target),
        *("-c:v", recipe.encoder.name, *recipe.encoder.options, *_rates(recipe, target)),
        *("-force_key_frames", f"expr:gte(t,n_forced*{keyframe_seconds:g})"),
        *("-g", "1000", "-bf", "0", "-bsf:v", "dump_extra=freq=keyframe", "-video_track_timescale", "90000"),
    )


def _rates(recipe: Recipe, target: VideoTarget) -> tuple[str, ...]:
    most = ("-maxrate", str(target.bit_rate), "-bufsize", str(2 * target.bit_rate))
    if recipe.encoder.kind is EncoderKind.SOFTWARE:
        return ("-crf", "22", *most)
    return ("-b:v", str(round(target.bit_rate * 0.8)), *most)


def _filtered(recipe: Recipe, source: SourceVideo, target: VideoTarget) -> tuple[str, ...]:
    """The picture from the file to the encoder; a graph of two inputs when pictures are laid over it."""
    chain = ",".join(_filters(recipe, source, target))
    last = f",{recipe.encoder.upload}" if recipe.encoder.upload else ""
    if recipe.subtitle_index is None:
        return ("-map", f"0:{source.index}", "-vf", f"{chain}{last}")
    wide, high = words_size(source, target, recipe.subtitle_canvas)
    graph = (
        f"[0:{source.index}]{chain}[film];"
        f"[0:{recipe.subtitle_index}]scale={wide}:{high}:flags=bilinear,format=yuva420p[words];"
        f"[film][words]overlay=x=(W-w)/2:y=H-h:eof_action=pass:format=auto,format=yuv420p{last}[made]"
    )
    return ("-filter_complex", graph, "-map", "[made]")


def words_size(source: SourceVideo, target: VideoTarget, canvas: tuple[int, int]) -> tuple[int, int]:
    """How large the screen is drawn for which subtitles were made.

    A film may have lost its black bars, its subtitles have not: what is left of the screen then fits the picture in one
    direction. The pixels of a DVD are not square, and its subtitles keep those also where the film does not.
    """
    shown_wide, shown_high = source.shown
    if not all(canvas):
        return target.width, target.height
    wide, high = canvas[0] * _pixel_aspect(source, canvas), canvas[1]
    factor = max(shown_wide / wide, shown_high / high) * target.width / shown_wide
    return max(2, round(wide * factor)), max(2, round(high * factor))


def _pixel_aspect(source: SourceVideo, canvas: tuple[int, int]) -> float:
    if canvas[0] not in _DVD_WIDTHS or canvas[1] not in _DVD_LINES:
        return 1.0
    if source.pixel_aspect != 1.0:
        return source.pixel_aspect
    wide, high = source.shown
    screen = 16 / 9 if wide / high > _BETWEEN else 4 / 3
    return screen * canvas[1] / canvas[0]


def _filters(recipe: Recipe, source: SourceVideo, target: VideoTarget) -> list[str]:
    # an even rate, so that there is a picture wherever one is to be cut, also in a gap
    filters = [f"fps={_rate(source.frame_rate):g}"]
    if recipe.deinterlace:
        filters.append("bwdif=mode=send_frame:deint=interlaced")
    filters.append(f"scale={target.width}:{target.height}:flags={_SCALE_FLAGS}")
    filters.append("setsar=1")
    if recipe.tone_map:
        filters += _tone_map(recipe)
    if recipe.drawn_from:
        number = f":si={recipe.subtitle_number}" if recipe.subtitle_number is not None else ""
        filters.append(f"subtitles=filename={recipe.drawn_from}{number}")
    if recipe.duration and not recipe.is_whole_file:
        # a picture that ends a little before the film stands still until then: each part that was promised is there
        filters.append(f"tpad=stop_mode=clone:stop_duration={_STILL_SECONDS},trim=end={recipe.duration:.3f}")
    filters.append("format=nv12" if recipe.encoder.upload else "format=yuv420p")
    return filters


def _rate(frames: float | None) -> float:
    """Pictures a second: those of the film unless they are too few to cut at, or more than anybody sees."""
    return _USUAL_FRAMES if frames is None or frames < _SLOW_FRAMES else min(frames, _MOST_FRAMES)


def _tone_map(recipe: Recipe) -> list[str]:
    """From HDR to BT.709: by zscale through linear light; without it only the matrix is changed."""
    if not recipe.can_tone_map:
        return ["scale=in_color_matrix=bt2020:out_color_matrix=bt709"]
    return [
        "zscale=t=linear:npl=100",
        "format=gbrpf32le",
        "zscale=p=bt709",
        "tonemap=tonemap=hable:desat=0",
        "zscale=t=bt709:m=bt709:r=tv",
    ]
