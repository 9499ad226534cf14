"""AppState: the one SQLite file, its connections, transactions, migrations and the outbox of live events."""

import re
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Self

import apsw
import msgspec

from media_library.constants import APPLICATION_ID
from media_library.errors import StartError, StorageError
from media_library.events import Event, StoredEvent
from media_library.repositories import schema
from media_library.repositories.api_key_repo import ApiKeyRepo
from media_library.repositories.article_repo import ArticleRepo
from media_library.repositories.artwork_repo import ArtworkRepo
from media_library.repositories.audit_repo import AuditRepo
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.book_repo import BookRepo
from media_library.repositories.collection_repo import CollectionRepo
from media_library.repositories.disc_repo import DiscRepo
from media_library.repositories.drive_repo import DriveRepo
from media_library.repositories.fact_repo import FactRepo
from media_library.repositories.file_repo import FileRepo
from media_library.repositories.highlight_repo import HighlightRepo
from media_library.repositories.job_repo import JobRepo
from media_library.repositories.library_repo import LibraryRepo
from media_library.repositories.media_repo import MediaRepo
from media_library.repositories.notice_repo import NoticeRepo
from media_library.repositories.photo_repo import PhotoRepo
from media_library.repositories.playback_repo import PlaybackRepo
from media_library.repositories.podcast_repo import PodcastRepo
from media_library.repositories.prepared_repo import PreparedRepo
from media_library.repositories.publication_repo import PublicationRepo
from media_library.repositories.rename_repo import RenameRepo
from media_library.repositories.room_repo import RoomRepo
from media_library.repositories.session_repo import SessionRepo
from media_library.repositories.setting_repo import SettingRepo
from media_library.repositories.sight_repo import SightRepo
from media_library.repositories.sign_in_code_repo import SignInCodeRepo
from media_library.repositories.site_cookie_repo import SiteCookieRepo
from media_library.repositories.subtitle_repo import SubtitleRepo
from media_library.repositories.track_repo import TrackRepo
from media_library.repositories.upload_repo import UploadRepo
from media_library.repositories.user_repo import UserRepo
from media_library.repositories.user_setting_repo import UserSettingRepo
from media_library.repositories.word_repo import WordRepo
from media_library.repositories.work_repo import WorkRepo

_MIGRATION = re.compile(r"(\d{4})_\w+\.sql")
_BUSY_MS = 5_000
_CHANGE_POLL_SECONDS = 0.05
_EVENTS_KEPT = 5_000
_BACKUPS_KEPT = 7
_HEAP_BYTES = 10 << 20
"""Of all connections of a process together: each thread has a page cache, and sixteen would fill 64 MB."""

_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = 1;
    PRAGMA checkpoint_fullfsync = 1;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -4096;
    PRAGMA journal_size_limit = 67108864;
"""


class AppState(
    UserRepo,
    UserSettingRepo,
    SessionRepo,
    ApiKeyRepo,
    SettingRepo,
    FactRepo,
    AuditRepo,
    LibraryRepo,
    MediaRepo,
    FileRepo,
    ArticleRepo,
    ArtworkRepo,
    BookRepo,
    CollectionRepo,
    PhotoRepo,
    HighlightRepo,
    RoomRepo,
    PlaybackRepo,
    PodcastRepo,
    NoticeRepo,
    PreparedRepo,
    DiscRepo,
    DriveRepo,
    JobRepo,
    PublicationRepo,
    RenameRepo,
    SightRepo,
    SignInCodeRepo,
    SiteCookieRepo,
    SubtitleRepo,
    TrackRepo,
    UploadRepo,
    WordRepo,
    WorkRepo,
    Repository,
):
    """The state of the appliance. Safe to use from any thread: each has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._write_lock = threading.RLock()
        self._connections: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()

    @classmethod
    def open(cls, path: Path, *, migrations: Mapping[int, str] | None = None) -> Self:
        """Open or create the state file and bring it up to date.

        An existing file is backed up before a migration (``migrations``: SQL by number, from 1 on).
        Raises ``StartError`` if the file is not ours,
        damaged, or was written by a newer version of the program.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        apsw.soft_heap_limit(_HEAP_BYTES)  # beyond it a cache takes its own oldest page, and no more memory
        state = cls(path)
        try:
            state._migrate(_migrations() if migrations is None else migrations)
        except apsw.NotADBError as error:
            raise StartError(
                f"{path} is not a database or is damaged. Put the newest file of {path.parent / 'backups'} there."
            ) from error
        except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.FullError) as error:
            raise StartError(f"The state file {path} cannot be written: {error}.") from error
        path.chmod(0o600)
        return state

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """``BEGIN IMMEDIATE`` … ``COMMIT`` under one lock of this process; nested use joins the outer one."""
        connection = self._connection()
        if not connection.get_autocommit():
            yield
            return
        with self._write_lock:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException as error:
                if not connection.get_autocommit():
                    connection.execute("ROLLBACK")
                if isinstance(error, apsw.FullError):
                    raise StorageError(
                        f"The disk that holds {self._path.parent} is full. Make room; nothing that was kept is lost."
                    ) from error
                raise

    def broadcast(self, event: Event, room: str) -> None:
        """Write ``event`` to the outbox, numbered in its room, in the same transaction as what it announces."""
        with self.transaction():
            row = self._row(
                """
                INSERT INTO rooms (room, last_seq)
                VALUES (?, 1)
                ON CONFLICT (room) DO UPDATE SET last_seq = last_seq + 1
                RETURNING last_seq
                """,
                (room,),
            )
            assert row is not None
            payload = {**msgspec.to_builtins(event), "room": room, "seq": row[0]}
            self._change(
                "INSERT INTO events (name, room, seq, payload, at) VALUES (?, ?, ?, ?, ?)",
                (event.name, room, row[0], msgspec.json.encode(payload).decode(), now_ms()),
            )
            # sequence numbers live in rooms, so the outbox itself may be short
            self._change("DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - ?", (_EVENTS_KEPT,))

    def events_after(self, event_id: int | None, limit: int = 500) -> list[StoredEvent]:
        """The events written after ``event_id``, oldest first; ``None`` gives only the newest one, as a start."""
        if event_id is None:
            sql, bindings = "SELECT id, name, room, seq, payload FROM events ORDER BY id DESC LIMIT 1", ()
            return [StoredEvent(*row) for row in self._rows(sql, bindings)]  # type: ignore[arg-type]  # STRICT columns
        return [
            StoredEvent(*row)  # type: ignore[arg-type]  # STRICT columns
            for row in self._rows(
                "SELECT id, name, room, seq, payload FROM events WHERE id > ? ORDER BY id LIMIT ?",
                (event_id, limit),
            )
        ]

    def room_positions(self, rooms: frozenset[str]) -> dict[str, int]:
        """The last sequence number of each room, 0 where nothing was announced yet."""
        wanted = msgspec.json.encode(sorted(rooms)).decode()
        rows = self._rows("SELECT room, last_seq FROM rooms WHERE room IN (SELECT value FROM json_each(?))", (wanted,))
        return dict.fromkeys(rooms, 0) | {str(room): int(seq or 0) for room, seq in rows}

    def wait_for_change(self, stop: threading.Event, timeout_seconds: float) -> bool:
        """Wait until another connection commits anything; false after ``timeout_seconds`` or once ``stop`` is set."""
        waited = 0.0
        seen = getattr(self._local, "data_version", None)
        while True:
            version = self._row("PRAGMA data_version")
            self._local.data_version = version
            if seen is not None and version != seen:
                return True
            seen = version
            if waited >= timeout_seconds or stop.wait(_CHANGE_POLL_SECONDS):
                return False
            waited += _CHANGE_POLL_SECONDS

    def backup(self, name: str) -> Path:
        """Write a checked copy to ``backups/<time>-<name>.db``, keep the newest seven; returns its path."""
        folder = self._path.parent / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / f"{now_ms()}-{name}.db"
        self._connection().execute("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
        copy = apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            verdict = next(iter(copy.execute("PRAGMA integrity_check")))
        finally:
            copy.close()
        if verdict != ("ok",):
            target.unlink()
            raise StartError(f"The backup of {self._path} did not pass its check: {verdict[0]}.")
        for old in sorted(folder.glob("*.db"))[:-_BACKUPS_KEPT]:
            old.unlink()
        return target

    def close(self) -> None:
        """Close every connection; the state file is then complete without its WAL."""
        for connection in list(self._connections):
            connection.close()

    def _connection(self) -> apsw.Connection:
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = apsw.Connection(str(self._path))
            connection.set_busy_timeout(_BUSY_MS)
            for _ in connection.execute(_PRAGMAS):
                pass  # a pragma that answers would hold up those after it
            self._local.connection = connection
            self._connections.add(connection)
        return connection

    def _migrate(self, migrations: Mapping[int, str]) -> None:
        connection = self._connection()
        application = connection.pragma("application_id")
        version = int(connection.pragma("user_version"))
        if application not in (0, APPLICATION_ID) or (application == 0 and version):
            raise StartError(f"{self._path} belongs to another program.")
        newest = max(migrations)
        if version > newest:
            raise StartError(
                f"{self._path} was written by a newer version of the program (schema {version}, not {newest})."
                " Install that version again, or put back a backup from the folder “backups” beside it."
            )
        pending = [number for number in sorted(migrations) if number > version]
        if pending and version:
            self.backup(f"before-schema-{newest}")
        # a table that is made anew must not take with it what refers to it (https://sqlite.org/lang_altertable.html)
        connection.pragma("foreign_keys", False)
        for number in pending:
            with self.transaction():
                if int(connection.pragma("user_version")) >= number:
                    continue  # another process was faster
                for _ in connection.execute(migrations[number]):
                    pass
                broken = next(iter(connection.execute("PRAGMA foreign_key_check")), None)
                if broken is not None:
                    raise StartError(
                        f"{self._path} cannot be brought up to date: a row of {broken[0]} refers to nothing. It stays"
                        " as it was."
                    )
                connection.execute(f"PRAGMA user_version = {number:d}")
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.pragma("foreign_keys", True)


def _migrations() -> dict[int, str]:
    found = {}
    for file in resources.files(schema).iterdir():
        if match := _MIGRATION.fullmatch(file.name):
            found[int(match[1])] = file.read_text("utf-8")
    return found
