"""A tus client that does one request at a time, for the tests that send files."""

import base64
import hashlib
from typing import Any

from tests.routes.house import Somebody

PART = "application/offset+octet-stream"
VERSION = {"Tus-Resumable": "1.0.0"}


def metadata(**values: str) -> str:
    """The header ``Upload-Metadata``."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def begin(who: Somebody, size: int, headers: dict[str, str] | None = None, **values: str) -> Any:
    """The answer to the beginning of an upload."""
    described = {"Upload-Length": str(size), "Upload-Metadata": metadata(**({"name": "file.bin"} | values))}
    return who.send("POST", "/api/upload", headers={**VERSION, **described, **(headers or {})})


def begun(who: Somebody, size: int, **values: str) -> str:
    """The address of a new upload."""
    answer = begin(who, size, None, **values)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def part(who: Somebody, address: str, offset: int, data: bytes, **headers: str) -> Any:
    """The answer to a part."""
    sent = {**VERSION, "Upload-Offset": str(offset), **{name.replace("_", "-"): text for name, text in headers.items()}}
    return who.send("PATCH", address, data=data, content_type=PART, headers=sent)


def head(who: Somebody, address: str) -> Any:
    """How much is there."""
    return who.send("HEAD", address, headers=VERSION)


def delete(who: Somebody, address: str) -> Any:
    """Give an upload up."""
    return who.send("DELETE", address, headers=VERSION)


def checksum(data: bytes, algorithm: str = "sha1") -> str:
    """The header ``Upload-Checksum``."""
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def upload(who: Somebody, content: bytes, size: int = 1 << 20, /, **values: str) -> str:
    """Send a file in parts; returns the id of the upload."""
    address = begun(who, len(content), **values)
    for offset in range(0, len(content), size):
        answer = part(who, address, offset, content[offset : offset + size])
        assert answer.status_code == 204, answer.text
    return address.rpartition("/")[2]
