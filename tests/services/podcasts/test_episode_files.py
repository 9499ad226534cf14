"""Files of episodes: what is queued, what is removed, and what is remembered of it."""

from dataclasses import replace
from pathlib import Path

from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.podcast import Episode, Podcast, PodcastPolicy
from media_library.models.preferences import AutoDownload
from media_library.services.bin import Bin
from tests.feed_texts import channel, item
from tests.podcasting import FeedPage, House

MINUTE = 60_000


def followed(house: House, count: int = 4, policy: PodcastPolicy | None = None) -> Podcast:
    """A podcast with episodes "0" (the newest) to ``count`` - 1, nothing of it fetched."""
    items = [item(str(n), guid=f"g{n}", published=f"Mon, 06 Sep {2024 - n} 00:01:00 GMT") for n in range(count)]
    house.host.pages["/feed.xml"] = FeedPage(channel("", *items))
    podcast = house.podcasts.following.follow(house.ann, house.host.url + "/feed.xml", None, AutoDownload.NONE)
    if policy is not None:
        podcast = house.state.change_podcast(podcast.id, policy, None)
        long_ago(house, podcast)
    return podcast


def long_ago(house: House, podcast: Podcast) -> None:
    """Let the rules of a podcast have been what they are for long."""
    house.state._change("UPDATE podcasts SET policy_at = 1 WHERE id = ?", (podcast.id,))


def fetched(house: House, episode: Episode) -> Path:
    """Let an episode be here; returns its file."""
    library = house.state.library_of_kind(LibraryKind.PODCASTS)
    path = f"{library.folder}/show/{episode.title}.mp3"
    file = house.settings.media_root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"sound")
    media = house.state.add_media(
        NewMedia(
            MediaType.PODCAST, library.id, MediaNames(episode.title, show_title="A show"),
            MediaFile(path, 5, 1, 1, "mp3", 10 * MINUTE),
        )
    )  # fmt: skip
    house.state.link_episode(episode.id, media.id)
    return file


def test_what_is_new_is_queued_once_and_never_again(house: House) -> None:
    podcast = followed(house, policy=PodcastPolicy(AutoDownload.LATEST, 2))
    house.podcasts.files.want_new(podcast)
    assert house.jobs() == ["A show: 0", "A show: 1"]
    house.podcasts.files.want_new(podcast)
    assert house.jobs() == []


def test_all_means_as_many_as_the_house_allows_and_few_at_a_time(house: House) -> None:
    podcast = followed(house, 70, PodcastPolicy(AutoDownload.ALL))
    counts = []
    for _ in range(4):
        house.podcasts.files.want_new(podcast)
        counts.append(len(house.jobs()))
    assert counts == [25, 25, 0, 0]  # 50 of one podcast, as the configuration says


def test_what_somebody_heard_is_not_fetched_by_itself(house: House) -> None:
    podcast = followed(house, policy=PodcastPolicy(AutoDownload.LATEST, 1))
    house.podcasts.listening.mark_heard(house.ann, house.episodes(podcast)[0].id, heard=True)
    house.podcasts.files.want_new(podcast)
    assert house.jobs() == []


def test_a_wish_is_queued_once(house: House) -> None:
    podcast = followed(house)
    episode = house.episodes(podcast)[3]
    first = house.podcasts.files.request(house.ann, episode.id)
    second = house.podcasts.files.request(house.person("ben"), episode.id)
    assert first.job is not None and second.job is not None
    assert (first.job.id, first.existing, second.existing) == (second.job.id, False, True)
    assert house.state.episode(episode.id).by_hand


def test_the_address_of_an_enclosure_is_not_shown(house: House) -> None:
    podcast = followed(house)
    job = house.podcasts.files.request(house.ann, house.episodes(podcast)[0].id).job
    assert job is not None and job.url is None


def test_what_is_here_is_not_fetched_again(house: House) -> None:
    episode = house.episodes(followed(house))[0]
    fetched(house, episode)
    wish = house.podcasts.files.request(house.ann, episode.id)
    assert wish.existing and wish.media_id == house.state.episode(episode.id).media_id and house.jobs() == []


def test_an_episode_in_the_bin_is_brought_back(house: House) -> None:
    episode = house.episodes(followed(house))[0]
    file = fetched(house, episode)
    media_id = house.state.episode(episode.id).media_id
    assert media_id is not None
    Bin(house.state, house.media_root).throw_away(house.ann, media_id)
    assert not file.exists()
    assert house.podcasts.files.request(house.ann, episode.id).media_id == media_id
    assert file.exists() and house.jobs() == []


def test_a_file_goes_and_its_history_stays(house: House) -> None:
    podcast = followed(house, policy=PodcastPolicy(AutoDownload.NONE, 1, keep_count=1))
    newest, older = house.episodes(podcast)[:2]
    kept, gone = fetched(house, newest), fetched(house, older)
    media_id = house.state.episode(older.id).media_id
    assert media_id is not None
    house.state.save_playback(house.ann.user.id, media_id, 10 * MINUTE, 10 * MINUTE)
    assert house.podcasts.files.remove_expired(podcast) == 1
    assert kept.exists() and not gone.exists()
    playback = house.state.playback(house.ann.user.id, media_id)
    assert playback is not None and playback.finished
    seen = house.state.episode_for(house.ann.viewer, older.id)
    assert '"state":"removed"' in seen and '"heard":true' in seen
    assert '"state":"here"' in house.state.episode_for(house.ann.viewer, newest.id)
    wish = house.podcasts.files.request(house.ann, older.id)
    assert wish.job is not None and not wish.existing


def test_a_rule_can_be_taken_back_before_anything_goes(house: House) -> None:
    podcast = followed(house)
    files = [fetched(house, episode) for episode in house.episodes(podcast)]
    strict = house.state.change_podcast(podcast.id, replace(podcast.policy, keep_count=1), None)
    assert house.podcasts.files.remove_expired(strict) == 0
    assert house.state.policy_since(podcast.id) > 0
    long_ago(house, podcast)
    house.state.change_podcast(podcast.id, strict.policy, "A group")  # which is no other rule
    assert house.podcasts.files.remove_expired(strict) == len(files) - 1


def test_the_negative_control_without_a_rule_nothing_goes(house: House) -> None:
    podcast = followed(house)
    files = [fetched(house, episode) for episode in house.episodes(podcast)]
    assert house.podcasts.files.remove_expired(podcast) == 0
    assert all(file.exists() for file in files)


def test_what_not_all_have_heard_stays(house: House) -> None:
    podcast = followed(house, policy=PodcastPolicy(AutoDownload.NONE, 1, delete_heard_days=0))
    by_all, by_one, marked, unheard = house.episodes(podcast)
    files = {episode.title: fetched(house, episode) for episode in (by_all, by_one, marked, unheard)}
    ben = house.person("ben")
    for episode in (by_all, by_one):
        media_id = house.state.episode(episode.id).media_id
        assert media_id is not None
        house.state.save_playback(house.ann.user.id, media_id, 10 * MINUTE, 10 * MINUTE)
        at = MINUTE if episode is by_one else 10 * MINUTE
        house.state.save_playback(ben.user.id, media_id, at, 10 * MINUTE)
    house.podcasts.listening.mark_heard(ben, marked.id, heard=True)
    assert house.podcasts.files.remove_expired(podcast) == 2
    assert {title for title, file in files.items() if file.exists()} == {by_one.title, unheard.title}
    house.podcasts.listening.mark_heard(ben, by_one.id, heard=True)
    assert house.podcasts.files.remove_expired(podcast) == 1


def test_a_star_of_anybody_keeps_a_file(house: House) -> None:
    podcast = followed(house, policy=PodcastPolicy(AutoDownload.NONE, 1, keep_count=1, delete_heard_days=0))
    episode = house.episodes(podcast)[2]
    file = fetched(house, episode)
    ben = house.person("ben")
    house.podcasts.listening.star(ben, episode.id, starred=True)
    house.podcasts.listening.mark_heard(house.ann, episode.id, heard=True)
    assert house.podcasts.files.remove_expired(podcast) == 0 and file.exists()
    house.podcasts.listening.star(ben, episode.id, starred=False)
    assert house.podcasts.files.remove_expired(podcast) == 1 and not file.exists()


def test_a_file_that_is_gone_already_is_noted(house: House) -> None:
    podcast = followed(house, policy=PodcastPolicy(AutoDownload.NONE, 1, delete_heard_days=0))
    episode = house.episodes(podcast)[0]
    fetched(house, episode).unlink()
    house.podcasts.listening.mark_heard(house.ann, episode.id, heard=True)
    assert house.podcasts.files.remove_expired(podcast) == 1
    assert '"state":"removed"' in house.state.episode_for(house.ann.viewer, episode.id)


def test_leaving_a_podcast_cancels_what_is_on_its_way(house: House) -> None:
    podcast = followed(house, policy=PodcastPolicy(AutoDownload.LATEST, 2))
    house.podcasts.files.want_new(replace(podcast))
    house.podcasts.following.leave(house.ann, podcast.id)
    assert house.jobs() == []
