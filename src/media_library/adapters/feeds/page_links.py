"""The feeds that a web page names in its head."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from media_library.adapters.feeds.reading import plain
from media_library.models.podcast import FoundFeed

_MOST_FEEDS = 20
_MOST_CHARACTERS = 2_000_000
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+xml"})


def find_links(content: bytes, base_url: str) -> tuple[FoundFeed, ...]:
    """The feeds of a page that was found at ``base_url``, in its order, each once."""
    page = _Page(base_url)
    page.feed(content.decode("utf-8", "replace")[:_MOST_CHARACTERS])
    return tuple(page.found.values())[:_MOST_FEEDS]


class _Page(HTMLParser):
    def __init__(self, base_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base_url = base_url
        self.found: dict[str, FoundFeed] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base" and said.get("href"):
            self._base_url = _join(self._base_url, said["href"]) or self._base_url
        if tag != "link" or "alternate" not in said.get("rel", "").lower().split():
            return
        address = _join(self._base_url, said.get("href", "").strip())
        if said.get("type", "").lower().partition(";")[0].strip() in _TYPES and address is not None:
            self.found.setdefault(address, FoundFeed(address, plain(said.get("title"), 200)))


def _join(base: str, address: str) -> str | None:
    try:
        joined = urljoin(base, address)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if address and parts.scheme in ("http", "https") and parts.hostname and len(joined) <= 2048 else None
