"""Reads the address that a person pasted, and makes of it the key by which the same address is known again."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from media_library.errors import InvalidInput

_MOST_CHARACTERS = 2048
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|si|feature|ref_src|ref_url|_ga|yclid|wt_mc|at_medium|at_campaign",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address. ``host`` is in ASCII (IDNA) and lower case; ``key`` begins with "url:"."""

    url: str
    host: str
    port: int
    key: str


def parse_address(text: str) -> WebAddress:
    """The address in ``text``; raises ``InvalidInput`` with the reason for whatever is no plain web address.

    A missing scheme is taken for https. The fragment is dropped.
    """
    text = text.strip()
    if not text:
        raise InvalidInput("There is no address. Paste one that begins with https://.", "url")
    if len(text) > _MOST_CHARACTERS:
        raise InvalidInput(f"This address is longer than {_MOST_CHARACTERS} characters.", "url")
    if not text.isprintable() or " " in text or text.startswith("-") or "\\" in text:
        raise InvalidInput("This is not a web address. Paste one that begins with https://.", "url")
    if "://" not in text and re.match(r"[\w.-]+\.\w{2,}([/:?#]|$)", text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise InvalidInput("This is not a web address. Paste one that begins with https://.", "url") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise InvalidInput("Only addresses that begin with http:// or https:// can be fetched.", "url")
    if parts.username is not None or parts.password is not None:
        raise InvalidInput("This address holds a name or a password. Take that part before the @ out of it.", "url")
    host = _host(parts)
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    url = urlunsplit((scheme, netloc, path, query, ""))
    return WebAddress(url, host.strip("[]"), port or _PORTS[scheme], "url:" + _plain(scheme, netloc, path, parts.query))


def origin_of(url: str) -> str | None:
    """The key of an address that a page or a tool told; ``None`` if it is no web address."""
    try:
        return parse_address(url).key
    except InvalidInput:
        return None


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError as error:
            raise InvalidInput("The host of this address is not a valid name.", "url") from error
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise InvalidInput("This is not a web address: its host is not a valid name.", "url")
    return host.rstrip(".")


def _plain(scheme: str, netloc: str, path: str, query: str) -> str:
    """The address as it is compared: without what only tells where a link was clicked."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(name)]
    return urlunsplit(("https", netloc, path.rstrip("/") or "/", urlencode(sorted(kept)), ""))
