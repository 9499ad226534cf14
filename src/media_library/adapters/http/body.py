"""The content of an answer, decompressed piece by piece so that a small answer cannot become a huge one."""

import zlib
from collections.abc import Iterable, Iterator

from media_library.adapters.http.wire import TooManyBytes

_PIECE = 262_144
_GZIP = b"\x1f\x8b"
_EITHER = 32 + zlib.MAX_WBITS  # zlib or gzip, whichever the head says


class Garbled(Exception):
    """A compressed body is damaged, ends too early, or is compressed in a way that was not asked for."""


def content(pieces: Iterable[bytes], encoding: str, max_bytes: int) -> Iterator[bytes]:
    """The content of at most ``max_bytes`` bytes. Raises ``TooManyBytes`` or ``Garbled``.

    ``encoding`` is the value of the Content-Encoding header.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        plain: Iterable[bytes] = pieces
    elif name in ("gzip", "x-gzip", "deflate"):
        plain = _decompressed(pieces)
    else:
        raise Garbled(f"it is compressed as {name[:40]!r}")
    left = max_bytes
    for piece in plain:
        left -= len(piece)
        if left < 0:
            raise TooManyBytes
        yield piece


def _decompressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What comes out, piece by piece; another gzip stream may follow, other bytes at the end do not count."""
    decoder = None
    for piece in pieces:
        rest, out = piece, b""
        while rest or (decoder is not None and not decoder.eof and out):
            if decoder is None:
                decoder = zlib.decompressobj(_window(rest))
            try:
                out = decoder.decompress(rest, _PIECE)
            except zlib.error as error:
                raise Garbled("its compression is damaged") from error
            if out:
                yield out
            rest = decoder.unconsumed_tail
            if decoder.eof:
                rest = decoder.unused_data
                if not rest.startswith(_GZIP):
                    return
                decoder = None
    if decoder is not None:
        raise Garbled("it ends too early")


def _window(start: bytes) -> int:
    """Some servers send deflate without the head of zlib."""
    is_gzip = start.startswith(_GZIP)
    is_zlib = len(start) > 1 and start[0] & 0x0F == 8 and int.from_bytes(start[:2]) % 31 == 0
    return _EITHER if is_gzip or is_zlib or len(start) == 1 else -zlib.MAX_WBITS
