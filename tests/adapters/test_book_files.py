"""What is found in the files of books, as publishers, calibre and collectors make them."""

import io
from pathlib import Path

import pytest
from PIL import Image

from media_library.adapters.book_files import chapter, words
from media_library.adapters.book_files.epub_package import resolve
from media_library.adapters.book_files.parse import read
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.signature import picture_type
from media_library.models.book import BookFacts, BookFile, BookFormat, BookPart, ContentsEntry
from tests.fixtures import books


def found_in(file: Path) -> BookFile:
    return read(file, file.with_suffix(".cover"))


def test_an_epub_3_tells_its_title_people_series_and_numbers(tmp_path: Path) -> None:
    book = found_in(books.epub(tmp_path / "no-suffix"))
    assert book.format is BookFormat.EPUB
    assert book.facts == BookFacts(
        "The Winter Orchard",
        ("Ada Applewood", "Ben Birch"),
        "en-GB",
        "Orchard & Sons",
        "2019-10-04",
        books.ISBN,
        "Four Seasons",
        4.0,
        "Snow falls on the orchard.\nNobody goes.",
    )
    assert book.facts.year == 2019


def test_an_epub_2_tells_what_calibre_wrote_into_it(tmp_path: Path) -> None:
    facts = found_in(books.epub(tmp_path / "a.epub", version=2)).facts
    assert (facts.title, facts.authors, facts.language) == ("Der Apfelgarten", ("Anna Apfel",), "de")
    assert (facts.series, facts.series_number) == ("Gärten", 2.5)
    assert (facts.published, facts.isbn) == ("1998-05", books.ISBN)


@pytest.mark.parametrize(("version", "titles"), [(3, ("One morning", "The fall")), (2, ("Eins", "Zwei"))])
def test_the_contents_lead_to_parts_and_places_in_them(tmp_path: Path, version: int, titles: tuple[str, str]) -> None:
    structure = found_in(books.epub(tmp_path / "a.epub", version=3 if version == 3 else 2)).structure
    assert structure.contents == (ContentsEntry(titles[0], 0), ContentsEntry(titles[1], 1, "deep", 1))
    assert structure.parts == (
        BookPart("OEBPS/text/one.xhtml", titles[0]),
        BookPart("OEBPS/text/two.xhtml", titles[1]),
    )
    assert structure.pictures == ("OEBPS/images/tree.png", "OEBPS/images/front.jpg")


def test_the_words_of_a_chapter_are_what_a_reader_reads(tmp_path: Path) -> None:
    text = found_in(books.epub(tmp_path / "a.epub")).text
    assert "It was a cold morning." in text
    assert "frozenapple" in text
    assert "<" not in text and "Two\n" in text


def test_the_cover_of_an_epub_is_the_picture_that_it_names(tmp_path: Path) -> None:
    for version in (2, 3):
        file = books.epub(tmp_path / f"{version}.epub", version=2 if version == 2 else 3)
        assert found_in(file).cover == f"{version}.cover"
        assert Image.open(tmp_path / f"{version}.cover").size == (200, 300)


def test_the_cover_of_an_epub_may_be_drawn_on_its_first_page(tmp_path: Path) -> None:
    chapters = {"text/cover.xhtml": ("<title/>", '<svg><image xlink:href="../images/front.jpg"/></svg>')}
    members = books.epub_members(chapters=chapters)
    members["OEBPS/book.opf"] = str(members["OEBPS/book.opf"]).replace(' properties="cover-image"', "")
    members["OEBPS/book.opf"] = str(members["OEBPS/book.opf"]).replace('id="cover"', 'id="x"')
    assert found_in(books.pack(tmp_path / "a.epub", members)).cover == "a.cover"


def test_a_broken_table_of_contents_makes_no_book_unreadable(tmp_path: Path) -> None:
    book = found_in(books.epub(tmp_path / "a.epub", more={"OEBPS/nav.xhtml": "<nav><ol><li>"}))
    assert book.structure.contents == ()
    assert len(book.structure.parts) == 2


@pytest.mark.parametrize("wrong", ["bom", "ampersand", "unknown name", "backslash", "prefix", "utf-16"])
def test_what_is_often_wrong_in_books_is_forgiven(tmp_path: Path, wrong: str) -> None:
    members = books.epub_members()
    package = str(members["OEBPS/book.opf"])
    match wrong:
        case "bom":
            members["OEBPS/book.opf"] = "\ufeff\n" + package
        case "ampersand":
            members["OEBPS/book.opf"] = package.replace("Orchard &amp; Sons", "Orchard & Sons")
        case "unknown name":
            members["OEBPS/book.opf"] = package.replace('<dc:title id="sub">', '<dc:title id="sub">&nothing;&eacute;')
        case "backslash":
            members = {name.replace("/", "\\"): content for name, content in members.items()}
        case "prefix":
            package = package.replace("<metadata", "<opf:metadata").replace("</metadata>", "</opf:metadata>")
            members["OEBPS/book.opf"] = package.replace("<spine>", "<opf:spine>").replace("</spine>", "</opf:spine>")
        case _:
            members["OEBPS/book.opf"] = package.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    book = found_in(books.pack(tmp_path / "a.epub", members))
    assert (book.facts.title, book.facts.publisher) == ("The Winter Orchard", "Orchard & Sons")
    assert len(book.structure.parts) == 2


def test_a_chapter_that_is_missing_in_the_file_is_no_part(tmp_path: Path) -> None:
    members = books.epub_members()
    del members["OEBPS/text/two.xhtml"]
    parts = found_in(books.pack(tmp_path / "a.epub", members)).structure.parts
    assert [part.path for part in parts] == ["OEBPS/text/one.xhtml"]


def test_fonts_may_be_hidden_for_they_leave_the_text_readable(tmp_path: Path) -> None:
    hidden = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
    for method in ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"):
        file = books.epub(tmp_path / "a.epub", more={"META-INF/encryption.xml": hidden.format(method)})
        assert found_in(file).format is BookFormat.EPUB


def test_a_comic_has_its_pages_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    book = found_in(books.cbz(tmp_path / "a.zip"))
    assert book.format is BookFormat.CBZ
    assert [page.path for page in book.structure.pages] == [f"comic/page{number}.png" for number in range(1, 12)]
    assert (book.structure.pages[0].width, book.structure.pages[0].height) == (41, 60)
    assert book.structure.page_count == 11
    assert book.structure.is_right_to_left
    assert book.cover == "a.cover"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_the_size_of_a_page_is_found_in_every_format(tmp_path: Path, form: str) -> None:
    written = io.BytesIO()
    noise = Image.effect_noise((700, 500), 90).convert("RGB")
    noise.save(written, form, **({"exif": b"Exif\0\0" + bytes(60_000)} if form == "JPEG" else {}))
    assert written.getbuffer().nbytes > 1 << 16
    file = books.pack(tmp_path / "a.cbz", {"1.jpg": written.getvalue()})
    (page,) = found_in(file).structure.pages
    assert (page.width, page.height) == (700, 500)


def test_a_comic_is_what_its_description_says(tmp_path: Path) -> None:
    facts = found_in(books.cbz(tmp_path / "a.cbz")).facts
    assert (facts.title, facts.authors) == ("The Fall", ("Ada Applewood", "Ben Birch"))
    assert (facts.series, facts.series_number, facts.published) == ("Orchard Stories", 3.0, "2011-07")
    untitled = books.COMIC_INFO.replace("<Title>The Fall</Title>", "")
    assert found_in(books.cbz(tmp_path / "b.cbz", more={"ComicInfo.xml": untitled})).facts.title == "Orchard Stories #3"
    broken = books.cbz(tmp_path / "c.cbz", more={"ComicInfo.xml": "<ComicInfo><Title>"})
    assert found_in(broken).facts == BookFacts()


def test_a_pdf_tells_its_title_people_outline_and_words(tmp_path: Path) -> None:
    book = found_in(books.pdf(tmp_path / "a.bin"))
    assert book.format is BookFormat.PDF
    assert book.facts.title == "The Orchard Manual"
    assert book.facts.authors == ("Ada Applewood", "Ben Birch")
    assert (book.facts.published, book.facts.overview) == ("2015-02-03", "How to prune")
    assert book.structure.contents == (ContentsEntry("Second page", 1),)
    assert book.structure.page_count == 3
    assert "Pruning page 3" in book.text


def test_the_cover_of_a_pdf_is_its_first_page(tmp_path: Path) -> None:
    found_in(books.pdf(tmp_path / "a.pdf"))
    cover = Image.open(tmp_path / "a.cover")
    assert (cover.format, cover.size) == ("JPEG", (1000, 1334))
    assert len(set(cover.convert("L").tobytes())) > 2, "there are words on the page"


def test_the_title_of_a_pdf_is_not_the_name_of_a_file(tmp_path: Path) -> None:
    for title in ("Microsoft Word - thesis_final2.doc", "report.indd", "untitled"):
        assert found_in(books.pdf(tmp_path / "a.pdf", info=f"/Title ({title})")).facts.title is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("978-0-306-40615-7", books.ISBN),
        ("ISBN 0-306-40615-2", books.ISBN),
        ("urn:isbn:9780306406157", books.ISBN),
        ("080442957X", "9780804429573"),
        ("9780306406158", None),
        ("0306406153", None),
        ("urn:uuid:12345678-1234", None),
        ("", None),
    ],
)
def test_an_isbn_is_kept_with_13_digits_when_its_check_digit_is_right(given: str, kept: str | None) -> None:
    assert words.isbn(given) == kept


def test_dates_and_languages_are_kept_as_far_as_they_make_sense() -> None:
    assert [words.date(text) for text in ("2019", "2019-13", "2019-02-31x", "0101-01-01T00:00", "soon", None)] == [
        "2019", "2019", "2019-02-31", None, None, None,
    ]  # fmt: skip
    assert [words.pdf_date(text) for text in ("D:20150203", "20150203040506", "D:2015", "Monday")] == [
        "2015-02-03", "2015-02-03", "2015", None,
    ]  # fmt: skip
    assert [words.language(text) for text in ("pt_br", "EN", "zh-hans-CN", "und", "English", "")] == [
        "pt-BR", "en", "zh-Hans-CN", None, None, None,
    ]  # fmt: skip


def test_a_line_has_no_control_or_direction_characters() -> None:
    assert words.line(" A\u202e\x07 title\n here ") == "A title here"
    assert words.line("\u200f\x00") is None
    assert len(words.line("x" * 5000) or "") == 300


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("two.xhtml#a%20b", ("OEBPS/text/two.xhtml", "a b")),
        ("../images/my%20tree.png", ("OEBPS/images/my tree.png", "")),
        ("#here", ("OEBPS/text/one.xhtml", "here")),
        ("https://example.org/x", ("", "")),
        ("//example.org/x", ("", "")),
        ("java\tscript:alert(1)", ("", "")),
        ("javascript:alert(1)", ("", "")),
        ("../../../etc/passwd", ("", "")),
        ("/etc/passwd", ("", "")),
        ("http://[", ("", "")),
    ],
)
def test_a_reference_leads_into_the_book_or_nowhere(reference: str, target: tuple[str, str]) -> None:
    assert resolve("OEBPS/text/one.xhtml", reference) == target


def test_a_chapter_is_decoded_as_it_declares() -> None:
    declared = '<?xml version="1.0" encoding="{}"?><p>Käse</p>'
    for encoding in ("utf-8", "iso-8859-1", "windows-1252"):
        assert "Käse" in chapter.decode(declared.format(encoding).encode(encoding))
    for encoding in ("utf-16", "utf-8-sig"):
        assert "Käse" in chapter.decode(declared.format(encoding).encode(encoding))
    for odd in ("no-such-code", "base64", "zlib", "utf-16"):
        assert "<p>" in chapter.decode(declared.format(odd).encode())


def test_elements_that_are_closed_at_once_swallow_nothing() -> None:
    assert chapter.as_html("<title/><a id='x'/>text<br/><script src='a'/>") == (
        "<title></title><a id='x'></a>text<br/><script src='a'></script>"
    )
    assert chapter.as_html('<svg:svg><svg:image xlink:href="a.png"/></svg:svg>') == '<img src="a.png">'


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_pictures_are_known_by_how_they_begin(form: str) -> None:
    written = io.BytesIO()
    Image.new("RGB", (16, 16)).save(written, form)
    assert picture_type(written.getvalue()[:32]) == f"image/{form.lower()}"


def test_a_vector_graphic_is_no_picture() -> None:
    assert picture_type(b"<svg xmlns='http://www.w3.org/2000/svg'><script>") is None
    assert picture_type(b"\x1f\x8b\x08gzip of a vector graphic") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><title>Sign in</title>", "web page"),
        (b"\n\n<HTML>", "web page"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"x" * 60 + b"BOOKMOBI", "Kindle"),
        (b"\x7fELF", "no book"),
        (b"PK\3\4 and then nothing", "incomplete"),
        (b"%PDF-1.7 and then nothing", "damaged"),
    ],
)
def test_threat_76_what_is_no_book_is_refused_with_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "promised.epub"
    file.write_bytes(content)
    with pytest.raises(BookRefused, match=said):
        found_in(file)


def test_an_archive_is_an_archive_though_a_pdf_begins_within_it(tmp_path: Path) -> None:
    inner = books.pdf(tmp_path / "inner.pdf").read_bytes()
    file = books.pack(tmp_path / "a.cbz", {"a.pdf": inner, "1.png": books.picture()}, stored=["a.pdf"])
    assert b"%PDF-" in file.read_bytes()[:1024]
    assert found_in(file).format is BookFormat.CBZ


def test_other_archives_are_refused_with_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(BookRefused, match="office document"):
        found_in(books.pack(tmp_path / "a.epub", {"[Content_Types].xml": "<Types/>", "word/a.xml": ""}))
    with pytest.raises(BookRefused, match="without a book"):
        found_in(books.pack(tmp_path / "a.cbz", {"run.exe": b"MZ", "readme.txt": "Hello"}))
    with pytest.raises(BookRefused, match="no picture"):
        found_in(books.pack(tmp_path / "b.cbz", {"page.jpg": b"<svg/>"}))
