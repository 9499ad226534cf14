"""The paste box: what is at an address."""

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape, WebUrl
from media_library.services.examination import FoundReading, ReadingKind

api = Api("examine")


class Pasted(Shape):
    """What a person pasted."""

    url: WebUrl


class ReadingShape(Shape):
    """One way to read an address.

    ``picture`` is a data URI, ``duration`` is in seconds, ``count`` says how many videos or episodes there are;
    ``sure`` is false where a person should look again.
    """

    kind: ReadingKind
    url: str
    title: str
    detail: str | None
    picture: str | None
    duration: float | None
    count: int | None
    is_live: bool
    sure: bool


class Examination(Shape):
    """The readings of an address, the likeliest first; ``existing`` is the item that came from it before."""

    url: str
    readings: tuple[ReadingShape, ...]
    existing: str | None


@api.route(
    "POST",
    "/api/examine",
    access=Access.MANAGE,
    body=Pasted,
    returns=Examination,
    summary="What is at an address, before anything of it is fetched",
)
def examine(call: Call[Pasted, None]) -> Examination:
    found = call.services.examiner.examine(call.viewer, call.body.url)
    return Examination(found.url, tuple(_shape(reading) for reading in found.readings), found.media_id)


def _shape(reading: FoundReading) -> ReadingShape:
    return ReadingShape(
        reading.kind,
        reading.url,
        reading.title,
        reading.detail,
        reading.picture,
        None if reading.duration_ms is None else reading.duration_ms / 1000,
        reading.count,
        reading.is_live,
        reading.sure,
    )
