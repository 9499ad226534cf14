"""Sends a file over a bad line, as a browser does: asks where it stands, and goes on from there."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.tus import PART, VERSION, metadata

_GONE = (ConnectionError, TimeoutError, http.client.HTTPException)


@dataclass
class Sender:
    """A client of a port of this machine. ``sent_bytes`` counts all bytes of parts, also those that came to nothing."""

    port: Callable[[], int]
    headers: dict[str, str]
    part_bytes: int
    deadline_seconds: float = 100.0
    sent_bytes: int = 0
    attempts: int = 0
    statuses: list[int] = field(default_factory=list)

    def send(self, file: Path, *, name: str, sha256: str = "", folder: str = "") -> str:
        """Send a file; returns the address of its upload. Fails after ``deadline_seconds``."""
        size = file.stat().st_size
        described = {"name": name, "sha256": sha256, "folder": folder}
        header = metadata(**{key: value for key, value in described.items() if value})
        deadline = time.monotonic() + self.deadline_seconds
        address: str | None = None
        offset = 0
        while address is None or offset < size:
            assert time.monotonic() < deadline, f"{offset} of {size} bytes after {self.attempts} attempts"
            try:
                if address is None:
                    answer = self._ask("POST", "/api/upload", {"Upload-Length": str(size), "Upload-Metadata": header})
                    address = answer.headers["Location"]
                offset = int(self._ask("HEAD", address, {}).headers["Upload-Offset"])
                if offset < size:
                    offset = self._part(address, file, offset)
            except _GONE:
                time.sleep(0.02)
        return address

    def _part(self, address: str, file: Path, offset: int) -> int:
        with file.open("rb") as opened:
            opened.seek(offset)
            data = opened.read(self.part_bytes)
        self.attempts += 1
        self.sent_bytes += len(data)
        answer = self._ask("PATCH", address, {"Upload-Offset": str(offset), "Content-Type": PART}, data)
        self.statuses.append(answer.status)
        if answer.status != 204:
            time.sleep(0.1)
            return offset
        return int(answer.headers["Upload-Offset"])

    def _ask(self, method: str, path: str, headers: dict[str, str], data: bytes = b"") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port(), timeout=30)
        try:
            connection.request(method, path, data or None, {**VERSION, **self.headers, **headers})
            answer = connection.getresponse()
            answer.read()
            return answer
        finally:
            connection.close()
