"""Gets the page of an article from its site, and says in one sentence what it is if it is none."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from media_library.adapters.http import HttpClient, RequestFailed, RequestRefused
from media_library.errors import TransientFailure, VerificationFailed

_SECONDS = 45.0
_MOST_BYTES = 20 * 1024 * 1024
_HEADERS = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_CLOSED = frozenset({401, 402, 403, 406, 451})
_PAGE, _ANSWER = "page.html", "page.json"

NO_ARTICLE = (
    "There is no article on this page. If it asks for a sign-in or shows its text by a script, open it in your browser"
    " and add it with the bookmarklet."
)

_HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
_SIGNATURES = (
    (b"%PDF-", "a PDF file. Add it as a book"),
    (b"PK\x03\x04", "a file, such as an EPUB or an archive. Add it as a book if it is one"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_KINDS = (
    ("application/pdf", "a PDF file. Add it as a book"),
    ("application/epub", "an EPUB. Add it as a book"),
    ("application/rss", "a feed. Follow it as a podcast"),
    ("application/atom", "a feed. Follow it as a podcast"),
    ("image/", "a picture"),
    ("video/", "a video. Add it as a video"),
    ("audio/", "a sound file. Add it as a video, for its sound only"),
    ("text/plain", "plain text"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page on disk, and what its site said of it. ``url`` is where it came from in the end."""

    file: Path
    url: str
    content_type: str = ""
    content_language: str = ""
    posted: bool = False


def fetch_page(http: HttpClient, url: str, staging: Path) -> Page:
    """Fetch a page into the staging folder, unless it lies there already.

    Raises ``TransientFailure`` for what may work later, ``VerificationFailed`` for what is no page, and what the
    client raises for the rest.
    """
    there = fetched_page(staging)
    if there is not None:
        return there
    try:
        answer = http.get(url, timeout_seconds=_SECONDS, max_bytes=_MOST_BYTES, headers=_HEADERS)
    except RequestRefused:
        raise
    except RequestFailed as error:
        if error.is_transient:
            raise TransientFailure(str(error), error.retry_after_seconds) from error
        if error.status in _CLOSED:
            raise VerificationFailed(
                f"The site does not show this page to us (status {error.status}). Open it in your browser and add it"
                " with the bookmarklet."
            ) from error
        raise
    page = Page(
        staging / _PAGE,
        answer.url,
        answer.headers.get("content-type", "")[:200],
        answer.headers.get("content-language", "")[:50],
    )
    require_page(answer.body, page.content_type)
    page.file.write_bytes(answer.body)
    (staging / _ANSWER).write_bytes(msgspec.json.encode([page.url, page.content_type, page.content_language]))
    return page


def fetched_page(staging: Path) -> Page | None:
    """The page that an earlier try fetched, if it came to its end."""
    try:
        url, content_type, language = msgspec.json.decode((staging / _ANSWER).read_bytes(), type=tuple[str, str, str])
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    return Page(staging / _PAGE, url, content_type, language)


def require_page(body: bytes, content_type: str) -> None:
    """Raise ``VerificationFailed``, naming what it is, for what is no HTML."""
    kind = content_type.partition(";")[0].strip().lower()
    what = next((name for signature, name in _SIGNATURES if body.startswith(signature)), None)
    if what is None and kind not in _HTML:
        what = next((name for start, name in _KINDS if kind.startswith(start)), f"a file of the type {kind[:60]}")
    if what is None and body.lstrip()[:200].startswith((b"<rss", b"<feed", b"<?xml")) and _is_feed(body):
        what = "a feed. Follow it as a podcast"
    if what is not None:
        raise VerificationFailed(f"This address is no page with an article but {what}.")


def _is_feed(body: bytes) -> bool:
    head = body[:2000].lower()
    return (b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head) and b"<html" not in head
