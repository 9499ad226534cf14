"""Rips a disc: from a claimed job to verified files, handed to whoever keeps the library."""

from media_library.ripper.order import RipDesk, RipOrder, Ripped, RipPlan, Storage, Track
from media_library.ripper.rip import Ripper

__all__ = ["RipDesk", "RipOrder", "RipPlan", "Ripped", "Ripper", "Storage", "Track"]
