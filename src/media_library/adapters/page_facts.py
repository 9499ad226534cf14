"""A first look at a web page: what it says of itself, which feeds it names, whether it is an article."""

import tempfile
from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import ToolFailed

_CHILD = "media_library.adapters.article_page.glance"
_SECONDS = 8
_MEMORY_BYTES = 1024 * 1024 * 1024
_MOST_ANSWER_BYTES = 1024 * 1024
_MOST_PAGE_BYTES = 5 * 1024 * 1024
_MOST_HEADER = 200


class PageFeed(msgspec.Struct, frozen=True):
    """A feed that a page names; ``kind`` is its content type."""

    url: str
    title: str
    kind: str


class PageFacts(msgspec.Struct, frozen=True):
    """What a page says of itself.

    ``kinds`` are the types that it gives itself (``og:type``, then those of its JSON-LD objects);
    ``article_score`` is how sure it is that it is an article, 0 to 1; ``language`` is BCP 47.
    """

    title: str | None = None
    description: str | None = None
    picture_url: str | None = None
    site: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    kinds: tuple[str, ...] = ()
    article_score: float = 0.0
    is_article: bool = False
    feeds: tuple[PageFeed, ...] = ()


def read_page(html: bytes, url: str, content_type: str = "") -> PageFacts:
    """Look at a page that was answered at ``url``; of a very long one only the first 5 MB.

    The page is parsed in a child process without network. Raises ``ToolFailed`` if it is too tangled.
    """
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(html[:_MOST_PAGE_BYTES])
        finished = process.run(
            python_argv(_CHILD, page, url, content_type[:_MOST_HEADER]),
            timeout_seconds=_SECONDS,
            sandbox=Sandbox(read=(page,), memory_bytes=_MEMORY_BYTES, cpu_seconds=_SECONDS, file_bytes=0),
            max_output_bytes=_MOST_ANSWER_BYTES,
        )
    try:
        if finished.code == 0:
            return msgspec.json.decode(finished.stdout, type=PageFacts)
    except msgspec.MsgspecError:
        pass
    raise ToolFailed(
        "The page is too tangled to be looked at.", finished.stderr.decode("utf-8", "replace").splitlines()
    )
