"""What is laid beside media: in the shape that players read, whole or not at all, and nothing of others is lost."""

from collections.abc import Callable
from pathlib import Path
from xml.dom import minidom

import pytest

from media_library.adapters.nfo import parse_nfo
from media_library.models.artwork import ArtworkKind, ArtworkSource, season_owner
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.nfo import Nfo, NfoKind, NfoPerson
from media_library.models.preferences import LibraryPreferences
from media_library.models.work import ShowEpisode, ShowSeason, WorkFacts, WorkIds, album_work_key, show_work_key
from media_library.repositories.media_repo.keys import album_key, show_key
from media_library.services.sidecars import is_our_picture, is_ours, nfo_text
from tests.services.file_naming.test_many_names import names
from tests.services.sidecars.conftest import ARRIVAL, Desk

FOLDER = "movies/Arrival (2016)"


def texts(path: Path, tag: str) -> list[str]:
    """What the elements of a name hold, read by a parser of somebody else."""
    document = minidom.parseString(path.read_bytes())
    return [
        "".join(node.data for node in element.childNodes if node.nodeType == node.TEXT_NODE)
        for element in document.getElementsByTagName(tag)
    ]


def test_the_nfo_of_a_film_says_what_is_known_in_the_words_of_kodi(desk: Desk, arrival: Callable[[], Media]) -> None:
    film = arrival()
    assert desk.sidecars.write([film.id]) == 1
    file = desk.house.root / f"{FOLDER}/Arrival (2016).nfo"
    root = minidom.parseString(file.read_bytes()).documentElement
    assert root is not None and root.tagName == "movie"
    assert texts(file, "title") == ["Arrival"]
    assert texts(file, "originaltitle") == [ARRIVAL.original_title]
    assert texts(file, "plot") == [ARRIVAL.overview]
    assert texts(file, "genre") == ["Drama", "Science Fiction"]
    assert (texts(file, "runtime"), texts(file, "year"), texts(file, "premiered")) == (
        ["116"],
        ["2016"],
        ["2016-11-10"],
    )
    assert (texts(file, "value"), texts(file, "votes"), texts(file, "mpaa")) == (["7.6"], ["18000"], ["PG-13"])
    assert (texts(file, "director"), texts(file, "credits")) == (["Denis V."], ["Eric H."])
    assert (texts(file, "name"), texts(file, "role")) == (["Amy Adams", "Forest"], ["Louise & Co", "Weber"])
    unique = minidom.parseString(file.read_bytes()).getElementsByTagName("uniqueid")
    assert [(one.getAttribute("type"), one.getAttribute("default")) for one in unique] == [
        ("tmdb", "true"),
        ("imdb", ""),
    ]
    [read] = parse_nfo(file.read_bytes())
    assert (read.kind, read.title, read.id_of("tmdb"), read.id_of("imdb")) == (
        NfoKind.MOVIE, "Arrival", "329865", "tt2543164",
    )  # fmt: skip
    assert read.actors[0] == NfoPerson("Amy Adams", "Louise & Co", 0)


def test_what_was_not_identified_gets_no_nfo(desk: Desk) -> None:
    film = desk.house.film("Guess", None, "movies/Guess/Guess.mkv")
    assert desk.sidecars.write([film.id]) == 0
    assert desk.house.files() == ["movies/Guess/Guess.mkv"]


def test_a_second_time_nothing_is_written_and_a_change_writes_only_ours(
    desk: Desk, arrival: Callable[[], Media]
) -> None:
    film = arrival()
    desk.paint(film.id, ArtworkKind.POSTER)
    desk.paint(film.id, ArtworkKind.BACKDROP)
    assert desk.sidecars.write([film.id]) == 3
    assert desk.sidecars.write([film.id]) == 0
    assert desk.house.files() == [
        f"{FOLDER}/Arrival (2016).mkv",
        f"{FOLDER}/Arrival (2016).nfo",
        f"{FOLDER}/fanart.jpg",
        f"{FOLDER}/poster.jpg",
    ]
    desk.know_film(film, WorkFacts(title="Arrival", overview="Another text."))
    assert desk.sidecars.write([film.id]) == 1
    assert texts(desk.house.root / f"{FOLDER}/Arrival (2016).nfo", "plot") == ["Another text."]


@pytest.mark.parametrize(
    "content",
    [
        b"<movie><title>Mine</title><myowntag>kept</myowntag></movie>",
        b"https://www.themoviedb.org/movie/329865",
        b"",
        b"\xff\xfe\x00garbage",
    ],
)
def test_an_nfo_of_somebody_else_is_never_touched(desk: Desk, arrival: Callable[[], Media], content: bytes) -> None:
    film = arrival()
    file = desk.house.write(f"{FOLDER}/Arrival (2016).nfo", content)
    assert desk.sidecars.write([film.id]) == 0
    assert file.read_bytes() == content


def test_our_nfo_that_somebody_changed_is_theirs(desk: Desk, arrival: Callable[[], Media]) -> None:
    film = arrival()
    desk.sidecars.write([film.id])
    file = desk.house.root / f"{FOLDER}/Arrival (2016).nfo"
    assert is_ours(file.read_bytes())
    changed = file.read_bytes().replace(b"<title>Arrival</title>", b"<title>My Arrival</title>")
    file.write_bytes(changed)
    assert not is_ours(changed)
    desk.know_film(film, WorkFacts(title="Arrival", overview="Another text."))
    assert desk.sidecars.write([film.id]) == 0
    assert file.read_bytes() == changed


@pytest.mark.parametrize(
    "name", ["poster.png", "folder.jpg", "Poster.jpg", "cover.jpeg", "Arrival (2016)-poster.webp", "movie.jpg"]
)
def test_a_picture_of_somebody_else_stays_the_only_one(desk: Desk, arrival: Callable[[], Media], name: str) -> None:
    film = arrival()
    file = desk.house.write(f"{FOLDER}/{name}", b"\xff\xd8 theirs")
    desk.paint(film.id, ArtworkKind.POSTER)
    desk.sidecars.write([film.id])
    assert file.read_bytes() == b"\xff\xd8 theirs"
    assert [Path(one).name for one in desk.house.files()] == sorted(["Arrival (2016).mkv", "Arrival (2016).nfo", name])


def test_our_pictures_are_pictures_and_known_again(desk: Desk, arrival: Callable[[], Media]) -> None:
    from PIL import Image

    film = arrival()
    desk.paint(film.id, ArtworkKind.POSTER)
    desk.sidecars.write([film.id])
    file = desk.house.root / f"{FOLDER}/poster.jpg"
    assert is_our_picture(file.read_bytes())
    with Image.open(file) as picture:
        picture.load()
        assert picture.size == (64, 96) and picture.format == "JPEG"


def test_pictures_out_of_the_file_are_not_laid_beside_it(desk: Desk, arrival: Callable[[], Media]) -> None:
    film = arrival()
    desk.paint(film.id, ArtworkKind.POSTER, ArtworkSource.FRAME)
    desk.paint(film.id, ArtworkKind.BACKDROP, ArtworkSource.FILE)
    desk.sidecars.write([film.id])
    assert desk.house.files() == [f"{FOLDER}/Arrival (2016).mkv", f"{FOLDER}/Arrival (2016).nfo"]


def test_a_film_that_shares_its_folder_has_its_name_in_those_of_its_pictures(desk: Desk) -> None:
    film = desk.house.film("Arrival", 2016, "movies/arrival.mkv")
    desk.know_film(film)
    desk.paint(film.id, ArtworkKind.POSTER)
    desk.sidecars.write([film.id])
    assert desk.house.files() == ["movies/arrival-poster.jpg", "movies/arrival.mkv", "movies/arrival.nfo"]


def test_a_show_has_its_files_in_its_folder_and_every_episode_its_own(desk: Desk) -> None:
    folder = "shows/Severance (2022)"
    two = desk.house.add(
        MediaType.EPISODE,
        MediaNames("Half Loop", None, "Severance", 1, 2, episode_end=3),
        f"{folder}/Season 01/Severance (2022) - S01E02-E03 - Half Loop.mkv",
    )
    special = desk.house.episode("Severance", 0, 1, f"{folder}/Season 00/Severance (2022) - S00E01.mkv", "Extra")
    listed = [
        ShowEpisode(1, 2, "Half Loop", "They walk.", "2022-02-18", 50, None, 10),
        ShowEpisode(1, 3, "In Perpetuity", "They wait.", "2022-02-25", 55, None, 11),
    ]
    desk.know_show(two, WorkFacts(year=2022, overview="Work."), WorkIds(tmdb=95396, tvdb=371980), listed)
    desk.paint(two.id, ArtworkKind.STILL)
    desk.sidecars.write([two.id, special.id])
    assert desk.house.files() == sorted(
        [
            f"{folder}/Season 00/Severance (2022) - S00E01.mkv",
            f"{folder}/Season 00/Severance (2022) - S00E01.nfo",
            f"{folder}/Season 00/season.nfo",
            f"{folder}/Season 01/Severance (2022) - S01E02-E03 - Half Loop-thumb.jpg",
            f"{folder}/Season 01/Severance (2022) - S01E02-E03 - Half Loop.mkv",
            f"{folder}/Season 01/Severance (2022) - S01E02-E03 - Half Loop.nfo",
            f"{folder}/Season 01/season.nfo",
            f"{folder}/tvshow.nfo",
        ]
    )
    both = parse_nfo(
        (desk.house.root / f"{folder}/Season 01/Severance (2022) - S01E02-E03 - Half Loop.nfo").read_bytes()
    )
    assert [(one.kind, one.season, one.episode, one.title, one.premiered) for one in both] == [
        (NfoKind.EPISODE, 1, 2, "Half Loop", "2022-02-18"),
        (NfoKind.EPISODE, 1, 3, "In Perpetuity", "2022-02-25"),
    ]
    [show] = parse_nfo((desk.house.root / f"{folder}/tvshow.nfo").read_bytes())
    assert (show.kind, show.title, show.ids) == (NfoKind.SHOW, "Severance", (("tmdb", "95396"), ("tvdb", "371980")))
    assert texts(desk.house.root / f"{folder}/Season 00/season.nfo", "seasonnumber") == ["0"]


def test_a_season_has_its_poster_where_players_look_and_its_text(desk: Desk) -> None:
    folder = "shows/Show (2020)"
    shown = [
        desk.house.episode("Show", number, 1, f"{folder}/Season {number:02}/Show (2020) - S{number:02}E01.mkv")
        for number in (0, 1, 2, 12)
    ]
    desk.know_show(shown[0], WorkFacts(title="Show", year=2020), WorkIds(tmdb=1), [])
    key = show_key(shown[0].names) or ""
    season = ShowSeason(1, "The First Tide", "A boat.", "2020-01-10")
    desk.state.put_show_seasons(show_work_key(key), [season])
    for number in (0, 1, 2, 12):
        desk.paint(season_owner(key, number), ArtworkKind.POSTER)
    desk.house.write(f"{folder}/Season 02/folder.png", b"theirs")
    desk.sidecars.write([one.id for one in shown])
    posters = {path.removeprefix(f"{folder}/") for path in desk.house.files() if path.endswith((".jpg", ".png"))}
    assert posters == {
        "season-specials-poster.jpg",
        "season01-poster.jpg",
        "season12-poster.jpg",
        "Season 02/folder.png",
    }
    nfo = desk.house.root / f"{folder}/Season 01/season.nfo"
    assert [texts(nfo, tag) for tag in ("title", "plot", "premiered", "seasonnumber")] == [
        ["The First Tide"],
        ["A boat."],
        ["2020-01-10"],
        ["1"],
    ]
    assert desk.sidecars.write([one.id for one in shown]) == 0, "a second time nothing is written"


def test_nothing_about_a_show_is_laid_into_a_folder_that_it_shares(desk: Desk) -> None:
    one = desk.house.episode("Severance", 1, 1, "shows/mixed/s.mkv")
    desk.house.episode("The Office", 1, 1, "shows/mixed/o.mkv")
    alone = desk.house.episode("Lost", 1, 1, "shows/l.mkv")
    for episode in (one, alone):
        desk.know_show(episode, WorkFacts(year=2022), WorkIds(tmdb=1), [])
    desk.sidecars.write([one.id, alone.id])
    assert [path for path in desk.house.files() if path.endswith("tvshow.nfo")] == []


def test_an_album_has_its_nfo_and_cover_and_its_artist_an_nfo(desk: Desk) -> None:
    folder = "music/The Beatles/Abbey Road (1969)"
    tracks = [
        desk.house.add(
            MediaType.TRACK,
            MediaNames(f"Song {n}", 1969, artist="The Beatles", album="Abbey Road", track_number=n),
            f"{folder}/0{n} - Song {n}.flac",
        )
        for n in (1, 2)
    ]
    key = album_key(tracks[0].names)
    assert key is not None
    release = "d6010be3-98f8-422c-a6c9-787e2e491e58"
    desk.settle(album_work_key(key), WorkFacts(title="Abbey Road", year=1969), WorkIds(musicbrainz=release))
    desk.paint(f"album-{key}", ArtworkKind.POSTER)
    desk.sidecars.write([one.id for one in tracks])
    assert {Path(path).name for path in desk.house.files()} >= {"album.nfo", "cover.jpg", "artist.nfo"}
    [album] = parse_nfo((desk.house.root / f"{folder}/album.nfo").read_bytes())
    assert (album.title, album.album_artist, album.id_of("musicbrainzalbum")) == ("Abbey Road", "The Beatles", release)
    assert [track.title for track in album.tracks] == ["Song 1", "Song 2"]
    [artist] = parse_nfo((desk.house.root / "music/The Beatles/artist.nfo").read_bytes())
    assert (artist.kind, artist.title) == (NfoKind.ARTIST, "The Beatles")


def test_nothing_is_written_where_people_do_not_want_it_or_nothing_may_be_changed(
    desk: Desk, arrival: Callable[[], Media], tmp_path: Path
) -> None:
    film = arrival()
    desk.paint(film.id, ArtworkKind.POSTER)
    desk.house.prefer(LibraryPreferences(write_nfo=False, write_artwork=False))
    assert desk.sidecars.write([film.id]) == 0
    desk.house.prefer(LibraryPreferences(write_nfo=False))
    assert desk.sidecars.write([film.id]) == 1
    desk.house.prefer(LibraryPreferences())
    folder = desk.house.elsewhere(tmp_path / "other", is_read_only=True)
    library = desk.state.library(desk.state.library_folder(folder).library_id)
    theirs = desk.house.add(MediaType.MOVIE, MediaNames("Alien", 1979), f"@{folder}/a.mkv", library=library)
    desk.know_film(theirs)
    assert desk.sidecars.write([theirs.id, "gone"]) == 0
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["a.mkv"]


def test_a_symlink_under_the_name_is_not_followed(desk: Desk, arrival: Callable[[], Media], tmp_path: Path) -> None:
    film = arrival()
    (tmp_path / "secret").write_text("secret")
    (desk.house.root / f"{FOLDER}/Arrival (2016).nfo").symlink_to(tmp_path / "secret")
    assert desk.sidecars.write([film.id]) == 0
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_half_written_file_of_a_crash_is_replaced(desk: Desk, arrival: Callable[[], Media]) -> None:
    film = arrival()
    desk.house.write(f"{FOLDER}/.Arrival (2016).nfo.part", b"half")
    assert desk.sidecars.write([film.id]) == 1
    assert [one for one in (desk.house.root / FOLDER).iterdir() if one.name.startswith(".")] == []


def test_threat_63_every_title_comes_back_from_its_nfo_as_it_is_shown() -> None:
    for text in names()[:10_000]:
        title = " ".join("".join(char for char in text if char.isprintable() or char == " ").split())[:400]
        [read] = parse_nfo(nfo_text([Nfo(NfoKind.MOVIE, title=title, plot=text)])) if title else [Nfo(NfoKind.MOVIE)]
        assert read.title == title, text
    hostile = '<!DOCTYPE x [<!ENTITY a "b">]>]]></title><script>&a;'
    [read] = parse_nfo(nfo_text([Nfo(NfoKind.MOVIE, title=hostile)]))
    assert read.title == hostile
