"""The key by which push services know this installation: made once, kept where nobody else reads it."""

from pathlib import Path

from media_library.adapters.web_push import PushKey
from media_library.config import Settings
from media_library.errors import StartError
from media_library.services.private_file import read_private, write_private


def push_key(settings: Settings) -> PushKey:
    """The key, made now if there is none yet. Raises ``StartError`` if its file is damaged or open to others."""
    key = find_push_key(settings)
    if key is None:
        write_private(_path(settings), PushKey.new().written(), replace=False)
        key = find_push_key(settings)  # that of whoever was faster, if somebody was
    if key is None:
        raise StartError(f"{_path(settings)} was removed while it was made. Try again.")
    return key


def find_push_key(settings: Settings) -> PushKey | None:
    """The key, ``None`` while no browser ever asked for messages. Raises ``StartError``."""
    text = read_private(_path(settings))
    if text is None:
        return None
    try:
        return PushKey.read(text)
    except ValueError as error:
        raise StartError(
            f"{_path(settings)} is damaged. Put it back from a backup, or remove it: then everybody has to switch"
            " messages on again."
        ) from error


def _path(settings: Settings) -> Path:
    return settings.data_directory / "push.key"
