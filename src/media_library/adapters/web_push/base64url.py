"""Bytes as text that may stand in an address or a header (RFC 4648, section 5), without padding."""

import base64
import binascii
import re

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*={0,2}")


def encoded(content: bytes) -> str:
    """``content`` as text."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes in ``text``; raises ``ValueError`` for what is none of this alphabet."""
    if not _ALPHABET.fullmatch(text):
        raise ValueError("not base64url")
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
