"""What people say of episodes."""

import pytest

from media_library.errors import NotFound
from media_library.models.identity import Identity
from media_library.models.user import Viewer
from tests.feed_texts import channel, item
from tests.podcasting import FeedPage, House


def followed(house: House) -> str:
    """The id of an episode that is not here."""
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    return house.episodes(house.follow())[0].id


def test_an_episode_can_be_heard_elsewhere(house: House) -> None:
    episode = followed(house)
    ben = house.person("ben")
    house.podcasts.listening.mark_heard(house.ann, episode, heard=True)
    assert '"heard":true' in house.state.episode_for(house.ann.viewer, episode)
    assert '"heard":false' in house.state.episode_for(ben.viewer, episode)
    assert '"unheard_count":0' in house.state.podcast_list(house.ann.viewer)
    assert '"unheard_count":1' in house.state.podcast_list(ben.viewer)
    house.podcasts.listening.mark_heard(house.ann, episode, heard=False)
    assert '"heard":false' in house.state.episode_for(house.ann.viewer, episode)


def test_a_star_is_one_persons(house: House) -> None:
    episode = followed(house)
    house.podcasts.listening.star(house.ann, episode, starred=True)
    assert '"starred":true' in house.state.episode_for(house.ann.viewer, episode)
    assert '"starred":false' in house.state.episode_for(house.person("ben").viewer, episode)
    house.podcasts.listening.star(house.ann, episode, starred=False)
    assert '"starred":false' in house.state.episode_for(house.ann.viewer, episode)


def test_who_may_not_see_podcasts_finds_no_episode(house: House) -> None:
    episode = followed(house)
    blind = Identity(house.ann.user, Viewer(house.ann.user.id, frozenset()), None, None)
    with pytest.raises(NotFound):
        house.podcasts.listening.mark_heard(blind, episode, heard=True)
    with pytest.raises(NotFound):
        house.podcasts.listening.star(blind, episode, starred=True)
    with pytest.raises(NotFound):
        house.podcasts.listening.transcript(blind.viewer, episode)
    assert '"heard":false' in house.state.episode_for(house.ann.viewer, episode)


def test_an_episode_without_a_transcript_says_so(house: House) -> None:
    with pytest.raises(NotFound, match="no transcript"):
        house.podcasts.listening.transcript(house.ann.viewer, followed(house))
