"""Tells what each file of a folder is there for: a film, its second version, its trailer, its subtitles, its poster.

How others lay out and name these files: Kodi (kodi.wiki/view/Naming_video_files), Jellyfin (jellyfin.org/docs/general/
server/media), Plex (support.plex.tv, "Local Media Assets").
"""

from media_library.services.file_roles.records import Listing, RoleOf
from media_library.services.file_roles.roles import roles_of

__all__ = ["Listing", "RoleOf", "roles_of"]
