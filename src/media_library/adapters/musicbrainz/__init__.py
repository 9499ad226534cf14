"""MusicBrainz: which album a disc, a recording or a name belongs to, and what is on it."""

from media_library.adapters.musicbrainz.client import MusicBrainz
from media_library.adapters.musicbrainz.records import DiscRelease, FoundRelease, Medium, Release, ReleaseTrack

__all__ = ["DiscRelease", "FoundRelease", "Medium", "MusicBrainz", "Release", "ReleaseTrack"]
