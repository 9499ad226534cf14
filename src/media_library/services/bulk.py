"""What is done with many items at once, and how each of these is taken back."""

from collections.abc import Callable, Iterable, Sequence

from media_library.app_state import AppState
from media_library.errors import Conflict, MediaLibraryError, NotFound
from media_library.models.collection import CollectionKind
from media_library.models.identity import Identity
from media_library.models.media import Media
from media_library.models.playback import PlaybackProgress
from media_library.models.selection import Failure, Marked, Moved, SelectedMedia, Selection
from media_library.models.user import Viewer
from media_library.services.bin import Bin
from media_library.services.works import Works

_BATCH = 500


class Bulk:
    """Acts on a selection; what the actor may not see is left alone as if it were not there."""

    def __init__(self, state: AppState, bin_: Bin, works: Works) -> None:
        self._state = state
        self._bin = bin_
        self._works = works

    def mark(self, viewer: Viewer, selection: Selection, *, seen: bool) -> Marked:
        """Mark items as seen, heard or read by the viewer, or as never begun; the answer tells how it was before."""
        count, before, fresh = 0, list[PlaybackProgress](), list[str]()
        for some in _batches(self._selected(viewer, selection)):
            known = self._state.playbacks(viewer.user_id, [one.id for one in some])
            with self._state.transaction():
                if seen:
                    self._state.finish_playbacks(viewer.user_id, [(one.id, one.duration_ms) for one in some])
                else:
                    self._state.forget_playbacks(viewer.user_id, [one.id for one in some])
            started = {one.media_id for one in known}
            count += len(some)
            before += known
            fresh += [one.id for one in some if one.id not in started]
        return Marked(count, tuple(before), tuple(fresh))

    def put_marks_back(self, viewer: Viewer, before: Sequence[PlaybackProgress], fresh: Sequence[str]) -> int:
        """Make it so again as ``mark`` found it; the answer is for how many items."""
        media_ids = (*(one.media_id for one in before), *fresh)
        visible = {one.id for one in self._state.selected_media(viewer, Selection(ids=media_ids))}
        with self._state.transaction():
            self._state.forget_playbacks(viewer.user_id, [one for one in fresh if one in visible])
            self._state.put_playbacks(viewer.user_id, [one for one in before if one.media_id in visible])
        return len(visible)

    def remove(self, actor: Identity, selection: Selection) -> Moved:
        """Put items into the bin, one after the other; one that cannot be moved does not stop the others."""
        chosen = [one.id for one in self._selected(actor.viewer, selection)]
        return _each(chosen, lambda media_id: self._bin.throw_away(actor, media_id))

    def restore(self, actor: Identity, media_ids: Iterable[str]) -> Moved:
        """Bring items back from the bin, in the same way."""
        return _each(media_ids, lambda media_id: self._bin.restore(actor, media_id))

    def collect(self, viewer: Viewer, collection_id: str, selection: Selection) -> tuple[str, ...]:
        """Put items at the end of a collection; the answer are the entries that were not in it before.

        Raises ``NotFound``, and ``Conflict`` for a collection that is not made by hand.
        """
        collection = self._state.collection_for(viewer, collection_id).collection
        if collection.kind is not CollectionKind.MANUAL:
            raise Conflict("What is in this collection is said by its list. Choose one that was made by hand.")
        listed = {one.media_id for one in self._state.entries(collection_id) if one.state == "listed"}
        added: list[str] = []
        for some in _batches(self._selected(viewer, selection)):
            with self._state.transaction():
                for one in some:
                    if one.id not in listed:
                        entry = self._state.add_entry(collection.id, one.id, one.title, one.duration_ms or None)
                        added.append(entry.id)
        return tuple(added)

    def take_out(self, viewer: Viewer, collection_id: str, entry_ids: Iterable[str]) -> int:
        """Take entries out of a collection again; the answer is how many were in it."""
        collection = self._state.collection_for(viewer, collection_id).collection
        count = 0
        with self._state.transaction():
            for entry_id in entry_ids:
                try:
                    self._state.remove_entry(collection.id, entry_id)
                    count += 1
                except NotFound:
                    continue  # somebody took it out meanwhile
        return count

    def tag(self, viewer: Viewer, selection: Selection, tag: str) -> tuple[str, ...]:
        """Give the films, shows and albums of a selection one more tag; the answer are the keys of those without it.

        Raises ``Conflict`` if nothing in the selection can have tags.
        """
        keys = dict.fromkeys(one.work_key for one in self._selected(viewer, selection) if one.work_key is not None)
        if not keys:
            raise Conflict("Only films, shows and music have tags.")
        return self._change_tags(viewer, keys, lambda tags: [*tags, tag] if tag not in tags else None)

    def untag(self, viewer: Viewer, work_keys: Iterable[str], tag: str) -> tuple[str, ...]:
        """Take a tag away again; the answer are the keys of those that had it."""

        def without(tags: list[str]) -> list[str] | None:
            return [one for one in tags if one != tag] if tag in tags else None

        return self._change_tags(viewer, work_keys, without)

    def _change_tags(
        self, viewer: Viewer, work_keys: Iterable[str], change: Callable[[list[str]], list[str] | None]
    ) -> tuple[str, ...]:
        changed: list[str] = []
        for key in work_keys:
            work = self._state.work(key)
            after = change([] if work is None else list(work.facts.tags))
            if after is not None:
                self._works.tag(viewer, key, after)
                changed.append(key)
        return tuple(changed)

    def _selected(self, viewer: Viewer, selection: Selection) -> list[SelectedMedia]:
        found = self._state.selected_media(viewer, selection)
        if not found:
            raise NotFound("None of this is in the library any more.")
        return found


def _each(media_ids: Iterable[str], act: Callable[[str], Media | None]) -> Moved:
    done: list[str] = []
    failed: list[Failure] = []
    for media_id in media_ids:
        try:
            act(media_id)
            done.append(media_id)
        except MediaLibraryError as error:
            failed.append(Failure(media_id, str(error)))
    return Moved(tuple(done), tuple(failed))


def _batches(items: list[SelectedMedia]) -> Iterable[list[SelectedMedia]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
