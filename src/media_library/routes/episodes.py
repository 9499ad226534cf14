"""Episodes of podcasts: their notes and texts, fetching their files, what a person says of them."""

from typing import Annotated, Literal

import flask
import msgspec
from msgspec import Meta

from media_library.models.podcast import EpisodeQuery
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.list_shapes import IndexShape, index_answer
from media_library.routes.mark_shapes import MarkUndo, mark_undo
from media_library.routes.shapes import (
    AddedShape,
    Cursor,
    EpisodeShape,
    Limit,
    MediaId,
    Shape,
    added_answer,
    join_objects,
    page_answer,
)

api = Api("episodes")

Episodes = Annotated[tuple[MediaId, ...], Meta(max_length=500)]

_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"


class EpisodesQuery(Shape):
    """Which page of the episodes; only what one did not hear, what one starred, or whose file is here."""

    cursor: Cursor | None = None
    limit: Limit = 50
    direction: Literal["asc", "desc"] = "desc"
    unheard: bool = False
    starred: bool = False
    here: bool = False

    def of(self, podcast_id: str) -> EpisodeQuery:
        """The same as a record."""
        return EpisodeQuery(
            podcast_id, self.direction == "desc", self.cursor, self.limit, self.unheard, self.starred, self.here
        )


class EpisodePage(Shape):
    """A page of episodes, by when they were published."""

    count: int
    items: tuple[EpisodeShape, ...]
    next: str | None


class EpisodeChapter(Shape):
    """A chapter, in seconds from the start."""

    title: str
    start: float
    end: float


class _Details(Shape):
    notes: str
    chapters: tuple[EpisodeChapter, ...]
    transcript: str | None


class EpisodeItem(EpisodeShape):
    """An episode with its show notes, as clean HTML, its chapters once it is here, and where its transcript is."""

    notes: str
    chapters: tuple[EpisodeChapter, ...]
    transcript: str | None


class Heard(Shape):
    """Whether one has heard it."""

    heard: bool


class HeardMany(Shape):
    """Several episodes, and whether one has heard them."""

    episodes: Episodes
    heard: bool


class HeardDone(Shape):
    """Which episodes changed; ``undo`` brings back where one was in their files."""

    done: int
    changed: tuple[str, ...]
    undo: MarkUndo


class StarredMany(Shape):
    """Several episodes, and whether one wants them to be kept."""

    episodes: Episodes
    starred: bool


class StarredDone(Shape):
    """Which episodes changed."""

    done: int
    changed: tuple[str, ...]


class Starred(Shape):
    """Whether one wants it to be kept."""

    starred: bool


@api.route(
    "GET",
    "/api/podcasts/<podcast_id>/episodes",
    access=Access.WATCH,
    query=EpisodesQuery,
    returns=EpisodePage,
    summary="The episodes of a podcast, by when they were published",
)
def list_episodes(call: Call[None, EpisodesQuery], podcast_id: str) -> Json:
    call.services.state.podcast_for(call.viewer, podcast_id)
    page = call.services.state.episode_page(call.viewer, call.query.of(podcast_id))
    return page_answer(page.count, page.items, page.next)


@api.route(
    "GET",
    "/api/podcasts/<podcast_id>/episodes/letters",
    access=Access.WATCH,
    query=EpisodesQuery,
    returns=IndexShape,
    summary="Where the episodes of a podcast can be entered: their months and pages",
)
def list_episode_months(call: Call[None, EpisodesQuery], podcast_id: str) -> IndexShape:
    call.services.state.podcast_for(call.viewer, podcast_id)
    return index_answer(call.services.state.episode_index(call.viewer, call.query.of(podcast_id)))


@api.route("GET", "/api/episodes/<episode_id>", access=Access.WATCH, returns=EpisodeItem, summary="An episode")
def get_episode(call: Call[None, None], episode_id: str) -> Json:
    state = call.services.state
    card = state.episode_for(call.viewer, episode_id)
    episode = state.episode(episode_id)
    chapters = () if episode.media_id is None else state.media(episode.media_id).streams.chapters
    details = _Details(
        episode.notes,
        tuple(EpisodeChapter(one.title, one.start_ms / 1000, one.end_ms / 1000) for one in chapters),
        None if episode.transcript_path is None else f"/api/episodes/{episode.id}/transcript",
    )
    return Json(join_objects(card, msgspec.json.encode(details)))


@api.route(
    "POST",
    "/api/episodes/<episode_id>/download",
    access=Access.MANAGE,
    returns=AddedShape,
    status=202,
    summary="Fetch the file of an episode",
)
def download_episode(call: Call[None, None], episode_id: str) -> Json:
    return added_answer(call.services.podcasts.files.request(call.identity, episode_id))


@api.route(
    "PUT",
    "/api/episodes/<episode_id>/heard",
    access=Access.WATCH,
    body=Heard,
    returns=EpisodeShape,
    summary="Say that one has heard an episode, or not",
)
def mark_heard(call: Call[Heard, None], episode_id: str) -> Json:
    call.services.podcasts.listening.mark_heard(call.identity, episode_id, heard=call.body.heard)
    return Json(call.services.state.episode_for(call.viewer, episode_id))


@api.route(
    "PUT",
    "/api/episodes/<episode_id>/star",
    access=Access.WATCH,
    body=Starred,
    returns=EpisodeShape,
    summary="Star an episode, so that its file is kept, or take the star away",
)
def star_episode(call: Call[Starred, None], episode_id: str) -> Json:
    call.services.podcasts.listening.star(call.identity, episode_id, starred=call.body.starred)
    return Json(call.services.state.episode_for(call.viewer, episode_id))


@api.route(
    "POST",
    "/api/bulk/episodes/heard",
    access=Access.WATCH,
    body=HeardMany,
    returns=HeardDone,
    summary="Say that one has heard several episodes, or none of them",
)
def mark_many_heard(call: Call[HeardMany, None]) -> HeardDone:
    marked = call.services.podcasts.listening.mark_many(call.viewer, call.body.episodes, heard=call.body.heard)
    return HeardDone(len(marked.episode_ids), marked.episode_ids, mark_undo(marked.before, marked.fresh))


@api.route(
    "POST",
    "/api/bulk/episodes/starred",
    access=Access.WATCH,
    body=StarredMany,
    returns=StarredDone,
    summary="Star several episodes, so that their files are kept, or take the stars away",
)
def star_many(call: Call[StarredMany, None]) -> StarredDone:
    changed = call.services.podcasts.listening.star_many(call.viewer, call.body.episodes, starred=call.body.starred)
    return StarredDone(len(changed), changed)


@api.route(
    "GET",
    "/api/episodes/<episode_id>/transcript",
    access=Access.WATCH,
    returns="text/vtt, text/plain",
    summary="What is said in an episode",
)
def get_transcript(call: Call[None, None], episode_id: str) -> flask.Response:
    kind, content = call.services.podcasts.listening.transcript(call.viewer, episode_id)
    headers = {"Content-Security-Policy": _CONTENT_CSP, "Cache-Control": "private, no-cache"}
    return flask.Response(content, headers=headers, content_type=f"{kind}; charset=utf-8")
