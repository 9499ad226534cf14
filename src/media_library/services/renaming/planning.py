"""The dry run: what would be called how, in which order, and what cannot be."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.errors import MediaLibraryError
from media_library.models.media import Media
from media_library.models.rename import Move, NewStep
from media_library.services.file_naming import NamedKind, Naming, path_key
from media_library.services.media_root import MediaRoot
from media_library.services.renaming.beside import companions, extras_along, main_of
from media_library.services.renaming.disk import Disk
from media_library.services.renaming.leftovers import Around, Moved, leftovers
from media_library.services.renaming.lengths import too_long
from media_library.services.renaming.order import in_order
from media_library.services.renaming.pieces import Pieces
from media_library.services.renaming.spelling import spellings
from media_library.services.renaming.targets import Target, Targets, is_among_extras

_MOST_OF_A_DAY = 99
_MOST_OF_A_NAME = 9
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done, and how many items are called as they should be."""

    steps: tuple[NewStep, ...]
    unchanged: int


@dataclass(slots=True)
class _Wish:
    """An item on its way through the plan."""

    media: Media
    target: Target
    old: str
    new: str
    moves: list[Move] = field(default_factory=list)
    problem: str | None = None

    @property
    def title(self) -> str:
        names = self.media.names
        if names.show_title and names.episode is not None:
            return f"{names.show_title} - {names.title}"
        return names.title or "Untitled"

    def all_moves(self) -> list[Move]:
        return [Move(self.old, self.new, self.media.id), *self.moves]


class Planner:
    """Makes one plan; remembers what it saw on disk, so it is made anew for each.

    ``pieces`` says what belongs together where the plan is one piece of a larger one, and ``disk`` is then that of all.
    """

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        naming: Naming,
        *,
        pieces: Pieces | None = None,
        disk: Disk | None = None,
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._pieces = Pieces() if pieces is None else pieces
        self._disk = Disk(media_root) if disk is None else disk
        self._targets = Targets(state, naming)
        self._loaded: set[str] = set()
        self._items: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._extras: set[str] = set()

    def plan(self, media_ids: Iterable[str], check: Callable[[], None] = lambda: None) -> Plan:
        """What would become of these items; ``check`` is called often and may raise."""
        wishes: list[_Wish] = []
        unchanged = 0
        found = [(media, self._targets.of(media)) for media in self._media(media_ids)]
        self._respell(found)
        for media, target in found:
            check()
            wish = self._wish(media, target)
            if wish is None:
                unchanged += 1
            else:
                wishes.append(wish)
        self._settle_collisions(wishes)
        self._add_leftovers([wish for wish in wishes if wish.problem is None])
        steps = [
            NewStep(wish.media.id, wish.title, wish.old, wish.new, tuple(wish.moves), wish.problem) for wish in wishes
        ]
        possible = in_order([step for step in steps if step.problem is None])
        return Plan((*possible, *(step for step in steps if step.problem is not None)), unchanged)

    def path_of(self, media: Media) -> str | None:
        """The path that an item would have, whether that is free or not; ``None`` for what keeps its name."""
        target = self._targets.of(media)
        return None if target is None or media.file is None else target.path_for(media.file.path)

    def tell(self, media_ids: Iterable[str]) -> int:
        """Have the pieces know of items, and where these want to be; returns how many keep their names anyway."""
        others = 0
        for media in self._media(media_ids):
            target = self._targets.of(media)
            if target is None or media.file is None or media.deleted_at is not None:
                others += 1
                continue
            if target.kind is NamedKind.VIDEO:  # those of one day count up together
                target = self._targets.numbered(target, 1)
            self._pieces.add(media.id, target.base, media.file.path, target.path_for(media.file.path))
        return others

    def _media(self, media_ids: Iterable[str]) -> Iterator[Media]:
        """The items that are still there, in this order."""
        ids = list(media_ids)
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            found = self._state.media_with_ids(some)
            yield from (found[media_id] for media_id in some if media_id in found)

    def _respell(self, found: Sequence[tuple[Media, Target | None]]) -> None:
        """Let folders be spelled as the templates have them where all that is in them agrees."""
        bases = set()
        for media, target in found:
            if target is not None and media.file is not None:
                try:
                    self._load(target.base, media.file.path)
                    bases.add(target.base)
                except MediaLibraryError:
                    continue  # offline: told of each item
        for base in bases:
            names = spellings(base, found, self._items, self._extras)
            self._disk.respell({path_key(path): name for path, name in names.items() if self._is_known(path)})

    def _wish(self, media: Media, target: Target | None) -> _Wish | None:
        """What an item wants; ``None`` if it has it already or keeps its name."""
        if target is None or media.file is None or media.deleted_at is not None:
            return None
        old = media.file.path
        wish = _Wish(media, target, old, target.path_for(old))
        try:
            self._media_root.require_changeable(old)
            self._load(target.base, old)
            wish.new = self._path_for(target, old)
            self._load(target.base, wish.new)
            files = self._state.files_of_media(media.id)
            main = main_of(old, wish.new.removesuffix(PurePosixPath(old).suffix), files)
            wish.new = main.new
            if wish.new == old:
                return None
            if not self._disk.has(old):
                wish.problem = "Its file is not where it was. Scan the library, then plan again."
                return wish
            extras = self._state.extras_with_files(media.id) if target.kind is NamedKind.MOVIE else []
            own = extras_along(main, extras, self._disk.beginning, self._is_item, is_alone=target.place.own_depth > 0)
            mine = {move.old for move in own}
            others = companions(main, files, self._disk.beginning, lambda path: self._is_item(path) or path in mine)
            wish.moves = [*own, *others]
        except MediaLibraryError as error:  # offline or read-only: said of this item, the others go on
            wish.problem = str(error)
        except OSError as error:
            wish.problem = f"Its folder cannot be read: {error.strerror}. Check the drive, then plan again."
        if wish.problem is None:
            wish.problem = too_long(wish.all_moves())
        return wish

    def _path_for(self, target: Target, old: str) -> str:
        parts = target.place.path.parts
        return f"{self._disk.spelled(target.base, parts[:-1])}/{parts[-1]}{PurePosixPath(old).suffix}"

    def _load(self, base: str, path: str) -> None:
        """Learn of all items around a path."""
        start = self._pieces.start_of(base, path)
        if start in self._loaded:
            return
        self._loaded.add(start)
        for spelled in {start, *self._disk.there(start)}:
            for item in self._state.paths_around(spelled):
                self._keys[path_key(item.path)] = item.media_id
                if not item.is_deleted:
                    self._items[item.path] = item.media_id
                if item.is_extra or is_among_extras(item.path):
                    self._extras.add(item.path)

    def _is_known(self, folder: str) -> bool:
        """Whether every item in a folder is known."""
        parts = folder.split("/")
        return any("/".join(parts[:count]) in self._loaded for count in range(1, len(parts) + 1))

    def _is_item(self, path: str) -> bool:
        return path in self._items

    def _settle_collisions(self, wishes: Sequence[_Wish]) -> None:
        """Give every name once; who cannot have theirs stays, and so its name is not free for others either."""
        changed = True
        while changed:
            changed = False
            leaving = {path_key(move.old) for wish in wishes if wish.problem is None for move in wish.all_moves()}
            given: set[str] = set()
            # who only changes the spelling of its own name comes first, then who was here first
            for wish in sorted(wishes, key=lambda one: path_key(one.old) != path_key(one.new)):
                if wish.problem is not None:
                    continue
                self._count_up(wish, given, leaving)
                problem = self._collision(wish, given, leaving)
                if problem is not None:
                    wish.problem = problem
                    changed = True
                given |= {path_key(move.new) for move in wish.all_moves()}

    def _count_up(self, wish: _Wish, given: set[str], leaving: set[str]) -> None:
        """Videos of one channel and day are told apart by their number."""
        if wish.target.kind is not NamedKind.VIDEO:
            return
        start = wish.target.facts.number
        for number in (*range(start, _MOST_OF_A_DAY + 1), *range(1, start)):
            target = self._targets.numbered(wish.target, number)
            new = self._path_for(target, wish.old)
            if path_key(new) not in given and (new == wish.old or not self._occupied(new, wish, leaving)):
                _change_stem(wish, new)
                return

    def _collision(self, wish: _Wish, given: set[str], leaving: set[str]) -> str | None:
        own: set[str] = set()
        for move in wish.all_moves():
            key = path_key(move.new)
            if key in given:
                return f"Another item of this batch gets the name {move.new}. Tell them apart first, by their editions."
            if key in own:
                return f"Two of its files would be called {move.new}. Rename one of them by hand."
            if self._occupied(move.new, wish, leaving):
                return f"{move.new} is there already. Move it away, or tell the two apart by their editions."
            own.add(key)
        return None

    def _occupied(self, path: str, wish: _Wish, leaving: set[str]) -> bool:
        """Whether something that stays where it is has a name, or an item in the bin that may come back to it."""
        key = path_key(path)
        if key in leaving:
            return False
        return self._keys.get(key, wish.media.id) != wish.media.id or bool(self._disk.there(path))

    def _add_leftovers(self, wishes: Sequence[_Wish]) -> None:
        moved = []
        for wish in wishes:
            is_episode = wish.target.kind in (NamedKind.EPISODE, NamedKind.DAILY_EPISODE)
            root = self._disk.spelled(wish.target.base, self._targets.show_folder(wish.target)) if is_episode else None
            moved.append(Moved(wish.target.base, wish.old, wish.new, root))
        taken = {move.old for wish in wishes for move in wish.all_moves()}
        given = {path_key(move.new) for wish in wishes for move in wish.all_moves()}
        around = Around(self._items, self._extras, self._is_known)
        by_old = {wish.old: wish for wish in wishes}
        for old, moves in leftovers(self._disk, moved, taken, around).items():
            for move in moves:
                free = self._free_name(move, given)
                if free is not None:
                    given.add(path_key(free))
                    by_old[old].moves.append(Move(move.old, free, move.media_id))

    def _free_name(self, move: Move, given: set[str]) -> str | None:
        """The name that something left gets, a numbered one where that is taken; ``None`` where none is possible."""
        for number in range(1, _MOST_OF_A_NAME + 1):
            place = PurePosixPath(move.new)
            new = move.new if number == 1 else str(place.with_stem(f"{place.stem} ({number})"))
            if too_long([Move(move.old, new)]) is not None:
                return None
            if path_key(new) not in given and self._disk.is_free(new, move.old):
                return new
        return None


def _change_stem(wish: _Wish, new: str) -> None:
    """Another name for an item on its way, and for what goes along."""
    if new == wish.new:
        return
    before, after = (path.removesuffix(PurePosixPath(path).suffix) for path in (wish.new, new))
    wish.moves = [
        Move(
            move.old, after + move.new.removeprefix(before) if move.new.startswith(before) else move.new, move.media_id
        )
        for move in wish.moves
    ]
    wish.new = new
