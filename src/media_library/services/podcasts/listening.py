"""What a person says of an episode: heard, starred; and reading along."""

from collections.abc import Iterable
from dataclasses import dataclass

from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.identity import Identity
from media_library.models.playback import PlaybackProgress
from media_library.models.user import Viewer
from media_library.services.media_root import MediaRoot

_MOST_TRANSCRIPT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HeardMany:
    """The episodes that changed; where the person was in their files before, and which files they had not begun."""

    episode_ids: tuple[str, ...]
    before: tuple[PlaybackProgress, ...]
    fresh: tuple[str, ...]


class Listening:
    """Marks of one person, and the texts beside the sound."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def mark_heard(self, actor: Identity, episode_id: str, *, heard: bool) -> None:
        """The person heard an episode, here or elsewhere, or wants to hear it from the start. Raises ``NotFound``."""
        with self._state.transaction():
            self._state.episode_for(actor.viewer, episode_id)
            episode = self._state.episode(episode_id)
            self._state.mark_episode_heard(actor.user.id, episode.id, heard=heard)
            if episode.media_id is None:
                return
            if heard:
                duration = max(1, self._state.media(episode.media_id).duration_ms)
                self._state.save_playback(actor.user.id, episode.media_id, duration, duration)
            else:
                self._state.forget_playback(actor.user.id, episode.media_id)

    def star(self, actor: Identity, episode_id: str, *, starred: bool) -> None:
        """The person wants to keep an episode, or does not any more. Raises ``NotFound``."""
        with self._state.transaction():
            self._state.episode_for(actor.viewer, episode_id)
            self._state.star_episode(actor.user.id, episode_id, starred=starred)

    def mark_many(self, viewer: Viewer, episode_ids: Iterable[str], *, heard: bool) -> HeardMany:
        """The person heard several episodes, or none of them; what they may not see is left alone."""
        with self._state.transaction():
            chosen = [one for one in self._state.selected_episodes(viewer, episode_ids) if one.heard is not heard]
            here = [(one.media_id, one.duration_ms) for one in chosen if one.media_id is not None]
            before = self._state.playbacks(viewer.user_id, [media_id for media_id, _ in here])
            for one in chosen:
                self._state.mark_episode_heard(viewer.user_id, one.id, heard=heard)
            if heard:
                self._state.finish_playbacks(viewer.user_id, here)
            else:
                self._state.forget_playbacks(viewer.user_id, [media_id for media_id, _ in here])
        started = {one.media_id for one in before}
        fresh = tuple(media_id for media_id, _ in here if media_id not in started)
        return HeardMany(tuple(one.id for one in chosen), tuple(before), fresh)

    def star_many(self, viewer: Viewer, episode_ids: Iterable[str], *, starred: bool) -> tuple[str, ...]:
        """The person wants to keep several episodes, or does not any more; the answer are those that changed."""
        with self._state.transaction():
            chosen = [one for one in self._state.selected_episodes(viewer, episode_ids) if one.starred is not starred]
            for one in chosen:
                self._state.star_episode(viewer.user_id, one.id, starred=starred)
        return tuple(one.id for one in chosen)

    def transcript(self, viewer: Viewer, episode_id: str) -> tuple[str, bytes]:
        """The content type and the text of a transcript; raises ``NotFound``."""
        self._state.episode_for(viewer, episode_id)
        path = self._state.episode(episode_id).transcript_path
        if path is None:
            raise NotFound("There is no transcript of this episode.")
        file = self._media_root.path(path)
        try:
            with file.open("rb") as opened:
                content = opened.read(_MOST_TRANSCRIPT_BYTES)
        except OSError as error:
            raise NotFound("The transcript of this episode is gone. Was it moved or deleted?") from error
        return ("text/vtt" if path.endswith(".vtt") else "text/plain"), content
