"""From which age on things may be seen."""

import pytest

from media_library.services.age_ratings import min_age


@pytest.mark.parametrize(
    ("certification", "country", "age"),
    [
        ("PG-13", "US", 13), ("R", "US", 17), ("TV-MA", "US", 17), ("TV-Y7", "US", 7), ("G", "US", 0),
        ("tv-pg", "US", 10),
        ("PG", "GB", 8), ("12A", "GB", 12), ("U", "GB", 0), ("R18", "GB", 18), ("15", "GB", 15),
        ("12", "DE", 12), ("FSK 16", "DE", 16), ("FSK-6", "DE", 6), ("ab 12 Jahren", "DE", 12), ("0", "DE", 0),
        ("U", "FR", 0), ("Tous publics", "FR", 0), ("16", "FR", 16), ("AL", "NL", 0), ("9", "NL", 9),
        ("M", "AU", 15), ("MA15+", "AU", 15), ("R18+", "AU", 18), ("14A", "CA", 14), ("18A", "CA", 18),
        ("13+", "CA", 13),
        ("R16", "NZ", 16), ("VM14", "IT", 14), ("Btl", "SE", 0), ("K-12", "FI", 12), ("L", "BR", 0), ("B15", "MX", 15),
        ("R15+", "JP", 15), ("U/A 13+", "IN", 13), ("A", "IN", 18), ("A", "DK", 0),
        # the mark of another country than the one that is set
        ("DE:12", "US", 12), ("US:PG-13", "DE", 13), ("GB: PG", "US", 8), ("PG-13", "DE", 13), ("14A", "DE", 14),
        ("C8", "XX", 8), ("7", "XX", 7), ("16+", "US", 16), ("18 ans", "FR", 18), ("M", "DE", 16),
        # what says nothing
        ("", "US", None), ("NR", "US", None), ("Not Rated", "US", None), ("Unrated", "DE", None), ("99", "US", None),
        ("12 PG", "US", None), ("-1", "US", None), ("Ⅻ", "US", None), ("E", "CA", None), ("x" * 500, "US", None),
    ],
)  # fmt: skip
def test_a_certification_says_an_age_by_its_country(certification: str, country: str, age: int | None) -> None:
    assert min_age(certification, country) == age
