"""The names of people: what they sign in with, and what others see."""

import re
import unicodedata

from media_library.errors import InvalidInput

_USERNAME = re.compile(r"[a-z0-9._-]{1,32}")
_MAX_DISPLAY = 64
_JOINERS = frozenset("\u200c\u200d")
"""Invisible, but spelling in several scripts and part of many emoji."""


def is_username(text: str) -> bool:
    """Whether somebody could have this sign-in name."""
    return _USERNAME.fullmatch(text) is not None


def require_username(text: str) -> str:
    """The sign-in name as it is; nothing is folded, so that no two spellings lead to one account.

    Raises ``InvalidInput``. Small ASCII letters leave no room for names that only look like another.
    """
    if not is_username(text):
        raise InvalidInput(
            "A sign-in name has 1 to 32 characters: small letters a to z, digits, “.”, “-” and “_”.", "username"
        )
    return text


def require_display_name(text: str) -> str:
    """The name that people see, in any script, without white space around it. Raises ``InvalidInput``."""
    name = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(name) <= _MAX_DISPLAY:
        raise InvalidInput(f"The name has 1 to {_MAX_DISPLAY} characters.", "display_name")
    if not all(character.isprintable() or character in _JOINERS for character in name) or not _is_visible(name):
        raise InvalidInput("The name contains a character that cannot be shown.", "display_name")
    return name


def _is_visible(name: str) -> bool:
    return any(unicodedata.category(character)[0] in "LNPS" for character in name)
