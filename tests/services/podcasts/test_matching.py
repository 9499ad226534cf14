"""What of a feed is new."""

from dataclasses import replace

from media_library.models.podcast import Feed, FeedEpisode, KnownEpisode
from media_library.services.podcasts.matching import Difference, compare

NOW = 1_700_000_000_000


def episode(number: int, **facts: object) -> FeedEpisode:
    """An episode; the higher its number, the newer."""
    plain = FeedEpisode(
        f"g{number}", f"E{number}", f"https://x.example/{number}.mp3", published_at=NOW - 10_000 + number
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # named facts of the record


def feed(*episodes: FeedEpisode) -> Feed:
    """A feed of these."""
    return Feed("T", None, "", None, None, None, None, False, len(episodes), episodes)


def known(difference: Difference) -> list[KnownEpisode]:
    """What is known after a first check."""
    return [
        KnownEpisode(f"id-{one.guid}", one.guid, one.digest, one.enclosure_key, one.published_at)
        for one in difference.new
    ]


def test_a_first_check_finds_everything_the_oldest_first() -> None:
    found = compare(feed(episode(3), episode(2), episode(1)), [], NOW)
    assert [one.title for one in found.new] == ["E1", "E2", "E3"]
    assert found.changed == ()


def test_the_same_feed_again_has_nothing_new() -> None:
    before = known(compare(feed(episode(2), episode(1)), [], NOW))
    assert compare(feed(episode(2), episode(1)), before, NOW + 5) == Difference((), ())


def test_what_is_said_otherwise_is_a_change() -> None:
    before = known(compare(feed(episode(1)), [], NOW))
    found = compare(feed(episode(1, title="Better")), before, NOW)
    assert [(episode_id, one.title) for episode_id, one in found.changed] == [("id-g1", "Better")]
    assert found.new == ()


def test_threat_96_a_known_guid_with_another_enclosure_is_no_new_episode() -> None:
    before = known(compare(feed(episode(1)), [], NOW))
    found = compare(feed(episode(1, enclosure_url="https://evil.example/x.mp3")), before, NOW)
    assert found.new == () and len(found.changed) == 1


def test_threat_96_new_guids_for_all_enclosures_are_no_new_episodes() -> None:
    before = known(compare(feed(episode(2), episode(1)), [], NOW))
    moved = [replace(one, guid=f"other-{one.guid}") for one in (episode(2), episode(1))]
    found = compare(feed(episode(3), *moved), before, NOW)
    assert [one.title for one in found.new] == ["E3"]
    assert [(episode_id, one.guid) for episode_id, one in found.changed] == [
        ("id-g2", "other-g2"),
        ("id-g1", "other-g1"),
    ]


def test_threat_96_a_date_in_the_future_does_not_stay_on_top() -> None:
    found = compare(feed(episode(1, published_at=NOW * 2)), [], NOW)
    assert found.new[0].published_at == NOW
    later = compare(feed(episode(1, published_at=NOW * 2, title="x")), known(found), NOW + 1000)
    assert later.changed[0][1].published_at == NOW


def test_without_dates_the_order_of_the_feed_counts() -> None:
    undated = [replace(episode(number), published_at=None) for number in (3, 2, 1)]
    found = compare(feed(*undated), [], NOW)
    assert [one.published_at for one in found.new] == [NOW - 2, NOW - 1, NOW]
    again = compare(feed(replace(episode(4), published_at=None), *undated), known(found), NOW + 50)
    assert [one.published_at for one in again.new] == [NOW + 50]


def test_an_episode_without_a_date_stands_between_its_neighbours() -> None:
    found = compare(feed(episode(9), episode(5, published_at=None), episode(1), episode(0, published_at=None)), [], NOW)
    assert [one.title for one in sorted(found.new, key=lambda one: one.published_at)] == ["E0", "E1", "E5", "E9"]


def test_an_enclosure_that_appears_twice_is_one_episode() -> None:
    twice = replace(episode(1), guid="again")
    assert len(compare(feed(episode(1), twice), [], NOW).new) == 1


def test_what_is_no_web_address_is_left_out() -> None:
    assert compare(feed(episode(1, enclosure_url="https://user:pw@x.example/1.mp3")), [], NOW).new == ()
