"""Which files of episodes are fetched by themselves, and which have to go again. Nothing here touches a file."""

from collections.abc import Sequence

from media_library.models.podcast import KeptEpisode, PodcastPolicy
from media_library.models.preferences import AutoDownload
from media_library.services.podcasts.schedule import DAY_MS


def newest_wanted(policy: PodcastPolicy, most: int) -> int:
    """How many of the newest episodes of a podcast are to be here; ``most`` is the house's limit for one podcast.

    What retention would remove at once is not fetched in the first place.
    """
    if policy.auto_download is AutoDownload.NONE:
        return 0
    count = policy.latest_count if policy.auto_download is AutoDownload.LATEST else most
    return min(count, most, most if policy.keep_count is None else policy.keep_count)


def expired(kept: Sequence[KeptEpisode], policy: PodcastPolicy, now: int) -> list[KeptEpisode]:
    """Those of the episodes that are here, newest first, whose files go.

    Never one that is starred or that somebody is in the middle of. The newest ``keep_count`` stay, not counting those
    that somebody asked for by hand; an episode that all who started it have heard goes ``delete_heard_days`` later.
    """
    counted = [one for one in kept if not one.by_hand and not one.is_starred]
    beyond = set() if policy.keep_count is None else {one.episode_id for one in counted[policy.keep_count :]}
    gone = []
    for one in kept:
        is_heard = (
            policy.delete_heard_days is not None
            and one.heard_at is not None
            and now - one.heard_at >= policy.delete_heard_days * DAY_MS
        )
        if not one.is_starred and not one.is_in_use and (is_heard or one.episode_id in beyond):
            gone.append(one)
    return gone
