"""Tells what is at an address before anything of it is fetched for good."""

from media_library.services.examination.examine import Examiner
from media_library.services.examination.readings import Examined, FoundReading, ReadingKind

__all__ = ["Examined", "Examiner", "FoundReading", "ReadingKind"]
