"""What belongs to a film, a show or an album goes where it goes, and comes back with it: nothing is left behind."""

from pathlib import Path

import pytest

from media_library.models.library_file import FileRole
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.preferences import NamingPreferences
from media_library.models.rename import RenameState
from tests.services.renaming.house import House, stories

OLD, NEW = "movies/arrival.2016.1080p", "movies/Arrival (2016)"


def extra(house: House, film: Media, path: str) -> Media:
    return house.add(MediaType.EXTRA, MediaNames(Path(path).stem), path, parent_id=film.id)


def folders(house: House) -> list[str]:
    """The folders that hold nothing at all."""
    found = (path for path in (house.root / "movies").rglob("*") if path.is_dir())
    return sorted(path.relative_to(house.root).as_posix() for path in found if not any(path.iterdir()))


def test_extras_in_folders_and_with_suffixes_go_with_their_film_and_come_back(house: House) -> None:
    film = house.film("Arrival", 2016, f"{OLD}/arrival.mkv")
    extras = [
        extra(house, film, f"{OLD}/{name}")
        for name in (
            "arrival-trailer.mkv",
            "making of-behindthescenes.mkv",
            "trailers/teaser.mkv",
            "Extras/deep/er.mkv",
            "Deleted Scenes/one.mkv",
        )
    ]
    for name in (
        "arrival-trailer.en.srt",
        "trailers/teaser.srt",
        "sample.mkv",
        "arrival-sample.mkv",
        "Sample/clip.mkv",
        "Proof/proof.jpg",
        "arrival.de.forced.srt",
        "Subs/English.srt",
        "theme.mp3",
        "movie.nfo",
        "RARBG.txt",
    ):
        house.write(f"{OLD}/{name}", name.encode())
    before = house.files()
    told = stories(house, [film, *extras])
    batch = house.apply(film)
    assert (batch.state, batch.problems) == (RenameState.DONE, 0)
    names = (
        "Arrival (2016).mkv",
        "Arrival (2016)-trailer.mkv",
        "Arrival (2016)-trailer.en.srt",
        "Arrival (2016)-sample.mkv",
        "Arrival (2016).de.forced.srt",
        "making of-behindthescenes.mkv",
        "trailers/teaser.mkv",
        "trailers/teaser.srt",
        "Extras/deep/er.mkv",
        "Deleted Scenes/one.mkv",
        "sample.mkv",
        "Sample/clip.mkv",
        "Proof/proof.jpg",
        "Subs/English.srt",
        "theme.mp3",
        "movie.nfo",
        "RARBG.txt",
    )
    assert house.files() == sorted(f"{NEW}/{name}" for name in names)
    assert stories(house, [film, *extras]) == told, "the rows of the extras followed"
    assert folders(house) == []
    assert house.undo(batch).state is RenameState.UNDONE
    assert house.files() == before
    assert stories(house, [film, *extras]) == told
    assert folders(house) == []


def test_in_a_folder_of_many_films_each_takes_its_own(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="All/{title}"))
    one = house.film("Arrival", 2016, "movies/stuff/arrival.mkv")
    other = house.film("Alien", 1979, "movies/stuff/alien.mkv")
    mine = [
        extra(house, one, f"movies/stuff/{name}")
        for name in ("arrival-trailer.mkv", "trailers/a.mkv", "trailers/b.mkv")
    ]
    theirs = extra(house, other, "movies/stuff/trailers/c.mkv")
    house.write("movies/stuff/trailers/a.en.srt")
    told = stories(house, [one, other, *mine, theirs])
    batch = house.apply(one)
    assert house.files() == [
        "movies/All/Arrival-trailer.mkv",
        "movies/All/Arrival-trailer2.en.srt",
        "movies/All/Arrival-trailer2.mkv",
        "movies/All/Arrival-trailer3.mkv",
        "movies/All/Arrival.mkv",
        "movies/stuff/alien.mkv",
        "movies/stuff/trailers/c.mkv",
    ]
    assert stories(house, [one, other, *mine, theirs]) == told
    house.undo(batch)
    assert "movies/stuff/trailers/a.en.srt" in house.files() and not (house.root / "movies/All").exists()


def test_a_film_that_keeps_its_folder_renames_only_what_is_called_like_it(house: House) -> None:
    film = house.film("Arrival", 2016, f"{NEW}/arrival.mkv")
    extra(house, film, f"{NEW}/arrival-featurette.mkv")
    extra(house, film, f"{NEW}/clips/one.mkv")
    house.apply(film)
    assert house.files() == [
        f"{NEW}/Arrival (2016)-featurette.mkv",
        f"{NEW}/Arrival (2016).mkv",
        f"{NEW}/clips/one.mkv",
    ]


def test_a_film_that_lies_deeper_than_it_will_leaves_no_folder_behind(house: House) -> None:
    film = house.film("Arrival", 2016, "movies/x/Arrival/disc/arrival.mkv")
    for name in ("Arrival/poster.jpg", "Arrival/disc/folder.jpg", "Arrival/Subs/en.srt", "notes.txt"):
        house.write(f"movies/x/{name}", name.encode())
    before = house.files()
    batch = house.apply(film)
    assert house.files() == sorted(
        f"{NEW}/{name}" for name in ("Arrival (2016).mkv", "poster.jpg", "folder.jpg", "Subs/en.srt", "notes.txt")
    )
    assert folders(house) == []
    house.undo(batch)
    assert house.files() == before


def test_what_is_left_and_finds_its_name_taken_gets_a_number(house: House) -> None:
    film = house.film("Arrival", 2016, f"{OLD}/arrival.mkv")
    house.write(f"{OLD}/poster.jpg", b"theirs")
    house.write(f"{NEW}/poster.jpg", b"there")
    batch = house.apply(film)
    assert (house.root / NEW / "poster.jpg").read_bytes() == b"there"
    assert (house.root / NEW / "poster (2).jpg").read_bytes() == b"theirs"
    assert folders(house) == [] and not (house.root / OLD).exists()
    house.undo(batch)
    assert (house.root / OLD / "poster.jpg").read_bytes() == b"theirs"


def test_the_extras_of_a_show_and_its_samples_go_to_the_show(house: House) -> None:
    for number in (1, 2):
        house.episode("The Office", 1, number, f"shows/office/office.s01e0{number}.mkv")
        house.write(f"shows/office/office.s01e0{number}.en.srt")
    house.add(MediaType.EXTRA, MediaNames("Bloopers", None, "The Office"), "shows/office/extras/bloopers.mkv")
    for name in ("Sample/s.mkv", "tvshow.nfo", "season01-poster.jpg", "theme.mp3"):
        house.write(f"shows/office/{name}")
    before = house.files()
    batch = house.apply()
    show = "shows/The Office"
    assert house.files() == sorted(
        [
            *(f"{show}/Season 01/The Office - S01E0{number}{end}" for number in (1, 2) for end in (".mkv", ".en.srt")),
            f"{show}/extras/bloopers.mkv",
            f"{show}/Sample/s.mkv",
            f"{show}/tvshow.nfo",
            f"{show}/season01-poster.jpg",
            f"{show}/theme.mp3",
        ]
    )
    assert not (house.root / "shows/office").exists()
    house.undo(batch)
    assert house.files() == before


def test_lyrics_covers_and_texts_go_with_an_album(house: House) -> None:
    names = MediaNames("Song", 1973, None, None, None, "Band", "Songs", "Band", None, 1)
    track = house.add(MediaType.TRACK, names, "music/rips/band - songs/01.flac")
    for name in ("01.lrc", "cover.jpg", "Scans/back.jpg", "album.cue", "album.nfo"):
        house.write(f"music/rips/band - songs/{name}")
    house.apply(track)
    folder = "music/Band/Songs (1973)"
    assert house.files() == sorted(
        f"{folder}/{name}"
        for name in ("01 - Song.flac", "01 - Song.lrc", "cover.jpg", "Scans/back.jpg", "album.cue", "album.nfo")
    )
    assert not (house.root / "music/rips").exists()


@pytest.mark.parametrize("name", ["setup.exe", "backup.zip", "other film.mkv"])
def test_what_is_nobodys_stays_where_it_is(house: House, name: str) -> None:
    film = house.film("Arrival", 2016, f"{OLD}/arrival.mkv")
    house.write(f"{OLD}/{name}")
    house.apply(film)
    assert f"{OLD}/{name}" in house.files()


def test_an_extra_that_a_scan_gave_to_a_film_is_followed_by_its_row(house: House) -> None:
    film = house.film("Arrival", 2016, f"{OLD}/arrival.mkv")
    trailer = extra(house, film, f"{OLD}/arrival-trailer.mkv")
    house.know(f"{OLD}/arrival-trailer.mkv", FileRole.EXTRA, trailer, label="trailer")
    house.apply(film)
    assert [file.path for file in house.state.files_of_media(trailer.id)] == [f"{NEW}/Arrival (2016)-trailer.mkv"]
