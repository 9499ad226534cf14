"""Says to push services who sends: a key pair of this installation and tokens signed by it (RFC 8292)."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from media_library.adapters.web_push.base64url import decoded, encoded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_GOOD_FOR_SECONDS = 12 * 3600  # at most 24 hours are allowed
_NUMBER_BYTES = 32


@dataclass(frozen=True, slots=True)
class PushKey:
    """The private key of this installation, a number of P-256."""

    secret: bytes

    @classmethod
    def new(cls) -> Self:
        """A random one."""
        from cryptography.hazmat.primitives.asymmetric import ec

        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        return cls(number.to_bytes(_NUMBER_BYTES))

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that ``written`` gave; raises ``ValueError``."""
        key = cls(decoded(text))
        if len(key.secret) != _NUMBER_BYTES:
            raise ValueError("not a key")
        key._private()
        return key

    def written(self) -> str:
        """The key as text, to be kept where nobody else reads it."""
        return encoded(self.secret)

    def public(self) -> str:
        """What browsers are told, base64url: they take messages of its owner only."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return encoded(self._private().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def authorization(self, audience: str, contact: str) -> str:
        """The value of the Authorization header for a push service, named by its origin.

        ``contact`` is an address (https: or mailto:) at which its operators find somebody.
        """
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        claims = {"aud": audience, "exp": int(time.time()) + _GOOD_FOR_SECONDS, "sub": contact}
        signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        r, s = decode_dss_signature(self._private().sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        signature = encoded(r.to_bytes(_NUMBER_BYTES) + s.to_bytes(_NUMBER_BYTES))
        return f"vapid t={signed}.{signature}, k={self.public()}"

    def _private(self) -> "EllipticCurvePrivateKey":
        from cryptography.hazmat.primitives.asymmetric import ec

        return ec.derive_private_key(int.from_bytes(self.secret), ec.SECP256R1())


def _part(content: Mapping[str, object]) -> str:
    return encoded(json.dumps(content, separators=(",", ":")).encode())
