"""What every repository mixin stands on: rows by bound values, and the hooks that AppState fills in."""

import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeAlias

import apsw

from media_library.events import Event

Value: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = tuple[Value, ...]
Bindings: TypeAlias = Sequence[Value] | Mapping[str, Value]


def now_ms() -> int:
    """The time of day in milliseconds since the Unix epoch."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """A random 128-bit id, 32 hexadecimal digits."""
    return secrets.token_hex(16)


class Repository(ABC):
    """Base of the mixins. A mixin writes only its own tables."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is written at once or not at all; a transaction inside one joins it."""

    @abstractmethod
    def broadcast(self, event: Event, room: str) -> None:
        """Announce ``event`` to ``room`` when, and only if, the transaction commits."""

    @abstractmethod
    def _connection(self) -> apsw.Connection:
        """This thread's connection."""

    def _rows(self, sql: str, bindings: Bindings = ()) -> list[Row]:
        return list(self._connection().execute(sql, bindings))

    def _row(self, sql: str, bindings: Bindings = ()) -> Row | None:
        return next(iter(self._rows(sql, bindings)), None)

    def _change(self, sql: str, bindings: Bindings = ()) -> int:
        """Run one writing statement in a transaction; returns how many rows it changed."""
        with self.transaction():
            connection = self._connection()
            connection.execute(sql, bindings)
            return connection.changes()

    def _change_returning(self, sql: str, bindings: Bindings = ()) -> Row | None:
        """Run one writing statement with ``RETURNING``; returns its first row."""
        with self.transaction():
            return self._row(sql, bindings)
