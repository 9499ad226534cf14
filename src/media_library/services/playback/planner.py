"""Decides how a file is played in a browser: as it is, in another container, or encoded anew, and says why."""

from dataclasses import dataclass

from media_library.errors import Conflict, InvalidInput
from media_library.models.personal import Quality
from media_library.models.playback_plan import (
    AudioTarget,
    Hls,
    Method,
    Plan,
    QualityChoice,
    Reason,
    Rendition,
    Source,
    SourceAudio,
    SourceVideo,
    VideoTarget,
    Wish,
)
from media_library.models.preferences import PlaybackPreferences
from media_library.services.playback.ladder import LADDER, rungs_for, target_for
from media_library.services.playback.reasons import audio_reasons, container_reasons, said, video_reasons

_ALL_LINES = 100_000
_SOFTWARE_LINES = 1080
_STEREO_BITS, _SURROUND_BITS = 192_000, 384_000
_MOST_CHANNELS = 6
_UNKNOWN_BITS = 8_000_000
_NO_WAY = "This browser plays neither this file as it is nor what can be made of it. Try another browser."


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine can do: whether a part of it encodes, and whether this file can be cut without encoding."""

    has_hardware: bool = False
    can_cut: bool = True


class PlaybackPlanner:
    """A pure decision: the same question always has the same answer."""

    def __init__(self, preferences: PlaybackPreferences) -> None:
        self._preferences = preferences

    def plan(self, source: Source, wish: Wish, machine: Machine = Machine()) -> Plan:  # it is frozen
        """How ``source`` is played; raises ``InvalidInput`` for a stream that is not there, ``Conflict`` if no way is.

        Rotation is left to players as long as the file is played as it is.
        """
        audio = chosen_audio(source, wish)
        most_lines, caps = self._cap(source, wish)
        video = video_reasons(source, wish, tone_map=self._preferences.tone_map) + caps
        sound = audio_reasons(audio, wish.device)
        if not (video or sound or container_reasons(source, wish.device, audio)):
            return self._answer(Method.DIRECT, (), source, wish, audio, most_lines)
        if wish.device.hls is Hls.NONE:
            raise Conflict(_NO_WAY)
        if source.video is not None and not video:
            video = said(*self._uncut(source.video, wish, machine))
        audio_target = _audio_target(source, audio, wish, must_encode=bool(sound))
        if sound and audio is not None and audio_target is not None and audio.channels > audio_target.channels:
            sound += said(("audio_channels", f"the sound is mixed down from {audio.channels} channels"))
        reasons = video + sound + container_reasons(source, wish.device, audio)
        encodes = bool(video) or (audio_target is not None)
        method = Method.TRANSCODE if encodes else Method.REMUX
        renditions = self._renditions(source, wish, audio_target, most_lines, machine, encodes_video=bool(video))
        return self._answer(method, reasons, source, wish, audio, most_lines, renditions, encodes_video=bool(video))

    def _answer(
        self,
        method: Method,
        reasons: tuple[Reason, ...],
        source: Source,
        wish: Wish,
        audio: SourceAudio | None,
        most_lines: int,
        renditions: tuple[Rendition, ...] = (),
        *,
        encodes_video: bool = False,
    ) -> Plan:
        video = source.video
        is_hdr = video is not None and video.hdr is not None
        return Plan(
            method,
            reasons,
            source,
            wish.quality,
            _qualities(source, most_lines),
            audio,
            renditions,
            tone_map=encodes_video and is_hdr and self._preferences.tone_map,
            deinterlace=encodes_video
            and video is not None
            and (video.is_interlaced or video.codec in ("mpeg2video", "vc1")),
            burned=wish.burned if encodes_video else None,
        )

    def _cap(self, source: Source, wish: Wish) -> tuple[int, tuple[Reason, ...]]:
        """How many lines there may be at most, and why this file has too many."""
        video, caps, most = source.video, [], _ALL_LINES
        if video is None:
            return most, ()
        asked = next((rung.height for rung in LADDER if rung.id is wish.quality), _ALL_LINES)
        limits = (
            (asked, "quality", f"the quality {wish.quality} was chosen"),
            (self._preferences.max_height, "server_cap", "the appliance is set to lower pictures"),
            (
                self._preferences.max_height_away if wish.away else None,
                "away_cap",
                "away from home the appliance is set to lower pictures",
            ),
        )
        for lines, code, text in limits:
            if lines is not None:
                most = min(most, lines)
                if lines < video.lines:
                    caps.append((code, text))
        bits = source.bit_rate or video.bit_rate
        away = self._preferences.max_height_away
        if wish.away and away is not None and not caps and bits is not None and bits > _most_bits(away):
            caps.append(("bit_rate", f"the file has {round(bits / 1e6)} Mbit/s, which is too much for the way to you"))
        return most, said(*caps)

    def _uncut(self, video: SourceVideo, wish: Wish, machine: Machine) -> list[tuple[str, str]]:
        """Why a picture that is decoded well cannot be copied all the same."""
        found = []
        if video.codec not in ("h264", "hevc", "av1", "vp9"):
            found.append(("container", f"{video.codec} cannot be sent in parts"))
        elif not machine.can_cut:
            found.append(("no_keyframes", "the file has no index by which its picture could be cut"))
        if video.rotation:
            found.append(("rotated", "the picture is turned"))
        return found

    def _renditions(
        self,
        source: Source,
        wish: Wish,
        audio: AudioTarget | None,
        most_lines: int,
        machine: Machine,
        *,
        encodes_video: bool,
    ) -> tuple[Rendition, ...]:
        sound_bits = audio.bit_rate if audio is not None else _STEREO_BITS
        if source.video is None or not encodes_video:
            bits = (source.bit_rate or _UNKNOWN_BITS) if source.video is not None else 0
            return (Rendition("original", None, audio, bits + sound_bits),)
        if not machine.has_hardware:
            most_lines = min(most_lines, _SOFTWARE_LINES)
        ability = next((one for one in wish.device.video if one.codec == "h264"), None)
        if ability is None:
            raise Conflict(_NO_WAY)
        rungs = rungs_for(source.video, min(most_lines, ability.max_height))
        chosen = rungs if wish.quality is Quality.AUTO else rungs[:1]
        made = []
        for rung in chosen:
            target: VideoTarget = target_for(source.video, rung)
            made.append(Rendition(str(rung.id), target, audio, round(target.bit_rate * 1.1) + sound_bits))
        return tuple(made)


def chosen_audio(source: Source, wish: Wish) -> SourceAudio | None:
    """The track that is heard: the one asked for, else one in the language of the listener, else the file's own."""
    if wish.audio is not None:
        found = next((track for track in source.audio if track.index == wish.audio), None)
        if found is None:
            raise InvalidInput("This file has no such audio track.", "audio")
        return found
    spoken = [track for track in source.audio if wish.audio_language and track.language == wish.audio_language]
    candidates = spoken or source.audio
    return next((track for track in candidates if track.is_default), candidates[0] if candidates else None)


def _audio_target(source: Source, audio: SourceAudio | None, wish: Wish, *, must_encode: bool) -> AudioTarget | None:
    """AAC, unless the track can be sent in parts as it is."""
    if audio is None:
        return None
    sendable = {"aac", "ac3", "eac3", "alac", "flac"} if wish.device.hls is Hls.NATIVE else _SENT_BY_SCRIPT
    if not must_encode and audio.codec in sendable:
        return None
    channels = min(audio.channels, _MOST_CHANNELS if wish.device.channels >= _MOST_CHANNELS else 2)
    return AudioTarget("aac", channels, _SURROUND_BITS if channels > 2 else _STEREO_BITS)


_SENT_BY_SCRIPT = {"aac", "mp3", "ac3", "eac3", "opus", "flac", "alac"}


def _qualities(source: Source, most_lines: int) -> tuple[QualityChoice, ...]:
    """What may be asked for: the original if nothing forbids it, and what is lower."""
    video = source.video
    if video is None:
        return ()
    whole = QualityChoice(Quality.ORIGINAL, video.lines, source.bit_rate or _UNKNOWN_BITS)
    lower = tuple(rung for rung in rungs_for(video, most_lines) if rung.height < video.lines)
    return (whole, *lower) if video.lines <= most_lines else lower or LADDER[-1:]


def _most_bits(lines: int) -> int:
    return 2 * next((rung.bit_rate for rung in reversed(LADDER) if rung.height >= lines), LADDER[0].bit_rate)
