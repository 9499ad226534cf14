"""The words of a song."""

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape

api = Api("lyrics")


class LyricLineShape(Shape):
    """A line, and when it is sung, in seconds; ``null`` if nobody says so."""

    at: float | None
    text: str


class LyricsShape(Shape):
    """The words of a song; none if there are none here."""

    lines: tuple[LyricLineShape, ...]


@api.route(
    "GET",
    "/api/media/<media_id>/lyrics",
    access=Access.WATCH,
    returns=LyricsShape,
    summary="The words of a song, from the file beside it",
)
def get_lyrics(call: Call[None, None], media_id: str) -> LyricsShape:
    media = call.services.state.media_for(call.viewer, media_id)
    return LyricsShape(tuple(LyricLineShape(line.at, line.text) for line in call.services.lyrics.of(media)))
