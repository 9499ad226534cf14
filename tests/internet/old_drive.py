"""What a film service would tell of the made-up films and shows on the old drive."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.fixtures.old_drive import poster
from tests.internet.tmdb import KEY, Episode, Film, Part, Show, TmdbService, tmdb_service

_WIDE = (1280, 720)
_PORTRAIT = (400, 600)
_FACES = {
    "Mara Lindqvist": 101,
    "Teo Brandt": 102,
    "Ines Okafor": 103,
    "Halvar Strand": 104,
    "June Abara": 105,
    "Piet van Rijn": 106,
}
_CERTIFICATION = "PG"


@contextmanager
def old_drive_services() -> Iterator[tuple[TmdbService, str]]:
    """The film service on a free port of this machine, and the key for it."""
    with tmdb_service() as tmdb:
        tmdb.draw = _draw
        tmdb.sagas = {7: "The Lighthouse Collection"}
        tmdb.people = {number: _life(name, number) for name, number in _FACES.items()}
        tmdb.add(*_films(), *_shows())
        yield tmdb, KEY


def _draw(name: str) -> bytes:
    """The picture of a name such as "backdrop-The-Copper-Lighthouse.jpg"."""
    kind, _, title = name.removesuffix(".jpg").partition("-")
    size = {"backdrop": _WIDE, "still": _WIDE, "face": _PORTRAIT}.get(kind, (600, 900))
    return poster(
        title.replace("-", " ") if kind in ("poster", "face") else title.replace("-", "\N{NO-BREAK SPACE}é"), size=size
    )


def _picture(kind: str, title: str) -> str:
    words = "".join(char for char in title if char.isascii() and (char.isalnum() or char == " ")).split()
    return f"/{kind}-{'-'.join(words) or 'Untitled'}.jpg"


def _life(name: str, number: int) -> dict[str, object]:
    return {
        "id": number,
        "name": name,
        "biography": f"{name} grew up beside a harbour and has played in everything that was filmed there since.",
        "birthday": f"19{60 + number % 30}-0{1 + number % 9}-12",
        "deathday": None,
        "profile_path": _picture("face", name),
        "imdb_id": None,
    }


def _cast(*roles: tuple[str, str], director: str) -> tuple[Part, ...]:
    parts = [Part(_FACES[name], name, character=role, portrait=_picture("face", name)) for name, role in roles]
    return (*parts, Part(_FACES[director], director, "Director", portrait=_picture("face", director)))


def _film(
    number: int, title: str, day: str, overview: str, genres: tuple[str, ...], parts: tuple[Part, ...], **more: object
) -> Film:
    return Film(
        number,
        title,
        day,
        runtime=0,
        overview=overview,
        genres=genres,
        parts=parts,
        certification=_CERTIFICATION,
        poster=_picture("poster", title),
        backdrop=_picture("backdrop", title),
        **more,  # type: ignore[arg-type]  # what only some films have
    )


def _films() -> list[Film]:
    return [
        _film(
            11,
            "The Copper Lighthouse",
            "2011-03-18",
            "A keeper who has not spoken for a year answers a signal from a ship that sank before he was born.",
            ("Drama", "Mystery"),
            _cast(
                ("Mara Lindqvist", "Ada"),
                ("Halvar Strand", "The keeper"),
                ("June Abara", "Captain Rook"),
                director="Teo Brandt",
            ),
            saga=7,
            tagline="Somebody is still out there.",
            votes=4180,
            keywords=("lighthouse", "sea"),
        ),
        _film(
            12,
            "The Copper Lighthouse: Second Light",
            "2014-09-05",
            "The signal comes back, from the land.",
            ("Drama", "Mystery"),
            _cast(("Mara Lindqvist", "Ada"), director="Teo Brandt"),
            saga=7,
            votes=1200,
        ),
        _film(
            13,
            "A Winter in Tromsø",
            "2018-11-02",
            "Two pianists share a house, a boat and one working heater.",
            ("Comedy", "Romance"),
            _cast(("Ines Okafor", "Liv"), ("Piet van Rijn", "Aksel"), director="June Abara"),
            votes=2210,
            original_title="En vinter i Tromsø",
        ),
        _film(
            14,
            "Paper Moons",
            "1999-06-25",
            "A projectionist repairs a film that nobody remembers having made.",
            ("Fantasy",),
            _cast(("June Abara", "Nell"), ("Teo Brandt", "The owner"), director="Halvar Strand"),
            votes=3120,
        ),
        _film(
            15,
            "2047",
            "2015-02-13",
            "The last night train of the century leaves with one passenger too many.",
            ("Science Fiction", "Thriller"),
            _cast(("Halvar Strand", "Conductor"), director="Ines Okafor"),
            votes=5400,
        ),
        _film(
            16,
            "Night Train South",
            "1974-04-01",
            "A border, a suitcase and a chess problem in nine moves.",
            ("Thriller",),
            _cast(("Piet van Rijn", "Karl"), director="Teo Brandt"),
            votes=640,
            original_title="Nachtzug nach Süden",
            language="de",
        ),
        _film(
            17,
            "The Long Ferry",
            "2004-08-20",
            "It takes nine hours, and everybody on board has something to say.",
            ("Drama",),
            _cast(("Mara Lindqvist", "Signe"), director="June Abara"),
            votes=900,
        ),
        _film(
            18,
            "The Long Ferry",
            "2005-01-14",
            "A documentary about the last steamer of the fjord.",
            ("Documentary",),
            _cast(("Ines Okafor", "Herself"), director="Ines Okafor"),
            votes=40,
        ),
        _film(
            19,
            "The End of Summer",
            "2016-07-16",
            "Four friends, one fish market, the last week of August.",
            ("Drama",),
            _cast(("June Abara", "Visitor"), director="Halvar Strand"),
            votes=1800,
            original_title="夏の終わり",
            language="ja",
        ),
        # two of one name, as a disc has no year to tell them apart
        _film(
            20,
            "The Salt Road",
            "2009-09-11",
            "A caravan, a map that is wrong in one place, and the man who drew it.",
            ("Adventure", "Drama"),
            _cast(("Teo Brandt", "The surveyor"), ("June Abara", "Salma"), director="Halvar Strand"),
            votes=760,
        ),
        _film(
            21,
            "The Salt Road",
            "2016-05-20",
            "Salt, in four chapters: sea, mine, market, kitchen.",
            ("Documentary",),
            _cast(("Ines Okafor", "Narrator"), director="Ines Okafor"),
            votes=310,
        ),
    ]


def _shows() -> list[Show]:
    titles = ("The Tide Table", "Bell Buoy", "The Pilot", "Fog Signal", "Slack Water", "Home Light")
    first = tuple(
        Episode(
            number,
            title,
            f"2020-01-{3 + number * 7:02d}",
            overview=f"{title}: the harbour keeps a secret for an hour.",
            still=_picture("still", f"Harbour {title}"),
        )
        for number, title in enumerate(titles, start=1)
        if number <= 4
    )
    second = tuple(
        Episode(number, f"{title} again", f"2021-02-{number * 7:02d}", still=_picture("still", f"Second {title}"))
        for number, title in enumerate(titles, start=1)
    )
    rivers = tuple(
        Episode(number, f"The {word} river", f"2020-05-{number * 3:02d}", still=_picture("still", f"River {word}"))
        for number, word in enumerate(("white", "slow", "last"), start=1)
    )
    people = _cast(("Mara Lindqvist", "Harbour master"), ("Piet van Rijn", "Pilot"), director="June Abara")
    return [
        Show(
            21,
            "Harbour Lights",
            "2020-01-10",
            {0: (Episode(1, "Christmas", "2020-12-24"),), 1: first, 2: second},
            overview="A harbour town, its pilots, and the light that goes out every seventh night.",
            genres=("Drama", "Mystery"),
            parts=people,
            rating="TV-PG",
            votes=2100,
            poster=_picture("poster", "Harbour Lights"),
            backdrop=_picture("backdrop", "Harbour Lights"),
        ),
        Show(
            22,
            "Nine Rivers",
            "2020-05-03",
            {1: rivers},
            overview="Nine rivers from the spring to the sea.",
            genres=("Documentary",),
            parts=people[:1],
            rating="TV-G",
            votes=300,
            poster=_picture("poster", "Nine Rivers"),
            backdrop=_picture("backdrop", "Nine Rivers"),
        ),
    ]
