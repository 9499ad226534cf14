"""Files that are protected, broken or built to do harm are refused in a sentence, quickly and cheaply."""

import contextlib
import io
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from media_library.adapters.book_files.archive import opened
from media_library.adapters.book_files.parse import read
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.xml_tree import read_xml
from tests.fixtures import books


def refusal_of(file: Path) -> str:
    started = time.process_time()
    with pytest.raises(BookRefused) as refused:
        read(file, file.with_suffix(".cover"))
    assert time.process_time() - started < 2
    return str(refused.value)


def many_entries(path: Path, count: int) -> Path:
    """An archive of ``count`` empty entries, written by hand for speed."""
    name = b"META-INF/container.xml"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name
    central = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(central) * count, len(local), 0)
    path.write_bytes(local + central * count + end)
    return path


def test_threat_65_a_part_that_grows_out_of_all_proportion_is_refused(tmp_path: Path) -> None:
    file = books.epub(tmp_path / "a.epub", more={"OEBPS/text/one.xhtml": b" " * (30 << 20)})
    assert "out of all proportion" in refusal_of(file)


def test_threat_65_a_million_parts_are_refused_before_they_are_read(tmp_path: Path) -> None:
    assert "20000 parts" in refusal_of(many_entries(tmp_path / "a.epub", 300_000))


def test_threat_65_the_number_of_parts_is_not_believed(tmp_path: Path) -> None:
    file = many_entries(tmp_path / "a.epub", 30_000)
    content = bytearray(file.read_bytes())
    content[-14:-10] = struct.pack("<2H", 1, 1)
    file.write_bytes(content)
    assert "20000 parts" in refusal_of(file)


def test_threat_65_a_second_directory_cannot_hide_behind_the_first(tmp_path: Path) -> None:
    """The record of ZIP64 overrules the plain one, so it is judged as well."""
    file = many_entries(tmp_path / "a.epub", 300_000)
    content = file.read_bytes()
    size = 300_000 * (46 + 22)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 300_000, 300_000, size, 52)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(content) - 22, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 68, 0xFFFFFFFF, 0)
    file.write_bytes(content[:-22] + record + locator + end)
    assert "20000 parts" in refusal_of(file)


def test_threat_65_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    file = books.pack(tmp_path / "a.cbz", {"1.png": books.picture(), "2.png": books.picture()}, stored=["1.png"])
    content = file.read_bytes()
    at = content.rfind(b"PK\1\2")
    file.write_bytes(content[: at + 42] + struct.pack("<L", 0) + content[at + 46 :])
    assert "overlap" in refusal_of(file)


def test_threat_65_a_part_never_gives_more_than_it_declares(tmp_path: Path) -> None:
    file = books.pack(tmp_path / "a.cbz", {"1.png": b"\x89PNG\r\n\x1a\n" + b"x" * 5000})
    content = bytearray(file.read_bytes())
    for at, place in ((content.find(b"PK\3\4"), 22), (content.find(b"PK\1\2"), 24)):
        content[at + place : at + place + 4] = struct.pack("<L", 100)
    file.write_bytes(content)
    with file.open("rb") as opening, opened(opening) as archive, pytest.raises(BookRefused, match="damaged"):
        archive.read("1.png", 1 << 20)


def test_a_part_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = books.pack(tmp_path / "a.cbz", {"1.png": books.picture() * 100}, stored=["1.png"])
    with file.open("rb") as opening, opened(opening) as archive:
        assert len(archive.read("1.png", 1 << 20)) == 100 * len(books.picture())
        with pytest.raises(BookRefused, match="larger"):
            archive.read("1.png", 100)
        with pytest.raises(BookRefused, match="missing"):
            archive.read("2.png", 100)


@pytest.mark.parametrize(
    "name", ["../x.png", "a/../../x.png", "/etc/passwd", "..\\x.png", "C:\\x.png", "\\\\host\\x.png"]
)
def test_threat_66_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    file = books.cbz(tmp_path / "in" / "a.cbz", more={name: books.picture()})
    assert "lead out" in refusal_of(file)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.cbz", "in"]


def test_threat_66_a_link_in_an_archive_is_only_a_text(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("page0.png")
    link.external_attr = 0o120777 << 16
    file = books.cbz(tmp_path / "a.cbz")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    book = read(file, tmp_path / "cover")
    assert "page0.png" not in [page.path for page in book.structure.pages]


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(books.cbz(tmp_path / "a.cbz").read_bytes())
    at = -1
    while (at := content.find(b"PK\1\2", at + 1)) >= 0:
        content[at + 8] |= 1
    (tmp_path / "a.cbz").write_bytes(content)
    assert "password" in refusal_of(tmp_path / "a.cbz")


def test_an_archive_packed_in_an_unusual_way_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.cbz", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("1.png", books.picture())
    assert "packed in a way" in refusal_of(tmp_path / "a.cbz")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
def test_an_archive_that_was_cut_off_is_refused(tmp_path: Path, kept: float) -> None:
    file = books.epub(tmp_path / "a.epub")
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * kept)])
    assert "Get it again" in refusal_of(file)


@pytest.mark.parametrize("name", ["META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml"])
def test_a_protected_epub_is_refused(tmp_path: Path, name: str) -> None:
    assert "DRM" in refusal_of(books.epub(tmp_path / "a.epub", more={name: "<x/>"}))


def test_an_epub_whose_text_is_encrypted_is_refused(tmp_path: Path) -> None:
    locked = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><enc:EncryptedData
    xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod
    Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></enc:EncryptedData></encryption>"""
    assert "DRM" in refusal_of(books.epub(tmp_path / "a.epub", more={"META-INF/encryption.xml": locked}))


def test_an_epub_without_a_description_or_a_text_is_refused(tmp_path: Path) -> None:
    members = books.epub_members()
    del members["OEBPS/book.opf"]
    assert "description" in refusal_of(books.pack(tmp_path / "a.epub", members))
    assert "no text" in refusal_of(books.pack(tmp_path / "b.epub", books.epub_members(chapters={})))


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    assert "password" in refusal_of(books.pdf(tmp_path / "a.pdf", encrypted=True))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><package>&b;</package>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><package>&a;</package>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]><package/>'


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, PARAMETER])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_threat_95_xml_that_declares_entities_is_refused(tmp_path: Path, text: str, encoding: str) -> None:
    file = books.epub(tmp_path / "a.epub", more={"OEBPS/book.opf": text.encode(encoding)})
    assert "entities" in refusal_of(file)


def test_threat_95_a_doctype_that_points_elsewhere_is_harmless() -> None:
    tree = read_xml(books.NCX.encode(), "contents")
    assert tree.tag == "ncx"


def test_threat_95_a_million_elements_within_each_other_are_refused() -> None:
    for text in ("<a>" * 1_000_000, "<r>" + "<a/>" * 1_000_000 + "</r>"):
        started = time.process_time()
        with pytest.raises(BookRefused, match="proportion"):
            read_xml(text.encode(), "description")
        assert time.process_time() - started < 2


@pytest.mark.parametrize("content", [b"", b"<a", b"<a><b></a>", b"\xff\xfe\x00", b"<?xml encoding='utf-7'?><a/>"])
def test_what_is_not_well_formed_is_refused(content: bytes) -> None:
    with pytest.raises(BookRefused, match="well-formed"):
        read_xml(content, "description")


def test_threat_67_pictures_that_would_fill_the_memory_are_no_pages(tmp_path: Path) -> None:
    more = {
        "big.png": books.png_of_size(65_535, 65_535),
        "wide.png": books.png_of_size(20_000, 10),
        "fits.png": books.png_of_size(50, 50),
    }
    file = books.cbz(tmp_path / "a.cbz", pages=1, more=dict(more))
    assert [page.path for page in read(file, tmp_path / "cover").structure.pages] == ["comic/page1.png", "fits.png"]


def test_threat_68_a_vector_graphic_is_never_among_the_pictures(tmp_path: Path) -> None:
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg'><script>hit()</script></svg>"
    file = books.epub(
        tmp_path / "a.epub", more={"OEBPS/images/tree.png": drawn, "OEBPS/x.svg": drawn, "OEBPS/y.jpg": drawn}
    )
    assert read(file, tmp_path / "cover").structure.pictures == ("OEBPS/images/front.jpg",)


def test_random_damage_never_raises_anything_else(tmp_path: Path) -> None:
    """Whatever is changed in a file, the answer is a book or a refusal."""
    for make in (books.epub, books.cbz, books.pdf):
        content = make(tmp_path / "whole").read_bytes()
        for seed in range(60):
            damaged = bytearray(content)
            for step in range(8):
                damaged[zlib.crc32(struct.pack("<II", seed, step)) % len(damaged)] ^= 1 + seed
            file = tmp_path / "damaged"
            file.write_bytes(damaged)
            with contextlib.suppress(BookRefused):
                read(file, tmp_path / "cover")


def test_an_archive_can_be_read_from_any_buffered_file(tmp_path: Path) -> None:
    file = books.cbz(tmp_path / "a.cbz")
    with io.BufferedReader(io.FileIO(file)) as opening, opened(opening) as archive:
        assert "comic/page1.png" in archive
