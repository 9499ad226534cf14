"""An article as an EPUB: its structure, its XML, what each file says of the others."""

import io
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from media_library.adapters.article_page import sanitise
from media_library.models.article import ArticleFacts
from media_library.services.article_document import Headline
from media_library.services.epub_export import write_epub
from tests.article_worker import picture
from tests.fixtures.scripts import PAYLOADS

OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
XHTML, OPS = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
CONTENT = (
    '<div><p lang="de">Größe &amp; &lt;Mehr&gt;&nbsp;<br>x</p><hr>'
    '<img src="images/1.jpg" alt="&quot;A&quot;" width="10">'
    '<ol start="3"><li>y</li></ol><a href="https://e.org/?a=1&amp;b=2">z</a><img src="images/2.jpg"></div>'
)


KNOWN = ArticleFacts(
    "https://e.org/?a=1&b=2",
    "https://e.org/",
    1714700000000,
    "digest",
    10,
    1,
    "Winter orchard",
    "Site",
    published_at=1714620600000,
    language="en",
    overview="About <it>",
)


def export(content: str = CONTENT, *, cover: bytes | None = None, **facts: Any) -> bytes:
    known = replace(KNOWN, **facts)
    headline = Headline(known.title, "Site", "Jane Doe", known.published_at, 1, known.url)
    file = io.BytesIO()
    write_epub(file, headline, known, sanitise(content), {"1.jpg": lambda: picture(kind="JPEG")}, cover)
    return file.getvalue()


def parts(epub: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_begins_as_the_standard_says() -> None:
    epub = export()
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert epub[30:58] == b"mimetypeapplication/epub+zip"
    assert export() == epub


@pytest.mark.parametrize("cover", [None, b"\xff\xd8\xff a cover"])
def test_every_file_is_named_in_the_manifest_and_is_there(cover: bytes | None) -> None:
    files = parts(export(cover=cover))
    container = ElementTree.fromstring(files["META-INF/container.xml"])
    [rootfile] = [one.get("full-path") for one in container.iter() if one.tag.endswith("rootfile")]
    assert rootfile == "EPUB/package.opf"
    package = ElementTree.fromstring(files[rootfile])
    assert package.get("version") == "3.0"
    items = {one.get("id"): one for one in package.iter(f"{OPF}item")}
    assert {f"EPUB/{one.get('href')}" for one in items.values()} == files.keys() - {
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
    }
    assert all(one.get("idref") in items for one in package.iter(f"{OPF}itemref"))
    assert [one.get("href") for one in items.values() if one.get("properties") == "nav"] == ["nav.xhtml"]
    covers = [one.get("href") for one in items.values() if one.get("properties") == "cover-image"]
    assert covers == ([] if cover is None else ["cover.jpg"])
    types = {
        "xhtml": "application/xhtml+xml",
        "jpg": "image/jpeg",
        "css": "text/css",
        "ncx": "application/x-dtbncx+xml",
    }
    assert all(one.get("media-type") == types[str(one.get("href")).rpartition(".")[2]] for one in items.values())


def test_the_package_says_what_the_article_is() -> None:
    package = ElementTree.fromstring(parts(export())["EPUB/package.opf"])
    told = {one.tag.removeprefix(DC): one.text for one in package.iter() if one.tag.startswith(DC)}
    assert told == {
        "identifier": told["identifier"],
        "title": "Winter orchard",
        "language": "en",
        "source": "https://e.org/?a=1&b=2",
        "date": "2024-05-02T03:30:00Z",
        "creator": "Jane Doe",
        "publisher": "Site",
        "description": "About <it>",
    }
    assert package.get("unique-identifier") == "id"
    modified = [one.text for one in package.iter(f"{OPF}meta") if one.get("property") == "dcterms:modified"]
    assert modified == ["2024-05-03T01:33:20Z"]


def test_every_document_is_well_formed_and_leads_only_to_what_is_there() -> None:
    files = parts(export(cover=b"\xff\xd8\xff"))
    for name, content in files.items():
        if not name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            continue
        root = ElementTree.fromstring(content)
        for element in root.iter():
            for address in (element.get("src"), element.get("href") if element.tag != f"{XHTML}a" else None):
                assert address is None or f"EPUB/{address}" in files, f"{name}: {address}"
    nav = ElementTree.fromstring(files["EPUB/nav.xhtml"])
    assert [one.get(f"{OPS}type") for one in nav.iter(f"{XHTML}nav")] == ["toc"]
    assert [(one.get("href"), one.text) for one in nav.iter(f"{XHTML}a")] == [("article.xhtml", "Winter orchard")]


def test_the_text_is_the_article_s() -> None:
    chapter = ElementTree.fromstring(parts(export())["EPUB/article.xhtml"])
    text = "".join(chapter.itertext())
    assert "Größe & <Mehr>\N{NO-BREAK SPACE}x" in text and "Jane Doe · Site · 2 May 2024" in text
    [image] = list(chapter.iter(f"{XHTML}img"))
    assert (image.get("src"), image.get("alt"), image.get("width")) == ("images/1.jpg", '"A"', "10")
    assert [one.get("href") for one in chapter.iter(f"{XHTML}a")][-1] == "https://e.org/?a=1&b=2"


def test_what_is_read_from_right_to_left_says_so() -> None:
    files = parts(export(language="ar", right_to_left=True))
    assert ElementTree.fromstring(files["EPUB/article.xhtml"]).get("dir") == "rtl"
    [spine] = list(ElementTree.fromstring(files["EPUB/package.opf"]).iter(f"{OPF}spine"))
    assert spine.get("page-progression-direction") == "rtl"


@pytest.mark.parametrize("title", ["<b>&\"'", "a\x00b\x1bc\ufffe", "]]>", "x" * 5000, "{title} {0} %s", "שלום"])
def test_no_title_breaks_it(title: str) -> None:
    files = parts(export(title=title))
    for name in ("EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/article.xhtml"):
        ElementTree.fromstring(files[name])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_threat_116_no_payload_is_left_in_it(payload: str) -> None:
    chapter = ElementTree.fromstring(parts(export(f"<p>before</p>{payload}"))["EPUB/article.xhtml"])
    for element in chapter.iter():
        assert not any(name.startswith("on") for name in element.attrib)
        assert element.tag.removeprefix(XHTML) not in (
            "script",
            "svg",
            "math",
            "iframe",
            "form",
            "object",
            "style",
            "base",
        )
        assert "script:" not in (element.get("href") or "")
