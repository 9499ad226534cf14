"""Playlist files: what each kind says, and what hostile ones get."""

import csv
import io
import json
import time

import pytest

from media_library.adapters.playlist_files import MOST_CHARACTERS, ListFormat, read_playlist_file, write_playlist_file
from media_library.errors import InvalidInput
from media_library.models.collection import NewTrack

QUEEN = NewTrack("Bohemian Rhapsody", "Queen", "A Night at the Opera", "GBUM71029604", 354_000)


def read(name: str, content: str) -> list[NewTrack]:
    return list(read_playlist_file(name, content).tracks)


# ── M3U ──


def test_an_m3u_names_its_tracks_and_their_files() -> None:
    found = read_playlist_file(
        "my mix.m3u8",
        "\ufeff#EXTM3U\r\n#PLAYLIST:Best of\r\n#EXTINF:354,Queen - Bohemian Rhapsody\r\n"
        "#EXTALB:A Night at the Opera\r\n"
        "Queen\\A Night\\01 Bohemian Rhapsody.flac\r\n\r\n# a remark\r\n#EXTINF:-1,Untitled\r\nb.mp3\r\n",
    )
    assert found.title == "Best of" and found.dropped == 0
    assert found.tracks == (
        NewTrack(
            "Bohemian Rhapsody",
            "Queen",
            "A Night at the Opera",
            None,
            354_000,
            "Queen/A Night/01 Bohemian Rhapsody.flac",
        ),
        NewTrack("Untitled", path="b.mp3"),
    )


def test_an_m3u_without_names_is_read_by_the_names_of_its_files() -> None:
    found = read_playlist_file(
        "a.b.m3u",
        "/Users/you/Music/Queen/A Night at the Opera/11 - Bohemian Rhapsody.mp3\n07 Nena - 99 Luftballons.m4a\n"
        "99 Luftballons.ogg\n../../x/1979.opus\n",
    )
    assert found.title == "a.b"
    assert [(one.artist, one.album, one.title) for one in found.tracks] == [
        ("Queen", "A Night at the Opera", "Bohemian Rhapsody"),
        ("Nena", None, "99 Luftballons"),
        (None, None, "Luftballons"),
        (None, "x", "1979"),
    ]


def test_threat_120_what_an_m3u_points_to_elsewhere_is_dropped() -> None:
    found = read_playlist_file(
        "x.m3u",
        "#EXTM3U\n#EXTALBUMARTURL:file:///etc/passwd\n/etc/passwd\nfile:///etc/passwd\nfile:///music/a.mp3\n/etc/resolv.conf\n"
        "http://10.0.0.1/a.mp3\njavascript:alert(1)\n../../../../etc/shadow\n"
        "#EXTINF:100,A - One\nfile:///etc/passwd\n#EXTINF:100,A - Two\nhttp://169.254.169.254/x.mp3\n"
        "#EXTINF:100,A - Three\n/etc/passwd\n",
    )
    assert found.dropped == 7
    assert [(one.title, one.path) for one in found.tracks] == [("One", None), ("Two", None), ("Three", None)]
    assert "passwd" not in repr(found)


def test_the_list_of_a_video_stream_is_no_playlist_of_music() -> None:
    with pytest.raises(InvalidInput, match="video stream"):
        read("x.m3u8", "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:9.9,\nseg0.ts\n")


# ── CSV ──


@pytest.mark.parametrize(
    "content",
    [
        "Spotify ID,Artist IDs,Track Name,Album Name,Artist Name(s),Release Date,Duration (ms),Popularity,ISRC\n"
        "x,y,Bohemian Rhapsody,A Night at the Opera,Queen,1975,354000,80,GBUM71029604\n",
        "Track name;Artist name;Album;Playlist name;Type;ISRC;Duration\r\n"
        "Bohemian Rhapsody;Queen;A Night at the Opera;Mix;Playlist;GB-UM7-10-29604;5:54\r\n",
        '"title"\t"artist"\t"album"\t"isrc"\t"length"\n"Bohemian Rhapsody"\t"Queen"\t"A Night at the Opera"\t'
        '"gbum71029604"\t"354"\n\n',
    ],
    ids=["exportify", "tunemymusic", "tabs"],
)
def test_a_table_is_read_by_its_headings(content: str) -> None:
    assert read("x.csv", content) == [QUEEN]


def test_a_table_may_have_short_rows_odd_numbers_and_formulas() -> None:
    content = 'Title,Artist,ISRC,Duration\n\'=1+1,A,nonsense,1:02:03\nB\n,C\n"a\nb\u202e",D,,never\n'
    assert read("x.csv", content) == [
        NewTrack("=1+1", "A", None, None, 3_723_000),
        NewTrack("B"),
        NewTrack("a b", "D"),
    ]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "x" * 1000, '"' + "x" * 200_000, "Title\n"])
def test_a_table_of_something_else_is_refused(content: str) -> None:
    with pytest.raises(InvalidInput):
        read("x.csv", content)


# ── JSPF and XSPF ──


def test_a_jspf_is_read() -> None:
    listed = {
        "playlist": {
            "title": "Mix",
            "annotation": {"anything": [1]},
            "track": [
                {
                    "title": "Bohemian Rhapsody",
                    "creator": "Queen",
                    "album": "A Night at the Opera",
                    "duration": 354000.0,
                    "identifier": ["https://musicbrainz.org/recording/x", "urn:isrc:GBUM71029604"],
                    "location": ["file:///etc/passwd"],
                },
                {"title": "B", "identifier": "https://example.org/isrc/GBUM71029605", "duration": -5},
                {"creator": "nothing"},
            ],
        }
    }
    found = read_playlist_file("x.jspf", json.dumps(listed))
    assert (found.title, found.dropped) == ("Mix", 1)
    assert found.tracks == (QUEEN, NewTrack("B", isrc="GBUM71029605"))


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"playlist": {"track": [1]}}', '{"playlist": 1}', '{"a":' * 100_000, "[" * 100_000, '{"playlist":{}}'],
)
def test_json_that_is_no_jspf_is_refused(content: str) -> None:
    with pytest.raises(InvalidInput, match="JSPF"):
        read("x.jspf", content)


def test_an_xspf_is_read() -> None:
    found = read_playlist_file(
        "x.xspf",
        '<?xml version="1.0" encoding="UTF-16"?>\n<!-- a remark --><playlist version="1" xmlns="http://xspf.org/ns/0/">'
        "<title>Mix &amp; more</title><trackList><track><location>file:///etc/passwd</location><title>Bohemian Rhapsody"
        "</title><creator>Queen</creator><album><![CDATA[A Night at the Opera]]></album><duration>354000</duration>"
        "<identifier>isrc:GBUM71029604</identifier></track><track/></trackList></playlist>",
    )
    assert (found.title, found.dropped, found.tracks) == ("Mix & more", 1, (QUEEN,))


TRACKS = '<playlist xmlns="http://xspf.org/ns/0/"><trackList><track><title>&a;</title></track></trackList></playlist>'


@pytest.mark.parametrize(
    "content",
    [
        f'<!DOCTYPE playlist [<!ENTITY a SYSTEM "file:///etc/passwd">]>{TRACKS}',
        f'<!DOCTYPE playlist [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>{TRACKS}',
        f'<!DOCTYPE p [<!ENTITY % e SYSTEM "http://127.0.0.1:9/"> %e;]>{TRACKS}',
        '<!DOCTYPE l [<!ENTITY l0 "lol">'
        + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        + f'<!ENTITY a "&l9;">]>{TRACKS}',
        f'<!DOCTYPE l [<!ENTITY a "{"x" * 100_000}">]>{TRACKS.replace("&a;", "&a;" * 10_000)}',
        f"<!doctype html>{TRACKS}",
        TRACKS,
        "<a>" * 1_000_000,
        '<playlist xmlns="http://xspf.org/ns/0/">' + "<a>" * 100_000,
        "<playlist/>",
        "<html></html>",
        "<",
    ],
    ids=[
        "file",
        "web",
        "parameter",
        "laughs",
        "blow-up",
        "html",
        "undeclared",
        "deep",
        "deeper",
        "other",
        "page",
        "cut",
    ],
)
def test_threat_95_xml_tricks_are_refused_at_once(content: str) -> None:
    started = time.process_time()
    with pytest.raises(InvalidInput):
        read("x.xspf", content)
    assert time.process_time() - started < 1


def test_threat_95_a_document_type_is_refused_even_if_it_does_nothing() -> None:
    with pytest.raises(InvalidInput, match="document type"):
        read("x.xspf", f"<!DOCTYPE playlist>{TRACKS.replace('&a;', 'One')}")
    assert read("x.xspf", TRACKS.replace("&a;", "One")) == [NewTrack("One")]


# ── all of them ──


@pytest.mark.parametrize("name", ["x.m3u", "x.csv", "x.jspf", "x.xspf", ""])
@pytest.mark.parametrize("content", ["", " ", "\0", "#EXTM3U\n", "\x1f\x8b\x08", "\ufeff"])
def test_what_holds_no_tracks_is_refused(name: str, content: str) -> None:
    with pytest.raises(InvalidInput):
        read(name, content)


def test_what_is_too_large_or_too_long_is_refused() -> None:
    with pytest.raises(InvalidInput, match="larger"):
        read("x.csv", "x" * (MOST_CHARACTERS + 1))
    with pytest.raises(InvalidInput, match="more than 20000"):
        read("x.m3u", "a.mp3\n" * 20_001)


def test_texts_are_one_line_each_and_of_a_sensible_length() -> None:
    (found,) = read("x.csv", f'Title,Artist\n{"x" * 5000},"a\x1b[31m\u2028b"\n')
    assert len(found.title) == 300 and found.artist == "a [31m b"


def test_a_written_list_is_read_back() -> None:
    tracks = [QUEEN, NewTrack("=HYPERLINK(1)", "@A", path="music/a.flac", duration_ms=61_000), NewTrack("-B")]
    plain = [NewTrack(one.title, one.artist, one.album, one.isrc, one.duration_ms) for one in tracks]
    for form in (ListFormat.JSPF, ListFormat.CSV):
        assert read(f"x.{form}", write_playlist_file("Mix", tracks, form)) == plain
    assert read("x.m3u8", write_playlist_file("Mix", tracks, ListFormat.M3U8)) == [tracks[1]]


def test_threat_120_no_cell_of_a_written_table_is_a_formula() -> None:
    tracks = [NewTrack(f"{sign}1", f"{sign}2", f"{sign}3") for sign in "=+-@"]
    rows = csv.reader(io.StringIO(write_playlist_file("Mix", tracks, ListFormat.CSV)))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
