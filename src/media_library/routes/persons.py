"""Persons: who they are, what they had a part in, their portraits."""

from typing import Literal

import flask
import msgspec

from media_library.errors import NotFound
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, Group, Shape

api = Api("persons")

_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_PICTURE_CACHE = "private, max-age=86400, stale-while-revalidate=604800"
_MOST_WORKS = 300


class PersonWork(Shape):
    """A part: ``role`` is "cast", "director" …; a film is a card, a show or an album a group."""

    role: str
    character: str | None
    card: Card | None
    group: Group | None


class PersonPage(Shape):
    """A person and what the asker may see of their works, the newest first. Dates are "YYYY-MM-DD"."""

    id: str
    name: str
    overview: str | None
    born_on: str | None
    died_on: str | None
    hue: int
    has_portrait: bool
    works: tuple[PersonWork, ...]


class PortraitQuery(Shape):
    """How wide at most, in pixels."""

    width: Literal[160, 342, 780] = 342


@api.route("GET", "/api/persons/<person_id>", access=Access.WATCH, returns=PersonPage, summary="A person")
def get_person(call: Call[None, None], person_id: str) -> Json:
    state, viewer = call.services.state, call.viewer
    person = call.services.works.person(viewer, person_id)
    parts = state.parts_of(viewer, person_id)[:_MOST_WORKS]
    films = [key.partition(":")[2] for key, _, _ in parts if key.startswith("movie:")]
    offline = not call.services.media_root.is_online()
    cards = msgspec.json.decode(state.picked_cards(viewer, films, offline=offline), type=dict[str, msgspec.Raw])
    groups: dict[str, msgspec.Raw] = {}
    works = []
    for key, job, character in parts:
        kind, _, subject = key.partition(":")
        if kind == "movie":
            card, group = cards.get(subject), None
        else:
            if key not in groups:
                groups[key] = msgspec.Raw(state.group(viewer, kind, subject).encode())
            card, group = None, groups[key]
        if card is not None or group is not None:
            works.append({"role": job, "character": character or None, "card": card, "group": group})
    answer = {
        "id": person.id,
        "name": person.name,
        "overview": person.overview or None,
        "born_on": person.born_on,
        "died_on": person.died_on,
        "hue": person.hue,
        "has_portrait": person.has_portrait or person.portrait is not None,
        "works": works,
    }
    return Json(msgspec.json.encode(answer).decode())


@api.route(
    "GET",
    "/api/persons/<person_id>/image",
    access=Access.WATCH,
    query=PortraitQuery,
    returns="image/webp",
    summary="The portrait of a person, fetched when somebody looks the first time",
)
def person_image(call: Call[None, PortraitQuery], person_id: str) -> flask.Response:
    if not (person_id.isascii() and person_id.isalnum()):
        raise NotFound("There is no such picture.")
    call.services.works.portrait(call.viewer, person_id)
    file = call.services.pictures.sized(person_id, "poster", call.query.width)
    facts = file.stat()
    tag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": _PICTURE_CACHE, "Content-Security-Policy": _CONTENT_CSP}
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(file.read_bytes(), headers=headers, mimetype="image/webp")
