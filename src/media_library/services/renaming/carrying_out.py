"""Carries out one step of a batch, takes it back, and settles those in the middle of which the program ended.

Each step is written down before the first file moves; all its files move, then the rows follow in the transaction that
ends the step. So after a crash the step says what may have moved, and it is brought to its end or taken back.
"""

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from media_library.adapters import durable
from media_library.adapters.file_lock import locked
from media_library.app_state import AppState
from media_library.errors import MediaLibraryError, NotFound
from media_library.models.library import folder_of
from media_library.models.media import MediaType
from media_library.models.rename import Move, RenameStep, StepState
from media_library.services.media_root import MediaRoot
from media_library.services.sidecars.nfo_text import is_ours
from media_library.services.sidecars.writing import is_our_picture

log = logging.getLogger(__name__)

_ONE_AT_A_TIME = threading.Lock()
_MARKS = (".", "-")
_MOST_SIDECAR_BYTES = 4 << 20


class Carrier:
    """Moves what belongs to an item, and its rows."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def carry_out(self, step: RenameStep) -> bool:
        """Do a planned step; false if that was not possible, and why is noted with it."""
        with self._alone():
            moves = [Move(step.old_path, step.new_path, step.media_id), *step.companions]
            problem = self._hindrance(step, step.old_path)
            if problem is not None:
                self._state.move_step(step, StepState.FAILED, problem=problem)
                return False
            # what went away since the plan was made is not missed
            moves = [move for move in moves if move.old == step.old_path or self._is_there(move.old)]
            self._state.move_step(step, StepState.MOVING, companions=moves[1:])
            begun = replace(step, state=StepState.MOVING)
            return self._move(begun, moves, StepState.DONE, StepState.FAILED)

    def take_back(self, step: RenameStep) -> bool:
        """Undo a step that was done; false if that is no longer possible, and why is noted with it."""
        with self._alone():
            problem = self._hindrance(step, step.new_path)
            if problem is not None:
                self._state.move_step(step, StepState.DONE, problem=f"It can no longer be undone. {problem}")
                return False
            companions = [move for move in step.companions if self._is_there(move.new)]
            companions += self._came_since(step)
            self._state.move_step(step, StepState.RETURNING, companions=companions)
            begun = replace(step, state=StepState.RETURNING)
            moves = [Move(move.new, move.old, move.media_id) for move in companions]
            moves.insert(0, Move(step.new_path, step.old_path, step.media_id))
            is_back = self._move(begun, moves, StepState.UNDONE, StepState.DONE)
            if is_back:
                self._sweep(step)
            return is_back

    def recover(self) -> None:
        """Settle every step that a crash left half done. What is offline waits for the next time."""
        if not self._state.half_rename_steps():
            return
        # whoever is in the middle of a step holds the lock: what is half done now is nobody's any more
        with self._alone():
            for step in self._state.half_rename_steps():
                self._settle(step)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One step at a time, of all threads and processes of the program."""
        with _ONE_AT_A_TIME, locked(self._media_root.state_folder / "renames.lock"):
            yield

    def _settle(self, step: RenameStep) -> None:
        moves = [Move(step.old_path, step.new_path, step.media_id), *step.companions]
        end, failed = StepState.DONE, StepState.FAILED
        if step.state is StepState.RETURNING:
            moves = [Move(move.new, move.old, move.media_id) for move in moves]
            end, failed = StepState.UNDONE, StepState.DONE
        try:
            self._media_root.path(step.old_path)
        except MediaLibraryError as error:
            log.warning("The rename of %s waits: %s", step.old_path, error)
            return
        try:
            there = [move for move in moves if self._is_there(move.old) or self._is_there(move.new)]
            for move in (moves[0], *there):
                self._make_room(move.new)
                durable.finish_move(self._path(move.old), self._path(move.new))
            self._enter(step, there, end)
            log.info("%s was renamed but not noted before the program ended; noted now", step.new_path)
        except (OSError, MediaLibraryError) as error:
            self._back_out(step, moves, failed, _reason(error))
        self._clear(moves)

    def _move(self, step: RenameStep, moves: Sequence[Move], end: StepState, failed: StepState) -> bool:
        begun: list[Move] = []
        try:
            for move in moves:
                self._make_room(move.new)
                if self._is_there(move.old):
                    begun.append(move)
                durable.move(self._path(move.old), self._path(move.new))
            self._enter(step, moves, end)
        except (OSError, MediaLibraryError) as error:
            self._back_out(step, begun, failed, _reason(error))
            self._clear(moves)
            return False
        self._clear(moves)
        return True

    def _back_out(self, step: RenameStep, moves: Sequence[Move], state: StepState, reason: str) -> None:
        """Bring everything back to where it was; what cannot be brought back is settled at the next start."""
        try:
            for move in reversed(moves):
                old, new = self._path(move.old), self._path(move.new)
                if os.path.lexists(new) and not _is_foreign(old, new):
                    durable.make_folders(old.parent, self._base(move.old))
                    durable.finish_move(new, old)
        except (OSError, MediaLibraryError) as error:
            log.warning("%s is neither here nor there: %s", step.old_path, error)
            return
        log.warning("%s keeps its name: %s", step.old_path, reason)
        self._state.move_step(step, state, problem=reason)

    def _enter(self, step: RenameStep, moves: Sequence[Move], end: StepState) -> None:
        """The rows follow their files, in the transaction that ends the step."""
        with self._state.transaction():
            pairs = [(move.old, move.new) for move in moves]
            for move in moves:
                if move.media_id is not None:
                    self._follow(move, move.media_id, pairs)
            self._state.move_files(pairs)
            self._state.move_step(step, end)

    def _follow(self, move: Move, media_id: str, pairs: list[tuple[str, str]]) -> None:
        try:
            media = self._state.media(media_id)
        except NotFound:  # an extra that was removed for good meanwhile
            return
        if media.file is None or media.file.path == move.new:
            return
        if media.media_type is MediaType.PODCAST:
            self._state.move_transcripts(pairs)
        status = self._path(move.new).stat()
        self._state.move_media(media.id, replace(media.file, path=move.new, inode=status.st_ino))

    def _hindrance(self, step: RenameStep, path: str) -> str | None:
        """Why what should lie at ``path`` cannot be moved now."""
        try:
            if step.media_id is None:
                return "It is not in the library any more."
            media = self._state.media(step.media_id)
            if media.file is None or media.deleted_at is not None:
                return "It is not in the library any more."
            if media.file.path != path:
                return f"It was moved to {media.file.path} since."
            self._media_root.require_changeable(path)
            if not self._is_there(path):
                return f"{path} is not there. Scan the library."
        except MediaLibraryError as error:
            return str(error)
        return None

    def _came_since(self, step: RenameStep) -> list[Move]:
        """What was laid beside a file since it was renamed, such as subtitles: it goes back with it."""
        stem, back = (str(Path(path).with_suffix("")) for path in (step.new_path, step.old_path))
        known = {move.new for move in step.companions} | {step.new_path}
        place = self._path(step.new_path)
        found = []
        for file in sorted(place.parent.iterdir()):
            rest = file.name.removeprefix(place.stem)
            path = f"{step.new_path.rpartition('/')[0]}/{file.name}"
            is_beside = rest != file.name and rest.startswith(_MARKS) and path not in known and file.is_file()
            if is_beside and not self._state.is_path_taken(path) and not self._is_there(f"{back}{rest}"):
                found.append(Move(f"{back}{rest}", f"{stem}{rest}"))
        return found

    def _sweep(self, step: RenameStep) -> None:
        """Remove what we laid into a folder for other players since, if nothing else is left there."""
        folder = self._path(step.new_path).parent
        if not folder.is_dir() or folder == self._base(step.new_path):
            return
        left = sorted(folder.iterdir())
        if all(_is_sidecar_of_ours(file) for file in left):
            for file in left:
                file.unlink()
            self._clear([Move(step.new_path, step.old_path)])

    def _make_room(self, path: str) -> None:
        folder, base = self._path(path).parent, self._base(path)
        durable.respell_folders(folder, base)
        durable.make_folders(folder, base)

    def _clear(self, moves: Sequence[Move]) -> None:
        """Remove the folders that the moves left empty."""
        for folder in sorted({self._path(move.old).parent for move in moves}, key=lambda path: -len(path.parts)):
            base = self._base(moves[0].old)
            durable.remove_empty(part for part in (folder, *folder.parents) if base in part.parents)

    def _base(self, path: str) -> Path:
        """The library folder in which a path lies; it is never removed."""
        folder_id = folder_of(path)
        if folder_id is not None:
            return self._media_root.path(f"@{folder_id}/x").parent
        built_in = [place.path for place in self._media_root.folders() if place.folder.is_built_in]
        here = self._path(path)
        return max((folder for folder in built_in if folder in here.parents), default=self._media_root.folder)

    def _is_there(self, path: str) -> bool:
        return os.path.lexists(self._path(path))

    def _path(self, path: str) -> Path:
        return self._media_root.path(path)


def _is_foreign(old: Path, new: Path) -> bool:
    """Whether what has the new name is another file than the one that still has the old name."""
    return os.path.lexists(old) and not os.path.samestat(old.lstat(), new.lstat())


def _is_sidecar_of_ours(file: Path) -> bool:
    if not file.is_file() or file.is_symlink() or file.suffix not in (".nfo", ".jpg"):
        return False
    with file.open("rb") as opened:
        content = opened.read(_MOST_SIDECAR_BYTES)
    return is_ours(content) or is_our_picture(content)


def _reason(error: OSError | MediaLibraryError) -> str:
    if isinstance(error, FileExistsError):
        return "Another file has this name by now. Move it away, then plan again."
    if isinstance(error, FileNotFoundError):
        return "A file is not there any more. Scan the library, then plan again."
    return str(error if isinstance(error, MediaLibraryError) else durable.storage_error(error))
