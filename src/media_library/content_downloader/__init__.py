"""Fetches what people ask for from the web: videos, files, articles, books, episodes, lists."""

from media_library.content_downloader.work import Downloader, Work

__all__ = ["Downloader", "Work"]
