"""Reads music playlists from files that people have: M3U, CSV, JSPF and XSPF; and writes them."""

from media_library.adapters.playlist_files.read import MOST_CHARACTERS, read_playlist_file
from media_library.adapters.playlist_files.write import ListFormat, write_playlist_file

__all__ = ["MOST_CHARACTERS", "ListFormat", "read_playlist_file", "write_playlist_file"]
