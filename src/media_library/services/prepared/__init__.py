"""Versions of films that are made to be taken along on a device, and kept while there is room for them."""

from media_library.services.prepared.desk import PreparedDesk
from media_library.services.prepared.making import Preparing
from media_library.services.prepared.shelf import PreparedShelf

__all__ = ["PreparedDesk", "PreparedShelf", "Preparing"]
