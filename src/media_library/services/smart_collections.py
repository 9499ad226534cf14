"""What smart collections hold, as entries, and which rules make sense."""

from media_library.app_state import AppState
from media_library.errors import InvalidInput
from media_library.models.collection import Collection, CollectionKind, Entry, EntryState
from media_library.models.smart import Field, SmartRule, check_rule
from media_library.models.user import Viewer
from media_library.repositories.collection_repo import EntryPage


def require_sense(state: AppState, viewer: Viewer, rule: SmartRule) -> None:
    """Raise ``InvalidInput`` for a rule that makes no sense, ``NotFound`` if it names a collection not to be known."""
    for one in check_rule(rule).conditions:
        if one.field is Field.COLLECTION:
            named = state.collection_for(viewer, str(one.value)).collection
            if named.kind is CollectionKind.SMART:
                raise InvalidInput("A rule cannot name a collection that has a rule itself.", "value")


def smart_entries(
    state: AppState, viewer: Viewer, collection: Collection, *, after: int | None, limit: int
) -> EntryPage:
    """A page of what the rule of a collection finds for a viewer; the position is the place in its order."""
    assert collection.rule is not None
    start = 0 if after is None else after + 1
    count = state.smart_summary(viewer, collection.rule).count
    rows = state.smart_ids(viewer, collection.rule, after=start, limit=limit + 1, count=count)
    entries = tuple(
        Entry(
            id=f"{collection.id}:{media_id}",
            collection_id=collection.id,
            position=start + number,
            key=f"media:{media_id}",
            title=title,
            url=None,
            duration_ms=duration_ms or None,
            published_at=None,
            media_id=media_id,
            state=EntryState.LISTED,
            queued_at=None,
            linked_at=None,
        )
        for number, (media_id, title, duration_ms) in enumerate(rows[:limit])
    )
    return EntryPage(count, entries, {}, entries[-1].position if len(rows) > limit else None)
