"""HandBrakeCLI: what is on a video disc, and one of its titles as a file."""

from media_library.adapters.handbrake.about import encoders, options, version
from media_library.adapters.handbrake.encode import EncodeOrder, encode
from media_library.adapters.handbrake.scan import Scan, scan

__all__ = ["EncodeOrder", "Scan", "encode", "encoders", "options", "scan", "version"]
