"""Names files and folders, so that every file system and every other media server can read them.

The tree is that of Jellyfin, Plex and Kodi: ``Title (Year)/Title (Year).mp4``, ``Show/Season 01/Show - S01E01.mp4``,
``Artist/Album (Year)/01 - Track.flac``, ``Author/Title/Title - Author.epub``,
``Channel/Season 2024/s2024e053101 - Title.mp4``, below the folder of each library; or what people write as templates.
"""

from media_library.services.file_naming.components import (
    MOST_BYTES,
    is_same_name,
    name_key,
    path_key,
    safe_component,
)
from media_library.services.file_naming.fields import (
    BUILT_IN,
    EXAMPLES,
    NamedKind,
    NameFacts,
    is_plain_title,
    read,
)
from media_library.services.file_naming.naming import Naming, NamingChoices, choices_of, podcast_episode
from media_library.services.file_naming.place import Place, first_free
from media_library.services.file_naming.suffixes import part_suffix, subtitle_suffix, version_suffix
from media_library.services.file_naming.template import BadTemplate

__all__ = [
    "BUILT_IN",
    "EXAMPLES",
    "MOST_BYTES",
    "BadTemplate",
    "NameFacts",
    "NamedKind",
    "Naming",
    "NamingChoices",
    "Place",
    "choices_of",
    "first_free",
    "is_plain_title",
    "is_same_name",
    "name_key",
    "part_suffix",
    "path_key",
    "podcast_episode",
    "read",
    "safe_component",
    "subtitle_suffix",
    "version_suffix",
]
