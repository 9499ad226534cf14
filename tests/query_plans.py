"""How SQLite goes about a question of ours."""

from collections.abc import Callable
from typing import Any

from media_library.app_state import AppState


def plan_of(state: AppState, ask: Callable[[], object]) -> list[str]:
    """The steps of all statements that ``ask`` runs, as ``EXPLAIN QUERY PLAN`` words them."""
    connection, asked = state._connection(), list[tuple[str, Any]]()

    def note(_: object, sql: str, bindings: Any) -> bool:
        asked.append((sql, bindings))
        return True

    connection.set_exec_trace(note)
    try:
        ask()
    finally:
        connection.set_exec_trace(None)
    return [str(row[3]) for sql, bindings in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bindings)]
