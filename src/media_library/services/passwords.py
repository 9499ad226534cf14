"""Password hashing: bcrypt over a pre-hash, a few at a time."""

import base64
import hashlib
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import bcrypt

from media_library.errors import InvalidInput, TooManyRequests

MIN_BYTES = 8
MAX_BYTES = 1024

_SCHEME = "bcrypt-sha384"
_NOBODY = "." * 53  # salt and hash of no password: well-formed, so that a check of it takes as long as any other
_SIMULTANEOUS = 2
_WAITING = 30
_RETRY_SECONDS = 5

_COMMON = """
00000000 11111111 12121212 12341234 12344321 123123123 12345678 123456789 1234567890 123456789a 1q2w3e4r 1q2w3e4r5t
1qaz2wsx 66666666 87654321 88888888 987654321 a1234567 a12345678 aa123456 aa12345678 abc12345 abcd1234 abcdefgh
admin123 admin1234 administrator asdfasdf asdfghjkl baseball changeme computer corvette dragon123 football iloveyou
iloveyou1 jellyfin letmein1 letmein123 liverpool maverick medialibrary mercedes michelle midnight mustang1 password
password! password1 password12 password123 passw0rd p@ssw0rd p@ssword pokemon1 princess princess1 qazwsxedc qwer1234
qwerty12 qwerty123 qwertyui qwertyuiop raspberry samantha starwars steelers sunshine superman test1234 trustno1
welcome1 welcome123 whatever zaq12wsx
"""


class Passwords:
    """Makes and checks password hashes, two at once, the others wait their turn for ``patience_seconds``.

    ``cost`` is bcrypt's: the number of rounds is 2 to its power.
    """

    def __init__(self, cost: int = 12, *, patience_seconds: float = 5.0) -> None:
        self._cost = cost
        self._patience_seconds = patience_seconds
        self._working = threading.BoundedSemaphore(_SIMULTANEOUS)
        self._room = threading.BoundedSemaphore(_SIMULTANEOUS + _WAITING)

    def hash_new(self, password: str, username: str) -> str:
        """The hash to store for a new password of this person.

        Raises ``InvalidInput`` if it is too short, too long or one of the first that anybody would try, and
        ``TooManyRequests``.
        """
        _require_fit(password, username)
        return self.hash(password)

    def hash(self, password: str) -> str:
        """The hash of a password that is good enough already. Raises ``InvalidInput``, ``TooManyRequests``."""
        secret = _normalise(password)
        with self._turn():
            hashed = bcrypt.hashpw(_prehash(secret), bcrypt.gensalt(self._cost))
        return _SCHEME + hashed.decode("ascii")

    def is_right(self, password: str, stored: str | None) -> bool:
        """Whether ``stored`` is the hash of this password.

        ``None``, or anything that is not a hash, is never right but takes just as long. Raises ``InvalidInput`` for
        text that no password can be, and ``TooManyRequests``.
        """
        secret = _normalise(password)
        known = stored is not None and stored.startswith(f"{_SCHEME}$2b$")
        expected = stored.removeprefix(_SCHEME) if known and stored else f"$2b${self._cost:02d}${_NOBODY}"
        with self._turn():
            matches = bcrypt.checkpw(_prehash(secret), expected.encode("ascii"))
        return matches and known

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with another cost than hashes are made with now."""
        return not stored.startswith(f"{_SCHEME}$2b${self._cost:02d}$")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        busy = TooManyRequests("Many people are signing in at this moment. Try again in a few seconds.", _RETRY_SECONDS)
        if not self._room.acquire(blocking=False):
            raise busy
        try:
            if not self._working.acquire(timeout=self._patience_seconds):
                raise busy
            try:
                yield
            finally:
                self._working.release()
        finally:
            self._room.release()


def _normalise(password: str) -> bytes:
    """NFKC, then UTF-8, so that a password is the same however a keyboard composes its characters."""
    try:
        return unicodedata.normalize("NFKC", password).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidInput("The password contains a character that is not one.", "password") from error


def _prehash(secret: bytes) -> bytes:
    """64 ASCII characters: bcrypt takes 72 bytes at most and has no love for NUL."""
    return base64.b64encode(hashlib.sha384(secret).digest())


def _require_fit(password: str, username: str) -> None:
    secret = _normalise(password)
    if len(secret) < MIN_BYTES:
        raise InvalidInput(f"The password is too short. Use at least {MIN_BYTES} characters.", "password")
    if len(secret) > MAX_BYTES:
        raise InvalidInput(f"The password is too long. Use at most {MAX_BYTES} bytes.", "password")
    folded = secret.decode("utf-8").casefold()
    if folded in _COMMON.split() or folded == username.casefold() or len(set(folded)) == 1:
        raise InvalidInput("This password is among the first that anybody would try. Choose another one.", "password")
