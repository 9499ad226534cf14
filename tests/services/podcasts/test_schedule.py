"""When feeds are asked again."""

from media_library.services.podcasts.schedule import DAY_MS, HOUR_MS, is_dead, next_check, next_try


def test_feeds_are_spread_around_the_interval() -> None:
    assert [next_check(0, 1, chance) for chance in (0.0, 0.5, 1.0)] == [3_240_000, HOUR_MS, 3_960_000]


def test_a_complete_show_is_asked_once_a_day() -> None:
    assert next_check(0, 1, 0.5, is_complete=True) == DAY_MS
    assert next_check(0, 48, 0.5, is_complete=True) == 2 * DAY_MS


def test_the_pause_doubles_up_to_a_day() -> None:
    pauses = [next_try(0, 1, failures, 0.5) // HOUR_MS for failures in range(1, 8)]
    assert pauses == [2, 4, 8, 16, 24, 24, 24]
    assert next_try(0, 1, 10_000, 0.5) == DAY_MS
    assert next_try(0, 48, 3, 0.5) == 2 * DAY_MS


def test_what_a_server_asks_for_counts_up_to_a_week() -> None:
    assert next_try(0, 1, 1, 0.5, retry_after_seconds=10) == 2 * HOUR_MS
    assert next_try(0, 1, 1, 0.5, retry_after_seconds=5 * 3600) == 5 * HOUR_MS
    assert next_try(0, 1, 1, 0.5, retry_after_seconds=1e12) == 7 * DAY_MS


def test_a_feed_is_dead_once_it_says_so_or_failed_for_two_weeks() -> None:
    assert is_dead(0, 1, 0, is_gone=True)
    assert is_dead(14 * DAY_MS, 10, 0, is_gone=False)
    assert not is_dead(14 * DAY_MS - 1, 100, 0, is_gone=False)
    assert not is_dead(100 * DAY_MS, 9, 0, is_gone=False)
