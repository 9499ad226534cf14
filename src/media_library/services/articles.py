"""Articles: asking for one, fetching one anew, reading a snapshot, writing it as an EPUB."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from media_library.adapters.article_page import sanitise
from media_library.app_state import AppState
from media_library.errors import InvalidInput, MediaLibraryError, NotFound
from media_library.models.article import Article, ArticleVersion
from media_library.models.content_job import ArticleOrder
from media_library.models.identity import Identity
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaType
from media_library.models.user import Viewer
from media_library.repositories.base import new_id
from media_library.services import publishing
from media_library.services.article_document import Headline, Look, document
from media_library.services.article_folder import (
    Snapshot,
    image_folder,
    read_image,
    read_snapshot,
    versions_in,
    words_in,
)
from media_library.services.content import Added, Content
from media_library.services.epub_export import write_epub
from media_library.services.media_root import MediaRoot
from media_library.services.media_units import unit_of
from media_library.services.web_addresses import WebAddress, parse_address

POSTED = "posted.html"
"""The name, in the staging folder of its job, of a page that a browser sent."""

_IMAGE = re.compile(r"[0-9a-f]{1,64}\.(?:jpg|png)")
_MOST_INLINE_BYTES = 48 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """An article that somebody may see."""

    media: Media
    article: Article

    def version(self, version_id: str | None) -> ArticleVersion:
        """A snapshot by its id, or the newest; raises ``NotFound``."""
        if version_id is None:
            return self.article.newest
        found = next((one for one in self.article.versions if one.id == version_id), None)
        if found is None:
            raise NotFound("There is no such snapshot of this article.")
        return found


class Articles:
    """What people do with articles."""

    def __init__(self, state: AppState, media_root: MediaRoot, content: Content) -> None:
        self._state = state
        self._media_root = media_root
        self._content = content

    def add(self, actor: Identity, url: str, html: str | None) -> Added:
        """Keep the article at an address; ``html`` is its page as a browser showed it, which is then not fetched.

        An article that is there already is the answer, or gets a new snapshot if ``html`` is given.
        Raises ``InvalidInput`` and ``Forbidden``.
        """
        address = parse_address(url)
        key = article_key(address.key)
        if html is None:
            return self._queue(actor, address, ArticleOrder(address.url), key)
        if not html.strip():
            raise InvalidInput("The page is empty.", "html")
        self._content.library_for(actor, LibraryKind.ARTICLES)
        existing = self._content.existing(actor, (key,))
        media_id = None if existing is None else existing.media_id
        job_id = new_id()
        staging = self._media_root.staging(job_id)
        (staging / POSTED).write_bytes(html.encode("utf-8", "replace"))
        order = ArticleOrder(address.url, POSTED, media_id)
        added = self._queue(actor, address, order, f"posted:{address.key}", job_id=job_id)
        if added.job is None or added.job.id != job_id:
            publishing.remove(staging)
        return added

    def refresh(self, actor: Identity, media_id: str) -> Added:
        """Fetch an article anew; what changed becomes a new snapshot. Raises ``NotFound``."""
        found = self.open(actor.viewer, media_id)
        address = parse_address(found.article.url)
        return self._queue(actor, address, ArticleOrder(address.url, None, media_id), f"refresh:{media_id}")

    def open(self, viewer: Viewer, media_id: str) -> OpenArticle:
        """An article that the viewer may see; raises ``NotFound``."""
        media = self._state.media_for(viewer, media_id)
        if media.media_type is not MediaType.ARTICLE:
            raise NotFound("This item is no article.")
        article = self._state.article(media_id) or self.remember(media)
        if article is None:
            raise NotFound("The files of this article are gone. Were they moved or deleted outside of this program?")
        return OpenArticle(media, article)

    def remember(self, media: Media) -> Article | None:
        """Note the snapshots that lie in the folder of an article, and its words; ``None`` if there are none."""
        if media.file is None:
            return None
        folder = unit_of(media.media_type, self._media_root.path(media.file.path))
        found = versions_in(folder)
        if not found:
            return None
        article = Article(found[0][0].url, tuple(version for _, version in found))
        words = words_in(folder)
        with self._state.transaction():
            self._state.put_article(media.id, article.url, article.versions)
            self._state.put_media_text(media.id, words)
        return article

    def page(self, found: OpenArticle, version_id: str | None, look: Look, *, image_url: str | None) -> str:
        """A snapshot as a document, sanitised again.

        Its pictures get the addresses ``<image_url>/<name>``, or stand in the document themselves if that is ``None``.
        """
        snapshot, version = self._read(found, version_id)
        if image_url is not None:
            content = sanitise(snapshot.content, lambda src: f"{image_url}/{_name(src)}?version={version.id}")
        else:
            content = sanitise(snapshot.content, self._inlining(snapshot))
        return document(_headline(found, snapshot, version), snapshot.facts, content, look)

    def image(self, found: OpenArticle, version_id: str | None, name: str) -> bytes:
        """A picture of a snapshot by its name; raises ``NotFound``."""
        if not _IMAGE.fullmatch(name):
            raise NotFound("There is no such picture.")
        version = found.version(version_id)
        folder = image_folder(found.media, version, is_newest=version == found.article.newest)
        return read_image(self._media_root, folder, name)

    def write_epub(self, found: OpenArticle, version_id: str | None, cover: bytes | None, target: IO[bytes]) -> None:
        """Write a snapshot as an EPUB; ``cover`` is a JPEG."""
        snapshot, version = self._read(found, version_id)
        images: dict[str, Callable[[], bytes]] = {}

        def note(src: str) -> str | None:
            name = _name(src)
            try:
                read_image(self._media_root, snapshot.folder, name)
            except MediaLibraryError:
                return None
            images[name] = partial(read_image, self._media_root, snapshot.folder, name)
            return src

        content = sanitise(snapshot.content, note)
        write_epub(target, _headline(found, snapshot, version), snapshot.facts, content, images, cover)

    def _queue(
        self,
        actor: Identity,
        address: WebAddress,
        order: ArticleOrder,
        origin: str,
        *,
        job_id: str | None = None,
    ) -> Added:
        return self._content.add(
            actor,
            order,
            kind=LibraryKind.ARTICLES,
            title=address.url,
            origins=(origin,),
            address=address,
            job_id=job_id,
        )

    def _read(self, found: OpenArticle, version_id: str | None) -> tuple[Snapshot, ArticleVersion]:
        version = found.version(version_id)
        is_newest = version == found.article.newest
        return read_snapshot(self._media_root, found.media, version, is_newest=is_newest), version

    def _inlining(self, snapshot: Snapshot) -> Callable[[str], str | None]:
        """Pictures as ``data:`` addresses, each read once, until there are too many bytes of them."""
        known: dict[str, str | None] = {}
        room = _MOST_INLINE_BYTES

        def address(src: str) -> str | None:
            nonlocal room
            if src not in known:
                known[src] = None
                try:
                    picture = read_image(self._media_root, snapshot.folder, _name(src))
                except MediaLibraryError:
                    return None
                if len(picture) <= room:
                    room -= len(picture)
                    known[src] = f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
            return known[src]

        return address


def article_key(key: str) -> str:
    """The origin of an article, by the key of an address: the same address may also have led to a video."""
    return f"article:{key}"


def _headline(found: OpenArticle, snapshot: Snapshot, version: ArticleVersion) -> Headline:
    """What stands above it: names as people corrected them, the rest as the page had it."""
    names = found.media.names
    return Headline(
        names.title, names.show_title, names.artist, snapshot.facts.published_at, version.minutes, found.article.url
    )


def _name(src: str) -> str:
    return src.removeprefix("images/")
