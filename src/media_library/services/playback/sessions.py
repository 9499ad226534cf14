"""All sessions of the appliance: who may reach which, how many there may be, and when they end."""

import logging
import shutil
import threading
from pathlib import Path

from media_library.app_state import AppState
from media_library.errors import NotFound, StorageError
from media_library.services.playback.encoders import Encoders
from media_library.services.playback.session import LASTS_SECONDS, Order, Session
from media_library.services.playback.sources import Sources
from media_library.services.playback.too_many import TooManyTranscodes

log = logging.getLogger(__name__)

_PER_PERSON = 6
_MOST = 24
_LEAST_FREE_BYTES = 512 << 20
_TURN_SECONDS = 5.0
_GONE = "This playback has ended. Start it again."


class Sessions:
    """Kept in the memory of the web process; what they write lies in ``folder``. Safe to use from any thread."""

    def __init__(
        self,
        state: AppState,
        sources: Sources,
        encoders: Encoders,
        folder: Path,
        *,
        lasts_seconds: float = LASTS_SECONDS,
    ) -> None:
        """A session that is not heard of for ``lasts_seconds`` ends."""
        self._lasts_seconds = lasts_seconds
        self._state = state
        self._sources = sources
        self._encoders = encoders
        self._folder = folder
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def remove_left_overs(self) -> None:
        """At the start: nobody watches yet, so what lies there was left by a process that was killed."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def open(self, order: Order, position: float, limit: int) -> Session:
        """Begin a session; ``limit`` is how many pictures may be encoded at a time.

        When there are as many, one of the same person and film makes way: the player asks anew before it lets go of the
        old one. Raises ``TooManyTranscodes``, and ``StorageError`` when there is no room.
        """
        self._require_room()
        with self._lock:
            leaving = self._make_way(order, limit)
            session = Session(
                order,
                self._folder,
                software=lambda: self._encoders.software(_height(order)),
                hardware_failed=self._encoders.failed,
                distrust=self._sources.distrust,
            )
            self._sessions[session.id] = session
        for old in leaving:
            self._end(old)
        session.begin(position)
        return session

    def of(self, session_id: str, user_id: str) -> Session:
        """A session of a person; raises ``NotFound`` for one of anybody else."""
        with self._lock:
            session = self._sessions.get(session_id)
        if session is None or session.order.watcher.user_id != user_id:
            raise NotFound(_GONE)
        return session

    def close(self, session_id: str, user_id: str) -> None:
        """End a session of a person; one that ended is no error."""
        try:
            session = self.of(session_id, user_id)
        except NotFound:
            return
        self._end(session)

    def list_sessions(self) -> list[Session]:
        """All of them, the oldest first."""
        with self._lock:
            return list(self._sessions.values())

    def step(self, stop: threading.Event) -> None:
        """End the sessions of those who left, then wait a little."""
        for session in self.list_sessions():
            if session.silent_seconds() > self._lasts_seconds or not self._may_watch(session):
                self._end(session)
        stop.wait(_TURN_SECONDS)

    def end_all(self) -> None:
        """End every session."""
        for session in self.list_sessions():
            self._take(session)
            session.end()

    def _may_watch(self, session: Session) -> bool:
        """Whether the person is still signed in with the browser that began it, and still sees the item."""
        watcher = session.order.watcher
        try:
            user = self._state.get_user(watcher.user_id)
            if user.disabled or user.epoch != watcher.epoch:
                return False
            self._state.media_for(self._state.viewer(user), session.order.media_id)
        except NotFound:
            return False
        return watcher.sign_in is None or any(one.id == watcher.sign_in for one in self._state.list_sessions(user))

    def _make_way(self, order: Order, limit: int) -> list[Session]:
        """The sessions that must end so that another can begin; raises ``TooManyTranscodes``."""
        mine = [one for one in self._sessions.values() if one.order.watcher.user_id == order.watcher.user_id]
        leaving = mine[: max(0, len(mine) - _PER_PERSON + 1)]
        if order.plan.encodes_video:
            busy = [one for one in self._sessions.values() if one.encodes_video and one not in leaving]
            if len(busy) >= limit:
                same = [one for one in busy if one in mine and one.order.media_id == order.media_id]
                if not same:
                    raise TooManyTranscodes(limit)
                leaving.append(same[0])
        if len(self._sessions) - len(leaving) >= _MOST:
            raise TooManyTranscodes(_MOST)
        for one in leaving:
            del self._sessions[one.id]
        return leaving

    def _end(self, session: Session) -> None:
        """End a session without waiting for its ffmpeg."""
        self._take(session)
        threading.Thread(target=session.end, name="playback end", daemon=True).start()

    def _take(self, session: Session) -> None:
        with self._lock:
            self._sessions.pop(session.id, None)

    def _require_room(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            free = shutil.disk_usage(self._folder).free
        except OSError as error:
            raise StorageError(f"Nothing can be written to {self._folder}: {error.strerror}.") from error
        if free < _LEAST_FREE_BYTES:
            raise StorageError("The disk of the appliance is nearly full. Free some space, then play it again.")


def _height(order: Order) -> int:
    return max((one.video.height for one in order.plan.renditions if one.video is not None), default=0)
