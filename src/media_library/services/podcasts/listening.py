"""What a person says of an episode: heard, starred; and reading along."""

from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.identity import Identity
from media_library.models.user import Viewer
from media_library.services.media_root import MediaRoot

_MOST_TRANSCRIPT_BYTES = 16 * 1024 * 1024


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
