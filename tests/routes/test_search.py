"""Search: it finds, it is quick, and its syntax is nobody's business."""

import time
from typing import Any
from urllib.parse import urlencode

import pytest

from media_library.models.subtitle import SpokenLine, SpokenTrack
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
    began = time.thread_time()  # of this thread alone: the machine may be busy with other things
    house.member.get(f"/api/search?{urlencode({'q': text.encode('utf-16', 'surrogatepass').decode('utf-16')})}")
    assert time.thread_time() - began < 0.3


def test_threat_129_the_worst_search_of_many_lines_is_quick(house: House) -> None:
    film = house.film("The Salt Road")
    lines = tuple(SpokenLine(1000 * number, f"the a to be or not {number} the") for number in range(20_000))
    house.state.put_spoken(film.id, "", [SpokenTrack("s2", "eng", lines)])
    for text in (
        "a b c d e f g h i j k l m n o p",
        "the the the the the the",
        "t",
        "th",
        "the a to be or not to be",
        "a " * 140,
    ):
        began = time.thread_time()
        answer: Any = house.member.get(f"/api/search?{urlencode({'q': text})}").json
        assert time.thread_time() - began < 0.3, text
        assert len(answer["lines"]) <= 1


def test_a_line_that_is_said_is_found_with_its_second(house: House) -> None:
    film = house.film("The Salt Road")
    lines = (
        SpokenLine(61_500, "It was never about the salt."),
        SpokenLine(90_000, "The road was about never-ending salt."),
    )
    house.state.put_spoken(film.id, "", [SpokenTrack("s3", "eng", lines)])
    answer: Any = house.member.get("/api/search?q=never+about+the+sa").json
    [line] = answer["lines"]
    assert (line["id"], line["start"], line["track"]) == (film.id, 61.5, "s3")
    assert line["snippet"] == "It was \2never\3 \2about\3 \2the\3 \2salt\3."
    answer = house.member.get("/api/search?q=salt+never").json
    assert answer["lines"][0]["start"] == 61.5


def test_threat_52_a_kid_is_told_neither_a_line_nor_a_word_of_what_is_not_for_it(house: House) -> None:
    for number in range(4):
        episode = house.episode("Zyzzyva", 1, number + 1)
        line = SpokenLine(1_000, "Beware of the jabberwock, my son.")
        house.state.put_spoken(episode.id, "", [SpokenTrack("s2", "eng", (line,))])
    while house.state.refresh_words():
        pass
    for text in ("jabberwock", "jaberwock", "jabbrewock beware", "Zyzzyva", "zyzyzva", "jab", "my son"):
        answer: Any = house.kid.get(f"/api/search?{urlencode({'q': text})}").json
        assert [name for name, value in answer.items() if value and name != "query"] == [], text
    answer = house.member.get("/api/search?q=jaberwock").json
    assert (answer["corrected"], answer["is_corrected"], len(answer["lines"])) == ("jabberwock", True, 4)
    answer = house.member.get("/api/search?q=zyzyzva").json
    assert answer["corrected"] == "zyzzyva" and [show["title"] for show in answer["shows"]] == ["Zyzzyva"]


def test_threat_129_a_very_long_search_is_refused(house: House) -> None:
    assert error_of(house.member.get(f"/api/search?{urlencode({'q': 'a OR ' * 10_000})}")) == (400, "bad_request")


def test_a_search_needs_a_text(house: House) -> None:
    assert error_of(house.member.get("/api/search")) == (400, "bad_request")
