"""Takes the address of a video or of a media file and has it fetched."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from media_library.models.content_job import DownloadOrder, LiveChoice, Reading
from media_library.models.identity import Identity
from media_library.models.library import LibraryKind
from media_library.services.content import Added, Content
from media_library.services.preferences import Preferences
from media_library.services.web_addresses import parse_address

_FILES = frozenset(
    {
        *(".mp4", ".m4v", ".mkv", ".webm", ".mov", ".avi", ".mpg", ".mpeg", ".ogv", ".wmv", ".flv"),
        *(".mp3", ".m4a", ".m4b", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav"),
    }
)


class Downloads:
    """The counter for videos."""

    def __init__(self, content: Content, preferences: Preferences) -> None:
        self._content = content
        self._preferences = preferences

    def add(
        self,
        actor: Identity,
        url: str,
        *,
        audio_only: bool | None = None,
        live: LiveChoice | None = None,
        reading: Reading | None = None,
    ) -> Added:
        """Fetch what is at an address, or give what came from there before; what is left open is as people prefer.

        Raises ``InvalidInput`` for what is no web address, and ``Forbidden``.
        """
        address = parse_address(url)
        preferences = self._preferences.downloads()
        order = DownloadOrder(
            address.url,
            audio_only=preferences.audio_only if audio_only is None else audio_only,
            live=live or preferences.live,
            reading=reading or reading_of(address.url),
        )
        return self._content.add(
            actor, order, kind=LibraryKind.VIDEOS, title=address.url, origins=(address.key,), address=address
        )


def reading_of(url: str) -> Reading:
    """How an address is read that nobody looked at: as a file if it ends like one."""
    suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    return Reading.FILE if suffix in _FILES else Reading.SITE
