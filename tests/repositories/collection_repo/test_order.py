"""The order of a list that was read again."""

import pytest

from media_library.repositories.collection_repo.order import merge_order


@pytest.mark.parametrize(
    ("source", "known", "complete", "merged"),
    [
        ("abc", "", True, "abc"),
        ("aba", "", True, "ab"),
        ("", "ab", True, "ab"),
        ("cab", "abc", True, "cab"),
        ("ac", "abc", True, "abc"),
        ("ca", "abc", True, "cab"),
        ("bc", "abc", True, "abc"),
        ("nab", "abcd", False, "nabcd"),
        ("mn", "ab", False, "mnab"),
        ("mn", "ab", True, "abmn"),
    ],
)
def test_what_the_source_dropped_stays_beside_its_old_neighbour(
    source: str, known: str, complete: bool, merged: str
) -> None:
    assert "".join(merge_order(source, known, complete=complete)) == merged
