"""Reads photos and the videos of the family: the day in their name, never a film."""

import re
from datetime import date
from typing import Final

CAMERA: Final = re.compile(
    r"""(?:IMG|VID|DSC[NF_]?|MVI|MOV|PXL|GOPR|G[XHP]\d\d|DJI|P\d{7}|_?MG|SAM|WP|PANO|BURST|MVIMG|CIMG|HPIM|KIF|DCP|100_|C\d{4}
        |MAH\d|M2U|00\d{3}|video|Photo|FullSizeRender)(?:[_\-. ]?(?:\d|E\d|\(\d)[\w\-. ()]*)
      | (?:IMG|VID|PXL|MVIMG|PANO|BURST|WhatsApp[ ](?:Video|Image)|Screenshot|Screen[ ]Recording|signal|Snapchat)
        [_\- ].*\d{3,}.*
      | P\d{7} | (?:19|20)\d{6}[_\- T]\d{6}.*""",
    re.VERBOSE,
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d{3,5}(?!\d))")


def day_in(name: str) -> date | None:
    """The day that a name such as "IMG_20240531_101500" or "2024-05-31 Beach" tells."""
    for match in _DAY.finditer(name):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
    return None


def is_camera_name(stem: str) -> bool:
    """Whether a name without its suffix is one that a camera or a telephone gives."""
    return CAMERA.fullmatch(stem) is not None
