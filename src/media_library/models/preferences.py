"""What people tune in the web app while the program runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DiscPreferences:
    """How discs are treated. Empty language tuples keep every language; ``("none",)`` keeps no subtitles."""

    auto_rip: bool = True
    auto_eject: bool = True
    notify: bool = True
    audio_languages: tuple[str, ...] = ()
    subtitle_languages: tuple[str, ...] = ()
    keep_extras: bool = False
    stall_minutes: int = 10
    simultaneous_rips: int = 2
