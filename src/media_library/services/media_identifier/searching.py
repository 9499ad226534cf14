"""Asks TMDb for what the evidence may be, and as much about the best of it as the decision needs."""

from collections.abc import Iterable
from contextlib import suppress

from media_library.adapters.tmdb import FoundTitle, Locale, Tmdb
from media_library.errors import NotFound
from media_library.models.work import WorkKind
from media_library.services.media_identifier.deciding import Verdict, decide
from media_library.services.media_identifier.evidence import Evidence
from media_library.services.media_identifier.judging import Judged, judge_film, judge_found, judge_show
from media_library.services.media_identifier.titles import TitleFit, spellings

_MOST_TITLES = 3
_MOST_LOOKED_AT = 6
_LIST_LENGTH = 20


class Search:
    """Finds candidates for evidence. Raises what ``Tmdb`` raises, never ``NotFound``."""

    def __init__(self, tmdb: Tmdb) -> None:
        self._tmdb = tmdb

    def verdict(self, evidence: Evidence, locale: Locale) -> Verdict:
        """What the evidence is, as far as TMDb can tell."""
        claimed = self._claimed(evidence, locale)
        if claimed is not None:
            verdict = decide(evidence, [claimed])
            if verdict.chosen is not None:
                return verdict
        found: dict[int, Judged] = {}
        is_complete = True
        titles = dict.fromkeys(one for title in evidence.titles[:_MOST_TITLES] for one in spellings(title))
        for title in titles:
            for year in self._years(evidence, found):
                listed = self._search(evidence.kind, title, year, locale)
                is_complete = is_complete and (len(listed) < _LIST_LENGTH or year is not None)
                for entry in listed:
                    found.setdefault(entry.id, judge_found(evidence, entry))
            if any(one.fit >= TitleFit.SAME for one in found.values()):
                break
        for one in self._worth_a_look(evidence, found.values()):
            with suppress(NotFound):  # it was removed from TMDb since
                found[one.id] = self._look(evidence, one.id, locale)
        if claimed is not None:
            found[claimed.id] = claimed
        return decide(evidence, list(found.values()), is_complete=is_complete)

    def _years(self, evidence: Evidence, found: dict[int, Judged]) -> Iterable[int | None]:
        """In which years to search, one after the other, as long as nothing of the name is found."""
        if evidence.year is not None:
            yield evidence.year
            if any(one.fit >= TitleFit.SAME and one.year_gap == 0 for one in found.values()):
                return
        yield None
        if evidence.year is not None and evidence.kind is WorkKind.MOVIE and len(found) >= _LIST_LENGTH:
            yield evidence.year - 1
            yield evidence.year + 1

    def _search(self, kind: WorkKind, title: str, year: int | None, locale: Locale) -> tuple[FoundTitle, ...]:
        if kind is WorkKind.SHOW:
            return self._tmdb.search_shows(title, year, locale)
        return self._tmdb.search_films(title, year, locale)

    def _worth_a_look(self, evidence: Evidence, found: Iterable[Judged]) -> list[Judged]:
        """Those whose length, other titles or episodes may decide."""
        ordered = sorted(found, key=lambda one: (-one.score, -one.votes, one.id))
        alike = [one for one in ordered if one.fit >= TitleFit.CLOSE and (one.year_gap or 0) <= 1]
        if any(one.fit >= TitleFit.SAME for one in alike):
            return alike[:_MOST_LOOKED_AT]
        others = [one for one in ordered if one not in alike and (one.year_gap or 0) <= 1]
        return (alike + others)[:_MOST_LOOKED_AT]

    def _look(self, evidence: Evidence, identifier: int, locale: Locale, *, by_id: bool = False) -> Judged:
        if evidence.kind is WorkKind.SHOW:
            return judge_show(evidence, self._tmdb.show(identifier, locale), by_id=by_id)
        return judge_film(evidence, self._tmdb.film(identifier, locale), by_id=by_id)

    def _claimed(self, evidence: Evidence, locale: Locale) -> Judged | None:
        """What the ids in the name or the .nfo lead to, if TMDb knows them."""
        try:
            if evidence.tmdb_id is not None:
                return self._look(evidence, evidence.tmdb_id, locale, by_id=True)
            for value, source in ((evidence.imdb_id, "imdb_id"), (evidence.tvdb_id, "tvdb_id")):
                if value is None:
                    continue
                films, shows = self._tmdb.find(str(value), "imdb_id" if source == "imdb_id" else "tvdb_id", locale)
                found = shows if evidence.kind is WorkKind.SHOW else films
                if found:
                    return self._look(evidence, found[0].id, locale, by_id=True)
        except NotFound:
            return None
        return None
