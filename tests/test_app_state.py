"""The state file: transactions, migrations, the outbox, backups."""

import threading
from importlib import resources
from pathlib import Path

import apsw
import pytest

from media_library.app_state import AppState
from media_library.errors import StartError, StorageError
from media_library.events import JOBS_ROOM, JobCreated
from media_library.models.user import Role, Viewer
from media_library.repositories import schema

LATEST = sum(file.name.endswith(".sql") for file in resources.files(schema).iterdir())


def test_a_transaction_that_fails_leaves_nothing_and_announces_nothing(state: AppState) -> None:
    def fail() -> None:
        with state.transaction():
            state.add_user("ann", "Ann", "hash", Role.ADMIN)
            state.broadcast(JobCreated("j"), JOBS_ROOM)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert state.find_user("ann") is None
    assert state.events_after(0) == []
    assert state.room_positions(frozenset({JOBS_ROOM})) == {JOBS_ROOM: 0}


def test_a_transaction_inside_one_joins_it(state: AppState) -> None:
    def fail() -> None:
        with state.transaction():
            with state.transaction():
                state.add_user("ann", "Ann", "hash", Role.ADMIN)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert state.list_users() == []


def test_events_are_numbered_within_their_room(state: AppState) -> None:
    for room in ("a", "b", "a"):
        state.broadcast(JobCreated("j"), room)
    assert [(event.room, event.seq) for event in state.events_after(0)] == [("a", 1), ("b", 1), ("a", 2)]
    assert state.room_positions(frozenset({"a", "b", "c"})) == {"a": 2, "b": 1, "c": 0}


def test_a_change_of_another_thread_is_noticed_and_ones_own_silence_times_out(state: AppState) -> None:
    stop = threading.Event()
    state.wait_for_change(stop, 0)
    writer = threading.Thread(target=lambda: state.add_user("ann", "Ann", "hash", Role.ADMIN))
    writer.start()
    assert state.wait_for_change(stop, 5)
    writer.join()
    assert not state.wait_for_change(stop, 0.1)


def test_many_threads_write_without_one_being_refused(state: AppState) -> None:

    def write(number: int) -> None:
        for turn in range(10):
            state.add_user(f"u{number}-{turn}", "U", "hash", Role.MEMBER)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(state.list_users()) == 80


def test_the_file_is_durable_and_checked(state: AppState) -> None:
    connection = state._connection()
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 2
    assert connection.pragma("foreign_keys") == 1
    assert connection.pragma("trusted_schema") == 0


def test_the_sqlite_that_is_used_does_not_lose_commits_at_a_wal_reset() -> None:
    assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= (3, 51, 3)


def test_a_newer_state_file_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    AppState.open(path).close()
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    with pytest.raises(StartError, match="newer version"):
        AppState.open(path)
    assert apsw.Connection(str(path)).pragma("user_version") == 9999


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA application_id = 42; CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(StartError, match="another program"):
        AppState.open(path)


def test_a_damaged_file_is_refused_and_never_replaced_by_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"\x00garbage" * 1000)
    with pytest.raises(StartError, match="backups"):
        AppState.open(path)
    assert path.read_bytes() == b"\x00garbage" * 1000


def one_more(script: str) -> dict[int, str]:
    """The migrations there are, which have run, and another one."""
    return dict.fromkeys(range(1, LATEST + 1), "") | {LATEST + 1: script}


def test_an_older_file_is_backed_up_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    state = AppState.open(path)
    state.add_user("ann", "Ann", "hash", Role.ADMIN)
    state.close()
    migrated = AppState.open(path, migrations=one_more("CREATE TABLE later (x INTEGER) STRICT"))
    assert migrated._connection().pragma("user_version") == LATEST + 1
    migrated.close()
    (backup,) = (tmp_path / "backups").glob("*.db")
    assert apsw.Connection(str(backup)).pragma("user_version") == LATEST
    assert [row[0] for row in apsw.Connection(str(backup)).execute("SELECT username FROM users")] == ["ann"]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    AppState.open(path).close()
    failing = one_more("CREATE TABLE later (x INTEGER) STRICT; SELECT no_such_function()")
    with pytest.raises(apsw.SQLError):
        AppState.open(path, migrations=failing)
    connection = apsw.Connection(str(path))
    assert connection.pragma("user_version") == LATEST
    assert list(connection.execute("SELECT name FROM sqlite_schema WHERE name = 'later'")) == []


def test_only_the_newest_seven_backups_are_kept(state: AppState) -> None:
    made = [state.backup("test") for _ in range(9)]
    assert [path.exists() for path in made] == [False, False] + [True] * 7
    assert made[-1].stat().st_mode & 0o777 == 0o600


def test_the_outbox_stays_short_but_numbers_go_on(state: AppState) -> None:
    with state.transaction():
        for _ in range(5_010):
            state.broadcast(JobCreated("j"), "a")
    assert len(state.events_after(0, limit=10_000)) == 5_000
    assert state.room_positions(frozenset({"a"})) == {"a": 5_010}


def test_threat_146_a_full_disk_is_said_in_a_sentence_and_goes_by_when_there_is_room(state: AppState) -> None:
    connection = state._connection()
    pages = connection.pragma("page_count")
    connection.pragma("max_page_count", pages)
    with pytest.raises(StorageError, match="full"):
        state.add_user("ann", "A" * 50_000, "hash", Role.ADMIN)
    assert state.list_users() == []
    connection.pragma("max_page_count", pages + 100)
    state.add_user("ann", "A" * 50_000, "hash", Role.ADMIN)


def test_the_content_tables_come_without_loss_to_a_state_of_the_first_schema(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    folder = Path(schema.__file__).parent
    ground = (folder / "0001_ground.sql").read_text("utf-8")
    old = AppState.open(path, migrations={1: ground})
    connection = old._connection()
    connection.execute("INSERT INTO libraries VALUES ('l', 'movies', 'Films', 'movies')")
    connection.execute(
        """
        INSERT INTO users (id, username, display_name, role, password_hash, created_at)
        VALUES ('u', 'ann', 'Ann', 'admin', '', 1)
        """
    )
    connection.execute("INSERT INTO library_grants VALUES ('u', 'l')")
    connection.execute(
        """
        INSERT INTO media (
            rid, id, library_id, media_type, title, sort_title, path, size_bytes, mtime_ns, inode, container,
            duration_ms, streams, hue, added_at, updated_at
        ) VALUES (
            7, 'm', 'l', 'movie', 'The Salt Road', 'salt road', 'movies/x.mp4', 9, 8, 7, 'mp4', 60000, '{}', 1, 2, 3
        )
        """
    )
    connection.execute("INSERT INTO playback_progress VALUES ('u', 'm', 1000, 60000, 0, 5)")
    old.close()
    state = AppState.open(path)
    media = state.media("m")
    assert media.file is not None and (media.file.path, media.file.inode, media.duration_ms) == (
        "movies/x.mp4",
        7,
        60000,
    )
    viewer = Viewer("u", frozenset({"l"}))
    assert "The Salt Road" in state.search_media(viewer, "salt", 5, offline=False)
    assert '"position":1.0' in state.card_for(viewer, "m", offline=False)
    assert [row[0] for row in state._connection().execute("SELECT library_id FROM library_grants")] == ["l"]
    with pytest.raises(apsw.ConstraintError):
        state._connection().execute("INSERT INTO library_grants VALUES ('u', 'nowhere')")
    state.close()


def test_a_migration_that_leaves_a_row_without_what_it_refers_to_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    state = AppState.open(path)
    user = state.add_user("ann", "Ann", "hash", Role.ADMIN)
    state._connection().execute("INSERT INTO known_devices VALUES ('x', ?, 1)", (user.id,))
    state.close()
    newest = len(list(Path(schema.__file__).parent.glob("0*.sql")))
    careless = {**dict.fromkeys(range(1, newest + 1), ""), newest + 1: "DELETE FROM users"}
    with pytest.raises(StartError, match="known_devices"):
        AppState.open(path, migrations=careless)
    again = AppState.open(path)
    assert [one.username for one in again.list_users()] == ["ann"]
    again.close()


def test_many_threads_share_one_bound_of_memory(state: AppState) -> None:
    with state.transaction():
        for number in range(6_000):
            state.add_user(f"user{number}", "x" * 2_000, "hash", Role.MEMBER)

    def read() -> None:
        state.list_users()
        gate.wait()  # the cache of a thread lives as long as it does
        gate.wait()

    gate = threading.Barrier(9)
    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    gate.wait()
    used = apsw.memory_used()
    gate.wait()
    for thread in threads:
        thread.join()
    assert used < 24 << 20
