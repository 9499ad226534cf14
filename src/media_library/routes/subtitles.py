"""The subtitles of an item: which there are, and their text."""

import hashlib
from typing import Annotated

import flask
from msgspec import UNSET, Meta, UnsetType

from media_library.models.language import language_name
from media_library.models.subtitle import SubtitleChoice
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape

api = Api("subtitles")

_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"


Id = Annotated[str, Meta(pattern="^[0-9a-f]{32}(?![\\s\\S])")]


class SubtitleQuery(Shape):
    """Which file of the item, if not its main one: the id of a version or a part."""

    file: Id | UnsetType = UNSET


class SubtitleItem(Shape):
    """Subtitles that may be shown; ``url`` is where those that are text are, pictures can only be burned in.

    ``language`` is an ISO 639-2/T code or "und", ``source`` is "embedded" or "file".
    """

    id: str
    language: str
    language_name: str
    title: str | None
    forced: bool
    hearing_impaired: bool
    default: bool
    format: str
    is_text: bool
    source: str
    url: str | None


class SubtitleList(Shape):
    """The subtitles in a file, then those beside it."""

    subtitles: tuple[SubtitleItem, ...]


def subtitle_item(media_id: str, choice: SubtitleChoice, file_id: str | None) -> SubtitleItem:
    """Subtitles as the browser is told of them; ``file_id`` is that of a version or part, ``None`` the main file."""
    query = f"?file={file_id}" if file_id else ""
    return SubtitleItem(
        id=choice.id,
        language=choice.language,
        language_name=language_name(choice.language),
        title=choice.title,
        forced=choice.forced,
        hearing_impaired=choice.hearing_impaired,
        default=choice.default,
        format=choice.format,
        is_text=choice.is_text,
        source="file" if choice.stream_index is None else "embedded",
        url=f"/api/media/{media_id}/subtitles/{choice.id}.vtt{query}" if choice.is_text else None,
    )


@api.route(
    "GET",
    "/api/media/<media_id>/subtitles",
    access=Access.WATCH,
    query=SubtitleQuery,
    returns=SubtitleList,
    summary="The subtitles in the file of an item and beside it",
)
def list_subtitles(call: Call[None, SubtitleQuery], media_id: str) -> SubtitleList:
    subtitles = call.services.subtitles
    media = call.services.state.media_for(call.viewer, media_id)
    file_id = _file_id(call.query)
    file = subtitles.file(media, file_id)
    return SubtitleList(tuple(subtitle_item(media.id, one, file_id) for one in subtitles.of(media, file)))


@api.route(
    "GET",
    "/api/media/<media_id>/subtitles/<subtitle_id>.vtt",
    access=Access.WATCH,
    query=SubtitleQuery,
    returns="text/vtt",
    summary="Subtitles that are text, as WebVTT",
)
def get_subtitles(call: Call[None, SubtitleQuery], media_id: str, subtitle_id: str) -> flask.Response:
    subtitles = call.services.subtitles
    media = call.services.state.media_for(call.viewer, media_id)
    file = subtitles.file(media, _file_id(call.query))
    content = subtitles.webvtt(media, file, subtitle_id)
    tag = hashlib.sha256(content).hexdigest()[:32]
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache", "Content-Security-Policy": _CONTENT_CSP}
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(content, headers=headers, content_type="text/vtt; charset=utf-8")


def _file_id(query: SubtitleQuery) -> str | None:
    return None if isinstance(query.file, UnsetType) else query.file
