"""The process of its own in which feeds, pages and transcripts are read: a file in, JSON out, nothing else.

Arguments: "feed", "page" or "transcript", the file, the address at which it was found, its content type.
"""

import sys
from pathlib import Path

import msgspec

from media_library.adapters.feeds.decoding import Refused
from media_library.adapters.feeds.page_links import find_links
from media_library.adapters.feeds.reading import read_feed
from media_library.adapters.feeds.transcripts import transcript_of
from media_library.models.podcast import Feed, FoundFeed, Transcript


class Reply(msgspec.Struct, omit_defaults=True):
    """What the child says: a feed, the feeds of a page, a transcript, or why it read nothing."""

    feed: Feed | None = None
    found: tuple[FoundFeed, ...] = ()
    transcript: Transcript | None = None
    refused: str | None = None


def reply(what: str, content: bytes, url: str, content_type: str) -> Reply:
    """Read ``content`` as ``what`` says."""
    try:
        if what == "page":
            return Reply(found=find_links(content, url))
        if what == "transcript":
            return Reply(transcript=transcript_of(content, content_type))
        return Reply(feed=read_feed(content, url, content_type))
    except Refused as reason:
        return Reply(refused=str(reason))


if __name__ == "__main__":
    _what, _file, _url, _content_type = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.json.encode(reply(_what, Path(_file).read_bytes(), _url, _content_type)))
