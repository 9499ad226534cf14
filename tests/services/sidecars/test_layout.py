"""A mixed library after renaming and writing, held to the layout rules of Kodi, Jellyfin and Plex (docs/NAMING.md).

The rules are written here once more, from what those projects document, so that a mistake in the templates is not
repeated in its check.
"""

import re
import unicodedata
from collections import defaultdict
from pathlib import Path, PurePosixPath
from xml.dom import minidom

import pytest

from media_library.models.artwork import ArtworkKind
from media_library.models.library_file import FileRole
from media_library.models.media import MediaNames, MediaType
from media_library.models.preferences import IdStyle, LibraryPreferences
from media_library.models.work import ShowEpisode, WorkFacts, WorkIds, album_work_key
from media_library.repositories.media_repo.keys import album_key, show_key
from tests.services.sidecars.conftest import Desk

VIDEO = frozenset({".mkv", ".mp4", ".avi"})
ID = r"(?: \{(?:tmdb-\d+|tvdb-\d+|imdb-tt\d+)\}| \[(?:tmdbid-\d+|tvdbid-\d+|imdbid-tt\d+)\])?"
FILM_FOLDER = re.compile(rf"(?P<title>.+?)(?: \((?P<year>\d{{4}})\))?{ID}")
AFTER_STEM = re.compile(r"(?: \{edition-[^{}]+\})?(?: - [^/]+)?(?:-(?:cd|part)\d)?")
EPISODE = re.compile(r".+ - [Ss](\d{2,})[Ee](\d{2,})(?:-E(\d{2,}))?(?: - .+)?")
DAILY = re.compile(r".+ - \d{4}-\d\d-\d\d(?: - .+)?")
TRACK = re.compile(r"(?:\d-)?\d{2} - .+")
EXTRAS = frozenset({"extras", "trailers", "featurettes", "behind the scenes", "deleted scenes", "interviews", "subs"})
ARTWORK = re.compile(
    r"(?:poster|fanart|cover|folder|logo|landscape|season\d\d-poster)\.(?:jpg|png)|.+-(?:thumb|poster|fanart)\.jpg"
)
RELEASE = "d6010be3-98f8-422c-a6c9-787e2e491e58"
ROOTS = {"tvshow.nfo": "tvshow", "season.nfo": "season", "album.nfo": "album", "artist.nfo": "artist"}


def breaches(root: Path) -> list[str]:
    """Every path that breaks a rule, and which."""
    found = []
    files = sorted(path for path in root.rglob("*") if path.is_file() and ".media-library" not in path.parts)
    for file in files:
        path = PurePosixPath(file.relative_to(root).as_posix())
        found += [f"{path}: {problem}" for part in path.parts for problem in _of_name(part)]
        kind, *inner = path.parts
        if file.suffix in VIDEO and kind == "movies":
            found += [f"{path}: {problem}" for problem in _of_film(PurePosixPath(*inner))]
        elif file.suffix in VIDEO and kind == "shows":
            found += [f"{path}: {problem}" for problem in _of_episode(PurePosixPath(*inner))]
        elif file.suffix == ".flac":
            found += [] if len(inner) == 3 and TRACK.fullmatch(file.stem) else [f"{path}: no track of an album"]
        elif file.suffix in (".jpg", ".png") and not ARTWORK.fullmatch(file.name):
            found.append(f"{path}: no artwork that players look for")
        elif file.suffix == ".nfo":
            found += [f"{path}: {problem}" for problem in _of_nfo(file)]
        elif file.suffix == ".srt" and not _has_video(file):
            found.append(f"{path}: subtitles of nothing")
    return found + _shared(files)


def _of_name(name: str) -> list[str]:
    problems = []
    if set(name) & set('<>:"/\\|?*') or any(unicodedata.category(char) == "Cc" for char in name):
        problems.append("a character that some file system refuses")
    if name[-1] in ". " or name[0] in " .-":
        problems.append("begins or ends badly")
    if len(name.encode()) > 255 or not unicodedata.is_normalized("NFC", name):
        problems.append("too long, or not NFC")
    return problems


def _of_film(path: PurePosixPath) -> list[str]:
    if len(path.parts) == 3 and path.parts[1].lower() in EXTRAS:
        return []
    if len(path.parts) != 2 or not FILM_FOLDER.fullmatch(path.parts[0]):
        return ["a film not in a folder of its own"]
    rest = path.stem.removeprefix(path.parts[0])
    return [] if path.stem.startswith(path.parts[0]) and AFTER_STEM.fullmatch(rest) else ["not called like its folder"]


def _of_episode(path: PurePosixPath) -> list[str]:
    if len(path.parts) == 3 and path.parts[1].lower() in EXTRAS:
        return []
    if len(path.parts) != 3 or not re.fullmatch(r"Season \d{2,4}", path.parts[1]):
        return ["an episode not in a folder of its season"]
    if match := EPISODE.fullmatch(path.stem):
        return [] if int(match[1]) == int(path.parts[1].split()[1]) else ["in the folder of another season"]
    return [] if DAILY.fullmatch(path.stem) else ["no number that players read"]


def _of_nfo(file: Path) -> list[str]:
    text = re.sub(r"<\?xml[^>]*\?>", "", file.read_text("utf-8"))
    document = minidom.parseString(f"<all>{text}</all>").documentElement
    assert document is not None
    roots = [node.tagName for node in document.childNodes if isinstance(node, minidom.Element)]
    wanted = ROOTS.get(file.name, "episodedetails" if "Season " in file.parent.name else "movie")
    problems = [] if roots and set(roots) == {wanted} else [f"its root should be {wanted}"]
    if file.name not in ROOTS and not _has_video(file):
        problems.append("an .nfo of nothing")
    unique = list(document.getElementsByTagName("uniqueid"))
    if unique and sum(node.getAttribute("default") == "true" for node in unique) != len(roots):
        problems.append("no default id")
    return problems


def _has_video(file: Path) -> bool:
    names = [path.stem for path in file.parent.iterdir() if path.suffix in VIDEO]
    return any(file.name.startswith(f"{name}.") for name in names)


def _shared(files: list[Path]) -> list[str]:
    """Names that a file system without case would take for one, and folders with more than one film."""
    keys: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        keys[unicodedata.normalize("NFC", str(file)).casefold()].append(file)
    return [f"{paths[0]}: twice" for paths in keys.values() if len(paths) > 1]


@pytest.mark.parametrize("style", list(IdStyle))
def test_a_mixed_library_is_laid_out_as_other_servers_read_it(desk: Desk, style: IdStyle) -> None:
    house = desk.house
    house.prefer(LibraryPreferences(id_style=style))
    arrival = house.film("Arrival", 2016, "movies/arrival.2016.1080p.mkv")
    desk.know_film(arrival)
    cut = house.film("Blade Runner", 1982, "movies/br/br.final.mkv", edition="Final Cut")
    desk.know_film(cut, WorkFacts(title="Blade Runner", year=1982), WorkIds(tmdb=78, imdb="tt0083658"))
    house.write("movies/br/br.final.en.sdh.srt")
    house.write("movies/br/trailers/teaser.mkv")
    parts = house.film("Dances: With/Wolves?", 1990, "movies/wolves/cd1.avi")
    house.write("movies/wolves/cd2.avi")
    house.know("movies/wolves/cd1.avi", FileRole.MAIN, parts, position=1)
    house.know("movies/wolves/cd2.avi", FileRole.PART, parts, position=2)
    versions = house.film("2001 ", 1968, "movies/2001.mkv")
    house.write("movies/2001 4k.mkv")
    house.know("movies/2001.mkv", FileRole.MAIN, versions, label="1080p")
    house.know("movies/2001 4k.mkv", FileRole.VERSION, versions, label="2160p")
    house.film("日本沈没", 1973, "movies/nihon.mkv")
    house.film("...And Justice for All.", None, "movies/.hidden name.mkv")
    house.film("x" * 300, 1999, "movies/long.mkv")
    double = house.add(
        MediaType.EPISODE, MediaNames("Half Loop", None, "Severance", 1, 2, episode_end=3), "shows/sev/a.mkv"
    )
    special = house.episode("Severance", 0, 1, "shows/sev/b.mkv", "Behind: the Scenes?")
    listed = [ShowEpisode(1, 2, "Half Loop", tmdb_id=10), ShowEpisode(1, 3, "In Perpetuity", tmdb_id=11)]
    desk.know_show(double, WorkFacts(year=2022), WorkIds(tmdb=95396, tvdb=371980), listed)
    daily = house.add(
        MediaType.EPISODE, MediaNames("Guests", None, "The Late Show"), "shows/late.mp4", published_at=1_717_149_600_000
    )
    tracks = [
        house.add(
            MediaType.TRACK,
            MediaNames(
                f"Song/{n}", 1970, artist="AC/DC", album="Back: in", album_artist="AC/DC", disc_number=n, track_number=1
            ),
            f"music/{n}.flac",
        )
        for n in (1, 2)
    ]
    key = album_key(tracks[0].names)
    desk.settle(
        album_work_key(key or ""),
        WorkFacts(title="Back: in"),
        WorkIds(musicbrainz=RELEASE),
    )
    for owner, kind in (
        (arrival.id, ArtworkKind.POSTER),
        (arrival.id, ArtworkKind.BACKDROP),
        (f"show-{show_key(double.names)}", ArtworkKind.POSTER),
        (double.id, ArtworkKind.STILL),
        (f"album-{key}", ArtworkKind.POSTER),
    ):
        desk.paint(owner, kind)
    batch = house.apply()
    assert house.problems(batch) == []
    everything = [arrival, cut, parts, versions, double, special, daily, *tracks]
    assert desk.sidecars.write([media.id for media in everything]) >= 11
    assert breaches(house.root) == []
    names = {PurePosixPath(path).name for path in house.files()}
    assert {"tvshow.nfo", "season.nfo", "album.nfo", "poster.jpg", "fanart.jpg", "cover.jpg"} <= names
    assert house.plan().count == 0, "a second look changes nothing"


def test_a_breach_of_a_rule_is_noticed(desk: Desk) -> None:
    for path in (
        "movies/loose.mkv",
        "movies/Arrival (2016)/Alien.mkv",
        "shows/Show/S01/Show - S01E01.mkv",
        "shows/Show/Season 01/Show - S02E01.mkv",
        "shows/Show/Season 01/Show 1.mkv",
        "music/a/b/Song.flac",
        "movies/Arrival (2016)/picture.jpg",
        "movies/Arrival (2016)/other.srt",
        "movies/Alien (1979) /x.txt",
    ):
        desk.house.write(path)
    desk.house.write("movies/Arrival (2016)/Arrival (2016).nfo", b"<movie/>")
    assert len(breaches(desk.house.root)) == 10
