"""How ffmpeg makes the picture of a recipe: filters and encoder, as a list of options."""

from media_library.adapters.ffmpeg.recipe import EncoderKind, Recipe
from media_library.models.playback_plan import SourceVideo, VideoTarget

_SLOW_FRAMES, _USUAL_FRAMES, _MOST_FRAMES = 10.0, 25.0, 60.0
_SCALE_FLAGS = "fast_bilinear"
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
    graph = (
        f"[0:{source.index}]{chain}[film];"
        f"[0:{recipe.subtitle_index}]scale={target.width}:-1:flags=bilinear,format=yuva420p[words];"
        f"[film][words]overlay=x=(W-w)/2:y=H-h:eof_action=pass:format=auto,format=yuv420p{last}[made]"
    )
    return ("-filter_complex", graph, "-map", "[made]")


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
