"""Names out of tags and paths: what the files of a folder agree on, and what they say when they lie or say nothing."""

import random
import time
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import pytest

from media_library.models.music import TrackFile, TrackReading
from media_library.services.music_tags import album_folder, read_album, tags_of

Said = tuple[str | None, str | None, str | None, str | None, int | None, int | None, int | None]

UUID = "11111111-2222-3333-4444-555555555555"


def read(*files: tuple[str, Mapping[str, str | tuple[str, ...]]]) -> tuple[TrackReading, ...]:
    return read_album([TrackFile(PurePosixPath(path), _as_tuples(tags)) for path, tags in files])


def _as_tuples(tags: Mapping[str, str | tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: (value,) if isinstance(value, str) else value for name, value in tags.items()}


def said(reading: TrackReading) -> Said:
    """Title, artist, album, album artist, year, disc, track."""
    one = reading.names
    return one.title, one.artist, one.album, one.album_artist, one.year, one.disc_number, one.track_number


def by_path(*paths: str) -> list[Said]:
    return [said(one) for one in read(*((path, {}) for path in paths))]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (
            ("Radiohead/OK Computer (1997)/01 - Airbag.flac", "Radiohead/OK Computer (1997)/02 Karma Police.flac"),
            [
                ("Airbag", "Radiohead", "OK Computer", "Radiohead", 1997, None, 1),
                ("Karma Police", "Radiohead", "OK Computer", "Radiohead", 1997, None, 2),
            ],
        ),
        (
            ("Radiohead - OK Computer (1997) [FLAC]/01. Airbag.flac",),
            [("Airbag", "Radiohead", "OK Computer", "Radiohead", 1997, None, 1)],
        ),
        (
            ("Artist/2001 - The Album/1-02 - Two.mp3", "Artist/2001 - The Album/2-01 - Three.mp3"),
            [
                ("Two", "Artist", "The Album", "Artist", 2001, 1, 2),
                ("Three", "Artist", "The Album", "Artist", 2001, 2, 1),
            ],
        ),
        (
            ("Artist/The Album/CD 1/01 One.mp3", "Artist/The Album/Disc 2 - Live/01 Two.mp3"),
            [
                ("One", "Artist", "The Album", "Artist", None, 1, 1),
                ("Two", "Artist", "The Album", "Artist", None, 2, 1),
            ],
        ),
        (
            ("Various Artists/Hits/01 - Abba - SOS.mp3", "Various Artists/Hits/02 - Queen - Flash.mp3"),
            [
                ("SOS", "Abba", "Hits", "Various Artists", None, None, 1),
                ("Flash", "Queen", "Hits", "Various Artists", None, None, 2),
            ],
        ),
        (
            ("Music/Queen - A Kind of Magic - 03 - One Vision.mp3", "Music/Queen - A Kind of Magic - 04 - Pain.mp3"),
            [
                ("One Vision", "Queen", "A Kind of Magic", "Queen", None, None, 3),
                ("Pain", "Queen", "A Kind of Magic", "Queen", None, None, 4),
            ],
        ),
        (("Queen - Bohemian Rhapsody.mp3",), [("Bohemian Rhapsody", "Queen", None, None, None, None, None)]),
        (("99 Luftballons.mp3",), [("99 Luftballons", None, None, None, None, None, None)]),
        (("Nena/99 Luftballons.mp3",), [("99 Luftballons", "Nena", None, None, None, None, None)]),
        (
            ("Prince/1999/01 1999.mp3", "Prince/1999/02 Little Red Corvette.mp3"),
            [
                ("1999", "Prince", "1999", "Prince", None, None, 1),
                ("Little Red Corvette", "Prince", "1999", "Prince", None, None, 2),
            ],
        ),
        (
            ("Blur/Blur (1997)/101 Beetlebum.mp3", "Blur/Blur (1997)/201 Song 2.mp3"),
            [("Beetlebum", "Blur", "Blur", "Blur", 1997, 1, 1), ("Song 2", "Blur", "Blur", "Blur", 1997, 2, 1)],
        ),
        (
            ("rip/07.flac", "rip/08.flac"),
            [("Track 7", None, "rip", None, None, None, 7), ("Track 8", None, "rip", None, None, None, 8)],
        ),
    ],
)
def test_files_without_tags_are_named_after_their_paths(paths: Sequence[str], expected: Sequence[Said]) -> None:
    assert by_path(*paths) == list(expected)


def test_every_format_says_the_same() -> None:
    vorbis: Mapping[str, str | tuple[str, ...]] = {
        "TITLE": "Song", "ARTIST": "A & B", "ARTISTS": ("A", "B"), "ALBUM": "Album", "ALBUMARTIST": "A",
        "TRACKNUMBER": "3", "TOTALTRACKS": "12", "DISCNUMBER": "1", "TOTALDISCS": "2", "DATE": "1999-05-01",
        "GENRE": ("Rock", "Pop"), "ISRC": "GB-AYE-97-01274", "COMPILATION": "1", "MUSICBRAINZ_TRACKID": UUID,
        "MUSICBRAINZ_ALBUMID": UUID, "LABEL": "Label",
    }  # fmt: skip
    id3: Mapping[str, str | tuple[str, ...]] = {
        "TIT2": "Song", "TPE1": "A & B", "TXXX:ARTISTS": ("A", "B"), "TALB": "Album", "TPE2": "A", "TRCK": "3/12",
        "TPOS": "1/2", "TDRC": "1999-05-01", "TCON": ("Rock", "Pop"), "TSRC": "GBAYE9701274", "TCMP": "1",
        "UFID:http://musicbrainz.org": UUID, "TXXX:MusicBrainz Album Id": UUID, "TPUB": "Label",
    }  # fmt: skip
    mp4: Mapping[str, str | tuple[str, ...]] = {
        "©nam": "Song", "©ART": "A & B", "----:com.apple.iTunes:ARTISTS": ("A", "B"), "©alb": "Album", "aART": "A",
        "trkn": "3/12", "disk": "(1, 2)", "©day": "1999-05-01", "©gen": "Rock; Pop", "cpil": "True",
        "----:com.apple.iTunes:ISRC": "GBAYE9701274", "----:com.apple.iTunes:MusicBrainz Track Id": UUID,
        "----:com.apple.iTunes:MusicBrainz Album Id": UUID, "----:com.apple.iTunes:LABEL": "Label",
    }  # fmt: skip
    asf: Mapping[str, str | tuple[str, ...]] = {
        "Title": "Song", "Author": "A & B", "WM/ARTISTS": ("A", "B"), "WM/AlbumTitle": "Album", "WM/AlbumArtist": "A",
        "WM/TrackNumber": "3/12", "WM/PartOfSet": "1/2", "WM/Year": "1999-05-01", "WM/Genre": ("Rock", "Pop"),
        "WM/ISRC": "GBAYE9701274", "WM/IsCompilation": "1", "MusicBrainz/Track Id": UUID,
        "MusicBrainz/Album Id": UUID, "WM/Publisher": "Label",
    }  # fmt: skip
    first, *others = (tags_of(_as_tuples(one)) for one in (vorbis, id3, mp4, asf))
    assert (first.track, first.tracks, first.isrc, first.recording_id) == (3, 12, "GBAYE9701274", UUID)
    assert all(other == first for other in others)


def track(number: int, **tags: str) -> tuple[str, dict[str, str]]:
    return f"x/{number:02d}.mp3", {"TITLE": f"Song {number}", "ALBUM": "The Album", "TRACKNUMBER": str(number), **tags}


def test_different_artists_on_one_album_are_a_compilation() -> None:
    readings = read(track(1, ARTIST="Abc"), track(2, ARTIST="Def"), track(3, ARTIST="Ghi"))
    assert {one.names.album_artist for one in readings} == {"Various Artists"}
    assert [one.names.artist for one in readings] == ["Abc", "Def", "Ghi"]
    assert all(one.facts.is_compilation and one.sure for one in readings)


def test_guests_make_no_compilation() -> None:
    readings = read(track(1, ARTIST="Abc"), track(2, ARTIST="Abc feat. Def"), track(3, ARTIST="Abc & Ghi"))
    assert {one.names.album_artist for one in readings} == {"Abc"}
    assert not any(one.facts.is_compilation for one in readings)


def test_albums_of_one_name_in_one_folder_are_told_apart_by_their_artists() -> None:
    readings = read(
        track(1, ARTIST="Abba", ALBUMARTIST="Abba", ALBUM="Greatest Hits"),
        track(2, ARTIST="Queen", ALBUMARTIST="Queen", ALBUM="Greatest Hits"),
    )
    assert [one.names.album_artist for one in readings] == ["Abba", "Queen"]


def test_the_discs_of_a_set_are_one_album_whatever_their_tags_are_called() -> None:
    readings = read(
        *(
            (
                f"Pink Floyd/The Wall/CD{disc}/0{n}.mp3",
                {"TITLE": f"{disc}{n}", "ALBUM": f"The Wall (Disc {disc})", "TRACKNUMBER": f"{n}/2"},
            )
            for disc in (1, 2)
            for n in (1, 2)
        )
    )
    assert {one.names.album for one in readings} == {"The Wall"}
    assert [(one.names.disc_number, one.names.track_number) for one in readings] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_folders_put_right_what_the_tags_say_of_discs() -> None:
    """All discs claim to be the first one."""
    readings = read(
        *(
            (f"A/B/CD{d}/01 - x{d}.mp3", {"TITLE": f"x{d}", "ALBUM": "B", "TRACKNUMBER": "1", "DISCNUMBER": "1"})
            for d in (1, 2)
        )
    )
    assert [one.names.disc_number for one in readings] == [1, 2]


@pytest.mark.parametrize(
    "nothing",
    ["Track 07", "Unknown Artist", "AudioTrack 07", "  ", "www.example.com", "Unbekannter Titel", "<unknown>"],
)
def test_what_a_program_wrote_where_nobody_knew_counts_as_nothing(nothing: str) -> None:
    [one] = read(("Artist/Album (2001)/07 - Real Title.mp3", {"TITLE": nothing, "ARTIST": nothing, "ALBUM": nothing}))
    assert said(one) == ("Real Title", "Artist", "Album", "Artist", 2001, None, 7)
    assert not one.sure


def test_one_title_for_all_files_is_a_lie() -> None:
    readings = read(
        *(
            (f"A/B (2001)/0{n} - Song {chr(64 + n)}.mp3", {"TITLE": "My Rip", "ARTIST": "A", "ALBUM": "B"})
            for n in (1, 2, 3)
        )
    )
    assert [one.names.title for one in readings] == ["Song A", "Song B", "Song C"]


def test_the_oldest_tags_end_after_30_letters() -> None:
    title = "A Title That Is Much Too Long For The Oldest Tags"
    [one] = read((f"A/B (2001)/01 - {title}.mp3", {"TIT2": title[:30], "TPE1": "A", "TALB": "B"}))
    assert one.names.title == title


def test_the_year_is_that_of_the_first_release() -> None:
    readings = read(track(1, DATE="2009-09-09", ORIGINALDATE="1969-09-26"), track(2, DATE="2009", ORIGINALDATE="1969"))
    assert {one.names.year for one in readings} == {1969}
    assert readings[0].facts.released_on == "2009-09-09"


def test_files_without_tags_fill_the_gaps_of_the_album_in_their_folder() -> None:
    readings = read(
        ("A/B (2001)/01 - One.mp3", {"TITLE": "One", "ARTIST": "A", "ALBUM": "B", "TRACKNUMBER": "1"}),
        ("A/B (2001)/02 - Two.mp3", {"TITLE": "Two", "ARTIST": "A", "ALBUM": "B", "TRACKNUMBER": "2"}),
        ("A/B (2001)/03 - Three.mp3", {}),
    )
    assert said(readings[2]) == ("Three", "A", "B", "A", 2001, None, 3)


def test_the_folder_of_a_disc_belongs_to_its_album() -> None:
    for path, folder in {
        "A/B/CD1/x.mp3": "A/B",
        "A/B/Disc 02 - Live/x.mp3": "A/B",
        "A/B/x.mp3": "A/B",
        "A/Discovery/x.mp3": "A/Discovery",
        "CD1/x.mp3": "CD1",
        "x.mp3": ".",
    }.items():
        assert album_folder(PurePosixPath(path)) == PurePosixPath(folder), path


def test_tags_in_every_script_and_of_every_kind_become_clean_lines() -> None:
    """57: ids and numbers count in their form only, texts lose what cannot be seen."""
    nasty = [
        "../../etc/passwd",
        "AC/DC",
        "..",
        "CON",
        "a\x00b",
        "x" * 5_000,
        "\u202egnp.exe",
        "line\r\nline",
        "中文标题",
        "עִבְרִית",
        "🎵",
        "\ud800",
    ]
    for value in nasty:
        [one] = read(
            (
                "A/B/01 - x.mp3",
                {
                    "TITLE": value,
                    "ARTIST": value,
                    "ALBUM": value,
                    "TRACKNUMBER": value,
                    "MUSICBRAINZ_ALBUMID": value,
                    "ISRC": value,
                    "DATE": value,
                },
            )
        )
        for text in (one.names.title, one.names.artist or "", one.names.album or ""):
            assert "\n" not in text and "\0" not in text and "\u202e" not in text and len(text) <= 500
        assert (one.isrc, one.facts.release_id, one.names.year) == (None, None, None)


def test_anything_is_read_without_a_complaint() -> None:
    """Ten thousand folders of made-up files: one reading for each file, in their order, and quickly."""
    rng = random.Random(4)
    signs = "abcXYZ 0123456789-–_.()[]{}/&,;'é漢\u202e\x00"
    names = ("TITLE", "TPE1", "ALBUM", "TPE2", "TRCK", "TPOS", "DATE", "TCON", "TCMP", "ISRC", "REPLAYGAIN_TRACK_GAIN")

    def text() -> str:
        return "".join(rng.choice(signs) for _ in range(rng.randrange(24)))

    began = time.process_time()
    for _ in range(2_000):
        files = [
            TrackFile(
                PurePosixPath("/".join(filter(None, (text().strip("/") or "x" for _ in range(rng.randrange(1, 4)))))),
                {rng.choice(names): tuple(text() for _ in range(rng.randrange(3))) for _ in range(rng.randrange(6))},
            )
            for _ in range(rng.randrange(1, 6))
        ]
        assert [one.path for one in read_album(files)] == [one.path for one in files]
    assert time.process_time() - began < 20


def test_a_large_heap_is_read_quickly() -> None:
    files = [
        TrackFile(
            PurePosixPath(f"heap/{n:05d} - Song {n}.mp3"),
            {
                "TIT2": (f"Song {n}",),
                "TPE1": (f"Artist {n % 700}",),
                "TALB": (f"Album {n % 900}",),
                "TRCK": (str(n % 20),),
            },
        )
        for n in range(10_000)
    ]
    began = time.process_time()
    assert len(read_album(files)) == len(files)
    assert time.process_time() - began < 10
