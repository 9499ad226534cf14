"""The films and shows by which identification is measured, and the files of a household that may be any of them.

Titles are combined of words, with all that makes them hard to tell apart: remakes, films of one name and year, years
beside each other, sequels, shorts, "making of" films, translated titles, shows of one name from two countries. The
files are called as people call them: without a year, with a wrong one, in another language, in lower case, from PAL
discs, in longer editions; some are of films that the service does not know.
"""

import random
from dataclasses import dataclass, replace

from media_library.models.work import WorkKind
from media_library.services.media_identifier.evidence import Evidence, Place
from media_library.services.media_identifier.titles import split_country
from tests.internet.tmdb import Episode, Film, Show

_ADJECTIVES = (
    "Silent", "Broken", "Golden", "Last", "Hidden", "Crimson", "Distant", "Burning", "Frozen", "Lost", "Wild",
    "Quiet", "Bitter", "Endless", "Hollow", "Stolen", "Perfect", "Savage", "Gentle", "Midnight", "Secret",
    "Forgotten", "Electric", "Restless", "Sacred", "Second", "Little", "Dark", "Bright", "Blue",
)  # fmt: skip
_NOUNS = (
    "River", "Garden", "Empire", "Mountain", "Winter", "Stranger", "Promise", "Mirror", "Harbor", "Kingdom", "Shadow",
    "Summer", "Letter", "Road", "Island", "Station", "Orchard", "Bridge", "Hunter", "Window", "Thief", "Castle",
    "Desert", "Sister", "Brother", "Horizon", "Machine", "Signal", "Forest", "Ocean", "Prison", "Circus", "Ghost",
    "Wedding", "Verdict", "Voyage", "Harvest", "Lighthouse", "Painter", "Soldier",
)  # fmt: skip
_PLACES = (
    "Berlin", "Lisbon", "Tokyo", "Oslo", "Havana", "Cairo", "Vienna", "Dublin", "Boston", "Lima", "Prague", "Athens",
    "Seoul", "Quito",
)  # fmt: skip
_FOREIGN = (
    ("Der letzte {}", "The Last {}"), ("La {} perdida", "The Lost {}"), ("Le {} rouge", "The Red {}"),
    ("Il {} di notte", "{} by Night"), ("Das {} am Meer", "The {} by the Sea"), ("El {} del sur", "{} of the South"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """What a file tells of itself, and what it is: an id of the service, ``None`` for what it does not know."""

    evidence: Evidence
    truth: int | None
    way: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the service knows, and the files."""

    films: tuple[Film, ...]
    shows: tuple[Show, ...]
    cases: tuple[Case, ...]


def catalogue(seed: int = 4) -> Catalogue:
    """The same every time for one seed."""
    chance = random.Random(seed)
    films = _films(chance)
    shows = _shows(chance)
    cases = [case for film in films for case in _files_of(film, chance)]
    cases += [case for show in shows for case in _episodes_of(show, chance)]
    cases += _unknown(films, chance)
    return Catalogue(tuple(films), tuple(shows), tuple(cases))


def _films(chance: random.Random) -> list[Film]:
    titles = [f"{adjective} {noun}" for adjective in _ADJECTIVES for noun in _NOUNS]
    titles += [f"The {noun} of {place}" for noun in _NOUNS for place in _PLACES]
    chance.shuffle(titles)
    films: list[Film] = []

    def add(title: str, year: int, runtime: int, **more: object) -> Film:
        votes = int(10 ** chance.uniform(0, 4.3))
        film = Film(len(films) + 1, title, f"{year}-{chance.randint(1, 12):02d}-01", runtime, votes=votes)
        films.append(replace(film, **more))  # type: ignore[arg-type]  # fields of Film, named below
        return films[-1]

    def year() -> int:
        return chance.randint(1930, 2024)

    def runtime() -> int:
        return chance.randint(78, 165)

    for title in titles[:1000]:
        add(title, year(), runtime())
    for title in titles[1000:1150]:  # remakes
        first = year()
        for gap in (0, chance.randint(3, 40), chance.randint(3, 40))[: chance.randint(2, 3)]:
            add(title, min(2025, first + gap), runtime())
    for title in titles[1150:1210]:  # of one name and year
        first = year()
        add(title, first, runtime())
        add(title, first, runtime() if chance.random() < 0.5 else chance.randint(4, 28))
    for title in titles[1210:1270]:  # a year apart
        first = year()
        add(title, first, runtime())
        add(title, first + 1, runtime())
    for title in titles[1270:1370]:  # sequels
        first = year()
        for number in range(1, chance.randint(2, 5)):
            named = title if number == 1 else f"{title} {('', '', '2', 'III', '4: The Return')[number]}"
            add(named, first + 3 * (number - 1), runtime())
    for title in titles[1370:1440]:  # shorts, some of them of films
        add(title, year(), chance.randint(4, 28))
    for title in titles[:60]:
        add(title, year(), chance.randint(4, 28))
        add(f"The Making of {title}", year(), chance.randint(25, 60))
    for noun in _NOUNS:  # translated
        for foreign, english in _FOREIGN:
            original = foreign.format(noun)
            add(english.format(noun), year(), runtime(), original_title=original, other_titles=(f"{original} X",))
    return films


def _shows(chance: random.Random) -> list[Show]:
    shows: list[Show] = []
    titles = [f"{place} {noun}" for place in _PLACES for noun in _NOUNS]
    chance.shuffle(titles)
    for number, title in enumerate(titles[:420]):
        first = chance.randint(1960, 2022)
        twins = ((first, "US"), (first + chance.randint(0, 30), "GB")) if number % 5 == 0 else ((first, "US"),)
        for year, country in twins:
            seasons = {
                season: tuple(
                    Episode(n, f"{title} {season}.{n}", f"{year + season - 1}-02-01")
                    for n in range(1, chance.randint(6, 24))
                )
                for season in range(1, chance.randint(2, 9))
            }
            votes = int(10 ** chance.uniform(0, 4))
            shows.append(Show(len(shows) + 1, title, f"{year}-02-01", seasons, votes=votes, countries=(country,)))
    return shows


def _files_of(film: Film, chance: random.Random) -> list[Case]:
    """Some files of a film; famous films are in more households."""
    return [_file_of(film, chance) for _ in range(1 + (film.votes > 300) + (film.votes > 3000))]


def _file_of(film: Film, chance: random.Random) -> Case:
    year: int | None = int(film.released[:4])
    title, way = film.title, "as it is"
    roll = chance.random()
    if roll < 0.14:
        year, way = None, "without a year"
    elif roll < 0.20:
        year, way = (year or 0) + chance.choice((-1, 1)), "a year off"
    elif roll < 0.22:
        year, way = (year or 0) + chance.choice((-9, -4, 5, 12)), "a wrong year"
    if film.original_title and chance.random() < 0.4:
        title, way = film.original_title, f"translated, {way}"
    roll = chance.random()
    if roll < 0.25:
        title = title.lower()
    elif roll < 0.35:
        title = title.replace(":", "").replace("'", "")
    elif roll < 0.42 and title.startswith("The "):
        title = f"{title.removeprefix('The ')}, The"
    elif roll < 0.46 and title.startswith("The "):
        title = title.removeprefix("The ")
    elif roll < 0.49:
        place = chance.randrange(1, len(title) - 1)
        title, way = title[:place] + title[place + 1 :], f"misspelt, {way}"
    minutes, edition = film.runtime + chance.uniform(-1.0, 1.5), None
    roll = chance.random()
    if roll < 0.15:
        minutes = film.runtime * 0.96
    elif roll < 0.18:
        minutes, edition = film.runtime + chance.uniform(8, 35), chance.choice(("Extended Edition", None))
        way = f"longer, {way}"
    elif roll < 0.21:
        minutes, way = 0.0, f"length not known, {way}"
    evidence = Evidence(WorkKind.MOVIE, (title,), year=year, minutes=minutes or None, edition=edition)
    return Case(evidence, film.id, way)


def _episodes_of(show: Show, chance: random.Random) -> list[Case]:
    """A household has some of the seasons of a show, in one folder."""
    title, way = show.title, "a show"
    year: int | None = int(show.first_aired[:4]) if chance.random() < 0.4 else None
    if chance.random() < 0.25 and "GB" in show.countries:
        title, way = f"{title} ({'UK'})", "a show with its country"
    if chance.random() < 0.3:
        title = title.lower()
    kept = sorted(chance.sample(sorted(show.seasons), chance.randint(1, len(show.seasons))))
    places = tuple(
        Place(f"{season}.{one.number}", season, one.number) for season in kept for one in show.seasons[season][:12]
    )
    plain, country = split_country(title)
    titles = tuple(dict.fromkeys((title, plain)))
    return [Case(Evidence(WorkKind.SHOW, titles, year=year, country=country, places=places), show.id, way)]


def _unknown(films: list[Film], chance: random.Random) -> list[Case]:
    """Files of films that the service does not know: home-made, or of a name that a known film has too."""
    cases = []
    for number in range(220):
        film = chance.choice(films)
        title = film.title if number % 2 else f"{film.title} {chance.choice(_PLACES)}"
        year = int(film.released[:4]) + chance.choice((-20, -7, 7, 20)) if chance.random() < 0.7 else None
        minutes = chance.uniform(5, 150)
        evidence = Evidence(WorkKind.MOVIE, (title,), year=year, minutes=minutes)
        cases.append(Case(evidence, None, "not known to the service"))
    return cases
