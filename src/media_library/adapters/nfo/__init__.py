"""The .nfo files beside films, episodes and albums, in the format of Kodi (kodi.wiki/view/NFO_files): reading them."""

from media_library.adapters.nfo.reading import parse_nfo, read_nfo
from media_library.adapters.nfo.refusal import NfoRefused

__all__ = ["NfoRefused", "parse_nfo", "read_nfo"]
