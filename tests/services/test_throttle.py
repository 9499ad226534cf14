"""Guessing is slowed down by address and by account; whoever knows the password gets in."""

import pytest

from media_library.errors import TooManyRequests
from media_library.services.throttle import Buckets, Credential, Rate, Throttle, network

HOUR = 3600.0


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def let_through(throttle: Throttle, account: str, address: str, *, device: str | None = None) -> bool:
    """Whether a wrong password is checked at all."""
    try:
        throttle.attempt(Credential.PASSWORD, account, address, device=device)
    except TooManyRequests:
        return False
    return True


def test_threat_2_one_address_is_throttled_from_the_eleventh_guess(throttle: Throttle) -> None:
    assert [let_through(throttle, "alice", "6.6.6.6") for _ in range(1000)] == [True] * 10 + [False] * 990


def test_threat_2_changing_the_account_does_not_help_an_address(throttle: Throttle) -> None:
    assert sum(let_through(throttle, f"user{number}", "6.6.6.6") for number in range(1000)) == 10


def test_threat_2_the_addresses_of_one_ipv6_household_count_as_one(throttle: Throttle) -> None:
    assert sum(let_through(throttle, "alice", f"2001:db8:0:1::{number:x}") for number in range(1000)) == 10
    assert let_through(throttle, "alice", "2001:db8:0:2::1")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("not an address", "not an address"),
    ],
)
def test_whom_an_address_stands_for(address: str, expected: str) -> None:
    assert network(address) == expected


def test_a_throttled_address_may_guess_again_after_the_time_it_was_told(throttle: Throttle, clock: Clock) -> None:
    while let_through(throttle, "alice", "6.6.6.6"):
        pass
    with pytest.raises(TooManyRequests) as refusal:
        throttle.attempt(Credential.PASSWORD, "alice", "6.6.6.6")
    clock.now += refusal.value.retry_after - 1
    assert not let_through(throttle, "alice", "6.6.6.6")
    clock.now += 1
    assert let_through(throttle, "alice", "6.6.6.6")


def test_threat_25_fifty_addresses_get_at_most_a_hundred_guesses_an_hour(throttle: Throttle, clock: Clock) -> None:
    """And meanwhile a device of hers is never slowed down, and a new one at a new address is let through at once."""
    for hour in range(6):
        guesses = 0
        for number in range(20_000):
            guesses += let_through(throttle, "alice", f"6.6.6.{number % 50}")
            if number % 400 == 0:
                throttle.attempt(Credential.PASSWORD, "alice", "192.168.1.5", device="hers").give_back()
            clock.now += HOUR / 20_000
        assert guesses <= 100
        attempt = throttle.attempt(Credential.PASSWORD, "alice", f"203.0.113.{hour}")
        attempt.give_back()


def test_threat_25_ten_thousand_addresses_get_at_most_a_hundred_guesses_an_hour(
    throttle: Throttle, clock: Clock
) -> None:
    for _ in range(3):
        guesses = 0
        for number in range(10_000):
            guesses += let_through(throttle, "alice", f"10.6.{number % 100}.{number // 100}")
            clock.now += HOUR / 10_000
        assert guesses <= 100
        assert let_through(throttle, "alice", "192.168.1.5", device="hers")


def test_threat_25_the_account_of_somebody_else_is_not_slowed_down(throttle: Throttle) -> None:
    for number in range(5000):
        let_through(throttle, "alice", f"6.6.6.{number % 50}")
    assert let_through(throttle, "bob", "192.168.1.6")


def test_a_known_device_in_wrong_hands_is_throttled_too(throttle: Throttle) -> None:
    assert sum(let_through(throttle, "alice", f"6.6.6.{number}", device="hers") for number in range(100)) == 10


def test_what_was_right_costs_nothing(throttle: Throttle) -> None:
    for _ in range(100):
        throttle.attempt(Credential.PASSWORD, "alice", "192.168.1.5").give_back()
    assert let_through(throttle, "alice", "192.168.1.5")


def test_a_right_password_does_not_wash_away_wrong_guesses(throttle: Throttle) -> None:
    """Somebody with an account of their own cannot reset the count with it."""
    guesses = 0
    for _ in range(100):
        guesses += let_through(throttle, "alice", "6.6.6.6")
        try:
            throttle.attempt(Credential.PASSWORD, "mallory", "6.6.6.6").give_back()
        except TooManyRequests:
            pass
    assert guesses == 10


@pytest.mark.parametrize("credential", Credential)
def test_threat_26_every_kind_of_credential_is_throttled(throttle: Throttle, credential: Credential) -> None:
    for _ in range(10):
        throttle.attempt(credential, "x", "6.6.6.6")
    with pytest.raises(TooManyRequests):
        throttle.attempt(credential, "x", "6.6.6.6")


def test_a_program_with_an_old_key_does_not_keep_people_of_its_machine_out(throttle: Throttle) -> None:
    for _ in range(10):
        throttle.attempt(Credential.API_KEY, "127.0.0.1", "127.0.0.1")
    assert let_through(throttle, "alice", "127.0.0.1")


def test_the_memory_of_buckets_is_bounded_and_keeps_those_who_guess_most() -> None:
    buckets = Buckets(Rate(10, 30), limit=100)
    for _ in range(10):
        buckets.take("mallory", 0)
    for number in range(1000):
        buckets.take(f"passer-by {number}", 0)
        assert len(buckets) <= 100
    assert buckets.wait("mallory", 0) == 30
