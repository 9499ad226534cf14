"""Passwords: any length, any script, two hashes at a time."""

import statistics
import threading
import time

import pytest

from media_library.errors import InvalidInput, TooManyRequests
from media_library.services.passwords import Passwords

LOW_COST = 4


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(LOW_COST)


def test_a_password_is_right_only_against_its_own_hash(passwords: Passwords) -> None:
    stored = passwords.hash_new("correct horse", "ann")
    assert passwords.is_right("correct horse", stored)
    assert not passwords.is_right("correct horsf", stored)
    assert stored != passwords.hash_new("correct horse", "ann")


def test_threat_20_every_byte_of_a_long_password_counts(passwords: Passwords) -> None:
    stored = passwords.hash_new("a" * 72 + "x", "ann")
    assert passwords.is_right("a" * 72 + "x", stored)
    assert not passwords.is_right("a" * 72 + "y", stored)
    assert not passwords.is_right("a" * 72, stored)


def test_threat_20_what_follows_a_nul_counts(passwords: Passwords) -> None:
    stored = passwords.hash_new("password-a\0b", "ann")
    assert passwords.is_right("password-a\0b", stored)
    assert not passwords.is_right("password-a", stored)
    assert not passwords.is_right("password-a\0c", stored)


def test_threat_20_composed_and_decomposed_characters_are_the_same(passwords: Passwords) -> None:
    assert passwords.is_right("cafe\u0301-au-lait", passwords.hash_new("caf\u00e9-au-lait", "ann"))


@pytest.mark.parametrize("password", ["\ud800" * 8, "abcdefgh\udfff"])
def test_threat_20_a_lone_surrogate_is_refused_as_input(passwords: Passwords, password: str) -> None:
    with pytest.raises(InvalidInput):
        passwords.hash_new(password, "ann")
    with pytest.raises(InvalidInput):
        passwords.is_right(password, None)


def test_threat_20_a_megabyte_is_not_right_and_not_an_error(passwords: Passwords) -> None:
    stored = passwords.hash_new("correct horse", "ann")
    assert not passwords.is_right("correct horse" * 80_000, stored)
    with pytest.raises(InvalidInput):
        passwords.hash_new("correct horse" * 80_000, "ann")


@pytest.mark.parametrize(
    ("password", "fits"), [("abc-123", False), ("abcd-123", True), ("é-ü", False), ("éü–ö9", True)]
)
def test_threat_20_a_new_password_has_8_bytes_at_least(passwords: Passwords, password: str, fits: bool) -> None:
    if fits:
        passwords.hash_new(password, "ann")
    else:
        with pytest.raises(InvalidInput, match="too short"):
            passwords.hash_new(password, "ann")


def test_threat_20_a_new_password_has_1024_bytes_at_most(passwords: Passwords) -> None:
    passwords.hash_new("ab" * 512, "ann")
    with pytest.raises(InvalidInput, match="too long"):
        passwords.hash_new("ab" * 512 + "c", "ann")


@pytest.mark.parametrize("password", ["password", "PassWord1", "12345678", "alexandra", "zzzzzzzzz", "\uff50assword"])
def test_the_first_passwords_that_anybody_would_try_are_refused(passwords: Passwords, password: str) -> None:
    with pytest.raises(InvalidInput, match="first that anybody would try"):
        passwords.hash_new(password, "alexandra")


@pytest.mark.parametrize("stored", [None, "", "!", "x" * 60, "$2b$04$" + "." * 53, "bcrypt-sha384"])
@pytest.mark.parametrize("password", ["", "\0", "null", "x" * 60])
def test_threat_24_an_account_without_a_password_accepts_none(
    passwords: Passwords, stored: str | None, password: str
) -> None:
    assert not passwords.is_right(password, stored)


def test_threat_22_nobody_s_password_is_checked_as_long_as_somebody_s() -> None:
    passwords = Passwords(10)
    stored = passwords.hash_new("correct horse", "ann")

    def median_ms(hash_to_check: str | None) -> float:
        times = []
        for _ in range(9):
            start = time.thread_time()
            passwords.is_right("wrong horse", hash_to_check)
            times.append(time.thread_time() - start)
        return statistics.median(times) * 1000

    known, unknown = median_ms(stored), median_ms(None)
    assert known > 20
    assert abs(known - unknown) < 0.2 * known


def test_a_hash_of_another_cost_is_outdated() -> None:
    stored = Passwords(LOW_COST).hash_new("correct horse", "ann")
    assert not Passwords(LOW_COST).is_outdated(stored)
    assert Passwords(LOW_COST + 1).is_outdated(stored)
    assert Passwords(LOW_COST + 1).is_right("correct horse", stored)


def outcomes_of(passwords: Passwords, people: int) -> list[str]:
    """What so many people who sign in at once are told."""
    stored = passwords.hash_new("correct horse", "ann")
    outcomes: list[str] = []

    def sign_in() -> None:
        try:
            outcomes.append("right" if passwords.is_right("correct horse", stored) else "wrong")
        except TooManyRequests:
            outcomes.append("busy")

    threads = [threading.Thread(target=sign_in) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passwords.is_right("correct horse", stored), "the turns were given back"
    return outcomes


def test_threat_21_of_two_hundred_at_once_most_are_told_at_once_to_come_back() -> None:
    outcomes = outcomes_of(Passwords(10, patience_seconds=60), 200)
    assert set(outcomes) == {"right", "busy"}
    assert 32 <= outcomes.count("right") <= 100


def test_threat_21_nobody_waits_for_ever() -> None:
    outcomes = outcomes_of(Passwords(12, patience_seconds=0.01), 10)
    assert set(outcomes) == {"right", "busy"}
    assert outcomes.count("right") < 10
