"""Spotify's public pages for embedding: a playlist or an album with its tracks, as JSON inside the page."""

import re
from dataclasses import dataclass

import msgspec

from media_library.adapters.http import HttpClient, PageMissing, RequestFailed
from media_library.errors import InvalidInput
from media_library.models.collection import MusicList, NewTrack

_TIMEOUT_SECONDS = 15.0
_MOST_BYTES = 8 * 1024 * 1024
_MOST_LINE = 300
_SHOWN = 100
"""How many tracks a page holds at most, however long the list is."""

_ADDRESS = re.compile(
    r"https?://(?:open|play)\.spotify\.com/(?:intl-[a-z]{2}(?:-[a-z]{2})?/)?(?:embed/)?(?:user/[^/?#]{1,64}/)?"
    r"(playlist|album)/([A-Za-z0-9]{10,40})(?:[/?#].*)?",
    re.IGNORECASE,
)
_URI = re.compile(r"spotify:(?:user:[^:]{1,64}:)?(playlist|album):([A-Za-z0-9]{10,40})")
_MARK = b'id="__NEXT_DATA__"'


@dataclass(frozen=True, slots=True)
class SpotifyList:
    """Which list an address leads to: a "playlist" or an "album" and its id."""

    kind: str
    id: str

    @property
    def url(self) -> str:
        """The address at which people see it."""
        return f"https://open.spotify.com/{self.kind}/{self.id}"

    @property
    def key(self) -> str:
        """The origin key of the list, whichever of its addresses was given."""
        return f"spotify:{self.kind}:{self.id}"


def find_list(text: str) -> SpotifyList | None:
    """The list that an address or a Spotify URI leads to; ``None`` for anything else."""
    match = _ADDRESS.fullmatch(text.strip()) or _URI.fullmatch(text.strip())
    return None if match is None else SpotifyList(match[1].lower(), match[2])


class SpotifyPages:
    """Reads public lists; nobody has to sign in for these."""

    def __init__(self, http: HttpClient, base_url: str) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")

    def read(self, wanted: SpotifyList) -> MusicList:
        """The tracks of a list; the first hundred of a long one, which then is not complete.

        Raises ``InvalidInput`` if it is not public, and ``RequestFailed``.
        """
        if not self._base_url:
            raise InvalidInput("Spotify is not asked here: services.spotify_url is empty in the settings.", "url")
        url = f"{self._base_url}/embed/{wanted.kind}/{wanted.id}"
        try:
            answer = self._http.get(url, timeout_seconds=_TIMEOUT_SECONDS, max_bytes=_MOST_BYTES)
        except PageMissing as error:
            raise InvalidInput(
                "Spotify knows no such public list. Check the address; a private one has to be made public first.",
                "url",
            ) from error
        return read_page(answer.body)


def read_page(body: bytes) -> MusicList:
    """The list in a page; raises ``RequestFailed`` if the page is built in another way than known."""
    _, _, element = body.partition(_MARK)
    text = element.partition(b">")[2].partition(b"</script>")[0]
    try:
        entity = msgspec.json.decode(text, type=_Page).props.pageProps.state.data.entity
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _not_understood() from error
    tracks = [track for one in entity.trackList if (track := _track(one)) is not None]
    return MusicList(
        _line(entity.name or entity.title) or "Playlist",
        tuple(tracks),
        len(entity.trackList) - len(tracks),
        is_complete=len(entity.trackList) < _SHOWN,
    )


def _track(one: "_Track") -> NewTrack | None:
    """A track of music; episodes of podcasts in a playlist are none."""
    title = _line(one.title)
    if title is None or ":episode:" in one.uri:
        return None
    duration = float(one.duration) if one.duration is not None else 0.0
    return NewTrack(title, _line(one.subtitle), duration_ms=round(duration) if 0 < duration < 86_400_000 else None)


def _line(text: str | None) -> str | None:
    plain = "".join(char if char.isprintable() else " " for char in (text or "")[: 4 * _MOST_LINE])
    return " ".join(plain.split())[:_MOST_LINE].rstrip() or None


def _not_understood() -> RequestFailed:
    return RequestFailed(
        "Spotify's page is built in another way than this program knows. Export the playlist as a CSV file and import"
        " that."
    )


class _Track(msgspec.Struct):
    title: str | None = None
    subtitle: str | None = None
    uri: str = ""
    duration: float | None = None


class _Entity(msgspec.Struct):
    trackList: list[_Track]
    name: str | None = None
    title: str | None = None


class _Data(msgspec.Struct):
    entity: _Entity


class _State(msgspec.Struct):
    data: _Data


class _PageProps(msgspec.Struct):
    state: _State


class _Props(msgspec.Struct):
    pageProps: _PageProps


class _Page(msgspec.Struct):
    props: _Props
