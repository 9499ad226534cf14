"""Where a request goes: the one reading of a URL that the connection, the Host header and the target are made of."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urljoin, urlsplit

from media_library.adapters.egress import normal_host
from media_library.adapters.http.failures import RequestRefused

_MOST_CHARACTERS = 8192
_PORTS = {"http": 80, "https": 443}
_KEPT = "!$%&'()*+,-./:;=?@_~[]|"


@dataclass(frozen=True, slots=True)
class WebPlace:
    """A web address, taken apart. ``target`` is path and query in ASCII; there is never a fragment."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Read a URL. Raises ``RequestRefused`` for what is no plain http or https address."""
        text = url.strip()
        if len(text) > _MOST_CHARACTERS or any(ord(char) < 32 or ord(char) == 127 for char in text):
            raise RequestRefused("This is not a web address: it is too long or has control characters.")
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError as error:
            raise RequestRefused("This is not a web address.") from error
        if parts.scheme not in _PORTS or not parts.hostname:
            raise RequestRefused("This is not a web address. Use one that begins with http:// or https://.")
        if "@" in parts.netloc:
            raise RequestRefused("A name or password must not be part of a web address. Remove it.")
        try:
            host = normal_host(parts.hostname)
        except ValueError as error:
            raise RequestRefused("The host of this web address is not a valid name.") from error
        target = _ascii(parts.path or "/") + (f"?{_ascii(parts.query)}" if parts.query else "")
        return cls(parts.scheme, host, port or _PORTS[parts.scheme], target)

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what credentials belong to."""
        return (self.scheme, self.host, self.port)

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def towards(self, location: str) -> Self:
        """Where a Location header leads from here. Raises ``RequestRefused``."""
        try:
            joined = urljoin(self.url, location.strip())
        except ValueError as error:
            raise RequestRefused(f"{self.host} redirects to something that is not a web address.") from error
        return type(self).of(joined)


def _ascii(text: str) -> str:
    """What stands in a URL, with everything percent-encoded that must be; what is encoded stays as it is."""
    return quote(text, safe=_KEPT)
