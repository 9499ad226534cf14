"""OPML files of other programs, and ours."""

import pytest

from media_library.adapters.opml import Outline, read_opml, write_opml
from media_library.errors import InvalidInput


def test_what_is_written_is_read_again() -> None:
    outlines = [
        Outline("https://a.example/feed?x=1&y=2", 'Tom & "Jerry" <3', "Talk & more"),
        Outline("https://b.example/", "Бета", "Talk & more"),
        Outline("https://c.example/", "Alone"),
    ]
    assert sorted(read_opml(write_opml(outlines).encode()), key=lambda one: one.url) == outlines


def test_groups_names_and_cases_of_other_programs() -> None:
    found = read_opml(
        b"""<?xml version="1.0" encoding="ISO-8859-1"?><opml version="1.0"><head/><body>
        <outline text="News"><outline text="Inner"><outline text="A" XMLURL=" https://a.example/ "/></outline>
        <outline title="B\xe9" text="other" xmlUrl="https://b.example/"/></outline>
        <outline type="rss" xmlUrl="https://c.example/"/><outline text="again" xmlUrl="https://a.example/"/>
        <outline text="no feed" htmlUrl="https://d.example/"/></body></opml>"""
    )
    assert found == [
        Outline("https://a.example/", "A", "Inner"),
        Outline("https://b.example/", "Bé", "News"),
        Outline("https://c.example/", "https://c.example/", None),
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"no xml", b"<opml><body>", b"<html><body/></html>", b"{}", b"\x00\xff",
     b'<?xml version="1.0" encoding="x"?><opml/>', b"<opml>" + b"<outline>" * 100 + b"</outline>" * 100 + b"</opml>"],
)  # fmt: skip
def test_what_is_no_opml_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="OPML file"):
        read_opml(content)


def test_threat_95_a_document_type_is_refused() -> None:
    for inner in (b'[<!ENTITY a "x">]', b'SYSTEM "file:///etc/passwd"', b""):
        with pytest.raises(InvalidInput, match="DOCTYPE"):
            read_opml(b"<!DOCTYPE opml " + inner + b"><opml><body/></opml>")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(InvalidInput, match="5 MB"):
        read_opml(b" " * 6_000_000)
    many = b"".join(b'<outline xmlUrl="https://a.example/%d"/>' % number for number in range(5_001))
    with pytest.raises(InvalidInput, match="5,000"):
        read_opml(b"<opml>" + many + b"</opml>")


def test_threat_120_control_and_direction_characters_do_not_get_into_a_file() -> None:
    text = write_opml([Outline("https://a.example/", "A\u202e\x00\n\"><outline xmlUrl='x'/>", "G\x07")])
    assert "\x00" not in text and "\u202e" not in text and "\x07" not in text
    assert [one.url for one in read_opml(text.encode())] == ["https://a.example/"]
