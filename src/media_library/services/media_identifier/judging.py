"""How well a film or show of the service fits the evidence, in numbers and in words."""

from dataclasses import dataclass, replace
from enum import StrEnum

from media_library.adapters.tmdb import FilmFacts, FoundTitle, ShowFacts, TitleFacts
from media_library.models.work import Candidate, WorkKind
from media_library.services.media_identifier.evidence import Evidence, Place
from media_library.services.media_identifier.titles import TitleFit, best_fit

_FIT_MINUTES, _FIT_SHARE = 3.0, 0.05  # a film in PAL runs 4 % faster
_ODD_MINUTES, _ODD_SHARE = 12.0, 0.15
_EDITION_SHARE = 0.6
_TITLE_SCORE = {
    TitleFit.EXACT: 0.55,
    TitleFit.SAME: 0.52,
    TitleFit.CLOSE: 0.42,
    TitleFit.PART: 0.25,
    TitleFit.NONE: 0.0,
}


class Length(StrEnum):
    """How the length of a file fits."""

    FITS = "fits"
    ODD = "odd"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """A film or show of the service, judged.

    ``year_gap`` is how far the years are apart, ``None`` if one is not known. ``minutes_over`` is how much longer the
    file runs. ``coverage`` is the share of the episodes here that the show has, 1 for films; ``loose_coverage`` counts
    those too that it has if its numbers go on from season to season.
    """

    id: int
    kind: WorkKind
    title: str
    original_title: str
    year: int | None
    overview: str
    minutes: int | None
    poster: str | None
    votes: int
    country: str | None
    fit: TitleFit
    year_gap: int | None
    minutes_over: float | None
    coverage: float
    loose_coverage: float
    score: float
    reasons: tuple[str, ...]
    has_facts: bool
    by_id: bool = False

    def runs(self, evidence: Evidence) -> Length:
        """Whether the file runs as long as it should."""
        if self.minutes_over is None or self.minutes is None:
            return Length.UNKNOWN
        gap = abs(self.minutes_over)
        if gap <= max(_FIT_MINUTES, _FIT_SHARE * self.minutes):
            return Length.FITS
        share = _EDITION_SHARE if evidence.edition else _ODD_SHARE
        return Length.ODD if gap <= max(_ODD_MINUTES, share * self.minutes) else Length.WRONG

    def candidate(self) -> Candidate:
        """As it is shown to people and kept."""
        return Candidate(
            source="tmdb",
            id=str(self.id),
            kind=self.kind,
            title=self.title,
            original_title=self.original_title if self.original_title != self.title else None,
            year=self.year,
            overview=self.overview[:1000] or None,
            runtime_minutes=self.minutes,
            country=self.country,
            picture=self.poster,
            score=self.score,
            reasons=self.reasons,
        )


def judge_found(evidence: Evidence, found: FoundTitle) -> Judged:
    """What the list of a search tells of a title: no length, no other titles."""
    return _judged(
        evidence,
        found,
        titles=(found.title, found.original_title),
        years=() if found.year is None else (found.year,),
        minutes=None,
        country=found.countries[0] if found.countries else None,
        has_facts=False,
    )


def judge_film(evidence: Evidence, film: FilmFacts, *, by_id: bool = False) -> Judged:
    """What all that is known of a film tells; the years of every first showing count."""
    years = tuple(dict.fromkeys(year for year in (film.year, *film.years) if year is not None))
    return _judged(
        evidence,
        film,
        titles=film.titles,
        years=years,
        minutes=film.runtime_minutes,
        country=film.countries[0] if film.countries else None,
        has_facts=True,
        by_id=by_id,
    )


def judge_show(evidence: Evidence, show: ShowFacts, *, by_id: bool = False) -> Judged:
    """What all that is known of a show tells."""
    return _judged(
        evidence,
        show,
        titles=show.titles,
        years=() if show.year is None else (show.year,),
        minutes=None,
        coverage=coverage(evidence, show),
        loose_coverage=coverage(evidence, show, is_loose=True),
        country=show.countries[0] if show.countries else None,
        has_facts=True,
        by_id=by_id,
    )


def coverage(evidence: Evidence, show: ShowFacts, *, is_loose: bool = False) -> float:
    """The share of the episodes here that a show has, by season and number, or counted through."""
    counts = {one.season: one.episodes for one in show.seasons}
    known = [place for place in evidence.places if place.season != 0]
    return sum(_has(counts, place, is_loose=is_loose) for place in known) / len(known) if known else 1.0


def _has(counts: dict[int, int], place: Place, *, is_loose: bool) -> bool:
    """Whether a show with so many episodes in each season has one at this place."""
    last = place.episode_end or place.episode
    total = sum(number for season, number in counts.items() if season)
    if place.aired_on is not None and place.episode is None:
        return True
    if place.absolute is not None:
        return place.absolute <= total
    if last is None:
        return False
    if place.season is None or place.season == 1:
        return last <= total
    through = sum(number for season, number in counts.items() if 0 < season <= place.season)
    return place.season in counts and last <= (through if is_loose else counts[place.season])


def _judged(
    evidence: Evidence,
    one: FoundTitle | TitleFacts,
    *,
    titles: tuple[str, ...],
    years: tuple[int, ...],
    minutes: int | None,
    coverage: float = 1.0,
    loose_coverage: float = 1.0,
    country: str | None,
    has_facts: bool,
    by_id: bool = False,
) -> Judged:
    how = best_fit(evidence.titles, titles)
    shown = best_fit(evidence.titles, (one.title,))
    gap = min((abs(year - evidence.year) for year in years), default=None) if evidence.year is not None else None
    if gap is not None and one.year is not None and gap < abs(one.year - (evidence.year or 0)):
        gap = max(gap, 1)  # shown again that year: as good as a year beside it
    over = None if minutes is None or evidence.minutes is None else evidence.minutes - minutes
    judged = Judged(
        one.id,
        evidence.kind,
        one.title,
        one.original_title,
        one.year,
        one.overview,
        minutes,
        one.poster,
        one.votes,
        country,
        how,
        gap,
        over,
        coverage,
        loose_coverage,
        0.0,
        (),
        has_facts,
        by_id,
    )
    return replace(judged, score=_score(evidence, judged), reasons=_reasons(evidence, judged, shown))


def _score(evidence: Evidence, one: Judged) -> float:
    score = _TITLE_SCORE[one.fit]
    if one.year_gap is None:
        score += 0.1
    else:
        score += {0: 0.25, 1: 0.17}.get(one.year_gap, max(-0.2, 0.05 - 0.03 * one.year_gap))
    match one.runs(evidence):
        case Length.FITS:
            score += 0.15
        case Length.UNKNOWN:
            score += 0.07
        case Length.WRONG:
            score -= 0.2
    if evidence.kind is WorkKind.SHOW:
        score += 0.08 * one.coverage - (0.3 if one.coverage < 0.5 else 0.0)
    if evidence.country is not None and one.country is not None:
        score += 0.03 if evidence.country == one.country else -0.15
    if one.by_id:
        score += 0.3
    score += min(0.02, one.votes / 100_000)
    return round(min(1.0, max(0.0, score)), 3)


def _reasons(evidence: Evidence, one: Judged, shown: TitleFit) -> tuple[str, ...]:
    said = []
    if one.by_id:
        said.append("The .nfo beside it has this id" if evidence.from_nfo else "The name has this id")
    title = {
        TitleFit.EXACT: "Same title" if shown >= TitleFit.SAME else "Same title in another language or country",
        TitleFit.SAME: "Same title but for an article",
        TitleFit.CLOSE: "Nearly the same title",
        TitleFit.PART: "One title begins like the other",
        TitleFit.NONE: "Another title",
    }[one.fit]
    if one.year_gap == 0 and one.fit is not TitleFit.NONE:
        title += " and year"
    said.append(title)
    if one.year_gap and one.year is not None:
        said.append(f"From {one.year}, not {evidence.year}")
    if evidence.year is not None and one.year is None:
        said.append("Its year is not known")
    if one.minutes_over is not None:
        gap = round(abs(one.minutes_over))
        if one.runs(evidence) == Length.FITS:
            said.append("Same length")
        else:
            longer = "longer" if one.minutes_over > 0 else "shorter"
            said.append(f"The file runs {gap} minute{'' if gap == 1 else 's'} {longer}")
    if evidence.kind is WorkKind.SHOW and one.has_facts and evidence.places and one.coverage < 1:
        said.append(f"Has {round(100 * one.coverage)} % of the episodes that are here")
    if evidence.country is not None and one.country is not None and evidence.country != one.country:
        said.append(f"Made in {one.country}, not {evidence.country}")
    return tuple(said)
