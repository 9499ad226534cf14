"""Which videos of a list are fetched, and which are the newest."""

import pytest

from media_library.models.collection import Rules
from media_library.services.list_rules import Candidate, newest, refusal

VIDEO = Candidate("By the SEA: a Film", 600_000, 1_717_149_600_000)


@pytest.mark.parametrize(
    "rules",
    [
        Rules(),
        Rules(title_include="sea"),
        Rules(title_include="mountain, Film"),
        Rules(title_include="mountain\nby the sea"),
        Rules(title_exclude="short, trailer"),
        Rules(title_exclude=" , "),
        Rules(min_seconds=600, max_seconds=600),
        Rules(since=1_717_149_600_000),
        Rules(title_include="ｓｅａ"),
    ],
)
def test_what_the_rules_let_through(rules: Rules) -> None:
    assert refusal(rules, VIDEO) is None


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Rules(title_include="mountain"), "lacks"),
        (Rules(title_exclude="FILM"), "exclude"),
        (Rules(title_include="sea", title_exclude="sea"), "exclude"),
        (Rules(min_seconds=601), "short"),
        (Rules(max_seconds=599), "long"),
        (Rules(since=1_717_149_600_001), "old"),
    ],
)
def test_what_the_rules_leave_out_and_why(rules: Rules, words: str) -> None:
    reason = refusal(rules, VIDEO)
    assert reason is not None and words in reason


def test_what_is_not_known_yet_is_not_held_against_a_video() -> None:
    assert refusal(Rules(min_seconds=10, max_seconds=20, since=5), Candidate("x")) is None


def test_the_newest_are_told_by_their_dates_or_else_by_their_places() -> None:
    assert newest([("a", 1), ("b", 3), ("c", 2)], 2) == {"b", "c"}
    assert newest([("a", 1), ("b", None), ("c", 2)], 2) == {"a", "b"}
    assert newest([], 2) == frozenset()
