"""Scans library folders: what lies there becomes items of the library, and stays what it is when it moves.

The first pass walks and compares, the second looks into the files, and what they are is found out by another job.
"""

from media_library.services.library_scanner.assembly import library_scanner
from media_library.services.library_scanner.beside import HomeReader
from media_library.services.library_scanner.scanner import LibraryScanner

__all__ = ["HomeReader", "LibraryScanner", "library_scanner"]
