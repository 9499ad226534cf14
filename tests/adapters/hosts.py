"""Addresses that lead inside, in every notation that somebody thought of, and a sentinel that would be hit."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest

from media_library.adapters.egress import WEB_PORTS

LOCAL = (
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7F.0x0.0x0.0x1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "127.1.2.3",
    "127.255.255.254",
    "0.0.0.0",
    "0",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
)
"""Names of this machine."""

INSIDE = (
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.178.1",
    "169.254.169.254",
    "2852039166",
    "100.64.0.1",
    "100.127.255.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "0.1.2.3",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[5f00::1]",
    "[2001:2::1]",
    "[2001:10::1]",
)
"""Addresses of the house, of clouds, of nobody and of everybody."""

CARRIERS = (
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1:ffff::10.0.0.1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:7f00:1::",
    "2001:0:53aa:64c:0:0:80ff:fffe",
    "2606:4700::5efe:7f00:1",
    "2606:4700::200:5efe:a00:1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
)
"""IPv6 addresses that carry an IPv4 address; the last ones carry a public one."""

REFUSED = (*LOCAL, *INSIDE, *(f"[{address}]" for address in CARRIERS))

PUBLIC = ("1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111")


@dataclass(slots=True)
class Sentinel:
    """Counts who connects to any address of this machine."""

    port: int
    hits: int = 0


@contextmanager
def sentinel() -> Iterator[Sentinel]:
    """Listen on every address, IPv4 and IPv6, at a port that needs no admin's word."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    listener = _listener()
    watching = Sentinel(listener.getsockname()[1])
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            with suppress(TimeoutError):
                connection, _ = listener.accept()
                watching.hits += 1
                connection.close()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield watching
    finally:
        stop.set()
        thread.join()
        listener.close()


def _listener() -> socket.socket:
    for port in sorted(WEB_PORTS - {80, 443}):
        with suppress(OSError):
            listener = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=128)
            listener.settimeout(0.02)
            return listener
    raise AssertionError("every port of the web is taken on this machine")
