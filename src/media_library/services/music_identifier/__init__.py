"""Identifies albums: MusicBrainz ids in the files, the disc they were ripped from, their sound, their names.

AlbumIdentifier.identify(key, check)                      finds out, applies what is certain, settles the work
AlbumIdentifier.candidates(title, artist, check, key=…)   what a person finds by a name
AlbumIdentifier.preview(key, release_id, check)           what applying a release would change
AlbumIdentifier.apply(key, release_id, check) -> key      applies what a person chose
AlbumIdentifier.undo(key) -> key                          takes that back
AlbumIdentifier.picture(release_id, check)                a small picture of a candidate
"""

from media_library.services.music_identifier.applying import NameChange
from media_library.services.music_identifier.finding import Finder
from media_library.services.music_identifier.identifier import AlbumIdentifier
from media_library.services.music_identifier.making import album_identifier

__all__ = ["AlbumIdentifier", "Finder", "NameChange", "album_identifier"]
