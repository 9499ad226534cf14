"""Makes names of the tags and the paths of music files; pure, no disk is touched.

    album_folder(path) -> PurePosixPath            files with the same answer belong into one call of ``read_album``
    read_album(files: Sequence[TrackFile]) -> tuple[TrackReading, ...]       one for each file, in their order
    tags_of(raw: RawTags) -> TrackTags             the tags of one file in one form

For the scanner: hand over *all* music files of an album folder whenever one of them is new or changed, for
compilations, years and disc numbers are told by the neighbours. ``TrackReading.names`` go into the item, ``.isrc`` too,
``.facts`` to ``state.put_track_facts(media_id, facts)``. A file without readable tags is handed over with none.
"""

from media_library.services.music_tags.album import VARIOUS_ARTISTS, read_album
from media_library.services.music_tags.normalising import tags_of
from media_library.services.music_tags.paths import album_folder

__all__ = ["VARIOUS_ARTISTS", "album_folder", "read_album", "tags_of"]
