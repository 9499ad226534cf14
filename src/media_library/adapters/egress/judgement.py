"""Which addresses are somebody else's on the public internet."""

import ipaddress
import socket

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
