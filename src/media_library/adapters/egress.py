"""The one way out: resolves a name once, judges every address it has, and connects to one that was judged.

Whatever is fetched for people, by us or by a child through the proxy, is connected here. Names and addresses come from
pages, feeds and people; none may lead into the house, to this machine or to a neighbour in a data centre.
"""

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from urllib.parse import urlsplit

from media_library.errors import MediaLibraryError

WEB_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8081, 8443, 8888})
"""The ports that are reached without an admin's word."""

Resolve = Callable[[str], Sequence[str]]
"""Gives all addresses of a host name, as text; raises ``OSError`` if there are none."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_ATTEMPT_SECONDS = 3.0
_MOST_ADDRESSES = 16

# https://www.iana.org/assignments/iana-ipv4-special-registry: ``is_global`` alone lets some of these through
_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and the metadata of some clouds
        "127.0.0.0/8",
        "168.63.129.16/32",  # the platform of a cloud, at a public address
        "169.254.0.0/16",  # link-local, and the metadata of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)

# Only global unicast is public; within it, what carries an IPv4 address or stands for nobody is not.
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, benchmarks, ORCHID and their kin
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3ffe::/16",
        "3fff::/20",
    )
)
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


class EgressRefused(MediaLibraryError):
    """A host may not be reached. ``is_transient`` if its name could not be resolved now.

    The text is the same whatever the reason was, so that nobody learns from it what is in the house.
    """

    code = "egress_refused"

    def __init__(self, host: str, *, is_transient: bool = False) -> None:
        super().__init__(
            f"{host} has no public address, or not on a port of the web. "
            "Check the address; an admin can allow the host by its name in the settings."
        )
        self.is_transient = is_transient


def judge(address: str) -> bool:
    """Whether an IP address, as text, is a public one of the internet. Anything that is no plain address is not."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return parsed.is_global and not any(parsed in network for network in _REFUSED_V4)
    return (
        parsed.scope_id is None
        and parsed in _PUBLIC_V6
        and parsed.is_global
        and not any(parsed in network for network in _REFUSED_V6)
        and (int(parsed) >> 32) & 0xFFFF_FFFF not in _ISATAP
    )


def is_own(address: str) -> bool:
    """Whether an IP address belongs to this machine: a public one would pass as somebody else's."""
    family = _family(address)
    nobody = "2001:db8::1" if family is socket.AF_INET6 else "192.0.2.1"
    return _route_starts_at(family, address) or (_binds(family, address) and not _binds(family, nobody))


def normal_host(host: str) -> str:
    """A host name or address as it is compared: lower case, IDNA, without brackets and the dot at its end.

    Raises ``ValueError`` if it can be no host.
    """
    bare = host.removeprefix("[").removesuffix("]").removesuffix(".")
    try:
        plain = bare if ":" in bare else bare.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(f"{host!r} is no host.") from error
    plain = plain.lower()
    allowed = "0123456789abcdef:." if ":" in plain else "0123456789abcdefghijklmnopqrstuvwxyz-._"
    if not plain or len(plain) > 253 or plain.strip(allowed):
        raise ValueError(f"{host!r} is no host.")
    return plain


def hosts_of(*urls: str) -> tuple[str, ...]:
    """The entries that allow the hosts of addresses from the configuration; empty addresses have none."""
    parts = [urlsplit(url) for url in urls if url]
    return tuple(
        f"[{part.hostname}]:{part.port or _default_port(part.scheme)}"
        if ":" in part.hostname
        else f"{part.hostname}:{part.port or _default_port(part.scheme)}"
        for part in parts
        if part.hostname
    )


def resolve_by_system(host: str) -> Sequence[str]:
    """All addresses that the resolver of the system gives for a name."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


class Egress:
    """Connects to the public internet, and to the hosts that an admin named.

    An allowed entry is ``host`` (on the ports of the web) or ``host:port``; it means the name as it is written in an
    address, never what a name resolves to, and never a part of a name.
    """

    def __init__(self, allowed_hosts: Callable[[], Collection[str]], *, resolve: Resolve = resolve_by_system) -> None:
        """``allowed_hosts`` is asked at every connection."""
        self._allowed_hosts = allowed_hosts
        self._resolve = resolve

    def connect(self, host: str, port: int, timeout_seconds: float) -> socket.socket:
        """A TCP connection. Raises ``EgressRefused``, or ``OSError`` if a permitted host cannot be reached."""
        deadline = time.monotonic() + timeout_seconds
        try:
            name = normal_host(host)
        except ValueError as error:
            raise EgressRefused(host[:100]) from error
        is_allowed = self._is_allowed(name, port)
        if not is_allowed and port not in WEB_PORTS:
            raise EgressRefused(name)
        addresses = self._addresses(name, deadline)
        if not is_allowed and not all(judge(address) and not is_own(address) for address in addresses):
            raise EgressRefused(name)
        return _connect_to_one(addresses, port, deadline)

    def _is_allowed(self, name: str, port: int) -> bool:
        return any(_allows(entry, name, port) for entry in self._allowed_hosts())

    def _addresses(self, name: str, deadline: float) -> list[str]:
        """The answers to one question; in a thread, because the resolver of the system knows no time-out."""
        answers: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(name))
            except (OSError, UnicodeError):
                answers.put(())

        threading.Thread(target=ask, name="resolve", daemon=True).start()
        try:
            found = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            found = ()
        if not found:
            raise EgressRefused(name, is_transient=True)
        return list(dict.fromkeys(found))


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


def _connect_to_one(addresses: Iterable[str], port: int, deadline: float) -> socket.socket:
    """Try the addresses in their order; one that does not answer leaves time for the next."""
    chosen = list(addresses)[:_MOST_ADDRESSES]
    failure: OSError = TimeoutError("timed out")
    for position, address in enumerate(chosen):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        is_last = position == len(chosen) - 1
        connection = socket.socket(_family(address), socket.SOCK_STREAM)
        try:
            connection.settimeout(left if is_last else min(left, _ATTEMPT_SECONDS))
            connection.connect((address, port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            connection.close()
            failure = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise failure


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _route_starts_at(family: socket.AddressFamily, address: str) -> bool:
    """Whether what is sent to the address is sent from it; connecting a datagram socket sends nothing."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return bool(probe.getsockname()[0] == address)
    except OSError:
        return False


def _binds(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
            return True
    except OSError:
        return False


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
