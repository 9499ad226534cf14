"""The pictures of an item, a show, a season, an album: which there are, and one's own instead."""

from typing import Annotated, Literal

import flask
from msgspec import Meta

from media_library.errors import InvalidInput, NotFound
from media_library.models.artwork import ArtworkKind, ArtworkSource, season_owner
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Raw
from media_library.routes.shapes import Shape

api = Api("artwork")

_MOST_BYTES = 30 << 20
_BLOCK_BYTES = 1 << 20
_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_PICTURE_CACHE = "private, max-age=86400, stale-while-revalidate=604800"


class PictureShape(Shape):
    """A picture that is kept, in pixels; ``placeholder`` is a tiny one, a data: address."""

    kind: ArtworkKind
    width: int
    height: int
    source: ArtworkSource
    placeholder: str | None


class PictureList(Shape):
    """The pictures of an item, and of which kinds the one before can be brought back."""

    pictures: tuple[PictureShape, ...]
    before: tuple[ArtworkKind, ...]


class PictureChoice(Shape):
    """Which of the pictures is meant."""

    kind: ArtworkKind = ArtworkKind.POSTER


class GroupPicture(Shape):
    """Which picture of a show or an album, and how wide at most, in pixels."""

    kind: Literal["poster", "backdrop"] = "poster"
    width: Literal[160, 342, 780, 1280, 1920] = 342


class SeasonPicture(Shape):
    """How wide at most, in pixels; ``v`` is anything that changes with the picture, so that browsers ask anew."""

    width: Literal[160, 342, 780, 1280, 1920] = 342
    v: Annotated[str, Meta(max_length=20)] = ""


@api.route(
    "GET",
    "/api/media/<media_id>/artwork",
    access=Access.WATCH,
    returns=PictureList,
    summary="Which pictures an item has, and who brought them",
)
def list_artwork(call: Call[None, None], media_id: str) -> PictureList:
    media = call.services.state.media_for(call.viewer, media_id)
    return _list(call, media.id)


@api.route(
    "POST",
    "/api/media/<media_id>/artwork",
    access=Access.MANAGE,
    query=PictureChoice,
    returns=PictureList,
    raw=Raw(max_bytes=_MOST_BYTES),
    summary="Give an item a picture of one's own, which no identification replaces",
)
def put_artwork(call: Call[None, PictureChoice], media_id: str) -> PictureList:
    media = call.services.state.media_for(call.viewer, media_id)
    content, covers = _body(call.request), call.services.covers
    with covers.before.kept(media.id, call.query.kind):
        if not covers.put(media.id, content, call.query.kind, source=ArtworkSource.OWN):
            raise InvalidInput(
                "This is not a picture that can be shown, or it is too large. Choose a JPEG, PNG, WebP, AVIF or GIF"
                " file of at most 64 million pixels."
            )
    return _list(call, media.id)


@api.route(
    "DELETE",
    "/api/media/<media_id>/artwork",
    access=Access.MANAGE,
    query=PictureChoice,
    status=204,
    summary="Take a picture from an item; the one before one's own comes back",
)
def remove_artwork(call: Call[None, PictureChoice], media_id: str) -> None:
    media = call.services.state.media_for(call.viewer, media_id)
    with call.services.covers.before.kept(media.id, call.query.kind):
        call.services.covers.remove(media.id, call.query.kind)


@api.route(
    "POST",
    "/api/media/<media_id>/artwork/undo",
    access=Access.MANAGE,
    query=PictureChoice,
    returns=PictureList,
    summary="Bring back the picture that somebody replaced or removed; it takes the place of the one that is shown",
)
def bring_artwork_back(call: Call[None, PictureChoice], media_id: str) -> PictureList:
    media = call.services.state.media_for(call.viewer, media_id)
    call.services.covers.bring_back(media.id, call.query.kind)
    return _list(call, media.id)


@api.route(
    "GET",
    "/api/shows/<key>/image",
    access=Access.WATCH,
    query=GroupPicture,
    returns="image/webp",
    summary="The poster or backdrop of a show",
)
def show_image(call: Call[None, GroupPicture], key: str) -> flask.Response:
    return _group_picture(call, "show", key)


@api.route(
    "GET",
    "/api/albums/<key>/image",
    access=Access.WATCH,
    query=GroupPicture,
    returns="image/webp",
    summary="The cover of an album, if it has one of its own",
)
def album_image(call: Call[None, GroupPicture], key: str) -> flask.Response:
    return _group_picture(call, "album", key)


@api.route(
    "GET",
    "/api/shows/<key>/seasons/<season>/image",
    access=Access.WATCH,
    query=SeasonPicture,
    returns="image/webp",
    summary="The poster of a season; 0 are the specials",
)
def season_image(call: Call[None, SeasonPicture], key: str, season: str) -> flask.Response:
    call.services.state.group(call.viewer, "show", key)  # raises for one that the viewer may not see
    return _kept(call, season_owner(_key(key), _season(season)), "poster", call.query.width)


@api.route(
    "POST",
    "/api/shows/<key>/seasons/<season>/image",
    access=Access.MANAGE,
    status=204,
    raw=Raw(max_bytes=_MOST_BYTES),
    summary="Give a season a poster of one's own, which no identification replaces",
)
def put_season_image(call: Call[None, None], key: str, season: str) -> None:
    call.services.seasons.put_poster(call.viewer, _key(key), _season(season), _body(call.request))


@api.route(
    "DELETE",
    "/api/shows/<key>/seasons/<season>/image",
    access=Access.MANAGE,
    status=204,
    summary="Take the poster from a season; that of the service comes back in time",
)
def remove_season_image(call: Call[None, None], key: str, season: str) -> None:
    call.services.seasons.remove_poster(call.viewer, _key(key), _season(season))


@api.route(
    "POST",
    "/api/shows/<key>/seasons/<season>/image/undo",
    access=Access.MANAGE,
    status=204,
    summary="Bring back the poster of a season that somebody replaced or removed",
)
def bring_season_image_back(call: Call[None, None], key: str, season: str) -> None:
    call.services.seasons.bring_back(call.viewer, _key(key), _season(season))


def _group_picture(call: Call[None, GroupPicture], group: Literal["show", "album"], key: str) -> flask.Response:
    call.services.state.group(call.viewer, group, key)  # raises for one that the viewer may not see
    return _kept(call, f"{group}-{_key(key)}", call.query.kind, call.query.width)


def _key(key: str) -> str:
    if not (key.isascii() and key.isalnum()):
        raise NotFound("There is no such picture.")
    return key


def _season(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        raise NotFound("There is no such season.")
    return int(text)


def _kept(
    call: Call[None, GroupPicture] | Call[None, SeasonPicture], owner: str, kind: str, width: int
) -> flask.Response:
    file = call.services.pictures.sized(owner, kind, width)
    facts = file.stat()
    tag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": _PICTURE_CACHE, "Content-Security-Policy": _CONTENT_CSP}
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(file.read_bytes(), headers=headers, mimetype="image/webp")


def _list(call: Call[None, None] | Call[None, PictureChoice], media_id: str) -> PictureList:
    return PictureList(
        tuple(
            PictureShape(one.kind, one.width, one.height, one.source, one.placeholder)
            for one in call.services.covers.of(media_id).values()
        ),
        call.services.covers.before.kinds(media_id),
    )


def _body(request: flask.Request) -> bytes:
    """What was sent; a body without a length is counted while it comes."""
    content = bytearray()
    while block := request.stream.read(_BLOCK_BYTES):
        content += block
        if len(content) > _MOST_BYTES:
            raise InvalidInput("The picture is larger than 30 MB. Choose a smaller one.")
    return bytes(content)
