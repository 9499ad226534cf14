"""Opens a video disc: finds its titles, by way of whatever tool may read it, or says what is missing."""

from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import disc_structure, handbrake, makemkv
from media_library.errors import DiscProtected, DiscUnreadable
from media_library.models.disc import DiscTitle
from media_library.models.disc_structure import Protection
from media_library.ripper.watch import Watch

_STAYS = "Nothing was written; the disc stays in the drive."
_NO_LIBDVDCSS = (
    "This DVD is copy-protected (CSS), and libdvdcss, which opens such discs where the law allows it, is not installed."
    " On a Mac: “brew install libdvdcss” and then “sudo mkdir -p /usr/local/lib && sudo ln -sf"
    " /opt/homebrew/lib/libdvdcss.2.dylib /usr/local/lib/”. On Debian: “sudo apt install libdvd-pkg” and then"
    f" “sudo dpkg-reconfigure libdvd-pkg”. {_STAYS}"
)
_REFUSED = (
    "The drive refuses to show what is on this DVD: it is probably copy-protected (CSS), and libdvdcss, which opens"
    f" such discs where the law allows it, is not installed. “main.py doctor” says how to get it. {_STAYS}"
)
_BEYOND_CSS = (
    "This DVD is damaged, or copy-protected by more than CSS. Clean it; if that does not help, MakeMKV may open it:"
    f" install it from makemkv.com and retry. {_STAYS}"
)
_AACS = (
    "This Blu-ray is encrypted (AACS). Opening it needs MakeMKV: install it from makemkv.com and retry, where the law"
    f" allows it. {_STAYS}"
)


@dataclass(frozen=True, slots=True)
class OpenedDisc:
    """The titles of a disc. With ``needs_makemkv`` they carry MakeMKV's numbers and only MakeMKV can read them."""

    titles: tuple[DiscTitle, ...]
    needs_makemkv: bool = False


def open_disc(watch: Watch, min_seconds: float) -> OpenedDisc:
    """List the titles of at least ``min_seconds``. Raises ``DiscProtected`` or ``DiscUnreadable`` with what to do."""
    protection = disc_structure.examine(Path(watch.source), watch.order.disc.kind).protection
    if protection is Protection.AACS:
        return _with_makemkv(watch, min_seconds, _AACS)
    scan = watch.follow(handbrake.scan(watch.source, min_seconds=min_seconds))
    if protection is not Protection.NONE and scan.libdvdcss is not True:
        reason = _NO_LIBDVDCSS if protection is Protection.CSS else _REFUSED
        return _with_makemkv(watch, min_seconds, reason, scan.lines)
    if not scan.titles:
        if protection is Protection.CSS:
            return _with_makemkv(watch, min_seconds, _BEYOND_CSS, scan.lines)
        raise DiscUnreadable(_no_title(min_seconds), scan.lines)
    return OpenedDisc(scan.titles)


def _with_makemkv(watch: Watch, min_seconds: float, reason: str, lines: tuple[str, ...] = ()) -> OpenedDisc:
    if not makemkv.is_installed():
        raise DiscProtected(reason, lines)
    titles = watch.follow(makemkv.scan(watch.source, min_seconds=min_seconds))
    if not titles:
        raise DiscUnreadable(_no_title(min_seconds))
    return OpenedDisc(titles, needs_makemkv=True)


def _no_title(min_seconds: float) -> str:
    return (
        f"HandBrake finds no title of at least {min_seconds:g} s that it can read. The disc may be damaged or hold no"
        " film; the setting disc_detection.min_title_seconds says how short a title may be."
    )
