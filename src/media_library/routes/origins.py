"""Which addresses are this box: the hosts it answers to and the origins whose pages may change anything.

Nothing but the TCP peer, the Host header and the configuration is looked at: forwarding headers are forged by anybody.
"""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from media_library import config
from media_library.config import Settings

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_.-]{1,253})(?::([0-9]{1,5}))?")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOME_SUFFIXES = (".local", ".lan", ".home", ".home.arpa", ".internal", ".localhost")


class Origins:
    """Judges hosts and origins. A name that anybody can register is only trusted when it was configured.

    That a foreign name may not be used as Host keeps a page of that name, whose address was changed to this box's
    afterwards (DNS rebinding), from speaking to it.
    """

    def __init__(self, settings: Settings) -> None:
        self._configured = frozenset(
            origin for text in config.origins(settings) if (origin := _normalise(text)) is not None
        )
        own_name = socket.gethostname().lower()
        self._names = {host for _, host, _ in self._configured} | {own_name, own_name.partition(".")[0]}
        self._public = _normalise(settings.web_server.public_url.strip().rstrip("/"))

    def is_trusted_host(self, host: str) -> bool:
        """Whether a Host header names this box: an IP address, a name of the house, or a configured name."""
        split = split_host(host)
        if split is None:
            return False
        name = split[0]
        return name in self._names or "." not in name or name.endswith(_HOME_SUFFIXES) or _is_ip_address(name)

    def is_own_origin(self, origin: str, scheme: str, host: str) -> bool:
        """Whether an Origin header is the address that the request came by, or a configured one."""
        found = _normalise(origin)
        return found is not None and (found == _normalise(f"{scheme}://{host}") or found in self._configured)

    def is_public_https(self, host: str) -> bool:
        """Whether the browser came by the configured public address over HTTPS, so that cookies must be Secure."""
        return self._public is not None and self._public[0] == "https" and _normalise(f"https://{host}") == self._public

    def web_socket_sources(self, host: str) -> str:
        """The Web Socket addresses of the host that the request came by, as sources of a CSP."""
        return f"ws://{host} wss://{host}"


def split_host(host: str) -> tuple[str, int | None] | None:
    """Name (small letters, without a last dot) and port of a Host header; ``None`` if it has no valid form."""
    match = _HOST.fullmatch(host)
    if match is None:
        return None
    name, port = match[1].lower(), match[2]
    if port is not None and int(port) > 65535:
        return None
    name = name.removesuffix(".")
    if name.startswith("[") and not _is_ip_address(name):
        return None
    return (name, None if port is None else int(port)) if name else None


def _is_ip_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _normalise(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an origin; ``None`` for what is no origin of the web, such as ``null``."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or f"{parts.scheme}://{parts.netloc}" != origin:
        return None
    split = split_host(parts.netloc)
    if split is None:
        return None
    return parts.scheme, split[0], split[1] or _DEFAULT_PORTS[parts.scheme]
