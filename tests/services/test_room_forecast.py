"""How long the room of a volume will do, told only when there is enough to tell it by."""

from datetime import date, timedelta

from media_library.models.storage import Outlook, RoomSample
from media_library.services.room_forecast import forecast

GB = 10**9


def days(*free: float) -> list[RoomSample]:
    first = date(2026, 3, 1)
    return [RoomSample((first + timedelta(n)).isoformat(), round(gb * GB), 1000 * GB, 0) for n, gb in enumerate(free)]


def test_a_few_days_say_nothing() -> None:
    assert forecast([], 5 * GB).outlook is Outlook.UNKNOWN
    few = forecast(days(100, 90, 80, 70, 60, 50), 50 * GB)
    assert (few.outlook, few.days_seen, few.full_in_days) == (Outlook.UNKNOWN, 6, None)


def test_an_even_fill_is_told_to_the_day() -> None:
    told = forecast(days(*range(100, 80, -1)), 81 * GB)
    assert (told.outlook, told.bytes_per_day, told.full_in_days) == (Outlook.FILLING, GB, 81)
    assert (told.earliest_days, told.latest_days) == (81, 81)


def test_one_odd_day_does_not_bend_the_line() -> None:
    even = [100.0 - n for n in range(30)]
    odd = list(even)
    odd[12] = 400.0
    assert forecast(days(*odd), 71 * GB).full_in_days == forecast(days(*even), 71 * GB).full_in_days == 71


def test_what_goes_up_and_down_says_so() -> None:
    free = [150 - n + 8 * ((n * 7) % 5 - 2) for n in range(30)]
    told = forecast(days(*free), 70 * GB)
    assert told.outlook is Outlook.FILLING
    assert told.earliest_days is not None and told.full_in_days is not None
    assert told.earliest_days < told.full_in_days
    assert told.latest_days is None or told.latest_days > told.full_in_days


def test_room_that_stays_grows_or_lasts_for_years_is_steady() -> None:
    for free in ([100] * 20, range(50, 80), [100 - n / 1000 for n in range(20)]):
        assert forecast(days(*free), 100 * GB).outlook is Outlook.STEADY


def test_days_that_are_missing_are_no_days_without_change() -> None:
    samples = days(*range(100, 70, -1))
    assert forecast(samples[:5] + samples[20:], 71 * GB).full_in_days == 71
