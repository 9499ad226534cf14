"""The process of its own in which feeds and pages of others are read: a file in, JSON out, nothing else.

Arguments: "feed" or "page", the file, the address at which it was found, the content type of the answer.
"""

import sys
from pathlib import Path

import msgspec

from media_library.adapters.feeds.decoding import Refused
from media_library.adapters.feeds.page_links import find_links
from media_library.adapters.feeds.reading import read_feed
from media_library.models.podcast import Feed, FoundFeed


class Reply(msgspec.Struct, omit_defaults=True):
    """What the child says: a feed, the feeds of a page, or why it read nothing."""

    feed: Feed | None = None
    found: tuple[FoundFeed, ...] = ()
    refused: str | None = None


def reply(what: str, content: bytes, url: str, content_type: str) -> Reply:
    """Read ``content`` as ``what`` says."""
    try:
        if what == "page":
            return Reply(found=find_links(content, url))
        return Reply(feed=read_feed(content, url, content_type))
    except Refused as reason:
        return Reply(refused=str(reason))


if __name__ == "__main__":
    _what, _file, _url, _content_type = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.json.encode(reply(_what, Path(_file).read_bytes(), _url, _content_type)))
