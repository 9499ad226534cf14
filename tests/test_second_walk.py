"""Which modules are walked a second time."""

import pytest

from tests.__main__ import to_walk_again

FAILED = pytest.ExitCode.TESTS_FAILED
ONE, OTHER = "tests/browser/test_a.py", "tests/browser/test_b.py"


@pytest.mark.parametrize(
    ("status", "failed", "again"),
    [
        (FAILED, {OTHER, ONE}, [ONE, OTHER]),
        (FAILED, {ONE, "tests/test_config.py"}, []),
        (FAILED, set(), []),
        (pytest.ExitCode.OK, set(), []),
        (pytest.ExitCode.INTERRUPTED, {ONE}, []),
        (pytest.ExitCode.INTERNAL_ERROR, {ONE}, []),
    ],
)
def test_journeys_are_walked_again_when_nothing_else_failed(status: int, failed: set[str], again: list[str]) -> None:
    assert to_walk_again(status, failed) == again
