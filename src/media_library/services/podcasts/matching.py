"""Compares what a feed says with what is known of its episodes: what is new, what is said otherwise."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from media_library.models.podcast import Feed, FeedEpisode, KnownEpisode, NewEpisode
from media_library.services.podcasts.notes import beginning, clean_notes, plain_text
from media_library.services.web_addresses import origin_of


@dataclass(frozen=True, slots=True)
class Difference:
    """``new`` episodes, the oldest first, and by their ids those that are described otherwise."""

    new: tuple[NewEpisode, ...]
    changed: tuple[tuple[str, NewEpisode], ...]


def compare(feed: Feed, known: Iterable[KnownEpisode], now: int) -> Difference:
    """What a check of a feed brought.

    An episode is known by its guid, else by what it encloses: a feed that gives all its episodes new guids has no new
    episodes. Episodes whose enclosure is no web address are left out.
    """
    listed = list(known)
    by_guid = {one.guid: one for one in listed}
    by_enclosure = {one.enclosure_key: one for one in listed}
    guids = {episode.guid for episode in feed.episodes}
    taken: set[str] = set()
    new, changed = [], []
    moments = _moments(feed.episodes, now)
    for episode, moment in zip(feed.episodes, moments, strict=True):
        key = origin_of(episode.enclosure_url)
        if key is None:
            continue
        before = by_guid.get(episode.guid)
        if before is None:
            candidate = by_enclosure.get(key)
            # a guid that the feed still uses stays with its own episode
            before = candidate if candidate is not None and candidate.guid not in guids else None
        if before is not None and before.id in taken:
            continue
        digest = _digest(episode)
        if before is None:
            if key in taken:
                continue
            taken.add(key)
            new.append(_stored(episode, key, digest, moment))
            continue
        taken.add(before.id)
        if before.digest != digest or before.guid != episode.guid:
            # without a date of its own an episode keeps the one under which it was first seen
            at = before.published_at if episode.published_at is None or episode.published_at > now else moment
            changed.append((before.id, _stored(episode, key, digest, at)))
    return Difference(tuple(reversed(new)), tuple(changed))


def _moments(episodes: tuple[FeedEpisode, ...], now: int) -> list[int]:
    """When each was published. Without a date: just after the next older one, or now; never in the future."""
    moments = [None if one.published_at is None else min(one.published_at, now) for one in episodes]
    below = None
    for place in range(len(moments) - 1, -1, -1):
        found = moments[place]
        if found is None and below is not None:
            moments[place] = below + 1
        below = moments[place]
    dated = [one for one in moments if one is not None]
    if not dated:
        return [now - place for place in range(len(moments))]
    oldest = next(place for place in range(len(moments) - 1, -1, -1) if moments[place] is not None)
    known = moments[oldest] or 0
    return [known - (place - oldest) if one is None else one for place, one in enumerate(moments)]


def _digest(episode: FeedEpisode) -> str:
    return hashlib.sha256(msgspec.json.encode(episode)).hexdigest()[:32]


def _stored(episode: FeedEpisode, key: str, digest: str, published_at: int) -> NewEpisode:
    return NewEpisode(
        guid=episode.guid,
        digest=digest,
        title=episode.title,
        overview=beginning(plain_text(episode.notes)),
        notes=clean_notes(episode.notes),
        published_at=published_at,
        duration_ms=episode.duration_ms,
        season=episode.season,
        episode=episode.episode,
        enclosure_url=episode.enclosure_url,
        enclosure_key=key,
        enclosure_type=episode.enclosure_type,
        enclosure_bytes=episode.enclosure_bytes,
        image_url=episode.image_url,
        chapters_url=episode.chapters_url,
        transcript_url=episode.transcript_url,
        transcript_type=episode.transcript_type,
    )
