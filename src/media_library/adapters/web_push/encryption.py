"""Seals a message for one browser (RFC 8291, by the content coding aes128gcm of RFC 8188)."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

MOST_BYTES = 3993
"""What a push service must carry is 4096 bytes (RFC 8030, 7.2): this much is left of them for the message."""

_RECORD_BYTES = 4096
_POINT_BYTES = 65
_SECRET_BYTES = 16
_LAST_RECORD = b"\x02"


def seal(
    message: bytes,
    public_key: bytes,
    secret: bytes,
    *,
    own_key: "EllipticCurvePrivateKey | None" = None,
    salt: bytes | None = None,
) -> bytes:
    """The body that the browser opens: its ``public_key`` is a point of P-256 (65 bytes), its ``secret`` 16 bytes.

    ``own_key`` and ``salt`` are new for each message; only a test of the format gives them. Raises ``ValueError`` for
    keys that are none, or for more than ``MOST_BYTES``.
    """
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if len(public_key) != _POINT_BYTES or len(secret) != _SECRET_BYTES or len(message) > MOST_BYTES:
        raise ValueError("keys or message have the wrong length")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
    ours = own_key or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(16)
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(ec.ECDH(), theirs)
    keying = _derived(shared, secret, b"WebPush: info\0" + public_key + point, 32)
    key = _derived(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(keying, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD_BYTES.to_bytes(4) + bytes([len(point)]) + point
    return head + AESGCM(key).encrypt(nonce, message + _LAST_RECORD, None)


def _derived(material: bytes, salt: bytes, context: bytes, length: int) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), length, salt, context).derive(material)
