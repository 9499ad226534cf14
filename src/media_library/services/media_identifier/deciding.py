"""Whether one of the judged candidates is certain enough to be applied without asking anybody.

A wrong match is worse than a question: whatever leaves a doubt goes to a person, with the doubt in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from media_library.models.work import WorkKind, WorkState
from media_library.services.media_identifier.evidence import Evidence
from media_library.services.media_identifier.judging import Judged, Length
from media_library.services.media_identifier.titles import TitleFit

_MOST_SHOWN = 8
_LEAST_SCORE = 0.3
_FAMOUS = 50
_LEAST_VOTES = 300
_STRICT_MINUTES, _STRICT_SHARE = 2.0, 0.02
_LEAST_COVERAGE = 0.9
_RIVAL_COVERAGE = 0.7
_NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done: applied with ``chosen``, or reviewed or unknown for a ``reason``. ``shown`` are the best."""

    state: WorkState
    chosen: Judged | None
    reason: str | None
    shown: tuple[Judged, ...]


def decide(evidence: Evidence, judged: Sequence[Judged], *, is_complete: bool = True) -> Verdict:
    """The verdict over all candidates; not ``is_complete``: the service has more of this name than it listed."""
    ordered = sorted(judged, key=lambda one: (-one.score, -one.votes, one.id))
    shown = tuple(one for one in ordered if one.score >= _LEAST_SCORE or one.fit >= TitleFit.CLOSE)[:_MOST_SHOWN]
    claimed = next((one for one in ordered if one.by_id), None)
    if claimed is not None:
        shown = (claimed, *(one for one in shown if one is not claimed))[:_MOST_SHOWN]
        doubt = _doubt_of_id(evidence, claimed)
    elif not shown:
        noun = "show" if evidence.kind is WorkKind.SHOW else "film"
        return Verdict(WorkState.UNKNOWN, None, f"TMDb knows no {noun} by this name.", ())
    elif evidence.kind is WorkKind.SHOW:
        doubt = _doubt_of_show(evidence, shown)
    else:
        doubt = _doubt_of_film(evidence, shown, is_complete=is_complete)
    if doubt is None:
        return Verdict(WorkState.APPLIED, shown[0], None, shown)
    return Verdict(WorkState.REVIEW, None, doubt, shown)


def _doubt_of_id(evidence: Evidence, one: Judged) -> str | None:
    """An id that a name or a file claims counts only if something else speaks for it too."""
    source = "The .nfo beside it" if evidence.from_nfo else "Its name"
    agrees = one.fit >= TitleFit.CLOSE or (
        one.fit is TitleFit.PART and one.year_gap in (0, 1) and one.runs(evidence) is not Length.WRONG
    )
    if not agrees or (one.year_gap or 0) > 1:
        return f"{source} has the id of “{one.title}”, which does not fit."
    if evidence.kind is WorkKind.SHOW and one.loose_coverage < _LEAST_COVERAGE:
        return f"{source} has the id of “{one.title}”, which does not have these episodes."
    if one.runs(evidence) is Length.WRONG:
        return f"{source} has the id of “{one.title}”, but the length does not fit."
    return None


def _doubt_of_film(evidence: Evidence, shown: Sequence[Judged], *, is_complete: bool) -> str | None:
    best = shown[0]
    if best.fit <= TitleFit.PART:
        return "No film of just this name was found."
    rivals = [one for one in shown if one is not best and one.fit >= min(best.fit, TitleFit.SAME)]
    if evidence.year is None:
        return _doubt_without_year(evidence, best, rivals, is_complete=is_complete)
    near = [one for one in rivals if one.year_gap is None or one.year_gap <= 1]
    if best.year_gap is None:
        return "The year of the film is not known."
    if best.year_gap > 1:
        return f"No film of this name from {evidence.year} was found; this one is from {best.year}."
    length = best.runs(evidence)
    if length is Length.WRONG:
        return "The length does not fit."
    exact = [one for one in near if one.year_gap == 0]
    if best.year_gap == 0 and exact:
        return _doubt_among_twins(evidence, best, exact)
    if best.fit is TitleFit.CLOSE and not (best.year_gap == 0 and _runs_just_so(best)):
        return "The title is only similar."
    if best.year_gap == 1:
        if near:
            return f"{_number(len(near) + 1)} films of this name around {evidence.year}."
        if length is not Length.FITS:
            return f"The film is from {best.year}, not {evidence.year}."
    elif near and (length is not Length.FITS or any(one.runs(evidence) is Length.FITS for one in near)):
        return f"{_number(len(near) + 1)} films of this name around {evidence.year}."
    return None


def _doubt_among_twins(evidence: Evidence, best: Judged, twins: Sequence[Judged]) -> str | None:
    """Several films of one name and year: only the length can tell them apart."""
    told_apart = best.runs(evidence) is Length.FITS and all(
        one.runs(evidence) is Length.WRONG or (one.fit < best.fit and one.runs(evidence) is not Length.FITS)
        for one in twins
    )
    return None if told_apart else f"{_number(len(twins) + 1)} films of this name in {evidence.year}."


def _doubt_without_year(evidence: Evidence, best: Judged, rivals: Sequence[Judged], *, is_complete: bool) -> str | None:
    length = best.runs(evidence)
    if best.fit is TitleFit.CLOSE:
        return "The title is only similar, and the year is not known."
    is_famous = best.votes >= max(_LEAST_VOTES, _FAMOUS * max((one.votes for one in rivals), default=0))
    is_told_apart = _runs_just_so(best) and not any(one.runs(evidence) is Length.FITS for one in rivals)
    if rivals and not (is_famous and is_told_apart):
        return f"{_number(len(rivals) + 1)} films of this name."
    if length is Length.UNKNOWN:
        return "The year is not known, and the length does not tell."
    if length is not Length.FITS:
        return "The length does not fit."
    if not is_complete and not (is_famous and is_told_apart):
        return "There are many films of this name."
    return None


def _doubt_of_show(evidence: Evidence, shown: Sequence[Judged]) -> str | None:
    best = shown[0]
    if best.fit <= TitleFit.PART:
        return "No show of just this name was found."
    if best.fit is TitleFit.CLOSE:
        return "The title is only similar."
    if best.loose_coverage < _LEAST_COVERAGE:
        return f"“{best.title}” does not have all of these episodes."
    if best.year_gap is not None and best.year_gap > 1:
        return f"No show of this name from {evidence.year} was found; this one is from {best.year}."
    if evidence.country is not None and best.country not in (None, evidence.country):
        return f"“{best.title}” was made in {best.country}, not {evidence.country}."
    rivals = [one for one in shown[1:] if one.fit >= TitleFit.SAME and one.coverage >= _RIVAL_COVERAGE]
    if best.year_gap == 0:
        rivals = [one for one in rivals if one.year_gap is None or one.year_gap == 0]
    elif best.year_gap == 1:
        rivals = [one for one in rivals if one.year_gap is None or one.year_gap <= 1]
    if evidence.country is not None and best.country == evidence.country:
        rivals = [one for one in rivals if one.country in (None, evidence.country)]
    return f"{_number(len(rivals) + 1)} shows of this name." if rivals else None


def _runs_just_so(one: Judged) -> bool:
    if one.minutes_over is None or one.minutes is None:
        return False
    return abs(one.minutes_over) <= max(_STRICT_MINUTES, _STRICT_SHARE * one.minutes)


def _number(count: int) -> str:
    return _NUMBERS.get(count, str(count))
