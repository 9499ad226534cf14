"""Reads what a sender says of an upload and of its parts, in the headers of tus 1.0."""

import base64
import binascii
import re

from media_library.errors import InvalidInput
from media_library.models.upload import NewUpload
from media_library.services.uploads.names import shown_folder, shown_name
from media_library.services.uploads.part import Checksum

ALGORITHMS = {"sha1": 20, "sha256": 32}
"""The checksums that are understood, each with its length in bytes."""

_METADATA = "Upload-Metadata"
_MOST_METADATA = 8_192
_DIGITS = re.compile(r"[0-9]{1,16}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_number(name: str, text: str) -> int:
    """A number of bytes; raises ``InvalidInput`` naming the header."""
    if not _DIGITS.fullmatch(text):
        raise InvalidInput(f"The header {name} must be a whole number of bytes.", name)
    return int(text)


def read_description(user_id: str, size_bytes: int, metadata: str) -> NewUpload:
    """The upload that somebody describes; keys that other programs send beside ours are ignored.

    Ours are ``name``, ``folder`` (the path of the dropped folder), ``library`` (an id) and ``sha256`` (hexadecimal).
    Raises ``InvalidInput``.
    """
    found = _pairs(metadata)
    sha256 = found.get("sha256", "").lower() or None
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise InvalidInput("The checksum of the file must be 64 hexadecimal digits.", "sha256")
    return NewUpload(
        user_id,
        shown_name(found.get("name") or found.get("filename") or ""),
        size_bytes,
        shown_folder(found.get("folder", "")),
        found.get("library") or None,
        sha256,
    )


def read_checksum(header: str | None) -> Checksum | None:
    """``Upload-Checksum``: an algorithm and its value in Base64; raises ``InvalidInput``."""
    if header is None:
        return None
    algorithm, _, value = header.strip().partition(" ")
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if ALGORITHMS.get(algorithm) != len(digest):
        raise InvalidInput("The checksum of this part is none that is understood.", "Upload-Checksum")
    return Checksum(algorithm, digest)


def _pairs(header: str) -> dict[str, str]:
    """``Upload-Metadata``: pairs of a key and a value in Base64, separated by commas."""
    if len(header) > _MOST_METADATA:
        raise InvalidInput("The description of the upload is too long.", _METADATA)
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            text = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError) as error:
            raise InvalidInput("The description of the upload cannot be read.", _METADATA) from error
        if key in found:
            raise InvalidInput("The description of the upload says something twice.", _METADATA)
        found[key] = text
    return found
