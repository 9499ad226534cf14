"""What one marked in articles and books, and what one wrote beside it."""

from typing import Annotated

import flask
from msgspec import UNSET, Meta, UnsetType

from media_library.errors import InvalidInput
from media_library.models.highlight import Colour, Highlight, MarkedText, Passage
from media_library.models.media import MediaType
from media_library.routes.auth import Access
from media_library.routes.documents import content_disposition
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape
from media_library.services.highlight_export import markdown

api = Api("highlights")

Position = Annotated[int, Meta(ge=0, le=100_000_000)]
Chapter = Annotated[int, Meta(ge=0, le=100_000)]
Quote = Annotated[str, Meta(min_length=1, max_length=10_000)]
Note = Annotated[str, Meta(max_length=10_000)]


class NewHighlight(Shape):
    """A passage: characters (UTF-16 units) of the text of a chapter, and the words that stand there."""

    start: Position
    end: Position
    quote: Quote
    chapter: Chapter = 0
    colour: Colour = Colour.YELLOW
    note: Note | None = None


class HighlightEdit(Shape):
    """What is not named stays; a note that is null is removed."""

    colour: Colour | UnsetType = UNSET
    note: Note | UnsetType | None = UNSET


class HighlightShape(Shape):
    """A marked passage; times in milliseconds."""

    id: str
    chapter: int
    start: int
    end: int
    quote: str
    colour: Colour
    note: str | None
    created_at: int
    updated_at: int


class HighlightsShape(Shape):
    """What one marked in a text, in its order."""

    highlights: tuple[HighlightShape, ...]


class MarkedTextShape(Shape):
    """A text and what one marked in it."""

    media_id: str
    media_type: MediaType
    title: str
    author: str | None
    hue: int
    highlights: tuple[HighlightShape, ...]


class MarkedTexts(Shape):
    """All of them, the text marked last first."""

    texts: tuple[MarkedTextShape, ...]


class ExportQuery(Shape):
    """Of one text only."""

    media_id: Annotated[str, Meta(max_length=64)] | None = None


@api.route(
    "GET",
    "/api/media/<media_id>/highlights",
    access=Access.WATCH,
    returns=HighlightsShape,
    summary="What one marked in a text",
)
def list_highlights(call: Call[None, None], media_id: str) -> HighlightsShape:
    state = call.services.state
    media = state.media_for(call.viewer, media_id)
    return HighlightsShape(tuple(_shape(one) for one in state.highlights_of(call.identity.user.id, media.id)))


@api.route(
    "POST",
    "/api/media/<media_id>/highlights",
    access=Access.WATCH,
    body=NewHighlight,
    returns=HighlightShape,
    status=201,
    summary="Mark a passage",
)
def add_highlight(call: Call[NewHighlight, None], media_id: str) -> HighlightShape:
    state, new = call.services.state, call.body
    media = state.media_for(call.viewer, media_id)
    if media.media_type not in (MediaType.ARTICLE, MediaType.BOOK):
        raise InvalidInput("Only articles and books can be marked.")
    if new.end <= new.start:
        raise InvalidInput("A highlight ends after its beginning. Mark at least one letter.", "end")
    passage = Passage(new.chapter, new.start, new.end, new.quote)
    return _shape(state.add_highlight(call.identity.user.id, media.id, passage, new.colour, new.note or None))


@api.route(
    "PATCH",
    "/api/media/<media_id>/highlights/<highlight_id>",
    access=Access.WATCH,
    body=HighlightEdit,
    returns=HighlightShape,
    summary="Mark it with another colour, or write something beside it",
)
def change_highlight(call: Call[HighlightEdit, None], media_id: str, highlight_id: str) -> HighlightShape:
    state, edit, user_id = call.services.state, call.body, call.identity.user.id
    media = state.media_for(call.viewer, media_id)
    with state.transaction():
        before = state.highlight(user_id, media.id, highlight_id)
        colour = before.colour if isinstance(edit.colour, UnsetType) else edit.colour
        note = before.note if isinstance(edit.note, UnsetType) else edit.note or None
        return _shape(state.change_highlight(user_id, highlight_id, colour=colour, note=note))


@api.route(
    "DELETE",
    "/api/media/<media_id>/highlights/<highlight_id>",
    access=Access.WATCH,
    status=204,
    summary="Unmark a passage",
)
def remove_highlight(call: Call[None, None], media_id: str, highlight_id: str) -> None:
    state = call.services.state
    media = state.media_for(call.viewer, media_id)
    state.remove_highlight(call.identity.user.id, media.id, highlight_id)


@api.route("GET", "/api/highlights", access=Access.WATCH, returns=MarkedTexts, summary="All that one marked")
def list_all(call: Call[None, None]) -> MarkedTexts:
    return MarkedTexts(tuple(_text(one) for one in call.services.state.marked_texts(call.viewer)))


@api.route(
    "GET",
    "/api/highlights.md",
    access=Access.WATCH,
    query=ExportQuery,
    returns="text/markdown",
    summary="All that one marked, or what one marked in one text, as Markdown",
)
def export(call: Call[None, ExportQuery]) -> flask.Response:
    texts = call.services.state.marked_texts(call.viewer, call.query.media_id)
    name = f"{texts[0].title}.md" if call.query.media_id and texts else "highlights.md"
    headers = {"Content-Disposition": content_disposition(name)}
    return flask.Response(markdown(texts), mimetype="text/markdown", headers=headers)


def _text(text: MarkedText) -> MarkedTextShape:
    return MarkedTextShape(
        text.media_id,
        MediaType(text.media_type),
        text.title,
        text.author,
        text.hue,
        tuple(_shape(one) for one in text.highlights),
    )


def _shape(highlight: Highlight) -> HighlightShape:
    place = highlight.passage
    return HighlightShape(
        id=highlight.id,
        chapter=place.chapter,
        start=place.start,
        end=place.end,
        quote=place.quote,
        colour=highlight.colour,
        note=highlight.note,
        created_at=highlight.created_at,
        updated_at=highlight.updated_at,
    )
