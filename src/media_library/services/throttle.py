"""Slows down whoever guesses passwords, tokens or keys, without locking out those who know theirs.

A guess is paid for from buckets that refill with time. A browser that its person signed in with before has a bucket of
its own. Everybody else pays from the bucket of their network address and from that of the account, whose last part is
kept for addresses that have not failed on that account lately: somebody who tries from fifty places is stopped after
fewer than a hundred guesses an hour, while the owner of the account still gets in from a place that is new.
"""

import ipaddress
import math
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum

from media_library.errors import TooManyRequests

_DAY_SECONDS = 86_400.0
_MAX_ENTRIES = 10_000


class Credential(StrEnum):
    """What is guessed; each kind is counted by itself, all in the same way."""

    PASSWORD = "password"  # noqa: S105  # the name of a kind
    SETUP_TOKEN = "setup_token"  # noqa: S105  # the name of a kind
    API_KEY = "api_key"
    PIN = "pin"
    SIGN_IN_CODE = "sign_in_code"
    SIGN_IN_SECRET = "sign_in_secret"  # noqa: S105  # the name of a kind
    NEW_SIGN_IN_CODE = "new_sign_in_code"


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket's size, and how many seconds bring one more."""

    size: int
    refill_seconds: float


ADDRESS_RATE = Rate(10, 30)
DEVICE_RATE = Rate(10, 30)
ACCOUNT_RATE = Rate(75, 180)
KEPT_FOR_NEWCOMERS = 55
"""What of an account's bucket is only for addresses that did not fail on the account for a day."""


class Buckets:
    """Buckets of one rate by key; a bounded number, of which the fullest are forgotten first. Not thread-safe."""

    def __init__(self, rate: Rate, limit: int = _MAX_ENTRIES) -> None:
        self._rate = rate
        self._limit = limit
        self._levels: dict[Hashable, tuple[float, float]] = {}

    def __len__(self) -> int:
        return len(self._levels)

    def wait(self, key: Hashable, now: float, *, leaving: int = 0) -> float:
        """Seconds until one can be taken so that ``leaving`` remain; 0 if it can be taken now."""
        missing = leaving + 1 - self._level(key, now)
        return max(0.0, missing * self._rate.refill_seconds)

    def take(self, key: Hashable, now: float) -> None:
        """Take one out."""
        self._set(key, self._level(key, now) - 1, now)

    def give_back(self, key: Hashable, now: float) -> None:
        """Put one back in."""
        self._set(key, min(self._rate.size, self._level(key, now) + 1), now)

    def _level(self, key: Hashable, now: float) -> float:
        level, then = self._levels.get(key, (float(self._rate.size), now))
        return min(self._rate.size, level + (now - then) / self._rate.refill_seconds)

    def _set(self, key: Hashable, level: float, now: float) -> None:
        if key not in self._levels and len(self._levels) >= self._limit:
            self._make_room(now)
        self._levels[key] = (level, now)

    def _make_room(self, now: float) -> None:
        """Forget the fuller half: those who guess most are remembered longest."""
        emptiest_first = sorted(self._levels, key=lambda key: self._level(key, now))
        for key in emptiest_first[self._limit // 2 :]:
            del self._levels[key]


class Attempt:
    """One guess that was let through. It counts as wrong unless it is given back."""

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back = give_back

    def give_back(self) -> None:
        """The guess was right, or was never checked: it costs nothing."""
        self._give_back()


class Throttle:
    """The one limiter for every kind of credential. Safe to use from any thread; ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._addresses = Buckets(ADDRESS_RATE)
        self._devices = Buckets(DEVICE_RATE)
        self._accounts = Buckets(ACCOUNT_RATE)
        self._failed_at: dict[Hashable, float] = {}

    def attempt(self, credential: Credential, account: str, address: str, *, device: str | None = None) -> Attempt:
        """Ask to check one guess on ``account`` from ``address``; raises ``TooManyRequests``.

        ``device`` identifies a browser that is known to belong to the account.
        """
        with self._lock:
            now = self._clock()
            if device is not None:
                return self._charge([(self._devices, (credential, device), 0)], now)
            source = network(address)
            pair = (credential, account, source)
            failed_at = self._failed_at.get(pair)
            failed = failed_at is not None and now - failed_at < _DAY_SECONDS
            attempt = self._charge(
                [
                    (self._addresses, (credential, source), 0),
                    (self._accounts, (credential, account), KEPT_FOR_NEWCOMERS if failed else 0),
                ],
                now,
                pair=None if failed else pair,
            )
            self._remember_failure(pair, now)
        return attempt

    def _charge(
        self, payments: list[tuple[Buckets, Hashable, int]], now: float, *, pair: Hashable | None = None
    ) -> Attempt:
        wait = max(buckets.wait(key, now, leaving=leaving) for buckets, key, leaving in payments)
        if wait > 0:
            raise TooManyRequests(_message(wait), math.ceil(wait))
        for buckets, key, _ in payments:
            buckets.take(key, now)

        def give_back() -> None:
            with self._lock:
                for buckets, key, _ in payments:
                    buckets.give_back(key, self._clock())
                if pair is not None:
                    self._failed_at.pop(pair, None)

        return Attempt(give_back)

    def _remember_failure(self, pair: Hashable, now: float) -> None:
        self._failed_at.pop(pair, None)  # so that the oldest stay first
        if len(self._failed_at) >= _MAX_ENTRIES:
            del self._failed_at[next(iter(self._failed_at))]
        self._failed_at[pair] = now


def network(address: str) -> str:
    """Whom an address stands for: an IPv4 address itself, an IPv6 address for its /64, which one household has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((parsed.packed[:8] + bytes(8), 64)))


def _message(wait_seconds: float) -> str:
    seconds = math.ceil(wait_seconds)
    pause = f"{seconds} seconds" if seconds < 120 else f"{math.ceil(seconds / 60)} minutes"
    return f"Too many wrong attempts. Try again in {pause}, or with a browser that you have signed in with before."
