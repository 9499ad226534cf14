"""The counter for what things are: looks works up, applies what is certain, and does what people say."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from media_library.adapters.service_client import ServiceFailed, ServiceUnavailable
from media_library.adapters.tmdb import Locale, Tmdb, is_picture_path
from media_library.app_state import AppState
from media_library.errors import InvalidInput, NotFound
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.preferences import LibraryPreferences
from media_library.models.user import Viewer
from media_library.models.work import Candidate, Person, Settlement, Work, WorkKind, WorkState, movie_key, show_work_key
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo import show_key
from media_library.services.covers import Covers
from media_library.services.media_identifier.applying import Applier, PathsOf
from media_library.services.media_identifier.evidence import Evidence
from media_library.services.media_identifier.gathering import Gatherer, NfoReader
from media_library.services.media_identifier.plans import Plan
from media_library.services.media_identifier.searching import Search
from media_library.services.media_identifier.work_pictures import WorkPictures

log = logging.getLogger(__name__)

_REJECTED = "The likeliest match was taken back by somebody."
_KINDS = {MediaType.MOVIE: WorkKind.MOVIE, MediaType.EPISODE: WorkKind.SHOW}


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a person says that a thing is; nothing means that it is looked up by what it tells of itself."""

    title: str | None = None
    year: int | None = None
    kind: Literal["movie", "show"] | None = None
    tmdb_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing was said."""
        return self.title is None and self.year is None and self.tmdb_id is None


class MediaIdentifier:
    """Identifies films and shows. Safe to use from any thread.

    ``after_identified`` is told the media that are known now. Every method may raise ``ServiceUnavailable`` and
    ``ServiceFailed``.
    """

    def __init__(
        self,
        state: AppState,
        tmdb: Tmdb,
        covers: Covers,
        preferences: Callable[[], LibraryPreferences],
        read_nfo: NfoReader,
        after_identified: Callable[[Sequence[str]], None],
        paths_of: PathsOf = lambda media_ids: [],
    ) -> None:
        self._state = state
        self._tmdb = tmdb
        self._covers = covers
        self._preferences = preferences
        self._read_nfo = read_nfo
        self._after_identified = after_identified
        self._paths_of = paths_of
        self._gatherer = Gatherer(state, read_nfo)
        self._search = Search(tmdb)
        self.pictures = WorkPictures(state, tmdb, covers)
        self._applier = Applier(state, tmdb, self._gatherer, self.pictures, self.locale, after_identified, paths_of)

    def watched(self, while_waiting: Callable[[], None]) -> "MediaIdentifier":
        """The same, for a job that may be broken off: ``while_waiting`` is called at least twice a second."""
        tmdb = self._tmdb.watched(while_waiting)
        return MediaIdentifier(
            self._state, tmdb, self._covers, self._preferences, self._read_nfo, self._after_identified
        )

    def dressed(self, key: str) -> None:
        """A work got another picture: what lies beside its files follows."""
        self._after_identified(self._state.media_of_work(key))

    @property
    def why_not(self) -> str | None:
        """Why nothing can be looked up at all, ``None`` if it can."""
        return self._tmdb.why_not

    def locale(self) -> Locale:
        """In which language texts are wanted."""
        preferences = self._preferences()
        return Locale(preferences.metadata_language, preferences.metadata_country)

    def look_up(self, work: Work) -> str:
        """Find out what a film or show is, and settle it; one that is settled gets what came to it. Returns its key.

        Nothing is changed if the service cannot be asked. Raises ``NotFound`` if nothing of it is in the library.
        """
        if work.state in (WorkState.APPLIED, WorkState.CONFIRMED) and work.ids.tmdb is not None:
            settled = Settlement(work.state, work.reason, work.score, work.candidates)
            return self._applier.apply(work, work.ids.tmdb, settled)
        started_at = now_ms()
        verdict = self._search.verdict(self._evidence(work), self.locale())
        candidates = tuple(one.candidate() for one in verdict.shown)
        rejected = self._state.rejected_of_work(work.key)
        if verdict.chosen is not None and verdict.chosen.id in rejected:
            verdict = replace(verdict, state=WorkState.REVIEW, chosen=None, reason=_REJECTED)
        if verdict.chosen is not None:
            applied = Settlement(WorkState.APPLIED, None, verdict.chosen.score, candidates)
            return self._applier.apply(work, verdict.chosen.id, applied)
        score = verdict.shown[0].score if verdict.shown else None
        self._state.settle_work(work.key, Settlement(verdict.state, verdict.reason, score, candidates))
        self._state.note_fitted(work.key, started_at)
        return work.key

    def identify(self, viewer: Viewer, media_id: str, asked: AskedFor) -> Work:
        """Look up what an item belongs to, or make it what a person says. Returns the work as it is then.

        What is certain is applied, the rest is for review with its candidates.
        """
        work = self._work_of(self._retyped(self._state.media_for(viewer, media_id), asked))
        if asked.tmdb_id is not None:
            key = self._confirm(work, asked.tmdb_id)
        elif asked.is_open:
            self._state.put_work_pending([work.key], anew=True)
            anew = replace(work, state=WorkState.PENDING) if work.state is not WorkState.CONFIRMED else work
            key = self.look_up(anew)
        else:
            key = self._settle_by_hand(work, asked)
        return self._work(key)

    def candidates(self, kind: WorkKind, title: str, year: int | None) -> tuple[Candidate, ...]:
        """What TMDb has by a name, the likeliest first."""
        evidence = Evidence(kind, (title,), year, is_by_hand=True)
        return tuple(one.candidate() for one in self._search.verdict(evidence, self.locale()).shown)

    def preview(self, viewer: Viewer, key: str, tmdb_id: int) -> tuple[Plan, list[tuple[str, str]]]:
        """What a work would become, and which of its files would get other names."""
        work = self._state.work_for(viewer, key)
        plan = self._applier.plan(work, tmdb_id)
        return plan, self._applier.paths(work, plan)

    def apply(self, viewer: Viewer, key: str, tmdb_id: int) -> Work:
        """Make a work what a person chose."""
        return self._work(self._confirm(self._state.work_for(viewer, key), tmdb_id))

    def undo(self, viewer: Viewer, key: str) -> Work:
        """Take the last match of a work back; ``key`` may be the one that it had before."""
        return self._applier.undo(self._state.work_for(viewer, self._state.key_now(key)))

    def candidate_picture(self, path: str) -> bytes:
        """A small picture of a candidate; raises ``NotFound`` for a path that is none."""
        if not is_picture_path(path):
            raise NotFound("There is no such picture.")
        return self._tmdb.picture(path, "w342", keep=True)

    def person_told(self, person: Person) -> Person:
        """A person with what the service tells of them, asked for once; as they are known if it cannot be asked."""
        if person.overview is not None or person.tmdb_id is None or self.why_not is not None:
            return person
        try:
            told = self._tmdb.person(person.tmdb_id, self.locale())
        except (NotFound, ServiceFailed, ServiceUnavailable) as error:
            log.info("Nothing can be told of %s: %s", person.name, error)
            return person
        known = replace(
            person, overview=told.overview, born_on=told.born_on, died_on=told.died_on, portrait=told.portrait
        )
        self._state.describe_person(known)
        return self._state.person(person.id)

    def _confirm(self, work: Work, tmdb_id: int) -> str:
        chosen = tuple(one for one in work.candidates if one.id == str(tmdb_id))
        score = chosen[0].score if chosen else None
        return self._applier.apply(work, tmdb_id, Settlement(WorkState.CONFIRMED, None, score, work.candidates))

    def _settle_by_hand(self, work: Work, asked: AskedFor) -> str:
        found = self._evidence(work)
        evidence = replace(
            found,
            titles=(asked.title,) if asked.title is not None else found.titles,
            year=asked.year if asked.title is not None or asked.year is not None else found.year,
            tmdb_id=None,
            imdb_id=None,
            tvdb_id=None,
            is_by_hand=True,
        )
        verdict = self._search.verdict(evidence, self.locale())
        candidates = tuple(one.candidate() for one in verdict.shown)
        if verdict.chosen is not None:
            confirmed = Settlement(WorkState.CONFIRMED, None, verdict.chosen.score, candidates)
            return self._applier.apply(work, verdict.chosen.id, confirmed)
        if work.state not in (WorkState.APPLIED, WorkState.CONFIRMED):
            score = verdict.shown[0].score if verdict.shown else None
            self._state.settle_work(work.key, Settlement(verdict.state, verdict.reason, score, candidates))
        else:  # what was chosen stays until something else is
            self._state.settle_work(work.key, Settlement(work.state, verdict.reason, work.score, candidates))
        return work.key

    def _evidence(self, work: Work) -> Evidence:
        media = self._applier.media(work)
        return self._gatherer.film(media[0]) if work.kind is WorkKind.MOVIE else self._gatherer.show(media)

    def _retyped(self, media: Media, asked: AskedFor) -> Media:
        """The item as the kind of thing that a person says it is. Raises ``InvalidInput`` for what is no film."""
        own = _KINDS.get(media.media_type)
        if own is None:
            raise InvalidInput("Only films and the episodes of shows can be identified like this.")
        if asked.kind is None or asked.kind == own:
            return media
        kind = WorkKind(asked.kind)
        names = self._gatherer.names_as(media, kind)
        if asked.title is not None:
            named = {"title": asked.title} if kind is WorkKind.MOVIE else {"show_title": asked.title}
            names = replace(names, **named)  # type: ignore[arg-type]  # both are texts
        media_type = MediaType.MOVIE if kind is WorkKind.MOVIE else MediaType.EPISODE
        with self._state.transaction():
            self._state.retype_media(media.id, media_type, names)
            if own is WorkKind.MOVIE:
                self._state.forget_work(movie_key(media.id))
        return self._state.media(media.id)

    def _work_of(self, media: Media) -> Work:
        """The work of an item, made if nobody asked about it so far."""
        own = _KINDS[media.media_type]
        if own is WorkKind.SHOW and media.names.show_title is None:
            raise InvalidInput("This episode belongs to no show. Say which, then it can be identified.")
        if own is WorkKind.MOVIE:
            key = movie_key(media.id)
        else:
            key = show_work_key(show_key(MediaNames("", show_title=media.names.show_title)) or "")
        if self._state.work(key) is None:
            self._state.put_work_pending([key])
        return self._work(key)

    def _work(self, key: str) -> Work:
        work = self._state.work(key)
        if work is None:
            raise NotFound("Nothing is known of this film or show.")
        return work
