"""The sentences of the program in other languages: every one, no other, with the same holes."""

import json
import re
import time
from pathlib import Path

import pytest

from media_library.services.sentences import Sentences, sentences_of
from tests.sentences import find_sentences

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "static" / "js").glob("*/sentences.json"))
CASES: list[tuple[str, str]] = json.loads((ROOT / "tests" / "fixtures" / "sentence_cases.json").read_text("utf-8"))
HOLE = re.compile(r"\{#?(\d+)\}")

pytestmark = pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.name)


def read(file: Path) -> dict[str, dict[str, str]]:
    catalogue: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8"))
    return catalogue


def filled_in(text: str, values: dict[str, str]) -> str:
    return HOLE.sub(lambda hole: values[hole[1]], text)


def test_every_sentence_that_the_program_says_is_in_the_catalogue_and_no_other(file: Path) -> None:
    said = find_sentences().told
    known = read(file)["sentences"]
    assert [f"{place}: {english}" for english, place in said.items() if english not in known] == []
    assert [english for english in known if english not in said] == []


def test_every_piece_of_a_sentence_is_made_somewhere(file: Path) -> None:
    catalogue = read(file)
    made = find_sentences().known
    assert [english for english in catalogue["pieces"] if english not in made] == []
    assert len(catalogue["pieces"].keys() | catalogue["composed"].keys() | catalogue["sentences"].keys()) == sum(
        map(len, catalogue.values())
    )


def test_a_translation_fills_in_what_the_sentence_fills_in(file: Path) -> None:
    for english, other in (entry for section in read(file).values() for entry in section.items()):
        holes = HOLE.findall(english)
        assert holes == [str(number + 1) for number in range(len(holes))], english
        assert sorted(HOLE.findall(other)) == holes, english
        assert "{#" not in other, english


def test_a_german_sentence_has_german_marks_and_is_not_empty(file: Path) -> None:
    for english, other in (entry for section in read(file).values() for entry in section.items()):
        assert other.strip() == other != "", english
        assert english[-1] not in ".?!" or other[-1] == english[-1], english
        if file.parent.name == "de":
            assert not re.search(r"[“”\"']|\.\.\.", re.sub("„[^“]*“", "", other)), other


def test_a_sentence_is_said_as_the_web_app_says_it(file: Path) -> None:
    if file.parent.name == "de":
        german = sentences_of("de")
        assert [german(english) for english, _ in CASES] == [other for _, other in CASES]


def test_no_sentence_is_taken_for_another(file: Path) -> None:
    turn = Sentences(read(file))
    for english, other in (
        entry for section in read(file).values() for entry in section.items() if "}{" not in entry[0]
    ):
        filled = {hole[1]: hole[1] * 3 if "#" in hole[0] else f"Qx{hole[1]}" for hole in HOLE.finditer(english)}
        said, expected = filled_in(english, filled), filled_in(other, filled)
        assert turn(said) == expected


def test_no_text_takes_long(file: Path) -> None:
    turn = Sentences(read(file))
    for text in ("The " * 2500, "A. " * 3333, ": " * 5000, "A cannot be read: B. " * 11, "; " * 1900, " and 1" * 1700):
        began = time.process_time()
        turn(text)
        assert time.process_time() - began < 1


@pytest.mark.parametrize("language", ["en", "fr", "../de", ""])
def test_without_a_catalogue_everything_stays_english(file: Path, language: str) -> None:
    assert file.is_file()
    assert sentences_of(language)("Sign in first.") == "Sign in first."
