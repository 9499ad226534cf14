"""Reading .nfo files: those of Kodi and its kin, and those that lie or attack."""

import os
import random
import time
from pathlib import Path

import pytest

from media_library.adapters.nfo import NfoRefused, parse_nfo, read_nfo
from media_library.models.nfo import NfoKind, NfoPerson, NfoTrack

MOVIE = """<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>
<movie>
    <title>Die Brücke</title>
    <originaltitle>The Bridge</originaltitle>
    <sorttitle>Brücke</sorttitle>
    <ratings>
        <rating name="imdb" max="10"><value>7.9</value><votes>1204</votes></rating>
        <rating name="metacritic" max="100" default="true"><value>81</value><votes>30</votes></rating>
    </ratings>
    <plot>Seven boys &amp; a bridge.&#13; <![CDATA[Fish & chips]]></plot>
    <tagline>Hold it.</tagline>
    <runtime>103 min</runtime>
    <mpaa>Rated PG-13</mpaa>
    <uniqueid type="imdb">tt0052654</uniqueid>
    <uniqueid type="tmdb" default="true">23202</uniqueid>
    <genre>War / Drama</genre>
    <genre>Drama</genre>
    <country>Germany</country>
    <set><name>Bridges</name><overview>All of them.</overview></set>
    <tag>black and white</tag>
    <credits>Somebody</credits>
    <director>B. W.</director>
    <premiered>1959-10-22</premiered>
    <studio>Fono</studio>
    <actor><name>Folker B.</name><role>Hans</role><order>0</order></actor>
    <actor><name></name><role>nobody</role></actor>
    <lockdata>true</lockdata>
    <dateadded>2020-02-30 10:00:00</dateadded>
</movie>
"""


def test_a_film_is_read_as_kodi_writes_it() -> None:
    (film,) = parse_nfo(MOVIE.encode())
    assert (film.kind, film.title, film.original_title, film.year) == (
        NfoKind.MOVIE,
        "Die Brücke",
        "The Bridge",
        1959,
    )
    assert film.ids == (("tmdb", "23202"), ("imdb", "tt0052654"))
    assert film.id_of("imdb") == "tt0052654" and film.id_of("tvdb") is None
    assert (film.rating, film.votes, film.runtime_minutes) == (8.1, 30, 103)
    assert film.genres == ("War", "Drama")
    assert (film.collection, film.collection_overview) == ("Bridges", "All of them.")
    assert film.actors == (NfoPerson("Folker B.", "Hans", 0),)
    assert film.plot == "Seven boys & a bridge. Fish & chips"
    assert film.is_locked and film.date_added is None
    assert (film.directors, film.writers, film.studios, film.tags) == (
        ("B. W.",),
        ("Somebody",),
        ("Fono",),
        ("black and white",),
    )


def test_several_episodes_in_one_file_are_all_read() -> None:
    text = "".join(
        f"<episodedetails><title>Part {number}</title><season>1</season><episode>{number}</episode>"
        "<aired>2001-02-03</aired><id>77</id></episodedetails>"
        for number in (2, 3)
    )
    first, second = parse_nfo(f'<?xml version="1.0"?>\n{text}'.encode())
    assert (first.kind, first.season, first.episode, first.premiered) == (NfoKind.EPISODE, 1, 2, "2001-02-03")
    assert (second.title, second.episode, second.ids) == ("Part 3", 3, (("tvdb", "77"),))


def test_albums_artists_shows_and_music_videos_are_read() -> None:
    album = """<album><title>Blue</title><artist>Joni</artist><albumArtistCredits><artist>Joni M.</artist>
        </albumArtistCredits><musicBrainzAlbumID>1b022e01-4da6-387b-8658-8678046e4cef</musicBrainzAlbumID>
        <year>1971</year><track><position>1</position><title>All I Want</title><duration>3:34</duration></track>
        </album>"""
    (read,) = parse_nfo(album.encode())
    assert (read.artist, read.album_artist, read.year) == ("Joni", "Joni M.", 1971)
    assert read.tracks == (NfoTrack(1, "All I Want", 214),)
    assert read.id_of("musicbrainzalbum") == "1b022e01-4da6-387b-8658-8678046e4cef"
    (artist,) = parse_nfo(b"<artist><name>Joni</name><biography>Born.</biography></artist>")
    assert (artist.kind, artist.title, artist.plot) == (NfoKind.ARTIST, "Joni", "Born.")
    (show,) = parse_nfo(b"<tvshow><title>S</title><id>81189</id><tmdbid>1396</tmdbid></tvshow>")
    assert (show.kind, show.ids) == (NfoKind.SHOW, (("tmdb", "1396"), ("tvdb", "81189")))
    (video,) = parse_nfo(b"<musicvideo><title>V</title><artist>A</artist><album>B</album></musicvideo>")
    assert (video.kind, video.artist, video.album) == (NfoKind.MUSIC_VIDEO, "A", "B")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("https://www.themoviedb.org/movie/603-the-matrix", (("tmdb", "603"),)),
        ("https://www.imdb.com/title/tt0133093/\n", (("imdb", "tt0133093"),)),
        ("http://thetvdb.com/?tab=series&id=81189", (("tvdb", "81189"),)),
        ("  ░▒▓ GROUP ▓▒░ \n iMDB..: https://imdb.com/title/tt0133093 <3 \n", (("imdb", "tt0133093"),)),
    ],
)
def test_a_file_with_only_an_address_is_a_link(text: str, ids: tuple[tuple[str, str], ...]) -> None:
    (link,) = parse_nfo(text.encode())
    assert (link.kind, link.ids) == (NfoKind.LINK, ids)


def test_an_address_behind_the_description_gives_the_ids_that_it_lacks() -> None:
    content = b"<movie><title>T</title></movie>\nhttps://www.themoviedb.org/movie/603?a=1&b=2"
    assert parse_nfo(content)[0].ids == (("tmdb", "603"),)


def test_ids_that_are_none_are_dropped_and_contradictions_are_kept_as_hints() -> None:
    content = b"""<movie><title>T</title><uniqueid type="imdb">603</uniqueid><uniqueid type="tmdb">-1</uniqueid>
        <uniqueid type="tmdb">abc</uniqueid><uniqueid type="tvdb">../../etc</uniqueid><uniqueid type="x y">1</uniqueid>
        <uniqueid type="tmdb">12</uniqueid><tmdbid>13</tmdbid></movie>"""
    assert parse_nfo(content)[0].ids == (("tmdb", "12"),)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "cp1251-said"]
)
def test_any_encoding_is_read_whatever_the_file_claims(encoding: str) -> None:
    if encoding == "cp1251-said":
        content = '<?xml version="1.0" encoding="windows-1251"?><movie><title>Брат</title></movie>'.encode("cp1251")
        assert parse_nfo(content)[0].title == "Брат"
        return
    content = '<?xml version="1.0" encoding="utf-8"?><movie><title>Amélie</title></movie>'.encode(encoding)
    assert parse_nfo(content)[0].title == "Amélie"


def test_lonely_ampersands_named_characters_and_control_characters_are_mended() -> None:
    content = b"<movie><title>Fast &amp; Furious &eacute;&nope; &#0; &#x1; \x01 & more</title></movie>"
    assert parse_nfo(content)[0].title == "Fast & Furious é&nope; & more"


BOMB = '<!DOCTYPE lolz [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)
HOSTILE = {
    "xxe": b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><movie><title>&x;</title></movie>',
    "network": b'<!DOCTYPE m SYSTEM "http://127.0.0.1:9/x.dtd"><movie><title>a</title></movie>',
    "parameter entity": b'<!DOCTYPE m [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><movie/>',
    "utf-16": '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><movie>&x;</movie>'.encode("utf-16"),
    "billion laughs": (BOMB + "]><movie><title>&j;</title></movie>").encode(),
    "10 MB": b"<movie><title>" + b"a" * 10_000_000 + b"</title></movie>",
    "deep": b"<movie>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</movie>",
    "many": b"<movie>" + b"<a/>" * 200_000 + b"</movie>",
    "cut off": MOVIE.encode()[:500],
    "closes what is around": b"</nfo><movie><title>a</title></movie>",
    "html": b"<!doctype html><html><title>404</title></html>",
    "empty": b"",
    "zeros": bytes(100_000),
    "noise": bytes(random.Random(1).randrange(256) for _ in range(50_000)),
    "unclosed sections": b"<movie>" + b"<![CDATA[" * 200_000,
    "nothing known": b"<nonsense/>",
    "only brackets": b"<movie" + b"<" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_attacks_or_is_broken_is_refused_with_one_reason_and_at_once(name: str) -> None:
    started = time.process_time()
    with pytest.raises(NfoRefused) as refusal:
        parse_nfo(HOSTILE[name])
    assert str(refusal.value).startswith("The .nfo file") and "root:" not in str(refusal.value)
    assert time.process_time() - started < 2.0


def test_cut_and_scrambled_files_never_raise_anything_else() -> None:
    source = random.Random(7)
    original = MOVIE.encode()
    for _ in range(400):
        content = bytearray(original)
        for _ in range(source.randrange(1, 20)):
            content[source.randrange(len(content))] = source.randrange(256)
        try:
            parse_nfo(bytes(content[: source.randrange(len(content))]))
        except NfoRefused:
            pass


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    good = tmp_path / "movie.nfo"
    good.write_text("<movie><title>T</title></movie>", "utf-8")
    assert read_nfo(good)[0].title == "T"
    link = tmp_path / "link.nfo"
    link.symlink_to(good)
    pipe = tmp_path / "pipe.nfo"
    os.mkfifo(pipe)
    for strange in (link, pipe, tmp_path, tmp_path / "none.nfo"):
        with pytest.raises(NfoRefused):
            read_nfo(strange)
