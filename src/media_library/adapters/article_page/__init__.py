"""Takes an article out of a web page and makes it safe to keep and to show."""

from media_library.adapters.article_page.extraction import extracting
from media_library.adapters.article_page.result import PageArticle, PagePicture
from media_library.adapters.article_page.sanitiser import sanitise

__all__ = ["PageArticle", "PagePicture", "extracting", "sanitise"]
