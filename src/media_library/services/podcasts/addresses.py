"""The address of a feed as people paste it: with schemes of podcast programs, with a name and password in it."""

import re
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from media_library.errors import InvalidInput
from media_library.models.podcast import Credentials
from media_library.services.web_addresses import WebAddress, parse_address

_OTHER_SCHEMES = re.compile(r"(?:feed|podcast|pcast|itpc|rss)://(?!https?:)", re.IGNORECASE)
_AROUND = re.compile(r"(?:feed|podcast|pcast|itpc|rss):(?://)?(?=https?://)", re.IGNORECASE)
_MOST_CREDENTIAL = 256


def feed_address(text: str) -> tuple[WebAddress, Credentials | None]:
    """The address in ``text``, and the name and password that stood in it. Raises ``InvalidInput``."""
    text = _AROUND.sub("", _OTHER_SCHEMES.sub("https://", text.strip(), count=1), count=1)
    try:
        parts = urlsplit(text)
        username, password = parts.username, parts.password
    except ValueError as error:
        raise InvalidInput("This is not a web address. Paste one that begins with https://.", "url") from error
    if username is None:
        return parse_address(text), None
    bare = SplitResult(parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, parts.fragment)
    return parse_address(urlunsplit(bare)), credentials(unquote(username), unquote(password or ""))


def credentials(username: str | None, password: str | None) -> Credentials | None:
    """A name and a password, ``None`` without a name. Raises ``InvalidInput`` for what no server could be told."""
    if not username:
        if password:
            raise InvalidInput("There is a password, but no name. Enter both.", "username")
        return None
    if ":" in username or not (username + (password or "")).isprintable():
        raise InvalidInput("This name or password has characters that no server takes.", "username")
    if len(username) > _MOST_CREDENTIAL or len(password or "") > _MOST_CREDENTIAL:
        raise InvalidInput("This name or password is too long.", "username")
    return Credentials(username, password or "")


def is_same_origin(one: str, other: str) -> bool:
    """Whether two addresses are of one scheme, host and port: only then does a password go to both."""
    first, second = _origin(one), _origin(other)
    return first is not None and first == second


def is_same_host(one: str, other: str) -> bool:
    """Whether a feed that moves from ``one`` to ``other`` stays with its host, and no encryption is lost."""
    first, second = _origin(one), _origin(other)
    if first is None or second is None or first[1] != second[1]:
        return False
    return first == second or (first[0] == "http" and second[0] == "https")


def _origin(url: str) -> tuple[str, str, int] | None:
    try:
        address = parse_address(url)
    except InvalidInput:
        return None
    return urlsplit(address.url).scheme, address.host, address.port
