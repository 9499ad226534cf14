"""Search: it finds, it is quick, and its syntax is nobody's business."""

import time
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.routes.house import House, error_of


def found(house: House, text: str) -> list[str]:
    answer: Any = house.member.get(f"/api/search?{urlencode({'q': text})}").json
    assert answer["query"] == text
    return [item["title"] for item in answer["items"]]


def test_search_finds_words_and_beginnings_without_accents(house: House) -> None:
    for title in ("Élan of the Harbour", "The Salt Road"):
        house.film(title)
    assert found(house, "elan harb") == ["Élan of the Harbour"]
    assert found(house, "SALT") == ["The Salt Road"]
    assert found(house, "elan salt") == []


@pytest.mark.parametrize(
    "text",
    ['"', "NEAR(a b)", "*", "a*", "title:a", "-a", "^a", "a OR b", "a AND NOT b", "'", "''", "\0", "()", "a" * 300, " ",
     "\ud83d\ude00", " OR ".join(["a"] * 70), "{a b}: c", "a + b"],
)  # fmt: skip
def test_threat_129_search_syntax_is_only_text(house: House, text: str) -> None:
    house.film("The Salt Road")
    began = time.perf_counter()
    house.member.get(f"/api/search?{urlencode({'q': text.encode('utf-16', 'surrogatepass').decode('utf-16')})}")
    assert time.perf_counter() - began < 0.3


def test_threat_129_a_very_long_search_is_refused(house: House) -> None:
    assert error_of(house.member.get(f"/api/search?{urlencode({'q': 'a OR ' * 10_000})}")) == (400, "bad_request")


def test_a_search_needs_a_text(house: House) -> None:
    assert error_of(house.member.get("/api/search")) == (400, "bad_request")
