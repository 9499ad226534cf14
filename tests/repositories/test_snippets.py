"""The words around a hit."""

import pytest

from media_library.repositories.media_repo.snippets import snippet

LONG = "Before it came to pass. " * 20 + "The harbour lights went out at nine. " + "And after that nothing. " * 20


def test_the_words_around_the_first_hit_are_shown_with_the_hit_marked() -> None:
    found = snippet(LONG, "harb")
    assert "The \2harbour\3 lights went out" in found
    assert found.startswith("…") and found.endswith("…") and len(found) < 240


def test_every_word_is_marked_and_case_does_not_count() -> None:
    assert snippet("Harbour lights, harbour nights.", "HARBOUR nig") == "\2Harbour\3 lights, \2harbour\3 \2nights\3."


@pytest.mark.parametrize("searched", ["hafen", "häfen", "HÄFEN"])
def test_accents_do_not_keep_a_hit_from_being_found(searched: str) -> None:
    assert "\2Häfen\3" in snippet("Die alten Häfen am Meer", searched)


@pytest.mark.parametrize("searched", ["(", "a+*", "[x", "\\", "\0", "nothing-like-it"])
def test_what_is_not_found_shows_the_beginning_and_signs_are_only_signs(searched: str) -> None:
    assert snippet("The beginning.", searched) == "The beginning."


def test_marks_in_the_text_itself_are_no_hits() -> None:
    assert snippet("\2evil\3 harbour", "harbour") == "evil \2harbour\3"


def test_a_hit_is_a_word_that_begins_so_and_lines_become_one() -> None:
    assert snippet("unharboured\n\nharbour", "harbour") == "unharboured \2harbour\3"
