"""Chooses the audio and subtitle tracks of a title that are kept."""

from collections.abc import Sequence

from media_library.models.disc import DiscAudio, DiscSubtitle, DiscTitle

_CODECS = ("truehd", "dtshd", "flac", "pcm", "dts", "eac3", "ac3", "aac", "mp3", "mp2")
_NONE = "none"
_IMAGES_MP4_HOLDS = frozenset({"VOBSUB", "CC608", "CC708", "UTF8", "SRT", "SSA", "TX3G"})


def audio_to_keep(title: DiscTitle, languages: Sequence[str]) -> tuple[DiscAudio, ...]:
    """The best track of every language, in the order of the disc: most channels, then the best codec.

    A commentary is kept only where its language has nothing else. ``languages`` narrows them, in its own order; where
    none of them is on the title, all are kept.
    """
    by_language: dict[str, list[DiscAudio]] = {}
    for track in title.audio:
        by_language.setdefault(track.language, []).append(track)
    best = {language: max(tracks, key=_worth) for language, tracks in by_language.items()}
    spoken = {language: track for language, track in best.items() if not track.commentary} or best
    wanted = [spoken[language] for language in languages if language in spoken]
    return tuple(wanted or spoken.values())


def subtitles_to_keep(title: DiscTitle, languages: Sequence[str]) -> tuple[DiscSubtitle, ...]:
    """Every subtitle, or those in ``languages``; ``("none",)`` keeps none."""
    if not languages:
        return title.subtitles
    return tuple(track for track in title.subtitles if track.language in languages and _NONE not in languages)


def fits_mp4(subtitles: Sequence[DiscSubtitle]) -> bool:
    """Whether an MP4 file can hold these subtitles; the pictures of a Blu-ray (PGS) need Matroska."""
    return all(track.format.upper() in _IMAGES_MP4_HOLDS for track in subtitles)


def _worth(track: DiscAudio) -> tuple[bool, int, int, int]:
    codec = next((place for place, name in enumerate(_CODECS) if track.codec.startswith(name)), len(_CODECS))
    return not track.commentary, track.channels, -codec, -track.number
