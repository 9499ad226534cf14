"""From which age on something may be seen: by its certification, country by country, or as a person said.

The ages are those that the bodies themselves name; where a mark only asks parents to look ("PG"), it counts as 8 in
Great Britain, which says so, and as 10 elsewhere.
"""

import re
import threading
from collections.abc import Callable, Iterable

from media_library.app_state import AppState
from media_library.models.preferences import LibraryPreferences

OLDEST = 21
"""No rating asks for more years."""

_SYSTEMS: dict[str, dict[str, int]] = {
    # Motion Picture Association, filmratings.com; TV Parental Guidelines, tvguidelines.org
    "US": {
        "G": 0, "PG": 10, "PG-13": 13, "R": 17, "NC-17": 18, "X": 18,
        "TV-Y": 0, "TV-G": 0, "TV-Y7": 7, "TV-Y7-FV": 7, "TV-PG": 10, "TV-14": 14, "TV-MA": 17,
    },
    # British Board of Film Classification, bbfc.co.uk
    "GB": {"UC": 0, "U": 0, "PG": 8, "12": 12, "12A": 12, "15": 15, "18": 18, "R18": 18},
    # Irish Film Classification Office, ifco.ie
    "IE": {"G": 0, "PG": 8, "12": 12, "12A": 12, "15": 15, "15A": 15, "16": 16, "18": 18},
    # Freiwillige Selbstkontrolle der Filmwirtschaft, fsk.de (§ 14 JuSchG)
    "DE": {"0": 0, "6": 6, "12": 12, "16": 16, "18": 18, "OHNE ALTERSBESCHRÄNKUNG": 0},
    # Jugendmedienkommission, bmb.gv.at
    "AT": {"0": 0, "6": 6, "8": 8, "10": 10, "12": 12, "14": 14, "16": 16, "18": 18},
    # Kommission Jugendschutz im Film, filmrating.ch
    "CH": {"0": 0, "6": 6, "8": 8, "10": 10, "12": 12, "14": 14, "16": 16, "18": 18},
    # Centre national du cinéma, cnc.fr; Arcom for television
    "FR": {"U": 0, "TP": 0, "TOUS PUBLICS": 0, "10": 10, "12": 12, "16": 16, "18": 18},
    # Kijkwijzer, kijkwijzer.nl, also in Belgium
    "NL": {"AL": 0, "6": 6, "9": 9, "12": 12, "14": 14, "16": 16, "18": 18},
    "BE": {"AL": 0, "KT": 0, "KT/EA": 0, "6": 6, "9": 9, "12": 12, "14": 14, "16": 16, "18": 18, "KNT": 16},
    # Australian Classification, classification.gov.au
    "AU": {"P": 0, "C": 0, "G": 0, "PG": 10, "M": 15, "MA": 15, "MA15+": 15, "MA 15+": 15, "AV15+": 15, "R18+": 18,
           "R 18+": 18, "X18+": 18, "X 18+": 18},
    # Classification Office, classificationoffice.govt.nz
    "NZ": {"G": 0, "PG": 10, "M": 16, "R13": 13, "RP13": 13, "R15": 15, "R16": 16, "RP16": 16, "R18": 18, "RP18": 18,
           "R": 18},
    # the provinces' boards, Canadian Home Video Rating System; AGVOT for television; Québec's own
    "CA": {"G": 0, "PG": 10, "14A": 14, "18A": 18, "R": 18, "A": 18, "C": 0, "C8": 8, "14+": 14, "18+": 18,
           "13+": 13, "16+": 16},
    # Ministero della Cultura, cinema.cultura.gov.it
    "IT": {"T": 0, "6+": 6, "VM14": 14, "14+": 14, "VM18": 18, "18+": 18},
    # Instituto de la Cinematografía, cultura.gob.es
    "ES": {"A": 0, "AI": 0, "A/I": 0, "APTA": 0, "TP": 0, "ER": 0, "INFANTIL": 0, "7": 7, "7/I": 7, "10": 10, "12": 12,
           "13": 13, "16": 16, "18": 18, "X": 18},
    # IGAC, igac.gov.pt
    "PT": {"PÚBLICOS": 0, "P": 0, "M/3": 3, "M/6": 6, "M/12": 12, "M/14": 14, "M/16": 16, "M/18": 18},
    # Statens medieråd, Medietilsynet, Medierådet, KAVI
    "SE": {"BTL": 0, "7": 7, "11": 11, "15": 15},
    "NO": {"A": 0, "6": 6, "7": 7, "9": 9, "11": 11, "12": 12, "15": 15, "18": 18},
    "DK": {"A": 0, "7": 7, "11": 11, "15": 15, "F": 0},
    "FI": {"S": 0, "T": 0, "K7": 7, "K-7": 7, "K12": 12, "K-12": 12, "K16": 16, "K-16": 16, "K18": 18, "K-18": 18},
    # ClassInd, gov.br/mj
    "BR": {"L": 0, "AL": 0, "10": 10, "12": 12, "14": 14, "16": 16, "18": 18, "A10": 10, "A12": 12, "A14": 14,
           "A16": 16, "A18": 18},
    # RTC, rtc.gob.mx
    "MX": {"AA": 0, "A": 0, "B": 12, "B15": 15, "B-15": 15, "C": 18, "D": 18},
    # Eirin, eirin.jp
    "JP": {"G": 0, "PG12": 12, "PG-12": 12, "R15+": 15, "R18+": 18},
    # Korea Media Rating Board, kmrb.or.kr
    "KR": {"ALL": 0, "12": 12, "15": 15, "18": 18, "19": 19, "RESTRICTED SCREENING": 19},
    # Central Board of Film Certification, cbfcindia.gov.in
    "IN": {"U": 0, "UA": 12, "U/A": 12, "U/A 7+": 7, "UA 7+": 7, "U/A 13+": 13, "UA 13+": 13, "U/A 16+": 16,
           "UA 16+": 16, "A": 18},
}  # fmt: skip

_COUNTRY = re.compile(r"([A-Z]{2})\s*[:/-]\s*(?=\S)")
_WORDS = re.compile(r"^(FSK|RATED|AB|FROM|VANAF)\s*[-:]?\s*")
_YEARS = re.compile(r"([0-9]{1,2})\s*(?:\+|YEARS|JAHREN?|ANS|AÑOS)?")


def min_age(certification: str, country: str) -> int | None:
    """The age of a certification of ``country`` (ISO 3166-1), in years; ``None`` for what says nothing.

    A mark that names its own country ("DE:12", "US:PG-13") goes by that. One that the country does not have is taken as
    a number, then as what the United States mean by it, and else as the strictest that anybody means by it.
    """
    mark = " ".join(certification.upper().split())
    named = _COUNTRY.match(mark)
    if named and named[1] in _SYSTEMS and mark not in _SYSTEMS.get(country, {}):
        country, mark = named[1], mark[named.end() :]
    mark = _WORDS.sub("", mark)
    for system in (country, "US"):
        if mark in _SYSTEMS.get(system, {}):
            return _SYSTEMS[system][mark]
        years = _YEARS.fullmatch(mark)
        if years:
            return int(years[1]) if int(years[1]) <= OLDEST else None
    return max((system[mark] for system in _SYSTEMS.values() if mark in system), default=None)


class AgeRatings:
    """Keeps the ages of films, episodes and extras at what is known of them."""

    _TURN_SECONDS = 300.0

    def __init__(self, state: AppState, preferences: Callable[[], LibraryPreferences]) -> None:
        self._state = state
        self._preferences = preferences

    def step(self, stop: threading.Event) -> None:
        """Put right whatever is not, then wait five minutes; what was just identified is not left to this."""
        self.settle()
        stop.wait(self._TURN_SECONDS)

    def settle(self, media_ids: Iterable[str] | None = None) -> int:
        """Put the ages of some items and of their extras right, by default of all; returns how many were wrong."""
        wanted = None if media_ids is None else list(media_ids)
        country = self._preferences().metadata_country
        marks = self._state.certifications()
        ages = {mark: age for mark in marks if (age := min_age(mark, country)) is not None}
        wrong = 0
        for _ in range(2):  # films first, then the extras that follow them
            found = self._state.wrongly_rated(ages, wanted)
            if not found:
                break
            self._state.rate_media(found)
            wrong += len(found)
        return wrong

    def rate_work(self, key: str, age: int | None) -> None:
        """Say from which age on a film, show or album is for people; ``None`` believes its certification."""
        self._state.rate_work(key, age)
        # the extras of a show are found by its name, not by its episodes
        self.settle(None if key.startswith("show:") else self._state.media_of_work(key))

    def rate_podcast(self, podcast_id: str, age: int | None) -> None:
        """Say from which age on a podcast may be heard; ``None`` takes that back."""
        self._state.rate_podcast(podcast_id, age)
        self.settle()
