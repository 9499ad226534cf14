"""What is done with many items at once, each with the way back. One route for each policy."""

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta

from media_library.models.selection import Moved, Selection
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Handler
from media_library.routes.mark_shapes import MarkUndo, mark_undo
from media_library.routes.shapes import MediaId, Shape, ShortText

api = Api("bulk")

_MOST = 1_000
Ids = Annotated[tuple[MediaId, ...], Meta(max_length=_MOST)]
Keys = Annotated[tuple[MediaId, ...], Meta(max_length=100)]
WorkKeys = Annotated[tuple[ShortText, ...], Meta(max_length=_MOST)]
Tag = Annotated[str, Meta(min_length=1, max_length=60, pattern="^[^\\x00-\\x1f\\x7f,]*(?![\\s\\S])")]
_BODY = 2_000_000


class Selected(Shape, kw_only=True):
    """Items by their ids, and shows, albums and channels by their keys, which stand for all that is in them."""

    ids: Ids = ()
    shows: Keys = ()
    albums: Keys = ()
    channels: Keys = ()

    def selection(self) -> Selection:
        """The same as a record."""
        return Selection(self.ids, self.shows, self.albums, self.channels)


class Mark(Selected, kw_only=True):
    """Which items one has seen, heard or read, or has not."""

    seen: bool


class MarkDone(Shape):
    """For how many items, and what to send to take it back."""

    done: int
    undo: MarkUndo


class FailureShape(Shape):
    """For which item it did not work, and why."""

    id: str
    message: str


class MoveDone(Shape):
    """Which items were moved, and which could not be."""

    done: int
    ids: tuple[str, ...]
    failed: tuple[FailureShape, ...]


class Collect(Selected, kw_only=True):
    """What goes into which collection."""

    collection: MediaId


class Collected(Shape):
    """How many entries are new in the collection, and their ids, to take them out again."""

    done: int
    collection: MediaId
    entries: Annotated[tuple[MediaId, ...], Meta(max_length=20_000)]


class Uncollect(Shape):
    """Which entries leave a collection again."""

    collection: MediaId
    entries: Annotated[tuple[MediaId, ...], Meta(max_length=20_000)]


class TagMany(Selected, kw_only=True):
    """Which tag the films, shows and albums of a selection get."""

    tag: Tag


class Tagged(Shape):
    """Which works got a tag that they did not have, or lost it."""

    done: int
    tag: Tag
    works: WorkKeys


class Untag(Shape):
    """Which works lose a tag."""

    tag: Tag
    works: WorkKeys


class Restore(Shape):
    """What comes back from the bin."""

    ids: Ids


class Done(Shape):
    """For how many."""

    done: int


def _post(
    path: str, access: Access, body: type[Shape], returns: type[Shape], summary: str, *, max_body: int = _BODY
) -> Callable[[Handler], Handler]:
    """A route that takes a selection, or what it takes to take back what was done with one."""
    return api.route("POST", path, access=access, body=body, returns=returns, max_body=max_body, summary=summary)


@_post("/api/bulk/watched", Access.WATCH, Mark, MarkDone, "Mark items as seen, heard or read, or as not begun")
def mark_many(call: Call[Mark, None]) -> MarkDone:
    """The answer says how it was before."""
    marked = call.services.bulk.mark(call.viewer, call.body.selection(), seen=call.body.seen)
    return MarkDone(marked.count, mark_undo(marked.before, marked.fresh))


@_post("/api/bulk/watched/undo", Access.WATCH, MarkUndo, Done, "Take marks back", max_body=2 * _BODY)
def unmark_many(call: Call[MarkUndo, None]) -> Done:
    """Put every item back where it stood."""
    return Done(call.services.bulk.put_marks_back(call.viewer, call.body.progress(), call.body.fresh))


@_post("/api/bulk/remove", Access.ADMIN, Selected, MoveDone, "Put items into the bin")
def remove_many(call: Call[Selected, None]) -> MoveDone:
    """One that cannot be moved does not stop the others."""
    return _moved(call.services.bulk.remove(call.identity, call.body.selection()))


@_post("/api/bin/restore", Access.ADMIN, Restore, MoveDone, "Bring items back from the bin")
def restore_many(call: Call[Restore, None]) -> MoveDone:
    """In the same way."""
    return _moved(call.services.bulk.restore(call.identity, call.body.ids))


@_post("/api/bulk/collect", Access.MANAGE, Collect, Collected, "Put items into a collection")
def collect_many(call: Call[Collect, None]) -> Collected:
    """The answer names the entries that are new."""
    entries = call.services.bulk.collect(call.viewer, call.body.collection, call.body.selection())
    return Collected(len(entries), call.body.collection, entries)


@_post("/api/bulk/collect/undo", Access.MANAGE, Uncollect, Done, "Take entries out of a collection")
def uncollect_many(call: Call[Uncollect, None]) -> Done:
    """Entries that are gone already are left alone."""
    return Done(call.services.bulk.take_out(call.viewer, call.body.collection, call.body.entries))


@_post("/api/bulk/tag", Access.MANAGE, TagMany, Tagged, "Give films, shows and albums one more tag")
def tag_many(call: Call[TagMany, None]) -> Tagged:
    """The answer names the works that did not have it."""
    works = call.services.bulk.tag(call.viewer, call.body.selection(), call.body.tag.strip())
    return Tagged(len(works), call.body.tag, works)


@_post("/api/bulk/tag/undo", Access.MANAGE, Untag, Done, "Take a tag away again")
def untag_many(call: Call[Untag, None]) -> Done:
    """Works that do not have it are left alone."""
    return Done(len(call.services.bulk.untag(call.viewer, call.body.works, call.body.tag.strip())))


def _moved(moved: Moved) -> MoveDone:
    """What was moved, as it is told."""
    return MoveDone(len(moved.ids), moved.ids, tuple(FailureShape(one.id, one.message) for one in moved.failed))
