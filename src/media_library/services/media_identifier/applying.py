"""Applies a match: names, facts, people, saga and pictures; and takes it back."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from media_library.adapters.tmdb import Locale, SeasonFacts, ShowFacts, Tmdb
from media_library.app_state import AppState
from media_library.errors import Conflict, NotFound
from media_library.models.collection import CollectionKind, NewCollection, NewEntry
from media_library.models.media import Media, MediaNames
from media_library.models.work import Settlement, Work, WorkFacts, WorkIds, WorkKind, WorkState, show_work_key
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo import IdentifiedMedia, show_key
from media_library.services.media_identifier.gathering import Gatherer
from media_library.services.media_identifier.plans import NewNames, Plan, plan_film, plan_show
from media_library.services.media_identifier.work_pictures import WorkPictures

_MOST_SEASONS = 80


PathsOf = Callable[[Sequence[str]], list[tuple[str, str]]]
"""Which of some items have files that would be called otherwise by the names that they have now: old and new paths."""


class _OnlyAsked(Exception):
    """Ends a transaction that nobody wants to keep."""


class StoodBefore(msgspec.Struct, frozen=True):
    """The names and overviews of the media of a work before a match was applied, and the key that it had."""

    key: str
    names: dict[str, MediaNames]
    overviews: dict[str, str | None]


class Applier:
    """Writes what a film or show is. ``after_identified`` is told the media that are known now."""

    def __init__(
        self,
        state: AppState,
        tmdb: Tmdb,
        gatherer: Gatherer,
        pictures: WorkPictures,
        locale: Callable[[], Locale],
        after_identified: Callable[[Sequence[str]], None],
        paths_of: PathsOf,
    ) -> None:
        self._state = state
        self._tmdb = tmdb
        self._gatherer = gatherer
        self._pictures = pictures
        self._locale = locale
        self._after_identified = after_identified
        self._paths_of = paths_of

    def plan(self, work: Work, tmdb_id: int) -> Plan:
        """What the work would become as that film or show. Raises ``NotFound`` and what ``Tmdb`` raises."""
        media = self.media(work)
        if work.kind is WorkKind.MOVIE:
            return plan_film(media[0], self._tmdb.film(tmdb_id, self._locale()))
        show = self._tmdb.show(tmdb_id, self._locale())
        title = self._title_here(work, show)
        return plan_show(media, self._gatherer.show(media), show, self._all_seasons(show), title)

    def apply(self, work: Work, tmdb_id: int, settlement: Settlement) -> str:
        """Make a work that film or show; the answer is its key, which changes when the show is called otherwise."""
        started_at = now_ms()
        plan = self.plan(work, tmdb_id)
        if work.ids.tmdb not in (None, tmdb_id):
            self._pictures.forget(work)
        with self._state.transaction():
            key = self._write(work, plan, settlement)
            if work.kind is WorkKind.SHOW:
                self._state.note_fitted(key, started_at)
        self._file_saga(plan)
        self._pictures.fetch_poster(key)
        self._after_identified([one.media.id for one in plan.items])
        return key

    def paths(self, work: Work, plan: Plan) -> list[tuple[str, str]]:
        """Which files would get other names: written as if it were meant, asked, and taken back before anybody sees."""
        paths: list[tuple[str, str]] = []
        try:
            with self._state.transaction():
                self._write(work, plan, Settlement(WorkState.CONFIRMED))
                paths = self._paths_of([one.media.id for one in plan.items])
                raise _OnlyAsked
        except _OnlyAsked:
            return paths

    def undo(self, work: Work) -> Work:
        """Give the media of a work back the names that they had; it waits for a person again.

        What a person changed since stays. Raises ``Conflict`` if nothing was applied.
        """
        text = self._state.work_before(work.key)
        if text is None:
            raise Conflict("Nothing was applied here that could be taken back.")
        before = msgspec.json.decode(text, type=StoodBefore)
        media = self._state.media_with_ids(before.names)
        items = [
            IdentifiedMedia(one.id, _with_locked(before.names[one.id], one), before.overviews.get(one.id))
            for one in media.values()
        ]
        with self._state.transaction():
            self._state.name_identified(items)
            if work.kind is WorkKind.MOVIE and media:
                self._leave_saga(work, next(iter(media)))
            self._state.describe_work(work.key, WorkFacts(), WorkIds())
            self._state.put_credits(work.key, ())
            self._state.put_show_episodes(work.key, (), None)
            self._state.put_show_seasons(work.key, ())
            self._state.note_pictures(work.key, None, None)
            self._state.remember_before(work.key, None)
            key = work.key
            if before.key != key and self._state.work(before.key) is None:
                self._state.rekey_work(key, before.key)
                key = before.key
            if work.ids.tmdb is not None:
                self._state.note_rejected(key, work.ids.tmdb)
            shown = replace_state(work, WorkState.REVIEW, "The match was taken back.")
            self._state.settle_work(key, shown)
        self._pictures.forget(work)
        self._after_identified([one.media_id for one in items])
        undone = self._state.work(key)
        assert undone is not None
        return undone

    def media(self, work: Work) -> list[Media]:
        """The media of a work that are in the library, in order; raises ``NotFound`` if there is none left."""
        ids = self._state.media_of_work(work.key)
        found = self._state.media_with_ids(ids)
        if not found:
            raise NotFound("Nothing of this is in the library any more.")
        return [found[media_id] for media_id in ids if media_id in found]

    def _write(self, work: Work, plan: Plan, settlement: Settlement) -> str:
        """Write a plan within the transaction of the caller; returns the key of the work."""
        key = self._rekeyed(work, plan)
        self._remember(work, key, plan.items)
        sure = settlement.state is WorkState.CONFIRMED or work.kind is WorkKind.MOVIE
        self._state.name_identified(
            [IdentifiedMedia(one.media.id, one.names, one.overview, is_sure=sure) for one in plan.items]
        )
        self._state.describe_work(key, plan.facts, plan.ids)
        self._state.put_credits(key, plan.credits)
        self._state.note_pictures(key, plan.poster, plan.backdrop)
        if work.kind is WorkKind.SHOW:
            self._state.put_show_episodes(key, plan.episodes, None)
            self._state.put_show_seasons(key, plan.seasons)
        elif plan.ids.tmdb is not None:
            media_id = plan.items[0].media.id
            self._leave_saga(work, media_id)
            self._state.remember_origins(media_id, [film_origin(plan.ids.tmdb)])
            self._state.link_entry(film_origin(plan.ids.tmdb), media_id)
        self._state.settle_work(key, settlement)
        return key

    def _leave_saga(self, work: Work, media_id: str) -> None:
        """The item is no longer the film that it was taken for."""
        if work.ids.tmdb is not None:
            self._state.forget_origin(media_id, film_origin(work.ids.tmdb))
            self._state.unlink_entry(film_origin(work.ids.tmdb), media_id)

    def _all_seasons(self, show: ShowFacts) -> list[SeasonFacts]:
        """All seasons with their episodes; one that cannot be had is left out."""
        seasons: list[SeasonFacts] = []
        for listed in show.seasons[:_MOST_SEASONS]:
            try:
                season = self._tmdb.season(show.id, listed.season, self._locale())
            except NotFound:
                continue
            seasons.append(replace(season, poster=season.poster or listed.poster))
        return seasons

    def _title_here(self, work: Work, show: ShowFacts) -> str:
        """What the show is called here: by its name, with the year if another show here has that name already."""
        key = show_work_key(show_key(MediaNames("", show_title=show.title)) or "")
        is_ours = key == work.key or self._state.tmdb_of_work(key) == show.id
        if is_ours or not self._state.is_show_key_taken(key.partition(":")[2]):
            return show.title
        return f"{show.title} ({show.year})" if show.year is not None else f"{show.title} ({show.id})"

    def _rekeyed(self, work: Work, plan: Plan) -> str:
        """The key of the work under its new name. One that is the same show already takes this one in."""
        if work.kind is not WorkKind.SHOW:
            return work.key
        new_key = show_work_key(show_key(plan.items[0].names) or "")
        if new_key == work.key:
            return work.key
        if self._state.work(new_key) is None:
            self._state.rekey_work(work.key, new_key)
        elif new_key != work.key:
            self._state.forget_work(work.key)
        return new_key

    def _remember(self, work: Work, key: str, items: Sequence[NewNames]) -> None:
        """Keep the names from before the first match, for those that came later too."""
        text = self._state.work_before(key)
        before = StoodBefore(work.key, {}, {}) if text is None else msgspec.json.decode(text, type=StoodBefore)
        names = {one.media.id: one.media.names for one in items} | before.names
        overviews = {one.media.id: one.media.overview for one in items} | before.overviews
        kept = StoodBefore(before.key, names, overviews)
        self._state.remember_before(key, msgspec.json.encode(kept).decode())

    def _file_saga(self, plan: Plan) -> None:
        """Put the film into its saga, with the films of it that are not here."""
        if plan.saga_id is None:
            return
        try:
            saga = self._tmdb.saga(plan.saga_id, self._locale())
        except NotFound:
            return
        with self._state.transaction():
            collection = self._state.add_collection(
                NewCollection(CollectionKind.SAGA, saga.title, origin=f"tmdb:saga:{saga.id}")
            )
            self._state.put_entries(collection.id, [NewEntry(film_origin(one.id), one.title) for one in saga.films])
        if not collection.has_poster:
            has_poster = self._pictures.fetch_named(collection.id, saga.poster)
            self._state.describe_collection(collection.id, saga.overview or None, has_poster=has_poster)


def film_origin(tmdb_id: int) -> str:
    """The key by which the entries of sagas know a film."""
    return f"tmdb:movie:{tmdb_id}"


def replace_state(work: Work, state: WorkState, reason: str) -> Settlement:
    """A settlement that keeps the candidates of a work."""
    return Settlement(state, reason, work.score, work.candidates)


def _with_locked(names: MediaNames, media: Media) -> MediaNames:
    kept = {name: getattr(media.names, name) for name in media.locked if hasattr(names, name)}
    return replace(names, **kept)
