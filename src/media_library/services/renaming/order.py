"""Puts renames into an order in which every name is free when its turn comes: swaps and chains too."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from media_library.models.rename import Move, NewStep
from media_library.services.file_naming import path_key

_PARKING = ".renaming-"


def in_order(steps: Sequence[NewStep]) -> list[NewStep]:
    """The steps, each behind the one that makes room for it.

    Where they go round in a circle, one of them first goes out of the way, under a hidden name in its own folder; that
    step has no title.
    """
    waiting = dict(enumerate(steps))
    owners = {path_key(move.old): number for number, step in waiting.items() for move in _moves(step)}
    blockers = {
        number: {owner for move in _moves(step) if (owner := owners.get(path_key(move.new))) is not None} - {number}
        for number, step in waiting.items()
    }
    blocked: dict[int, list[int]] = {number: [] for number in waiting}
    for number, by in blockers.items():
        for other in by:
            blocked[other].append(number)
    ordered: list[NewStep] = []
    ready = [number for number in waiting if not blockers[number]]
    parked: set[int] = set()

    def makes_room(number: int) -> None:
        for other in blocked[number]:
            blockers[other].discard(number)
            if not blockers[other] and other in waiting and other not in ready:
                ready.append(other)

    while waiting:
        if not ready:
            number = next(one for one in waiting if one not in parked)
            away, back = _park(waiting[number], number)
            ordered.append(away)
            waiting[number] = back
            parked.add(number)
            makes_room(number)
            continue
        number = ready.pop(0)
        step = waiting.pop(number)
        if number not in parked and _is_tangled(step):
            away, step = _park(step, number)
            ordered.append(away)
        ordered.append(step)
        if number not in parked:
            makes_room(number)
    return ordered


def is_parking(path: str) -> bool:
    """Whether a path is a hidden name under which something waits in the middle of a batch."""
    return PurePosixPath(path).name.startswith(_PARKING)


def _moves(step: NewStep) -> list[Move]:
    return [Move(step.old_path, step.new_path), *step.companions]


def _is_tangled(step: NewStep) -> bool:
    """Whether one file of an item gets the name of another one of its own."""
    old = {path_key(move.old): at for at, move in enumerate(_moves(step))}
    return any(old.get(path_key(move.new), at) != at for at, move in enumerate(_moves(step)))


def _park(step: NewStep, number: int) -> tuple[NewStep, NewStep]:
    """A step out of the way, and one from there to where it should be."""

    def parked(path: str, at: int) -> str:
        place = PurePosixPath(path)
        return str(place.with_name(f"{_PARKING}{step.media_id[:8]}-{number}-{at}{place.suffix}"))

    aside = tuple(Move(move.old, parked(move.old, at), move.media_id) for at, move in enumerate(step.companions, 1))
    away = replace(step, title="", new_path=parked(step.old_path, 0), companions=aside)
    back = replace(
        step,
        old_path=away.new_path,
        companions=tuple(
            Move(out.new, move.new, move.media_id) for out, move in zip(aside, step.companions, strict=True)
        ),
    )
    return away, back
