"""Whether an answer is what was asked for: data of the expected shape, or a picture."""

from typing import TypeVar

import msgspec

from media_library.adapters.service_client.failures import ServiceFailed

T = TypeVar("T")

_PAGE_STARTS = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<!--")


def decoded(service: str, body: bytes, shape: type[T]) -> T:
    """The answer as a record; raises ``ServiceFailed`` with what is wrong with it."""
    start = body[:256].lstrip().lower()
    if not start:
        raise ServiceFailed(f"{service} answered with nothing. Try again later.")
    if start.startswith(_PAGE_STARTS):
        raise ServiceFailed(
            f"{service} answered with a web page instead of data. Check its address in the configuration, and whether"
            " this network asks people to sign in first."
        )
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise ServiceFailed(
            f"{service} answered with something else than was asked for ({_short(error)}). Try again later, or update"
            " this program."
        ) from error
    except msgspec.DecodeError as error:
        reason = "cut off" if "truncated" in str(error) else "not valid JSON"
        raise ServiceFailed(f"The answer of {service} is {reason}. Try again later.") from error
    except (RecursionError, UnicodeDecodeError) as error:
        raise ServiceFailed(f"The answer of {service} cannot be read. Try again later.") from error


def require_picture(service: str, body: bytes) -> bytes:
    """``body``, if it begins like a picture; raises ``ServiceFailed``. Whoever shows it decodes it with care."""
    is_riff = body[:4] == b"RIFF" and body[8:12] == b"WEBP"
    is_avif = body[4:12] in (b"ftypavif", b"ftypavis")
    if is_riff or is_avif or body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")):
        return body
    raise ServiceFailed(f"{service} answered with something that is no picture. Try again later, or choose another.")


def _short(error: msgspec.ValidationError) -> str:
    text = " ".join(str(error).split())
    return "".join(char for char in text if char.isprintable())[:160]
