"""Adds what was found at an address in the way in which it was read."""

from dataclasses import dataclass

from media_library.models.content_job import Reading
from media_library.models.identity import Identity
from media_library.services.articles import Articles
from media_library.services.books import Books
from media_library.services.collections import Collections
from media_library.services.content import Added
from media_library.services.downloads import Downloads
from media_library.services.examination import FoundReading, ReadingKind
from media_library.services.podcasts import Podcasts
from media_library.services.web_addresses import parse_address


@dataclass(frozen=True, slots=True)
class Adding:
    """The counters of all kinds, as one."""

    downloads: Downloads
    articles: Articles
    books: Books
    collections: Collections
    podcasts: Podcasts

    def add(self, actor: Identity, reading: FoundReading, *, audio_only: bool = False) -> Added:
        """Queue or subscribe to what ``reading`` says; raises what the counter of its kind raises."""
        url = reading.url
        match reading.kind:
            case ReadingKind.VIDEO:
                return self.downloads.add(actor, url, audio_only=audio_only or None, reading=Reading.SITE)
            case ReadingKind.FILE:
                return self.downloads.add(actor, url, reading=Reading.FILE)
            case ReadingKind.ARTICLE:
                return self.articles.add(actor, url, None)
            case ReadingKind.BOOK:
                return self.books.add_address(actor, parse_address(url))
            case ReadingKind.PODCAST:
                podcast = self.podcasts.following.follow(actor, url, None, None)
                return Added(podcast_id=podcast.id)
            case ReadingKind.PLAYLIST | ReadingKind.MUSIC_PLAYLIST:
                return self.collections.import_list(actor, url, None)
