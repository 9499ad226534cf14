"""The folder of an article: its text, its pictures, what is known of it, the page as it came, and earlier snapshots.

``article.html`` any browser can read, ``images/`` and ``cover.jpg`` lie beside it; ``article.json`` holds the facts of
the snapshot, ``article.txt`` the words that are searched, ``original.html.gz`` the answer of the site; each earlier
snapshot has the same in ``versions/<when>/``, without a cover.
"""

import gzip
import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from media_library.errors import NotFound
from media_library.models.article import ArticleFacts, ArticleVersion
from media_library.models.media import Media
from media_library.services.article_document import content_of, document, headline_of
from media_library.services.media_files import open_below
from media_library.services.media_root import MediaRoot

TEXT = "article.html"
IMAGES = "images"
COVER = "cover.jpg"
_FACTS = "article.json"
_WORDS = "article.txt"
_ORIGINAL = "original.html.gz"
_VERSIONS = "versions"
_MOST_VERSIONS = 50
_MOST_TEXT_BYTES = 64 * 1024 * 1024
_MOST_FACTS_BYTES = 1024 * 1024
_MOST_IMAGE_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot, read for being shown. ``content`` must be sanitised first; ``folder`` is below the media folder."""

    facts: ArticleFacts
    content: str
    folder: str


def write_snapshot(folder: Path, facts: ArticleFacts, content: str, words: str, original: bytes) -> Path:
    """Write a snapshot into a staged folder that holds its pictures already; returns the file of the text."""
    text = folder / TEXT
    text.write_text(document(headline_of(facts), facts, content), "utf-8")
    (folder / _WORDS).write_text(words, "utf-8", "replace")
    (folder / _FACTS).write_bytes(msgspec.json.format(msgspec.json.encode(facts), indent=2) + b"\n")
    (folder / _ORIGINAL).write_bytes(gzip.compress(original, 6, mtime=0))
    return text


def carry_over(article: Path, staged: Path) -> None:
    """Put the snapshots of an article into the staged folder that will take its place, as its earlier ones.

    Files are linked, not copied, where the file system can.
    """
    newest = _facts_in(article / _FACTS)
    earlier = article / _VERSIONS
    kept = sorted((one for one in earlier.iterdir() if one.is_dir()), reverse=True) if earlier.is_dir() else []
    for one in kept[: _MOST_VERSIONS - 1]:
        shutil.copytree(one, staged / _VERSIONS / one.name, copy_function=_link)
    if newest is not None:
        place = staged / _VERSIONS / str(newest.fetched_at)
        place.mkdir(parents=True, exist_ok=True)
        for name in (TEXT, _FACTS, _WORDS, _ORIGINAL):
            if (article / name).is_file():
                _link(str(article / name), str(place / name))
        if (article / IMAGES).is_dir():
            shutil.copytree(article / IMAGES, place / IMAGES, copy_function=_link)


def versions_in(article: Path) -> list[tuple[ArticleFacts, ArticleVersion]]:
    """The snapshots that lie in the folder of an article, the newest first."""
    folders = [article]
    if (article / _VERSIONS).is_dir():
        folders += sorted((article / _VERSIONS).iterdir(), reverse=True)
    facts = [found for one in folders if (found := _facts_in(one / _FACTS)) is not None]
    facts.sort(key=lambda one: one.fetched_at, reverse=True)
    return [(one, ArticleVersion(one.fetched_at, one.digest, one.words, one.minutes)) for one in facts]


def words_in(article: Path) -> str:
    """The words of the newest snapshot that lies in the folder of an article; empty if they are gone."""
    try:
        return (article / _WORDS).read_text("utf-8", "replace")
    except OSError:
        return ""


def read_snapshot(media_root: MediaRoot, media: Media, version: ArticleVersion, *, is_newest: bool) -> Snapshot:
    """Read a snapshot of an article; raises ``NotFound`` if its files are gone, ``StorageError`` when offline."""
    folder = _place(media, version, is_newest=is_newest)
    text = _read(media_root, f"{folder}/{TEXT}", _MOST_TEXT_BYTES).decode("utf-8", "replace")
    try:
        facts = msgspec.json.decode(_read(media_root, f"{folder}/{_FACTS}", _MOST_FACTS_BYTES), type=ArticleFacts)
    except msgspec.MsgspecError as error:
        raise NotFound("What was known of this article cannot be read any more. Fetch it again.") from error
    return Snapshot(facts, content_of(text), folder)


def read_image(media_root: MediaRoot, snapshot_folder: str, name: str) -> bytes:
    """A picture of a snapshot; raises ``NotFound``."""
    return _read(media_root, f"{snapshot_folder}/{IMAGES}/{name}", _MOST_IMAGE_BYTES)


def image_folder(media: Media, version: ArticleVersion, *, is_newest: bool) -> str:
    """Where the pictures of a snapshot are told to lie, for ``read_image``."""
    return _place(media, version, is_newest=is_newest)


def _place(media: Media, version: ArticleVersion, *, is_newest: bool) -> str:
    if media.file is None:
        raise NotFound("This article has no file.")
    folder = PurePosixPath(media.file.path).parent
    return str(folder if is_newest else folder / _VERSIONS / version.id)


def _read(media_root: MediaRoot, path: str, most_bytes: int) -> bytes:
    with open_below(media_root, path) as file:
        content = file.read(most_bytes + 1)
    if content is None or len(content) > most_bytes:
        raise NotFound("A file of this article is too large to be shown.")
    return content


def _facts_in(file: Path) -> ArticleFacts | None:
    try:
        if file.stat().st_size > _MOST_FACTS_BYTES:
            return None
        return msgspec.json.decode(file.read_bytes(), type=ArticleFacts)
    except (OSError, msgspec.MsgspecError):
        return None


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
