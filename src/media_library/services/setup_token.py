"""The token with which a box that belongs to nobody is claimed: shown on its console, kept in a private file."""

import base64
import hashlib
import hmac
import secrets
import time
from pathlib import Path

from media_library.config import Settings
from media_library.errors import Forbidden, StartError
from media_library.services.private_file import read_private, write_private

LIFE_SECONDS = 24 * 3600

_TOKEN_BYTES = 16
_GROUP = 4


def token_path(settings: Settings) -> Path:
    """The file that holds the token."""
    return settings.data_directory / "setup-token"


def renew(settings: Settings) -> str:
    """Make a new token of 128 bits, in groups that can be typed from a screen; the one before is worth nothing."""
    letters = base64.b32encode(secrets.token_bytes(_TOKEN_BYTES)).decode("ascii").rstrip("=").lower()
    token = "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))
    write_private(token_path(settings), token, replace=True)
    return token


def require_token(settings: Settings, token: str) -> None:
    """Raise ``Forbidden`` unless this is the token and it is younger than 24 hours."""
    path = token_path(settings)
    try:
        expected = read_private(path)
        age = time.time() - path.stat().st_mtime if expected else 0.0
    except (StartError, OSError) as error:
        raise Forbidden(f"The token cannot be checked: {error} Restart the program: it shows a new one.") from error
    if not expected or not hmac.compare_digest(_digest(token), _digest(expected)):
        raise Forbidden(f"This is not the token. It was shown on the console and stands in {path}.")
    if age > LIFE_SECONDS:
        raise Forbidden("This token is older than a day. Restart the program: it shows a new one.")


def remove(settings: Settings) -> None:
    """Remove the token once the box is claimed."""
    token_path(settings).unlink(missing_ok=True)


def _digest(token: str) -> bytes:
    """Equally long whatever is typed; case, spaces and dashes do not matter."""
    typed = "".join(token.split()).replace("-", "").lower()
    return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).digest()
