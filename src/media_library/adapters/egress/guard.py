"""Who may be reached, and the connection to them."""

import socket
import time
from collections.abc import Callable, Collection

from media_library.adapters.egress.connecting import Resolve, addresses_of, connect_to_one, resolve_by_system
from media_library.adapters.egress.judgement import is_own, judge
from media_library.adapters.egress.names import normal_host
from media_library.errors import MediaLibraryError

WEB_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8081, 8443, 8888})
"""The ports that are reached without an admin's word."""

_NO_SUCH_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


class EgressRefused(MediaLibraryError):
    """A host may not be reached. ``is_transient`` if its name could not be resolved now.

    The text is the same whatever the reason was, so that nobody learns from it what is in the house.
    """

    code = "egress_refused"

    def __init__(self, host: str, *, is_transient: bool = False) -> None:
        super().__init__(
            f"{host} has no public address that is known here, or its port is none of the web. Check the address and "
            "the connection to the internet; an admin can allow the host by its name in the settings."
        )
        self.is_transient = is_transient


class Egress:
    """Connects to the public internet, and to the hosts that an admin named.

    An allowed entry is ``host`` (on the ports of the web) or ``host:port``; it means the name as it is written in an
    address, never what a name resolves to, and never a part of a name.
    """

    def __init__(self, allowed_hosts: Callable[[], Collection[str]], *, resolve: Resolve = resolve_by_system) -> None:
        """``allowed_hosts`` is asked at every connection."""
        self._allowed_hosts = allowed_hosts
        self._resolve = resolve

    def connect(
        self, host: str, port: int, timeout_seconds: float, *, while_waiting: Callable[[], None] = lambda: None
    ) -> socket.socket:
        """A TCP connection. Raises ``EgressRefused``, or ``OSError`` if a permitted host cannot be reached.

        ``while_waiting`` is called at least twice a second, and raises to break off.
        """
        deadline = time.monotonic() + timeout_seconds
        try:
            name = normal_host(host)
        except ValueError as error:
            raise EgressRefused(host[:100]) from error
        is_allowed = self._is_allowed(name, port)
        if not is_allowed and port not in WEB_PORTS:
            raise EgressRefused(name)
        try:
            addresses = addresses_of(name, self._resolve, deadline, while_waiting)
        except OSError as error:
            is_unknown = isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME
            raise EgressRefused(name, is_transient=not is_unknown) from error
        if not is_allowed and not all(judge(address) and not is_own(address) for address in addresses):
            raise EgressRefused(name)
        return connect_to_one(addresses, port, deadline, while_waiting)

    def _is_allowed(self, name: str, port: int) -> bool:
        return any(_allows(entry, name, port) for entry in self._allowed_hosts())


def _allows(entry: str, name: str, port: int) -> bool:
    host, separator, named_port = entry.strip().rpartition(":")
    if not separator or not named_port.isdecimal() or (":" in host and not host.endswith("]")):
        host, named_port = entry.strip(), ""
    try:
        if normal_host(host) != name:
            return False
    except ValueError:
        return False
    return port == int(named_port) if named_port else port in WEB_PORTS
