"""What names say: the corpus of bench/names as a floor, single facts, and names that nobody would give."""

import random
import time
from dataclasses import fields
from datetime import date
from pathlib import PurePosixPath

import pytest

from bench.name_corpus import corpus
from bench.names import guessit_alone, ours, quick, score
from media_library.models.library import LibraryKind
from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading
from media_library.services.name_reading import quick_reading, read_name

FLOOR = 0.993


def read(path: str, kind: LibraryKind = LibraryKind.MOVIES) -> NameReading:
    return read_name(PurePosixPath(path), kind=kind)


def said(reading: NameReading) -> dict[str, object]:
    return {one.name: getattr(reading, one.name) for one in fields(reading) if getattr(reading, one.name) is not None}


def test_the_corpus_is_read_no_worse_than_it_was() -> None:
    names = corpus()
    assert len(names) >= 1500
    held = [name for name in names if name.is_held_out]
    assert len(held) > len(names) / 4
    assert score(names, ours) >= FLOOR
    assert score(held, ours) >= FLOOR
    assert score(names, quick) >= FLOOR


def test_a_sample_of_the_corpus_is_read_no_worse_than_guessit_reads_it() -> None:
    sample = [name for name in corpus() if name.title is not None][::12]
    assert score(sample, ours) >= score(sample, guessit_alone)


def test_patterns_alone_take_some_ten_microseconds() -> None:
    names = corpus()
    for name in names:
        quick_reading(name.path, name.kind)
    quick_reading.cache_clear()  # what was learned of folders stays
    started = time.process_time()
    for name in names:
        quick_reading(name.path, name.kind)
    # a multiple of the goal of 50 µs, for machines that are busy with other things
    assert (time.process_time() - started) / len(names) < 250e-6


def test_ids_and_editions_are_read_from_braces_and_brackets() -> None:
    film = read("Arrival (2016) {tmdb-329865}/Arrival (2016) {tmdb-329865} {edition-Final Cut}.mkv")
    assert (film.title, film.year, film.tmdb_id, film.edition) == ("Arrival", 2016, 329865, "Final Cut")
    assert read("Arrival (2016) [imdbid-tt2543164].mkv").imdb_id == "tt2543164"
    assert read("Arrival (2016) [tmdbid=329865].mkv").tmdb_id == 329865
    episode = read("Severance (2022) [tvdbid-371980]/Season 01/Severance S01E02.mkv", LibraryKind.SHOWS)
    assert (episode.tvdb_id, episode.show_title, episode.year) == (371980, "Severance", 2022)


def test_a_part_of_a_film_is_told_from_a_part_in_its_title() -> None:
    assert (read("Heat (1995)-cd2.avi").title, read("Heat (1995)-cd2.avi").part) == ("Heat", 2)
    assert read("Heat (1995)/CD1/heat.avi").part == 1
    dune = read("Dune Part Two (2024).mkv")
    assert (dune.title, dune.part) == ("Dune Part Two", None)
    hallows = read("Harry.Potter.and.the.Deathly.Hallows.Part.2.2011.1080p.BluRay.mkv")
    assert (hallows.title, hallows.part) == ("Harry Potter and the Deathly Hallows Part 2", None)


def test_what_follows_the_title_tells_edition_language_and_source() -> None:
    film = read("Das.Boot.1981.Directors.Cut.German.1080p.BluRay.x264-GRP.mkv")
    assert (film.edition, film.language, film.source) == ("Director's Cut", "deu", "Blu-ray")
    assert read("Roma.2018.SPANISH.1080p.NF.WEB-DL.mkv").language == "spa"
    assert read("Film.2018.MULTi.French.German.1080p.WEB-DL.mkv").language is None


def test_an_episode_with_several_numbers_has_an_end() -> None:
    for name in ("S01E02-E03", "S01E02E03", "1x02-03", "S01E02-03"):
        episode = read(f"Show/Season 1/Show {name}.mkv", LibraryKind.SHOWS)
        assert (episode.season, episode.episode, episode.episode_end) == (1, 2, 3), name


def test_dates_absolute_numbers_and_specials_are_numbers_too() -> None:
    daily = read("The Daily Show/The Daily Show - 2024-05-31 - Guest.mkv", LibraryKind.SHOWS)
    assert (daily.air_date, daily.title, daily.season, daily.episode) == (date(2024, 5, 31), "Guest", None, None)
    anime = read("[Group] Show - 012 [1080p].mkv", LibraryKind.SHOWS)
    assert (anime.absolute, anime.show_title, anime.season) == (12, "Show", None)
    special = read("Show (2005)/Season 00/Show - S00E03 - Christmas.mkv", LibraryKind.SHOWS)
    assert (special.season, special.episode, special.is_special) == (0, 3, True)


@pytest.mark.parametrize("name", ["The Matrix (1999).mkv", "Alien S01E01.mkv", "VID_20240531_101500.mp4", "1917.mov"])
def test_nothing_in_a_library_of_home_media_is_taken_for_a_film(name: str) -> None:
    reading = read(name, LibraryKind.HOME)
    assert (reading.media_type, reading.year, reading.show_title) == (MediaType.HOME_VIDEO, None, None)


def test_tracks_are_read_from_artist_album_and_number() -> None:
    track = read("Pink Floyd/The Wall (1979)/Disc 2/03 - Vera.flac", LibraryKind.MUSIC)
    assert said(track) | {"sure": True} == {
        "media_type": MediaType.TRACK,
        "title": "Vera",
        "year": 1979,
        "artist": "Pink Floyd",
        "album": "The Wall",
        "disc_number": 2,
        "track_number": 3,
        "sure": True,
    }
    compilation = read("Various Artists/Hits/07 - Some Band - A Song.mp3", LibraryKind.MUSIC)
    assert (compilation.artist, compilation.title, compilation.track_number) == ("Some Band", "A Song", 7)


def test_only_what_leaves_no_doubt_is_sure() -> None:
    assert read("The.Matrix.1999.1080p.BluRay.x264-GRP.mkv").sure
    assert read("The Matrix {tmdb-603}.mkv").sure
    assert read("Show - S01E02.mkv", LibraryKind.SHOWS).sure
    assert not read("Matrix.mkv").sure
    assert not read("Death Race 2000.mkv").sure
    assert not read("[Group] Show - 12.mkv", LibraryKind.SHOWS).sure


HOSTILE = [
    "." * 255,
    " " * 200,
    "-" * 255 + ".mkv",
    "(" * 255,
    "[" * 200 + "]" * 55,
    "{" * 255 + ".mkv",
    "a" * 255,
    "1" * 255 + ".mkv",
    "S" + "9" * 200 + "E" + "9" * 50 + ".mkv",
    "S01" + "E01" * 80 + ".mkv",
    "1x" * 120 + ".mkv",
    "٠١٢٣ S٠١E٠٢ (١٩٩٩).mkv",
    "第" * 80 + "話.mkv",
    "第一千季第一話.mkv",
    "\x00\x01\x02\n\r\t.mkv",
    "\u202egpj.mkv",
    "\ud800\udfff.mkv",
    "e\u0301" * 100 + ".mkv",
    "²³¹ ½ Ⅷ ٣.mkv",
    "(1999)(2000)(2001).mkv",
    "1999.1999.1999.1999.mkv",
    "2024-99-99.mkv",
    "- - - - -.mkv",
    "www.www.www.www.com.mkv",
    "The.mkv",
    ", The.mkv",
    "{tmdb-99999999999999999999}.mkv",
    "[tmdbid-0].mkv",
    "cd1.mkv",
    "part.mkv",
    "1080p.mkv",
    "x264-GRP.mkv",
    "[Group].mkv",
    "[Group] [1080p].mkv",
    ".mkv",
    "..mkv",
    "Season 1.mkv",
    "CON.mkv",
]


@pytest.mark.parametrize("kind", LibraryKind)
def test_hostile_names_never_raise_and_never_take_long(kind: LibraryKind) -> None:
    for name in HOSTILE:
        for path in (PurePosixPath(name), PurePosixPath("Season 01") / name, PurePosixPath(name) / name):
            started = time.process_time()
            reading = quick_reading(path, kind)
            assert time.process_time() - started < 0.5, name
            assert reading.title is not None
            assert reading.season is None or reading.season >= 0


def test_random_names_are_read_by_both_ways_without_an_error() -> None:
    source = random.Random(20240531)
    pieces = [
        *(
            "S01E02",
            "1x02",
            "1999",
            "(2012)",
            "[Group]",
            "1080p",
            "x264",
            ".",
            " ",
            " - ",
            "_",
            "/",
            "第5話",
            "Film",
            "cd1",
        ),
        *(
            "{tmdb-1}",
            "(",
            ")",
            "[",
            "]",
            "-",
            "Season 1",
            "é",
            "И",
            "日本",
            "\n",
            "2024-05-31",
            "E05",
            "part 2",
            "'",
            "&",
            "\0",
        ),
    ]
    kinds = list(LibraryKind)
    for number in range(3000):
        text = "".join(source.choices(pieces, k=source.randrange(1, 12)))
        path = PurePosixPath(text.strip("/") + ".mkv")
        kind = source.choice(kinds)
        quick_reading(path, kind)
        if number % 30 == 0:
            read_name(path, kind=kind)
    for _ in range(2000):
        text = "".join(chr(source.choice((source.randrange(32, 127), source.randrange(0x110000)))) for _ in range(40))
        quick_reading(PurePosixPath(text), source.choice(kinds))


def test_a_path_of_a_hundred_folders_is_read() -> None:
    path = PurePosixPath("/".join(["Folder (1999)"] * 100) + "/Film.mkv")
    assert quick_reading(path, LibraryKind.MOVIES).title


def test_books_videos_and_podcasts_are_read_in_their_own_ways() -> None:
    book = read("Terry Pratchett/Discworld 01 - The Colour of Magic.epub", LibraryKind.BOOKS)
    assert (book.artist, book.title) == ("Terry Pratchett", "Discworld 01 - The Colour of Magic")
    assert read("Frank Herbert/Dune (1965)/Dune - Frank Herbert.epub", LibraryKind.BOOKS).title == "Dune"
    assert read("George Orwell - 1984.epub", LibraryKind.BOOKS).artist == "George Orwell"
    video = read("A Channel/20240531 - Title [dQw4w9WgXcQ].webm", LibraryKind.VIDEOS)
    assert (video.title, video.show_title, video.air_date) == ("Title", "A Channel", date(2024, 5, 31))
    podcast = read("A Podcast/2024-05-31 - Title.mp3", LibraryKind.PODCASTS)
    assert (podcast.title, podcast.show_title, podcast.air_date) == ("Title", "A Podcast", date(2024, 5, 31))


def test_a_track_whose_title_may_begin_with_its_number_is_not_sure() -> None:
    assert not read("50 Cent/Get Rich/21 Questions.mp3", LibraryKind.MUSIC).sure
    assert read("50 Cent/Get Rich/12 - 21 Questions.mp3", LibraryKind.MUSIC).sure
