"""Podcast feeds: recognises, finds and reads them; what came from the network is read in a process of its own."""

import re
import tempfile
from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.feeds.chapters import read_chapters
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import InvalidInput, ToolFailed, ToolStalled
from media_library.models.podcast import Feed, FoundFeed, Transcript

__all__ = [
    "MOST_FEED_BYTES",
    "FeedUnreadable",
    "find_in_page",
    "looks_like_feed",
    "parse",
    "read_chapters",
    "read_transcript",
]

MOST_FEED_BYTES = 20 * 1024 * 1024
"""A larger feed is not read."""

_CHILD = "media_library.adapters.feeds.child"
_SECONDS = 40.0
_CPU_SECONDS = 25
_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s/>]", re.IGNORECASE)


class FeedUnreadable(InvalidInput):
    """What was found at an address is no feed that can be read."""

    code = "feed_unreadable"


class _Reply(msgspec.Struct):
    feed: Feed | None = None
    found: tuple[FoundFeed, ...] = ()
    transcript: Transcript | None = None
    refused: str | None = None


def looks_like_feed(content: bytes) -> bool:
    """Whether the first bytes of an answer are those of RSS or Atom."""
    start = content[:4096].replace(b"\0", b"")  # UTF-16 of ASCII characters
    return _START.search(start) is not None and b"<html" not in start.lower()


def parse(content: bytes, url: str, content_type: str = "") -> Feed:
    """The feed in ``content``, which was found at ``url``. Raises ``FeedUnreadable``."""
    reply = _ask("feed", content, url, content_type)
    if reply.feed is None:
        raise FeedUnreadable(f"This is not a feed that can be read: {reply.refused}. Check the address.")
    return reply.feed


def find_in_page(content: bytes, base_url: str) -> list[FoundFeed]:
    """The feeds that a web page names, in its order. Raises ``FeedUnreadable``."""
    return list(_ask("page", content, base_url, "").found)


def read_transcript(content: bytes, kind: str) -> Transcript | None:
    """The transcript in ``content``, which calls itself ``kind``; ``None`` if there is no text in it.

    Raises ``FeedUnreadable``.
    """
    return _ask("transcript", content, "", kind).transcript if content else None


def _ask(what: str, content: bytes, url: str, content_type: str) -> _Reply:
    with tempfile.TemporaryDirectory(prefix="media-library-") as folder:
        file = Path(folder) / "content"
        file.write_bytes(content)
        argv = python_argv(_CHILD, what, file, url, content_type[:200])
        sandbox = Sandbox(read=(file,), cpu_seconds=_CPU_SECONDS, file_bytes=0)
        try:
            finished = process.run(argv, timeout_seconds=_SECONDS, sandbox=sandbox)
            if finished.code != 0:
                raise FeedUnreadable("This could not be read: its reader was ended. Check the address.")
            return msgspec.json.decode(finished.stdout, type=_Reply)
        except ToolStalled as error:
            raise FeedUnreadable("This takes too long to read. Check the address.") from error
        except (ToolFailed, msgspec.MsgspecError) as error:
            raise FeedUnreadable("This could not be read. Check the address.") from error
