"""What the examination of a disc found on it."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.drive import DiscKind
from media_library.models.toc import Toc


class Protection(StrEnum):
    """How the films on a disc are protected; ``UNKNOWN`` when the drive refused to show them."""

    NONE = "none"
    CSS = "css"
    AACS = "aacs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DiscStructure:
    """A disc judged by its content.

    ``fingerprint`` names the content, whatever holds it: "dvd:", "bd:", "cd:", "data:" or "img:" and a
    digest. ``label`` is the name of the volume as it stands on the disc, ``toc`` is there for audio CDs only.
    ``message`` tells the user what is unusual.
    """

    kind: DiscKind
    fingerprint: str
    label: str | None = None
    protection: Protection = Protection.NONE
    toc: Toc | None = None
    message: str | None = None
