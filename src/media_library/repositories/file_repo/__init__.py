"""The files in the library folders, as the last scan saw them."""

from media_library.repositories.file_repo.changes import FileChanges
from media_library.repositories.file_repo.known import KnownFile, KnownFiles
from media_library.repositories.file_repo.lists import FileCounts, FileLists, ProblemPage
from media_library.repositories.file_repo.records import ADOPTED

__all__ = ["ADOPTED", "FileCounts", "FileRepo", "KnownFile", "ProblemPage"]


class FileRepo(KnownFiles, FileChanges, FileLists):
    """Reads and writes ``files``."""
