"""The texts of feeds, put together for tests."""

from collections.abc import Mapping

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
_NAMESPACES = {
    "itunes": ITUNES,
    "podcast": PODCAST,
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def channel(more: str, *items: str, title: str = "A show", namespaces: Mapping[str, str] = _NAMESPACES) -> str:
    """An RSS feed."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())
    return f'<rss version="2.0" {declared}><channel><title>{title}</title>{more}{"".join(items)}</channel></rss>'


def item(
    title: str,
    *,
    guid: str = "one",
    name: str = "",
    published: str | None = "Mon, 06 Sep 2021 00:01:00 GMT",
    enclosure: str | None = None,
    more: str = "",
) -> str:
    """An episode; its enclosure is ``audio/<name or guid>.mp3`` beside the feed unless another is named."""
    address = enclosure or f"audio/{name or guid}.mp3"
    date = "" if published is None else f"<pubDate>{published}</pubDate>"
    return (
        f'<item><title>{title}</title><guid isPermaLink="false">{guid}</guid>{date}'
        f'<enclosure url="{address}" length="1234" type="audio/mpeg"/>{more}</item>'
    )
