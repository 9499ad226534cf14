"""Finds the number of an episode in a name: season and episode, absolute number or date, as any language writes it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_MOST_IN_ONE_FILE = 40
_FIRST_YEAR, _LAST_YEAR = 1920, 2100


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of an episode, and where in the name it stands (``start`` to ``end``).

    ``strong``: no film is called like that.
    """

    start: int
    end: int
    season: int | None = None
    episode: int | None = None
    episode_end: int | None = None
    absolute: int | None = None
    air_date: date | None = None
    strong: bool = True


_SEASON_EPISODE: Final = re.compile(
    r"""(?<![^\W_])s(?P<s>\d{1,4})[ ._\-]{0,3}(?:x?ep?|x)[ ._]?(?P<e>\d{1,5})(?:v\d)?
        (?P<more>(?:[ ._]?(?:-|&|\+)?[ ._]?(?:s\d{1,4})?[ ._]?ep?[ ._]?\d{1,4}(?!\d) | [-~]\d{1,4}(?![\dpix])
            | [ ._]?-[ ._]?\d{1,2}x\d{2,3}(?!\d))*)
        (?![^\W_a-d])""",
    re.IGNORECASE | re.VERBOSE,
)
_CROSS: Final = re.compile(
    r"""(?<![^\W_])(?P<s>\d{1,2}|20[0-3]\d(?=x\d{1,3}(?!\d)))x(?P<e>\d{2,4}|\d(?!\d))
        (?P<more>(?:[ ._]?-?[ ._]?(?:\d{1,2}|20[0-3]\d)?x\d{1,3}(?!\d)|-e\d{1,3}(?!\d) | [-~_]\d{2,3}(?![\dpi]))*)
        (?![^\W_a-d])""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS: Final = re.compile(
    r"""(?<![^\W_])(?:season|series|staffel|saison|temporada|temp|stagione|seizoen|säsong|sæson|sesong|sezon|сезон|kausi)
        [ ._:#]{0,2}(?P<s>\d{1,4})[ ._,\-:)\]]{1,4}[(\[]?
        (?:episode|ep|e|folge|épisode|capitulo|capítulo|cap|episodio|episódio|aflevering|avsnitt|afsnit|odcinek|bölüm|серия|jakso)
        [ ._:#]{0,2}(?P<e>\d{1,4})(?P<more>(?:[ ]?[-&][ ]?\d{1,4}(?!\d))?)(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS_AFTER: Final = re.compile(
    r"""(?<!\d)(?P<s>\d{1,3})[ ._\-]?(?:-?(?:й|я))?[ ._]?(?:сезон|sezon|evad|\.évad|série)[ ._,\-]{1,4}
        (?P<e>\d{1,4})(?P<more>)[ ._\-]?(?:-?(?:й|я))?[ ._]?(?:серия|серії|bölüm|odcinek|rész|díl)""",
    re.IGNORECASE | re.VERBOSE,
)
_EAST: Final = re.compile(
    r"(?:第\s*(?P<s>\d{1,3}|[一二三四五六七八九十])\s*[季期部]|시즌\s*(?P<k>\d{1,3})|シーズン\s*(?P<j>\d{1,3}))\s*[\-–]?\s*"
    r"(?:第\s*)?(?P<e>\d{1,4})(?P<more>)\s*[話话集화회]"
)
_EAST_EPISODE: Final = re.compile(
    r"第\s*(?P<e>\d{1,4})\s*[話话集回夜](?P<more>)|(?<!\d)(?P<f>\d{1,4})\s*(?:화|회|話|集)(?![^\W_])"
)
_DOTTED: Final = re.compile(r"\[(?P<s>\d{1,2})\.(?P<e>\d{2})(?P<more>)\]")
_CAP: Final = re.compile(
    r"(?<![^\W_])cap\.?[ ._]?(?P<s>\d{1,2})(?P<e>\d{2})(?P<more>(?:_\d{3,4})?)(?!\d)", re.IGNORECASE
)
_DATE: Final = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[ ._\-/](?P<m>\d\d)[ ._\-/](?P<d>\d\d)(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(?P<d>\d\d)[.\-_](?P<m>\d\d)[.\-_](?P<y>(?:19|20)\d\d)(?!\d)")
_SHORT_DATE: Final = re.compile(r"(?<![^\W_])([012]\d)([01]\d)([0-3]\d)(?![^\W_])")
_EPISODE: Final = re.compile(
    r"""(?<![^\W_])(?:episode|episodio|episódio|épisode|folge|teil|capitulo|capítulo|aflevering|avsnitt|odcinek|bölüm|серия
        |jakso|chapter|ep|e)[ ._#]{0,2}(?P<e>\d{1,4})(?:v\d)?
        (?P<more>(?:[ ]?-[ ]?(?:ep?)?\d{1,4}(?![\dpi]))?|(?:e\d{1,4})*)(?![^\W_])
      | (?<!\d)(?P<g>\d{1,2})[ ._]?of[ ._]?\d{1,2}(?!\d)
      | (?<!\d)(?P<f>\d{1,4})[ ._]?(?:-?я[ ._])?(?:серия|серії|bölüm|rész)(?![^\W_])""",
    re.IGNORECASE | re.VERBOSE,
)
_SPECIAL: Final = re.compile(
    r"(?<![^\W_])(?:sp|special|ova|oad|ona|omake)[ ._\-]{0,3}(?P<e>\d{1,3})(?:v\d)?(?![^\W_])"
    r"|(?<![^\W_])(?P<bare>ova|oad)(?![^\W_])",
    re.IGNORECASE,
)
_DASHED: Final = re.compile(
    r"""[ ._]-[ ._]{1,3}(?:s(?P<s>\d{1,2})[ ._]-[ ._])?(?P<e>\d{1,4})(?:\.(?P<half>\d))?(?:v\d)?
        (?P<more>(?:[-~]\d{1,4}|[ ]~[ ]\d{1,4})?)(?:v\d)?
        (?=[\s.]*(?:$|[\[(]|[ _]-[ _]|_|END\b|Fin\b|F?HD\b|DVD\b|BD\b|VOSTFR\b|RAW\b|\d{3,4}p|\d{3,4}x\d{3,4}))""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE_BRACKET: Final = re.compile(
    r"(?<!\d)[ ._\-]#?(?P<e>\d{2,4})(?:v\d)?(?P<more>(?:-\d{2,4})?)(?:[ ._]*(?:END|Fin))?(?=[ ._]*(?:$|[\[(]))"
    r"|[ _](?P<f>0\d{1,2})(?=[ _])"
)
_IN_BRACKETS: Final = re.compile(
    r"\[(?P<e>\d{1,4})(?:v\d)?(?P<more>(?:-\d{1,4})?)(?:[ _]?(?:END|Fin))?\]", re.IGNORECASE
)
_COUNTED: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PART: Final = re.compile(
    rf"(?<![^\W_])(?:part|pt)[ ._]?(?:(?P<e>\d{{1,2}})|(?P<word>{'|'.join(_COUNTED)}))(?P<more>)(?![^\W_])",
    re.IGNORECASE,
)
_LEADING_ALONE: Final = re.compile(r"^(?P<e>\d{1,3})(?P<more>(?:-\d{1,3}(?!\d))?)(?=$|\s*[\-.]\s)")
_LEADING: Final = re.compile(r"^(?P<e>\d{1,4})(?P<more>(?:-\d{1,3}(?!\d))?)(?=$|[ ._\-\])])")
_TRAILING: Final = re.compile(r"(?<=[ ._\-#])(?P<e>\d{1,3})(?P<more>)$")
_THREE: Final = re.compile(r"(?<![^\W_])(?P<s>[1-9]|[12]\d)(?P<e>\d\d)(?:[ ._](?P=s)(?P<last>\d\d))?(?![^\W_])")
_NTH_SEASON: Final = re.compile(
    r"[ ._\-(]+(?:temporada|staffel|saison|stagione|сезон|seizoen|sezon)[ ._](\d{1,2})\)?$|"
    r"[ ._\-(]+(?:(\d{1,2})(?:st|nd|rd|th)[ ._]season|season[ ._](\d{1,2})|s(\d{1,2})"
    r"|第([一二三四五六七八九十\d]{1,2})[季期])\)?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_CHINESE = {char: value for value, char in enumerate("一二三四五六七八九十", 1)}


def numbered(text: str) -> Numbers | None:
    """The number in a name that is unmistakably that of an episode, or ``None``."""
    for pattern in (_SEASON_EPISODE, _CROSS):
        for match in pattern.finditer(text):
            if pattern is _CROSS and int(match["e"]) in (264, 265, 266):
                continue
            return _both(match, int(match["s"]))
    for pattern in (_WORDS, _WORDS_AFTER, _DOTTED, _CAP):
        words = pattern.search(text)
        if words is not None:
            more = words["more"]
            found = _both(words, int(words["s"]))
            if pattern is _CAP and more:
                return Numbers(*words.span(), found.season, found.episode, int(more[-2:]))
            return found
    if not text.isascii() and (east := _EAST.search(text)):
        season = east["s"] or east["k"] or east["j"]
        return _both(east, _CHINESE.get(season) or int(season))
    return None


def dated(text: str) -> Numbers | None:
    """The date in a name, of the day on which something was broadcast."""
    for pattern in (_DATE, _DAY_FIRST):
        for match in pattern.finditer(text):
            day = _day(match["y"], match["m"], match["d"]) or _day(match["y"], match["d"], match["m"])
            if day is not None:
                return Numbers(*match.span(), air_date=day)
    return None


def short_date(text: str) -> Numbers | None:
    """ "show.140722.hdtv": year, month and day of this century run together."""
    match = _SHORT_DATE.search(text)
    day = None if match is None or match.start() == 0 else _day("20" + match[1], match[2], match[3])
    if match is None or day is None:
        return None
    return Numbers(match.start(), match.end(), air_date=day, strong=False)


def counted(text: str) -> Numbers | None:
    """An episode by its word alone: "Ep 05", "Folge 5", "第5話"."""
    match = _EPISODE.search(text)
    if match is None and not text.isascii():
        match = _EAST_EPISODE.search(text)
    return None if match is None else _one(match)


def part_of_season(text: str) -> Numbers | None:
    """ " - Part 3 - ": how the episodes of a series in parts are often counted, in the folder of a season."""
    match = _PART.search(text)
    if match is None:
        return None
    if match["word"]:
        number = _COUNTED.index(match["word"].lower()) + 1
        return Numbers(*match.span(), episode=number, strong=False)
    return _one(match)


def special(text: str) -> Numbers | None:
    """ "SP 1", "OVA", "OAD 2": an episode outside of the seasons."""
    match = _SPECIAL.search(text)
    if match is None:
        return None
    return Numbers(*match.span(), season=0, episode=int(match["e"]) if match["e"] else None, strong=False)


def of_group(text: str) -> Numbers | None:
    """The absolute number in the way of "[Group] Show - 012 [1080p]"; ``text`` has no "[Group]" any more."""
    for pattern in (_DASHED, _EPISODE, _IN_BRACKETS, _BEFORE_BRACKET):
        for match in pattern.finditer(text):
            if match.start() == 0 or _is_year(match["e"] or ""):
                continue
            found = _one(match)
            season = match.groupdict().get("s")
            if season:
                return Numbers(found.start, found.end, int(season), found.episode, found.episode_end)
            return Numbers(found.start, found.end, None, found.episode, found.episode_end, found.episode, strong=False)
    return None


def leading(text: str, *, in_season: bool) -> Numbers | None:
    """The number that a name begins with; outside of the folder of a season only one that stands alone there."""
    match = (_LEADING if in_season else _LEADING_ALONE).match(text)
    return None if match is None or _is_year(match["e"]) else _one(match)


def trailing(text: str) -> Numbers | None:
    """The number that a name ends with."""
    match = _TRAILING.search(text)
    return None if match is None else _one(match)


def three_digits(text: str) -> Numbers | None:
    """ "show.102.hdtv": season and episode run together, as was usual before 2010."""
    for match in _THREE.finditer(text):
        if match.start() > 0 and not _is_year(match[0]):
            last = int(match["last"] or 0)
            end = last if last > int(match["e"]) else None
            return Numbers(*match.span(), int(match["s"]), int(match["e"]), end, strong=False)
    return None


def without_season(title: str) -> tuple[str, int | None]:
    """A title without the season at its end ("Title 2nd Season", "Title S2"), and that season."""
    match = _NTH_SEASON.search(title)
    if match is None or match.start() == 0:
        return title, None
    value = next(group for group in match.groups() if group)
    return title[: match.start()], _CHINESE.get(value) or (int(value) if value.isdecimal() else None)


def _both(match: re.Match[str], season: int) -> Numbers:
    found = _one(match)
    return Numbers(found.start, found.end, season, found.episode, found.episode_end)


def _one(match: re.Match[str]) -> Numbers:
    named = match.groupdict()
    episode = int(named["e"] or named.get("f") or named.get("g") or 0)
    more = [int(number) for number in _NUMBER.findall(match["more"] or "")]
    last = more[-1] if more else None
    if last is not None and not episode < last <= episode + _MOST_IN_ONE_FILE:
        last = None
    return Numbers(*match.span(), episode=episode, episode_end=last, strong=False)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR < found.year < _LAST_YEAR else None


def _is_year(text: str) -> bool:
    return len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR
