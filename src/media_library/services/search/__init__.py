"""Search everywhere: names, persons, texts, and what is said in films."""

from media_library.services.search.search import Found, Search

__all__ = ["Found", "Search"]
