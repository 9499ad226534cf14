"""Writes an article as an EPUB 3: one chapter, its pictures, a cover, a table of contents.

https://www.w3.org/TR/epub-33/; the old table of contents (NCX) is there for readers of EPUB 2.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import IO

from media_library.models.article import ArticleFacts
from media_library.services.article_document import Headline, written_date
from media_library.services.xhtml import as_xhtml

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_SHEET = """body{line-height:1.5;overflow-wrap:break-word}
h1,h2,h3{line-height:1.2}
img{max-width:100%;height:auto}
figure{margin:1em 0}
figcaption,.about{font-size:.85em;color:#555}
blockquote{margin:1em 0;padding-left:1em;border-left:3px solid #999}
pre{white-space:pre-wrap}
table{border-collapse:collapse}
th,td{border:1px solid #999;padding:.3em .6em}
.cover{text-align:center;margin:0}
"""
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}{direction}>
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>{body}</body>
</html>
"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{id}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
<dc:source>{url}</dc:source>
<dc:date>{date}</dc:date>
{told}
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
{items}
</manifest>
<spine toc="ncx"{direction}>
{spine}
</spine>
</package>
"""
_CONTENTS = """<nav epub:type="toc"><h1>{title}</h1>
<ol><li><a href="article.xhtml">{title}</a></li></ol></nav>"""
_OLD_CONTENTS = """<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="{id}"/></head>
<docTitle><text>{title}</text></docTitle>
<navMap><navPoint id="article" playOrder="1"><navLabel><text>{title}</text></navLabel>
<content src="article.xhtml"/></navPoint></navMap>
</ncx>
"""


def write_epub(
    target: IO[bytes],
    headline: Headline,
    facts: ArticleFacts,
    content: str,
    images: Mapping[str, Callable[[], bytes]],
    cover: bytes | None,
) -> None:
    """Write an article to ``target``.

    ``content`` is sanitised HTML; ``images`` reads each of its pictures by the name that stands behind ``images/``;
    ``cover`` is a JPEG. A picture that cannot be read was left out by the caller.
    """
    book = _Book(headline, facts)
    text = as_xhtml(content, lambda src: src if src.removeprefix("images/") in images else None)
    used = [name for name in images if f'src="images/{name}"' in text]
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _add(archive, "META-INF/container.xml", _CONTAINER)
        _add(archive, "EPUB/package.opf", book.package(used, has_cover=cover is not None))
        _add(archive, "EPUB/nav.xhtml", book.contents())
        _add(archive, "EPUB/toc.ncx", book.old_contents())
        _add(archive, "EPUB/style.css", _SHEET)
        if cover is not None:
            _add(archive, "EPUB/cover.jpg", cover, zipfile.ZIP_STORED)
            _add(archive, "EPUB/cover.xhtml", book.page('<p class="cover"><img src="cover.jpg" alt=""/></p>'))
        _add(archive, "EPUB/article.xhtml", book.page(f"{book.header()}\n{text}"))
        for name in used:
            _add(archive, f"EPUB/images/{name}", images[name](), zipfile.ZIP_STORED)


class _Book:
    """The files around the text."""

    def __init__(self, headline: Headline, facts: ArticleFacts) -> None:
        self._headline = headline
        self._facts = facts
        self._title = _text(headline.title)
        self._language = facts.language or "und"
        self._id = f"urn:sha256:{hashlib.sha256(f'{facts.url} {facts.digest}'.encode()).hexdigest()}"

    def page(self, body: str) -> str:
        language = f' lang="{_text(self._language)}" xml:lang="{_text(self._language)}"'
        direction = ' dir="rtl"' if self._facts.right_to_left else ""
        return _PAGE.format(title=self._title, language=language, direction=direction, body=body)

    def header(self) -> str:
        headline = self._headline
        date = None if headline.published_at is None else written_date(headline.published_at)
        about = " · ".join(one for one in (headline.author, headline.site, date) if one)
        source = f'<p class="about"><a href="{_text(headline.url)}">{_text(headline.url)}</a></p>'
        return f'<h1>{self._title}</h1>\n<p class="about">{_text(about)}</p>\n{source}'

    def package(self, images: list[str], *, has_cover: bool) -> str:
        headline = self._headline
        moment = headline.published_at or self._facts.fetched_at
        items = [
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            '<item id="article" href="article.xhtml" media-type="application/xhtml+xml"/>',
        ]
        if has_cover:
            items.append('<item id="cover" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>')
            items.append('<item id="cover-page" href="cover.xhtml" media-type="application/xhtml+xml"/>')
        for number, name in enumerate(images):
            kind = _TYPES[name.rpartition(".")[2]]
            items.append(f'<item id="image-{number}" href="images/{name}" media-type="{kind}"/>')
        told = {"creator": headline.author, "publisher": headline.site, "description": self._facts.overview}
        metadata = [f"<dc:{name}>{_text(value)}</dc:{name}>" for name, value in told.items() if value]
        metadata += ['<meta name="cover" content="cover"/>'] if has_cover else []
        spine = ['<itemref idref="cover-page" linear="no"/>'] if has_cover else []
        return _PACKAGE.format(
            id=self._id,
            title=self._title,
            language=_text(self._language),
            url=_text(headline.url),
            date=_moment(moment),
            modified=_moment(self._facts.fetched_at),
            told="\n".join(metadata),
            items="\n".join(items),
            direction=' page-progression-direction="rtl"' if self._facts.right_to_left else "",
            spine="\n".join([*spine, '<itemref idref="article"/>']),
        )

    def contents(self) -> str:
        return self.page(_CONTENTS.format(title=self._title))

    def old_contents(self) -> str:
        return _OLD_CONTENTS.format(id=self._id, title=self._title)


def _add(archive: zipfile.ZipFile, name: str, content: str | bytes, kind: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = kind
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("", value))


def _moment(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds // 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"
