"""Where a file goes below the folder of its library."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.services.file_naming.components import shortened


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file goes below the folder of its library, without the suffix of its name.

    ``own_depth`` says how many of the folders belong to this film or album alone and must not be shared with
    another disc; 0 for episodes, whose folder is the show's.
    """

    path: PurePosixPath
    own_depth: int = 0

    def numbered(self, number: int) -> "Place":
        """Another place for what has the same name: from 2 on the number follows in brackets."""
        if number < 2:
            return self
        parts = list(self.path.parts)
        mark = f" ({number})"
        if self.own_depth:
            marked = self.own_depth - 1
            if len(parts) == self.own_depth + 1 and parts[-1] == parts[marked]:
                parts[-1] = shortened(parts[-1], mark)
            parts[marked] = shortened(parts[marked], mark)
        else:
            parts[-1] = shortened(parts[-1], mark)
        return Place(PurePosixPath(*parts), self.own_depth)


def first_free(place: Place, is_free: Callable[[Place], bool]) -> Place:
    """``place``, or the first of its numbered variants that is free."""
    number = 1
    while not is_free(candidate := place.numbered(number)):
        number += 1
    return candidate
