"""Decides what a disc holds and which of its titles are ripped, by proportions between the titles."""

from media_library.services.title_selection.select import Selection, select_titles

__all__ = ["Selection", "select_titles"]
