"""Work that nobody waits for does not keep the machine busy."""

import pytest

from media_library.services.quiet_work import seconds_to_next_round


@pytest.mark.parametrize(("missed", "seconds"), [(0, 60.0), (3_000, 60.0), (10_000, 200.0), (1_000_000, 900.0)])
def test_the_more_is_out_of_reach_the_longer_it_is_left_alone(missed: int, seconds: float) -> None:
    assert seconds_to_next_round(missed) == seconds
