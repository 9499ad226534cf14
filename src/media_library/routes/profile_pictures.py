"""The pictures that people give themselves."""

from typing import Literal

import flask

from media_library.errors import InvalidInput, NotFound
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.user import Role, User
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Raw
from media_library.routes.people import SignedIn, person_shape
from media_library.routes.shapes import Shape

api = Api("profile_pictures")

_MOST_BYTES = 10_000_000
_BLOCK_BYTES = 65_536
_CACHE = "private, max-age=0, must-revalidate"
_CONTENT_CSP = "sandbox; default-src 'none'"


class PictureSize(Shape):
    """How wide at most, in pixels."""

    width: Literal[160, 342, 780] = 342


@api.route(
    "GET",
    "/api/profiles/<user_id>/picture",
    access=Access.CHOOSE,
    query=PictureSize,
    returns="image/webp",
    summary="The picture of a profile",
)
def profile_picture(call: Call[None, PictureSize], user_id: str) -> flask.Response:
    """The picture that somebody gave themselves; raises ``NotFound`` where the generated one is shown."""
    user = _seen(call, user_id)
    if not user.has_picture:
        raise NotFound("There is no such picture.")
    file = call.services.pictures.sized(_picture_name(user.id), "poster", call.query.width)
    facts = file.stat()
    tag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": _CACHE, "Content-Security-Policy": _CONTENT_CSP}
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(file.read_bytes(), headers=headers, mimetype="image/webp")


@api.route(
    "PUT",
    "/api/me/picture",
    access=Access.OWN_ACCOUNT,
    returns=SignedIn,
    raw=Raw(max_bytes=_MOST_BYTES),
    summary="Give oneself a picture",
)
def put_picture(call: Call[None, None]) -> SignedIn:
    """Keep a picture, made anew by a confined child."""
    covers, name = call.services.covers, _picture_name(call.identity.user.id)
    with covers.before.kept(name, ArtworkKind.POSTER):
        if not covers.put_named(name, _body(call.request), source=ArtworkSource.OWN):
            raise InvalidInput(
                "This is not a picture that can be shown, or it is too large. Choose a JPEG, PNG, WebP, AVIF or GIF"
                " file of at most 64 million pixels."
            )
    return _with_picture(call, has_picture=True)


@api.route(
    "DELETE", "/api/me/picture", access=Access.OWN_ACCOUNT, status=204, summary="Go back to the generated picture"
)
def remove_picture(call: Call[None, None]) -> None:
    """Show the generated picture again; the own one can be brought back for a while."""
    services, user = call.services, call.identity.user
    with services.covers.before.kept(_picture_name(user.id), ArtworkKind.POSTER):
        services.state.mark_profile_picture(user.id, has_picture=False)
        services.covers.forget(_picture_name(user.id))


@api.route(
    "POST",
    "/api/me/picture/undo",
    access=Access.OWN_ACCOUNT,
    returns=SignedIn,
    summary="Bring back the picture that one replaced or removed",
)
def bring_picture_back(call: Call[None, None]) -> SignedIn:
    """Show what was shown before, be it a picture or the generated one."""
    covers, name = call.services.covers, _picture_name(call.identity.user.id)
    covers.before.bring_back(name, ArtworkKind.POSTER)
    return _with_picture(call, has_picture=covers.file_of(name, ArtworkKind.POSTER) is not None)


def _seen(call: Call[None, PictureSize], user_id: str) -> User:
    """Oneself, everybody for an admin, those of the shared screen; raises ``NotFound`` for all others."""
    me = call.identity.user
    if user_id == me.id:
        return me
    if me.role is Role.ADMIN or call.identity.is_shared:
        user = call.services.state.get_user(user_id)
        if me.role is Role.ADMIN or (user.on_shared_screens and not user.disabled):
            return user
    raise NotFound("There is no such picture.")


def _with_picture(call: Call[None, None], *, has_picture: bool) -> SignedIn:
    """Who is signed in, now that it is noted whether they have a picture."""
    user = call.services.state.mark_profile_picture(call.identity.user.id, has_picture=has_picture)
    return SignedIn(person_shape(call.services, user), call.identity.is_shared)


def _picture_name(user_id: str) -> str:
    return f"profile-{user_id}"


def _body(request: flask.Request) -> bytes:
    """What was sent; a body without a length is counted while it comes."""
    content = bytearray()
    while block := request.stream.read(_BLOCK_BYTES):
        content += block
        if len(content) > _MOST_BYTES:
            raise InvalidInput("The picture is larger than 10 MB. Choose a smaller one.")
    return bytes(content)
