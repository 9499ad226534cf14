"""Which files are fetched by themselves, and which go again."""

from dataclasses import replace

import pytest

from media_library.models.podcast import KeptEpisode, PodcastPolicy
from media_library.models.preferences import AutoDownload
from media_library.services.podcasts.keeping import expired, newest_wanted
from media_library.services.podcasts.schedule import DAY_MS

NOW = 100 * DAY_MS


def kept(number: int, **facts: object) -> KeptEpisode:
    """An episode that is here; the higher its number, the older."""
    plain = KeptEpisode(
        str(number), f"m{number}", NOW - number, by_hand=False, is_starred=False, is_in_use=False, heard_at=None
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # named facts of the record


def gone(policy: PodcastPolicy, *episodes: KeptEpisode) -> list[str]:
    """The numbers of those that go."""
    return [one.episode_id for one in expired(episodes, policy, NOW)]


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        (PodcastPolicy(AutoDownload.NONE, 5), 0),
        (PodcastPolicy(AutoDownload.LATEST, 5), 5),
        (PodcastPolicy(AutoDownload.LATEST, 5, keep_count=2), 2),
        (PodcastPolicy(AutoDownload.LATEST, 500), 50),
        (PodcastPolicy(AutoDownload.ALL, 5), 50),
        (PodcastPolicy(AutoDownload.ALL, 5, keep_count=7), 7),
    ],
)
def test_what_would_be_removed_at_once_is_not_wanted(policy: PodcastPolicy, wanted: int) -> None:
    assert newest_wanted(policy, 50) == wanted


def test_without_limits_everything_stays() -> None:
    policy = PodcastPolicy(AutoDownload.ALL, 1)
    assert gone(policy, *(kept(number, heard_at=1) for number in range(9))) == []


def test_the_newest_stay_and_the_others_go() -> None:
    policy = PodcastPolicy(keep_count=2)
    assert gone(policy, kept(1), kept(2), kept(3), kept(4)) == ["3", "4"]


def test_what_is_starred_or_was_asked_for_stays_and_does_not_count() -> None:
    policy = PodcastPolicy(keep_count=1)
    assert gone(policy, kept(1, is_starred=True), kept(2, by_hand=True), kept(3), kept(4, is_starred=True)) == []


def test_what_somebody_is_in_the_middle_of_never_goes() -> None:
    policy = PodcastPolicy(keep_count=1, delete_heard_days=0)
    assert gone(policy, kept(1), kept(2, is_in_use=True), kept(3)) == ["3"]


def test_what_was_heard_goes_after_its_days() -> None:
    policy = PodcastPolicy(delete_heard_days=3)
    just, before = kept(1, heard_at=NOW - 3 * DAY_MS + 1), kept(2, heard_at=NOW - 3 * DAY_MS)
    assert gone(policy, just, before, kept(3), kept(4, heard_at=1, is_starred=True)) == ["2"]
    assert gone(policy, kept(5, heard_at=1, by_hand=True)) == ["5"]
    assert gone(PodcastPolicy(delete_heard_days=0), kept(1, heard_at=NOW)) == ["1"]
