"""Fetches books: a file that was sent or that lies at an address is read by a confined child and put on the shelf."""

import email.message
import hashlib
import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from media_library.adapters import book_files
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.content_downloader.fetching import Fetched, FetchProgress, fetch
from media_library.content_downloader.work import Work
from media_library.errors import Conflict, StorageError, VerificationFailed
from media_library.models.book import BookFile
from media_library.models.content_job import BookOrder
from media_library.models.job import JobStage
from media_library.models.media import Media, MediaType
from media_library.services.book_shelf import BookShelf
from media_library.services.media_root import MediaRoot
from media_library.services.web_addresses import origin_of

log = logging.getLogger(__name__)

_EXTENDED_NAME = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)
_COVER_FOLDER = "cover"
_BLOCK_BYTES = 1 << 20
_FETCHED_PERCENT = 90.0


@dataclass(frozen=True, slots=True)
class _Source:
    """A file in hand; ``title`` is its name without suffix, ``addresses`` are the keys of where it came from."""

    file: Path
    title: str
    addresses: tuple[str, ...] = ()


class BookDownloader:
    """Does the jobs of books."""

    def __init__(
        self, state: AppState, media_root: MediaRoot, http: HttpClient, shelf: BookShelf, most_bytes: int
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._http = http
        self._shelf = shelf
        self._most_bytes = most_bytes

    def run(self, work: Work, stop: threading.Event) -> None:
        """Put the book of a job into the library, unless the same file is there."""
        order = work.job.order
        assert isinstance(order, BookOrder)
        if self._was_interrupted(work):
            return
        source = self._fetched(work, order.url) if order.url else self._uploaded(work, order)
        origins = (f"sha256:{_digest(source.file, work)}", *source.addresses)
        there = work.known(origins)
        if there is not None and there.deleted_at is not None:
            raise Conflict("This book is in the bin already. Bring it back from there.")
        if there is not None and there.file is not None:
            self._state.remember_origins(there.id, origins)
            work.lead_to(there)
            return
        found, cover = self._read(work, source.file)
        record = there or self._record(order, found)
        title = source.title if record is None else record.names.title
        new = self._shelf.new_media(found, title, origins=origins, replaces=record)
        work.rename(new.names.title)
        media = work.publish(source.file, new)
        self._shelf.complete(media, found, cover)

    def _was_interrupted(self, work: Work) -> bool:
        """Whether an earlier try already published the file; then what it could not say any more is said now."""
        published = self._state.media_of_job(work.job.id)
        if not published:
            return False
        media = self._state.media(published[0])
        if media.file is None:
            return False
        found, cover = self._read(work, self._media_root.path(media.file.path))
        self._shelf.complete(media, found, cover)
        work.lead_to(media)
        return True

    def _uploaded(self, work: Work, order: BookOrder) -> _Source:
        file = work.staging / PurePosixPath(order.upload or "").name
        if not order.upload or not file.is_file():
            raise VerificationFailed("The file that was sent is no longer there. Send it again.")
        return _Source(file, _stem(order.file_name or ""))

    def _fetched(self, work: Work, url: str) -> _Source:
        def tell(progress: FetchProgress) -> None:
            speed = f"{progress.bytes_per_second / 1e6:.1f} MB/s"
            percent = _FETCHED_PERCENT * progress.fraction
            work.report(JobStage.DOWNLOAD, percent, eta_seconds=progress.eta_seconds, speed=speed)

        def judge(_: Mapping[str, str], size_bytes: int | None) -> None:
            self._require_room(size_bytes or 0)

        work.report(JobStage.DOWNLOAD, 0.0)
        fetched = fetch(self._http, url, work.staging, max_bytes=self._most_bytes, tell=tell, judge=judge)
        keys = (origin_of(url), origin_of(fetched.url))
        return _Source(fetched.file, _stem(_name(fetched)), tuple(dict.fromkeys(key for key in keys if key)))

    def _read(self, work: Work, file: Path) -> tuple[BookFile, Path | None]:
        folder = work.staging / _COVER_FOLDER
        folder.mkdir(exist_ok=True)
        with closing(book_files.reading(file, folder)) as run:
            while True:
                work.report(JobStage.VERIFY, 95.0)
                try:
                    next(run)
                except StopIteration as end:
                    found: BookFile = end.value
                    break
        cover = folder / PurePosixPath(found.cover or "none").name
        # the child may have made anything under that name
        return found, cover if found.cover and cover.is_file() and not cover.is_symlink() else None

    def _record(self, order: BookOrder, found: BookFile) -> Media | None:
        """The book without a file that this file belongs to: the one that was named, or one of the same ISBN."""
        if order.media_id is not None:
            media = self._state.media(order.media_id)
            if media.file is None and media.media_type is MediaType.BOOK:
                return media
            log.info("%s has a file by now; this one becomes an item of its own", media.id)
        by_isbn = self._state.media_by_origin([f"isbn:{found.facts.isbn}"]) if found.facts.isbn else None
        is_record = by_isbn is not None and by_isbn.file is None and by_isbn.deleted_at is None
        return by_isbn if is_record else None

    def _require_room(self, size_bytes: int) -> None:
        free, _ = self._media_root.space()
        if free - size_bytes < self._media_root.reserve_bytes():
            raise StorageError("There is not enough room on the media drive for this book. Make room, then retry.")


def _digest(file: Path, work: Work) -> str:
    digest = hashlib.sha256()
    for block in _blocks(file):
        work.report(JobStage.VERIFY, _FETCHED_PERCENT)
        digest.update(block)
    return digest.hexdigest()


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK_BYTES):
            yield block


def _name(fetched: Fetched) -> str:
    """What the host calls a file (RFC 6266), or the end of its address."""
    told = fetched.headers.get("content-disposition", "")
    if extended := _EXTENDED_NAME.search(told):
        return unquote(extended[1])
    message = email.message.Message()
    message["Content-Disposition"] = told
    return message.get_filename("") or unquote(urlsplit(fetched.url).path)


def _stem(name: str) -> str:
    """The name of a file as a title."""
    return book_files.line(PurePosixPath(name.replace("\\", "/")).stem.replace("_", " ")) or ""
