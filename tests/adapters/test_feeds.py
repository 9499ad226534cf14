"""Feeds in all their shapes, read by the real parser in its own process, the hostile ones among them."""

import json
import time

import pytest

from media_library.adapters import feeds
from media_library.adapters.feeds import FeedUnreadable
from media_library.adapters.feeds.child import reply
from media_library.adapters.feeds.transcripts import transcript_of
from media_library.models.podcast import Feed
from tests.feed_texts import ITUNES, PODCAST, channel, item

URL = "https://shows.example/feed.xml"


def read(text: str | bytes, url: str = URL, content_type: str = "") -> Feed:
    """The feed as the child reads it, without starting one."""
    content = text.encode() if isinstance(text, str) else text
    said = reply("feed", content, url, content_type)
    assert said.feed is not None, said.refused
    return said.feed


def test_an_rss_feed_with_all_that_podcasts_say() -> None:
    feed = feeds.parse(
        channel(
            "<itunes:author>Ann &amp; Ben</itunes:author><language>en-GB</language><link>https://shows.example/</link>"
            '<itunes:image href="cover.jpg"/><description>About <![CDATA[<b>rain</b>]]></description>'
            "<itunes:complete>Yes</itunes:complete>",
            item(
                "First",
                guid="one",
                published="Mon, 06 Sep 2021 00:01:00 +0200",
                more="<itunes:duration>1:02:03</itunes:duration><itunes:season>2</itunes:season>"
                '<itunes:episode>7</itunes:episode><itunes:image href="/one.jpg"/>'
                "<description>short</description>"
                "<content:encoded><![CDATA[<p>Long <i>notes</i></p>]]></content:encoded>"
                '<podcast:chapters url="one.json" type="application/json+chapters"/>'
                '<podcast:transcript url="one.html" type="text/html"/>'
                '<podcast:transcript url="one.srt" type="application/srt"/>'
                '<podcast:transcript url="one.vtt" type="text/vtt"/>'
                '<podcast:transcript url="one.txt" type="text/plain"/>',
            ),
            title="Rain &amp; Wind",
        ).encode(),
        URL,
    )
    assert (feed.title, feed.author, feed.language, feed.is_complete) == ("Rain & Wind", "Ann & Ben", "en-GB", True)
    assert feed.image_url == "https://shows.example/cover.jpg"
    assert "rain" in feed.overview
    (first,) = feed.episodes
    assert (first.guid, first.title, first.season, first.episode) == ("one", "First", 2, 7)
    assert first.published_at == 1_630_879_260_000
    assert first.duration_ms == 3_723_000
    assert first.notes == "<p>Long <i>notes</i></p>"
    assert first.enclosure_url == "https://shows.example/audio/one.mp3"
    assert (first.enclosure_type, first.enclosure_bytes) == ("audio/mpeg", 1234)
    assert first.image_url == "https://shows.example/one.jpg"
    assert first.chapters_url == "https://shows.example/one.json"
    assert (first.transcript_url, first.transcript_type) == ("https://shows.example/one.vtt", "text/vtt")


def test_an_atom_feed() -> None:
    feed = feeds.parse(
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title><author><name>Cleo</name></author>
        <link rel="alternate" href="https://atoms.example/"/><entry><title>One</title><id>tag:atoms,1</id>
        <published>2024-02-29T23:30:00-01:00</published><link rel="enclosure" type="audio/ogg" href="/1.ogg"/>
        <content type="html">&lt;p&gt;Hello&lt;/p&gt;</content></entry></feed>""",
        "https://atoms.example/feed",
    )
    assert (feed.title, feed.author) == ("Atoms", "Cleo")
    (one,) = feed.episodes
    assert (one.guid, one.enclosure_url, one.notes) == ("tag:atoms,1", "https://atoms.example/1.ogg", "<p>Hello</p>")
    assert one.published_at == 1_709_253_000_000


@pytest.mark.parametrize("prefix", ["podcast", "pc", "ns1"])
def test_the_podcast_namespace_counts_whatever_its_prefix(prefix: str) -> None:
    more = f'<{prefix}:chapters url="https://x.example/c.json"/><{prefix}:transcript url="t.vtt" type="text/vtt"/>'
    (one,) = read(channel("", item("A", more=more), namespaces={prefix: PODCAST})).episodes
    assert (one.chapters_url, one.transcript_url) == ("https://x.example/c.json", "https://shows.example/t.vtt")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:02:03", 3723), ("62:03", 3723), ("3723", 3723), ("3723.7", 3723), ("01:02:03.500", 3723), ("0:45", 45),
        ("1h 2m 3s", 3723), ("90 minutes", 5400), ("", None), ("soon", None), ("-5", None), ("1:2:3:4", None),
        ("99999999999", None), ("0", None), ("10:00:00:00", None),
    ],
)  # fmt: skip
def test_durations_as_feeds_write_them(text: str, seconds: int | None) -> None:
    (one,) = read(channel("", item("A", more=f"<itunes:duration>{text}</itunes:duration>"))).episodes
    assert one.duration_ms == (None if seconds is None else seconds * 1000)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 06 Sep 2021 00:01:00 GMT", 1_630_886_460_000),
        ("6 Sep 2021 00:01 +0000", 1_630_886_460_000),
        ("Mon, 06 Sep 2021 00:01:00 EST", 1_630_904_460_000),
        ("2021-09-06T00:01:00Z", 1_630_886_460_000),
        ("Mon, 31 Feb 2021 00:01:00 GMT", None),
        ("yesterday", None),
        ("Fri, 01 Jan 9999 00:00:00 GMT", None),
    ],
)
def test_dates_become_utc(text: str, moment: int | None) -> None:
    (one,) = read(channel("", item("A", published=text))).episodes
    assert one.published_at == moment


def test_an_entry_without_a_guid_is_known_by_its_enclosure() -> None:
    text = channel("", '<item><title>A</title><enclosure url="https://x.example/a.mp3" type="audio/mpeg"/></item>')
    assert read(text).episodes[0].guid == "https://x.example/a.mp3"


def test_entries_that_share_a_guid_are_told_apart_by_what_they_enclose() -> None:
    same = [item("A", guid="same", name="a"), item("B", guid="same", name="b"), item("B again", guid="same", name="b")]
    found = read(channel("", *same)).episodes
    assert [(one.title, one.guid[-5:]) for one in found] == [("A", "a.mp3"), ("B", "b.mp3")]
    repeated = read(channel("", item("A", guid="same"), item("A", guid="same"))).episodes
    assert [one.guid for one in repeated] == ["same"]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "/etc/passwd\x00", "javascript:alert(1)", "ftp://x.example/a.mp3", "http://", "x:/", ""],
)  # fmt: skip
def test_threat_84_what_is_no_web_address_is_dropped(address: str) -> None:
    text = channel(
        f"<itunes:image href='{address}'/><itunes:new-feed-url>{address}</itunes:new-feed-url>",
        f"<item><guid>1</guid><enclosure url='{address}' type='audio/mpeg'/></item>".replace("\x00", "&#0;"),
    ).replace("\x00", "")
    feed = read(text)
    assert feed.episodes == () or all(one.enclosure_url.startswith("https://shows.example/") for one in feed.episodes)
    assert feed.moved_to is None or feed.moved_to.startswith("https://shows.example/")


@pytest.mark.parametrize(
    ("declared", "encoded"),
    [
        ("utf-8", "utf-8"), ("iso-8859-1", "iso-8859-1"), ("windows-1252", "cp1252"), ("utf-16", "utf-16"),
        ("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("us-ascii", "utf-8"), ("nonsense", "utf-8"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_even_where_the_feed_is_wrong_about_it(declared: str, encoded: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + channel("", item("Größe"), title="Über Käse")
    feed = read(text.encode(encoded))
    assert (feed.title, feed.episodes[0].title) == ("Über Käse", "Größe")


def test_the_encoding_of_the_answer_counts_where_the_feed_names_none() -> None:
    text = channel("", item("Привет")).encode("koi8-r")
    assert read(text, content_type="text/xml; charset=koi8-r").episodes[0].title == "Привет"


def test_titles_are_lines_without_markup_and_control_characters() -> None:
    title = "A &lt;b&gt;bold&lt;/b&gt; \u202etitle &amp;amp; more " + "x" * 600
    (one,) = read(channel("", item(title))).episodes
    assert one.title.startswith("A bold title & more xxx")
    assert len(one.title) <= 500


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    text = channel("", item("Tom & Jerry"), item("Second", guid="2")).replace("</channel></rss>", "")
    assert [one.title for one in read(text).episodes] == ["Tom & Jerry", "Second"]


DOCUMENT_TYPES = {
    "billion laughs": b'<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]><rss><title>&b;</title></rss>',
    "outside entity": b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><title>&a;</title></rss>',
    "over http": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><rss/>',
    "parameter entity": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]><rss/>',
    "behind a comment": b'<?xml version="1.0"?><!-- - -- >\n--><?pi x?>\n<!DOCTYPE a><rss/>',
    "in UTF-16": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY a "x">]><rss/>'.encode("utf-16"),
}


@pytest.mark.parametrize("name", DOCUMENT_TYPES)
def test_threat_95_a_document_type_is_refused_before_anything_is_parsed(name: str) -> None:
    started = time.process_time()
    said = reply("feed", DOCUMENT_TYPES[name], URL, "")
    assert said.feed is None and "document type" in str(said.refused)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "ebcdic-cp-us", "cp037", "unicode_escape", "rot13", "zlib"])
def test_threat_95_an_encoding_that_hides_a_document_type_is_refused(encoding: str) -> None:
    hidden = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + b"+ADw-!DOCTYPE a+AD4-<rss/>"
    assert reply("feed", hidden, URL, "").feed is None


def test_threat_95_a_million_elements_in_each_other_are_refused_at_once() -> None:
    started = time.process_time()
    assert "nested too deeply" in str(reply("feed", b"<rss>" + b"<a>" * 1_000_000, URL, "").refused)
    assert time.process_time() - started < 1


def test_threat_96_of_100_000_entries_the_newest_5_000_are_kept() -> None:
    entries = "".join(
        f"<item><guid>{number}</guid><pubDate>Mon, 06 Sep {1990 + number // 5_000} 00:01:00 GMT</pubDate>"
        f'<enclosure url="https://x.example/{number}.mp3"/></item>'
        for number in range(100_000)
    )
    feed = feeds.parse(channel("", entries).encode(), URL)
    assert feed.entries == 100_000
    assert {one.guid for one in feed.episodes} == {str(number) for number in range(95_000, 100_000)}
    with pytest.raises(FeedUnreadable, match="100,000 entries"):
        feeds.parse(channel("", entries, item("one more")).encode(), URL)


def test_a_feed_larger_than_20_mb_is_refused() -> None:
    with pytest.raises(FeedUnreadable, match="20 MB"):
        feeds.parse(b"<rss>" + b" " * feeds.MOST_FEED_BYTES, URL)


@pytest.mark.parametrize("content", [b"", b"not a feed", b"<html><body>Hello</body></html>", b"\x00\xff" * 100, b"{}"])
def test_what_is_no_feed_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(FeedUnreadable, match="Check the address"):
        feeds.parse(content, URL)


def test_threat_83_the_content_is_never_taken_for_a_path_or_an_address() -> None:
    for content in (b"/etc/passwd", b"file:///etc/passwd", b"http://127.0.0.1:1/feed"):
        with pytest.raises(FeedUnreadable):
            feeds.parse(content, URL)


@pytest.mark.parametrize(
    ("content", "is_feed"),
    [
        (b'<?xml version="1.0"?>\n<rss version="2.0">', True),
        (b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom">', True),
        (b'<?xml version="1.0"?><rdf:RDF xmlns="x">', True),
        ('<rss version="2.0">'.encode("utf-16"), True),
        (b"<!doctype html><html><pre>&lt;rss&gt;</pre> <rss >", False),
        (b"%PDF-1.7", False),
    ],
)
def test_a_feed_is_recognised_by_its_beginning(content: bytes, is_feed: bool) -> None:
    assert feeds.looks_like_feed(content) is is_feed


def test_the_feeds_of_a_page_are_found_in_its_order() -> None:
    page = b"""<!doctype html><html><head><base href="https://cdn.example/show/">
    <LINK REL="alternate" TYPE="application/rss+xml; charset=utf-8" HREF="feed.xml" TITLE="Rain &amp; Wind">
    <link rel="alternate" type="application/atom+xml" href="//other.example/atom">
    <link rel="alternate" type="application/rss+xml" href="feed.xml" title="again">
    <link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">
    <link rel="alternate" type="text/html" href="/de"><link rel="stylesheet" href="x.css"></head>"""
    found = feeds.find_in_page(page, "https://shows.example/about")
    assert [(one.url, one.title) for one in found] == [
        ("https://cdn.example/show/feed.xml", "Rain & Wind"),
        ("https://other.example/atom", ""),
    ]


def test_namespaces_without_declaration_do_not_stop_the_reading() -> None:
    text = channel("", item("A", more="<itunes:duration>60</itunes:duration>"), namespaces={})
    assert read(text).episodes[0].title == "A"
    assert ITUNES not in text


@pytest.mark.parametrize(
    "text",
    [
        "<item " * 150_000,
        "<rss>" + "<item></entry" * 80_000,
        "<pubDate" * 120_000,
        "<itunes:duration>1h" + " " * 1_000_000,
        "<?" * 500_000,
        "<!--" * 250_000,
    ],
    ids=["open", "crossed", "dates", "spaces", "instructions", "comments"],
)
def test_no_text_keeps_the_reader_busy_for_long(text: str) -> None:
    started = time.process_time()
    reply("feed", f"<rss><channel>&<{text}".encode(), URL, "")
    assert time.process_time() - started < 10


def test_notes_of_thousands_of_elements_are_taken_as_text() -> None:
    (one,) = read(
        channel("", item("A", more=f"<description><![CDATA[{'<ul><li>' * 8_000}word]]></description>"))
    ).episodes
    assert "<" not in one.notes.replace("<p>", "").replace("</p>", "")


def test_plain_notes_keep_their_paragraphs_and_lines() -> None:
    notes = "One &amp;amp; two\nthree\n\nfour"
    (one,) = read(channel("", item("A", more=f"<description>{notes}</description>"))).episodes
    assert one.notes == "<p>One &amp; two<br>three</p><p>four</p>"


# ── chapters ──


def test_chapters_are_put_in_order_and_end_where_the_next_begins() -> None:
    content = json.dumps(
        {
            "version": "1.2.0",
            "chapters": [
                {"startTime": 30.5, "title": "Two", "img": "https://x.example/2.jpg"},
                {"startTime": 0, "title": "One\u202e\n"},
                {"startTime": 40, "title": "hidden", "toc": False},
                {"startTime": 50, "endTime": 55},
                {"startTime": 500, "title": "beyond the end"},
            ],
        }
    ).encode()
    found = [(one.title, one.start_ms, one.end_ms) for one in feeds.read_chapters(content, 60_000)]
    assert found == [("One", 0, 30_500), ("Two", 30_500, 50_000), ("Chapter 3", 50_000, 55_000)]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"chapters": 1}', b'{"chapters": [{"startTime": "x"}]}', b"[" * 100_000, b"\xff",
     b'{"chapters": [{"startTime": -1, "title": "x"}, {"startTime": 1e300, "title": "y"}]}'],
)  # fmt: skip
def test_chapters_that_are_not_understood_are_none(content: bytes) -> None:
    assert feeds.read_chapters(content, 60_000) == ()


# ── transcripts ──

VTT = b"""\xef\xbb\xbfWEBVTT - title

STYLE
::cue { color: red }

1
00:01.000 --> 00:02.500 align:start
<v Ann>Hello <b>there</b></v>

00:00:02.500 --> 00:00:04.000
second &amp; last
line
"""


def test_a_webvtt_transcript_is_written_anew_without_its_styles() -> None:
    found = feeds.read_transcript(VTT, "text/vtt")
    assert found is not None and found.suffix == ".vtt"
    assert found.content == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Ann>Hello there\n\n"
        "00:00:02.500 --> 00:00:04.000\nsecond &amp; last line\n"
    )
    assert found.text == "Ann: Hello there\nsecond & last line"


def test_a_subrip_transcript_keeps_its_times() -> None:
    found = feeds.read_transcript(b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n\r\n2\r\nbroken\r\n", "application/srt")
    assert found is not None and "00:00:01.000 --> 00:00:02.000\nHi" in found.content


def test_a_json_transcript_names_a_speaker_once() -> None:
    segments = [
        {"speaker": "Ann", "startTime": 0.5, "endTime": 1, "body": "Hello"},
        {"speaker": "Ann", "startTime": 1, "endTime": 2, "body": "again"},
        {"startTime": 2, "body": "no end"},
    ]
    found = feeds.read_transcript(json.dumps({"version": "1.0.0", "segments": segments}).encode(), "application/json")
    assert found is not None and found.text == "Ann: Hello\nagain\nno end"
    assert found.content.count("<v Ann>") == 2


def test_a_speaker_cannot_leave_the_mark_that_names_them() -> None:
    segments = [{"speaker": "A>--> <script>&", "startTime": 0, "endTime": 1, "body": "x --> <v B>y"}]
    found = feeds.read_transcript(json.dumps({"segments": segments}).encode(), "application/json")
    assert found is not None and found.content.endswith("\n<v A -- script>x --&gt; &lt;v B&gt;y\n")


def test_an_html_transcript_becomes_plain_text() -> None:
    page = (
        b"<html><head><title>x</title></head><body><p>Hello</p><script>alert(1)</script><p>you &lt;all&gt;</p></body>"
    )
    found = feeds.read_transcript(page, "text/html")
    assert found is not None and (found.suffix, found.text) == (".txt", "Hello\n\nyou <all>")


@pytest.mark.parametrize("kind", ["text/vtt", "application/srt", "application/json", "text/html", "text/plain"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"WEBVTT\n\n", b'{"segments": []}'])
def test_threat_115_a_transcript_never_carries_markup(kind: str, content: bytes) -> None:
    for payload in (b"<script>alert(1)</script>", b"<img src=x onerror=alert(1)>", b"<svg/onload=alert(1)>"):
        cue = b"\n\n00:00:01.000 --> 00:00:02.000\n" + payload + b" &lt;script&gt; word"
        found = transcript_of(content + cue, kind)
        if found is not None and found.suffix == ".vtt":
            assert "<" not in found.content.replace("-->", "")
