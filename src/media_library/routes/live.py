"""Who may open a live connection, how many of them, and which rooms it hears.

This is asked before Socket.IO sees the request: a connection that is refused never costs a thread.
"""

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from werkzeug.wrappers import Request

from media_library.app_state import AppState
from media_library.errors import InvalidInput, NobodyChosen, NotFound, TooManyRequests, Unauthenticated
from media_library.events import JOBS_ROOM, library_room, user_room
from media_library.models.identity import Identity
from media_library.models.user import Role
from media_library.routes.auth import Gatekeeper

PATH = "/socket.io/"
"""Where live connections are opened."""

EVENTS = frozenset(
    {
        "disc_detected",
        "drive_update",
        "job_created",
        "job_update",
        "rip_progress",
        "job_progress",
        "library_updated",
        "library_changed",
        "podcast_updated",
        "collection_updated",
        "upload_updated",
        "review_updated",
        "session_ended",
    }
)
"""What a browser may hear beside ``hello``; it may not say anything."""

_PER_USER = 20
_PER_ADDRESS = 40
_IN_TOTAL = 200
_FOR_OTHERS = 56
"""Threads of the pool that live connections, each of which holds one, always leave to other requests."""

_WAIT_SECONDS = 10
_OPENINGS = 60
_WINDOW_SECONDS = 30.0
"""So many connections may a person open in so many seconds: each leaves a timer behind for that long."""

_PARAMETERS = frozenset({"EIO", "transport", "sid", "t"})


@dataclass(frozen=True, slots=True)
class Place:
    """A live connection that was let in."""

    identity: Identity
    address: str


class Usher:
    """Lets browsers in and counts them. Safe to use from any thread."""

    def __init__(self, gatekeeper: Gatekeeper, threads: int) -> None:
        self._gatekeeper = gatekeeper
        self._most = min(_IN_TOTAL, max(threads // 2, threads - _FOR_OTHERS))
        self._lock = threading.Lock()
        self._users: Counter[str] = Counter()
        self._addresses: Counter[str] = Counter()
        self._total = 0
        self._openings: deque[tuple[float, str]] = deque()

    def __len__(self) -> int:
        return self._total

    def check(self, request: Request) -> Identity:
        """Who opens or uses a connection; raises ``InvalidInput`` (foreign page) or ``Unauthenticated`` (stranger).

        Browsers send no Origin when a page of ours polls; the Referer then tells that it was one of ours.
        """
        query = parse_qs(request.query_string.decode("latin-1"), keep_blank_values=True)
        if set(query) - _PARAMETERS or any(len(values) != 1 for values in query.values()):
            raise InvalidInput("This is not how a live connection is opened.")
        page = request.headers.get("Origin") or _origin_of(request.headers.get("Referer", ""))
        if not self._gatekeeper.origins.is_own_origin(page, request.scheme, request.headers.get("Host", "")):
            raise InvalidInput("Live connections are opened by this site's own pages only.")
        identity = self._gatekeeper.identify_browser(request)
        if identity is None:
            raise Unauthenticated("Sign in first.")
        if identity.is_lapsed:
            raise NobodyChosen("Nobody touched this screen for a while. Say who is watching.")
        return identity

    def enter(self, identity: Identity, address: str) -> Place:
        """Take a place; raises ``TooManyRequests``. Give it back with ``leave``."""
        with self._lock:
            user = identity.user.id
            self._forget_old_openings()
            full = (
                self._users[user] >= _PER_USER
                or self._addresses[address] >= _PER_ADDRESS
                or self._total >= self._most
                or sum(one == user for _, one in self._openings) >= _OPENINGS
            )
            if full:
                raise TooManyRequests("There are too many live connections. Close a few tabs.", _WAIT_SECONDS)
            self._openings.append((time.monotonic(), user))
            self._users[user] += 1
            self._addresses[address] += 1
            self._total += 1
        return Place(identity, address)

    def leave(self, place: Place) -> None:
        """Give a place back."""
        with self._lock:
            self._users -= Counter([place.identity.user.id])
            self._addresses -= Counter([place.address])
            self._total -= 1

    def _forget_old_openings(self) -> None:
        while self._openings and self._openings[0][0] < time.monotonic() - _WINDOW_SECONDS:
            self._openings.popleft()


def rooms_of(state: AppState, identity: Identity) -> frozenset[str]:
    """What a browser hears: its person's own room, the libraries that they see, and the jobs.

    Jobs are neither for kids nor for shared screens.
    """
    granted = identity.viewer.library_ids
    rooms = {library_room(one.id) for one in state.list_libraries() if granted is None or one.id in granted}
    if identity.user.role is not Role.KID and not identity.is_shared:
        rooms.add(JOBS_ROOM)
    return frozenset({*rooms, user_room(identity.user.id)})


def is_still_welcome(state: AppState, place: Place) -> bool:
    """Whether the session by which a connection was opened is alive; does not prolong it."""
    identity = place.identity
    try:
        user = state.get_user(identity.user.id)
    except NotFound:
        return False
    if user.disabled or user.epoch != identity.user.epoch:
        return False
    session = identity.session
    return session is None or any(one.id == session.id for one in state.list_sessions(user))


def _origin_of(referer: str) -> str:
    parts = urlsplit(referer)
    return f"{parts.scheme}://{parts.netloc}"
