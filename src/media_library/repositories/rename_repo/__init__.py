"""Batches of renames, the journal of their steps, and what is to be renamed."""

from media_library.repositories.rename_repo.batches import RenameBatches
from media_library.repositories.rename_repo.items import ExtraPath, ItemPath, ItemsToRename

__all__ = ["ExtraPath", "ItemPath", "RenameRepo"]


class RenameRepo(RenameBatches, ItemsToRename):
    """Reads and writes ``renames`` and ``rename_steps``."""
