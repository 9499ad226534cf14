"""Asks the same kind of question again and again over one kept connection, and times every answer."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.appliance import HOST
from bench.report import milliseconds, percentile


@dataclass(frozen=True, slots=True)
class Latencies:
    """How long the answers took, in seconds."""

    seconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        """Half of the answers came within this time."""
        return percentile(self.seconds, 0.5)

    @property
    def p99(self) -> float:
        """All but one of a hundred answers came within this time."""
        return percentile(self.seconds, 0.99)

    def cells(self) -> tuple[str, str, str, str]:
        """How many, p50, p99, the longest."""
        longest = milliseconds(max(self.seconds))
        return str(len(self.seconds)), milliseconds(self.p50), milliseconds(self.p99), longest


CELLS = ("answers", "p50", "p99", "longest")
"""What ``Latencies.cells`` are."""


def ask_repeatedly(
    port: int, key: str, next_path: Callable[[bytes], str], *, seconds: float, pause_seconds: float = 0.005
) -> Latencies:
    """GET what ``next_path`` says, given the answer before (empty at first), with a pause in between.

    The time is from the request to the last byte of the answer. Raises ``RuntimeError`` for an answer that is not 200.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    taken, body = [], b""
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            path = next_path(body)
            started = time.perf_counter()
            connection.request("GET", path, headers={"Authorization": key})
            answer = connection.getresponse()
            body = answer.read()
            taken.append(time.perf_counter() - started)
            if answer.status != http.client.OK:
                raise RuntimeError(f"GET {path}: {answer.status} {body[:200].decode(errors='replace')}")
            time.sleep(pause_seconds)
    finally:
        connection.close()
    return Latencies(tuple(taken))
