"""Keeps articles: the page, its text, its pictures, in a folder of its own; the same page anew is another snapshot."""

import hashlib
import shutil
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from media_library.adapters.article_page import PageArticle, extracting, sanitise
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.content_downloader.article_page import NO_ARTICLE, Page, fetch_page, require_page
from media_library.content_downloader.article_pictures import Gathered, PictureHunt
from media_library.content_downloader.side_threads import side_by_side
from media_library.content_downloader.work import Work
from media_library.errors import VerificationFailed
from media_library.models.article import ArticleFacts
from media_library.models.content_job import ArticleOrder
from media_library.models.job import JobStage
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.repositories.base import now_ms
from media_library.services.article_folder import COVER, IMAGES, carry_over, write_snapshot
from media_library.services.articles import Articles, article_key
from media_library.services.covers import Covers
from media_library.services.file_naming import safe_component
from media_library.services.media_root import MediaRoot
from media_library.services.media_units import unit_of
from media_library.services.web_addresses import origin_of, parse_address

_MILLISECONDS_A_MINUTE = 60_000


class ArticleDownloader:
    """Does the jobs of articles."""

    def __init__(
        self, state: AppState, media_root: MediaRoot, http: HttpClient, articles: Articles, covers: Covers
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._http = http
        self._articles = articles
        self._covers = covers

    def run(self, work: Work, stop: threading.Event) -> None:
        """Fetch, read and keep the article that the job asks for; see ``Downloader``."""
        order = work.job.order
        assert isinstance(order, ArticleOrder)
        address = parse_address(order.url)
        earlier = _on_the_shelf(self._earlier(work, order, (article_key(address.key),)))
        if earlier is not None and order.media_id is None:
            self._lead_to(work, earlier)
            return
        page = self._page(work, order)
        article = self._read(work, page)
        work.rename(article.title)
        origins = self._origins(order.url, page.url, article.canonical_url)
        if earlier is None and (earlier := _on_the_shelf(work.known(origins))) is not None and order.page is None:
            self._state.remember_origins(earlier.id, origins)
            self._lead_to(work, earlier)
            return
        facts = _facts(order, page, article)
        if earlier is not None and (known := self._articles.remember(earlier)) is not None:
            if known.newest.digest == facts.digest:
                self._lead_to(work, earlier)
                return
            facts = replace(facts, fetched_at=max(facts.fetched_at, known.newest.fetched_at + 1))
        self._keep(work, page, article, facts, origins, earlier)

    def _keep(
        self,
        work: Work,
        page: Page,
        article: PageArticle,
        facts: ArticleFacts,
        origins: tuple[str, ...],
        earlier: Media | None,
    ) -> None:
        staged = work.staging / "article"
        gathered = self._gather(work, article, staged)
        content = sanitise(article.html, lambda src: _beside(src, gathered))
        if earlier is not None and earlier.file is not None:
            shutil.rmtree(staged / "versions", ignore_errors=True)
            carry_over(unit_of(earlier.media_type, self._media_root.path(earlier.file.path)), staged)
        if gathered.cover is not None:
            shutil.copyfile(gathered.cover, staged / COVER)
        text = write_snapshot(staged, facts, content, article.text, page.file.read_bytes())
        media = work.publish(text, self._new(facts, origins, earlier))
        self._articles.remember(media)
        if earlier is not None:
            self._state.describe_media(
                media.id, overview=facts.overview, published_at=facts.published_at, language=facts.language
            )
        self._cover(media)

    def _page(self, work: Work, order: ArticleOrder) -> Page:
        work.report(JobStage.DOWNLOAD, 5)
        if order.page is not None:
            page = Page(work.staging / order.page, order.url, "text/html; charset=utf-8", posted=True)
            require_page(page.file.read_bytes()[:2000], page.content_type)
            return page
        [page] = side_by_side(
            [lambda: fetch_page(self._http, order.url, work.staging)],
            at_once=1,
            tick=lambda done: work.report(JobStage.DOWNLOAD, 10),
        )
        return page

    def _read(self, work: Work, page: Page) -> PageArticle:
        reading = extracting(
            page.file, page.url, content_type=page.content_type, content_language=page.content_language
        )
        try:
            while True:
                work.report(JobStage.CONVERT, 30)
                next(reading)
        except StopIteration as end:
            article: PageArticle | None = end.value
        finally:
            reading.close()
        if article is None:
            raise VerificationFailed(NO_ARTICLE)
        return article

    def _gather(self, work: Work, article: PageArticle, staged: Path) -> Gathered:
        hunt = PictureHunt(self._http, staged / IMAGES, work.staging / "scratch")
        return hunt.gather(
            article.pictures,
            article.lead_picture,
            lambda done, count: work.report(JobStage.DOWNLOAD, 40 + 50 * done / max(1, count)),
        )

    def _new(self, facts: ArticleFacts, origins: tuple[str, ...], earlier: Media | None) -> NewMedia:
        library = self._state.library_of_kind(LibraryKind.ARTICLES)
        day = datetime.fromtimestamp((facts.published_at or facts.fetched_at) / 1000, UTC)
        path = f"{library.folder}/{safe_component(facts.site)}/{safe_component(f'{day:%Y-%m-%d} - {facts.title}')}"
        if earlier is not None and earlier.file is not None:
            path = earlier.file.path.rpartition("/")[0]
        return NewMedia(
            MediaType.ARTICLE,
            library.id,
            MediaNames(facts.title, day.year if facts.published_at else None, facts.site, artist=facts.author),
            MediaFile(f"{path}/article.html", 0, 0, 0, "html", facts.minutes * _MILLISECONDS_A_MINUTE),
            overview=facts.overview,
            published_at=facts.published_at,
            language=facts.language,
            origins=origins,
            replaces=None if earlier is None else earlier.id,
        )

    def _earlier(self, work: Work, order: ArticleOrder, origins: tuple[str, ...]) -> Media | None:
        if order.media_id is None:
            return work.known(origins)
        return self._state.media(order.media_id)

    def _origins(self, asked: str, answered: str, canonical: str | None) -> tuple[str, ...]:
        """The origins of an article; its plain addresses are among them unless they led to something before."""
        keys = _keys(asked, answered, canonical)
        free = [key for key in keys if self._state.media_by_origin((key,)) is None]
        return (*map(article_key, keys), *free)

    def _lead_to(self, work: Work, media: Media) -> None:
        """The article is there; a crash may have come before its snapshots and its cover were noted."""
        self._articles.remember(media)
        if not media.has_poster:
            self._cover(media)
        work.lead_to(media)

    def _cover(self, media: Media) -> None:
        """The lead picture stands for the article wherever items are shown, wide or cut."""
        if media.file is None:
            return
        cover = unit_of(media.media_type, self._media_root.path(media.file.path)) / COVER
        if cover.is_file():
            self._covers.put(media.id, cover, "still")
            self._covers.put(media.id, cover, "poster")


def _facts(order: ArticleOrder, page: Page, article: PageArticle) -> ArticleFacts:
    words = f"{article.title}\n{article.text}"
    return ArticleFacts(
        url=order.url,
        final_url=page.url,
        fetched_at=now_ms(),
        digest=hashlib.sha256(words.encode("utf-8", "replace")).hexdigest(),
        words=article.words,
        minutes=article.minutes,
        title=article.title,
        site=article.site or (urlsplit(page.url).hostname or "Unknown site").removeprefix("www."),
        author=article.author,
        published_at=article.published_at,
        language=article.language,
        right_to_left=article.right_to_left,
        overview=article.overview,
        content_type=page.content_type,
        posted=page.posted,
    )


def _on_the_shelf(media: Media | None) -> Media | None:
    if media is not None and media.deleted_at is not None:
        raise VerificationFailed(
            f"“{media.names.title}” is this article and lies in the bin. Bring it back from there."
        )
    return media


def _beside(src: str, gathered: Gathered) -> str | None:
    name = gathered.names.get(src.removeprefix("images/"))
    return None if name is None else f"{IMAGES}/{name}"


def _keys(asked: str, answered: str, canonical: str | None) -> list[str]:
    """The keys of its addresses. What a page calls itself counts within its own site only, or it could claim others."""
    known = [asked, answered]
    if canonical is not None and _site(canonical) == _site(answered):
        known.append(canonical)
    return list(dict.fromkeys(key for url in known if (key := origin_of(url)) is not None))


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    for prefix in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(prefix)
    return host
