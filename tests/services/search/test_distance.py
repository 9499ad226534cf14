"""Slips of the fingers are counted as people make them."""

import random

import pytest
from rapidfuzz.distance import OSA

from media_library.services.search.distance import slips


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("matrix", "matrix", 0),
        ("matirx", "matrix", 1),
        ("matix", "matrix", 1),
        ("mattrix", "matrix", 1),
        ("natrix", "matrix", 1),
        ("mtarxi", "matrix", 2),
        ("ca", "abc", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted_up_to_a_number(typed: str, meant: str, count: int) -> None:
    assert slips(typed, meant, 3) == count
    assert slips(typed, meant, count) == count
    if count:
        assert slips(typed, meant, count - 1) is None


def test_it_counts_as_a_known_library_does() -> None:
    choice = random.Random(5)
    for _ in range(4_000):
        one, other = ("".join(choice.choices("abcd", k=choice.randint(0, 7))) for _ in range(2))
        expected = OSA.distance(one, other)
        assert slips(one, other, 2) == (expected if expected <= 2 else None), (one, other)
