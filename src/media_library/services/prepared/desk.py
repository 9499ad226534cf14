"""Takes the wishes for versions to be taken along, and hands out what is ready."""

from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput, NotFound
from media_library.models.media import Media
from media_library.models.prepared import Prepared, PreparedQuality, PreparedState
from media_library.models.user import Viewer
from media_library.services.media_files import OpenMedia
from media_library.services.prepared.shelf import PreparedShelf, file_tag

_MOST_WAITING = 200


class PreparedDesk:
    """What the routes call."""

    def __init__(self, state: AppState, shelf: PreparedShelf) -> None:
        self._state = state
        self._shelf = shelf

    def ask(self, viewer: Viewer, media_id: str, quality: PreparedQuality) -> Prepared:
        """Have a version made, or learn how far it is. Raises ``NotFound``, ``InvalidInput`` or ``Conflict``."""
        media = self._visible(viewer, media_id)
        assert media.file is not None
        if media.streams.video is None:
            raise InvalidInput("This has no picture. Take its file along as it is.")
        if self._state.prepared(media_id, quality) is None and self._state.count_prepared_waiting() >= _MOST_WAITING:
            raise Conflict("Too many versions wait to be made. Wait until some are ready.")
        return self._state.ask_prepared(media_id, quality, file_tag(media.file))

    def open(self, viewer: Viewer, media_id: str, quality: PreparedQuality) -> OpenMedia:
        """The file of a version that is ready and still of this film; raises ``NotFound``."""
        media = self._visible(viewer, media_id)
        version = self._state.prepared(media_id, quality)
        is_ready = version is not None and version.state is PreparedState.READY
        if version is None or not is_ready or media.file is None or version.file_tag != file_tag(media.file):
            raise NotFound("There is no such version. Have it made first.")
        opened = self._shelf.open(version)
        self._state.use_prepared(media_id, quality)
        return opened

    def _visible(self, viewer: Viewer, media_id: str) -> Media:
        media = self._state.media_for(viewer, media_id)
        if media.deleted_at is not None or media.file is None:
            raise NotFound("This item has no file.")
        return media
