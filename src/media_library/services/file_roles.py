"""Tells what each file of a folder is there for: a film, its second version, its trailer, its subtitles, its poster.

How others lay out and name these files: Kodi (kodi.wiki/view/Naming_video_files), Jellyfin (jellyfin.org/docs/general/
server/media), Plex (support.plex.tv, "Local Media Assets").

    roles_of(Listing(folder, files), kind) -> tuple[FileRoleOf, ...]      one for each file, in their order

``Listing.folder`` is the path of the folder below its library folder; ``files`` are (name, size in bytes); pure, no
disk is touched. ``FileRoleOf.main`` is the path (below the library folder) of the file that a version, part, subtitle,
picture, .nfo or lyrics belongs to where it is in the same folder, ``None`` if it belongs to what the folder (or the one
above: ``belongs_to_folder``) is: a show, a season, an album, an artist, or a film in a folder of its own.
"""
