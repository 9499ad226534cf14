"""Seals what must be kept but not read by whoever gets hold of the state file: cookies and passwords of sites.

The key follows from the secret of this installation, which lies outside of the state (HKDF-SHA256, RFC 5869); each
purpose has its own. A sealed text is a Fernet token: AES-128-CBC with HMAC-SHA256.
"""

import base64

from media_library.errors import StorageError


class Vault:
    """Seals and opens texts. Safe to use from any thread."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, text: str, purpose: str) -> str:
        """``text`` sealed for ``purpose``; only ``open`` with the same purpose gives it back."""
        from cryptography.fernet import Fernet  # needed seldom, and slow to import

        return Fernet(self._key(purpose)).encrypt(text.encode()).decode()

    def open(self, sealed: str, purpose: str) -> str:
        """The text in ``sealed``; raises ``StorageError`` if the secret of this installation is another one now."""
        from cryptography.fernet import Fernet, InvalidToken

        try:
            return Fernet(self._key(purpose)).decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError) as error:
            raise StorageError(
                "A stored password cannot be opened: the secret key of this installation has changed. Enter it again."
            ) from error

    def _key(self, purpose: str) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derived = HKDF(hashes.SHA256(), 32, None, b"media-library vault " + purpose.encode()).derive(self._secret)
        return base64.urlsafe_b64encode(derived)
