"""A house whose films, shows and albums a stand-in of the film service knows: some for certain, some in doubt."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.appliance import Appliance
from tests.browser.visitor import Visitor
from tests.fixtures.music import write_track
from tests.fixtures.tools import run
from tests.internet.tmdb import KEY, About, Episode, Film, Part, Show, TmdbService, tmdb_service

MARTA = Part(101, "Mara Lindqvist", character="Ada", portrait="/face.jpg")
TEO = Part(102, "Teo Brandt", "Director")
FILMS = (
    Film(
        11,
        "The Copper Lighthouse",
        "2011-03-18",
        runtime=0,
        overview="A keeper answers a signal from a ship that sank before he was born.",
        tagline="Somebody is still out there.",
        genres=("Drama", "Mystery"),
        parts=(MARTA, TEO),
        saga=7,
        votes=4180,
        certification="PG",
        poster="/poster.jpg",
        backdrop="/backdrop.jpg",
    ),
    Film(12, "The Copper Lighthouse: Second Light", "2014-09-05", runtime=0, parts=(MARTA,), saga=7),
    Film(17, "The Long Ferry", "2004-08-20", runtime=0, overview="It takes nine hours.", votes=900, poster="/a.jpg"),
    Film(18, "The Long Ferry", "2005-01-14", runtime=0, overview="The last steamer.", votes=880, poster="/b.jpg"),
    Film(19, "Paper Moons", "1999-06-25", runtime=0, votes=700),
    Film(20, "Paper Moons", "1998-06-25", runtime=0, votes=710),
)
SHOWS = (
    Show(
        31,
        "Harbour Lights",
        "2020-01-10",
        {
            1: tuple(Episode(n, title, f"2020-01-{9 + n}") for n, title in enumerate(("Tide", "Buoy", "Fog"), start=1)),
            2: (Episode(1, "Return", "2021-02-07"),),
        },
        about={1: About("The First Tide", "A boat comes back without its crew.", "/season1.jpg")},
        overview="A harbour keeps its secrets.",
        parts=(MARTA,),
        tvdb=900,
    ),
)
FILES = {
    "movies/The Copper Lighthouse (2011)/The Copper Lighthouse (2011).mp4": "teal",
    "movies/The Copper Lighthouse (2011)/The Copper Lighthouse (2011)-trailer.mp4": "gray",
    "movies/The Long Ferry/The Long Ferry.mp4": "navy",
    "movies/Paper Moons/Paper Moons.mp4": "purple",
    "shows/Harbour Lights (2020)/Season 01/Harbour Lights (2020) - S01E01.mp4": "olive",
    "shows/Harbour Lights (2020)/Season 01/Harbour Lights (2020) - S01E02.mp4": "maroon",
}
TRACKS = ("Low Water", "Slack", "Undertow")


@contextmanager
def known_house(folder: Path) -> Iterator[tuple[Appliance, TmdbService]]:
    """The program on ``folder`` with files that were not yet looked at, and the service that knows them."""
    with tmdb_service() as tmdb:
        tmdb.sagas = {7: "The Lighthouse Collection"}
        tmdb.people = {101: _life(101, "Mara Lindqvist", "1961-03-12"), 102: _life(102, "Teo Brandt", None)}
        tmdb.add(*FILMS, *SHOWS)
        services = {"tmdb_url": tmdb.api_url, "tmdb_images_url": tmdb.images_url}
        box = Appliance(folder, services=services, environment={"TMDB_API_KEY": KEY})
        try:
            for path, colour in FILES.items():
                _video(folder / "media" / path, colour)
            _album(folder / "media" / "music" / "Juniper Quartet" / "Tidewater (2012)")
            box.wait_until_it_serves()
            yield box, tmdb
        finally:
            box.stop()


def look_through(visitor: Visitor, tmdb: TmdbService) -> None:
    """Have the house scanned and everything in it looked up; return when nothing is under way any more."""
    tell(visitor, "PATCH", "/api/settings", {"downloads": {"allowed_hosts": [urlsplit(tmdb.url).netloc]}})
    tell(visitor, "POST", "/api/scan", {})

    def rests() -> bool:
        jobs = ask(visitor, "/api/jobs?status=all&limit=40")["jobs"]
        under_way = {"queued", "working", "downloading", "encoding"}
        films = ask(visitor, "/api/library?type=movie")["count"]
        known = ask(visitor, "/api/library?type=track")["count"]
        return bool(
            films == 3 and known == len(TRACKS) and jobs and all(job["status"] not in under_way for job in jobs)
        )

    visitor.wait(rests, "a house that was looked through", seconds=120)


def ask(visitor: Visitor, path: str) -> Any:
    """The JSON at a path."""
    return tell(visitor, "GET", path, None)


def id_of(visitor: Visitor, title: str, kind: str = "movie") -> str:
    """The id of the item of that title."""
    items = ask(visitor, f"/api/library?type={kind}&limit=100")["items"]
    return next(str(card["id"]) for card in items if card["title"] == title)


def tell(visitor: Visitor, method: str, path: str, body: object) -> Any:
    answer: Any = visitor.page.evaluate(
        """([method, path, body]) => fetch(path, {
            method, headers: { "Content-Type": "application/json" }, ...(body && { body: JSON.stringify(body) }),
        }).then((answer) => answer.json())""",
        [method, path, body],
    )
    return answer


def _life(number: int, name: str, born: str | None) -> dict[str, object]:
    return {
        "id": number,
        "name": name,
        "biography": f"{name} grew up beside a harbour.",
        "birthday": born,
        "deathday": None,
        "profile_path": "/face.jpg",
        "imdb_id": None,
    }


def _video(path: Path, colour: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = f"color=c={colour}:s=320x180:r=25:d=3"
    sound = "sine=f=440:r=44100:d=3"
    codecs = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound)
    run(["ffmpeg", "-v", "error", "-y", *inputs, *codecs, "-shortest", str(path)], cwd=path.parent)


def _album(folder: Path) -> None:
    for number, title in enumerate(TRACKS, start=1):
        tags = {"title": title, "artist": "Juniper Quartet", "album": "Tidewater", "track": f"{number}/{len(TRACKS)}"}
        write_track(folder / f"{number:02d} - {title}.flac", seed=number, tags={**tags, "date": "2012"})
