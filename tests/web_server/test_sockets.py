"""Live connections of a real server: who gets in, what they hear, and what becomes of those who misbehave."""

import json
import time
from collections.abc import Iterator

import pytest

from media_library.events import JOBS_ROOM, JobCreated, LibraryUpdated, library_room, user_room
from media_library.models.api_key import Scope
from media_library.models.library import LibraryKind
from media_library.models.user import Role
from tests.conftest import wait_for
from tests.web_server.running import Live, Server

OPEN = "/socket.io/?EIO=4&transport=polling"


@pytest.fixture
def member(server: Server) -> Iterator[Live]:
    live = server.live(server.house.member)
    yield live
    live.close()


@pytest.fixture
def kid(server: Server) -> Iterator[Live]:
    live = server.live(server.house.kid)
    yield live
    live.close()


def upgrade(server: Server, headers: dict[str, str] | None = None) -> int:
    """The status of the answer to opening a Web Socket."""
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **(headers or {}),
    }
    return server.get("/socket.io/?EIO=4&transport=websocket", headers=asked)[0]


def live_count(server: Server) -> int:
    lines = server.get("/api/metrics", server.house.admin)[2].decode().splitlines()
    return int(next(line for line in lines if line.startswith("media_library_sockets ")).split()[1])


def test_the_greeting_names_the_rooms_and_their_positions(server: Server, member: Live, kid: Live) -> None:
    libraries = {library.kind: library_room(library.id) for library in server.house.state.list_libraries()}
    ben, cleo = server.house.people["ben"], server.house.people["cleo"]
    assert set(member.rooms) == {*libraries.values(), JOBS_ROOM, user_room(ben.id)}
    assert set(kid.rooms) == {libraries[LibraryKind.MOVIES], user_room(cleo.id)}
    assert member.rooms == server.house.state.room_positions(frozenset(member.rooms))


def test_an_event_is_in_the_browser_soon_after_its_commit(server: Server, member: Live) -> None:
    delays = []
    for number in range(10):
        began = time.monotonic()
        server.house.state.broadcast(JobCreated(str(number)), JOBS_ROOM)
        event = member.event("job_created")
        delays.append(time.monotonic() - began)
        assert (event["job_id"], event["room"], event["seq"]) == (
            str(number),
            JOBS_ROOM,
            member.rooms[JOBS_ROOM] + 1 + number,
        )
    assert sorted(delays)[5] < 0.1, delays


def test_threat_35_a_kid_hears_nothing_of_what_was_not_granted(server: Server, kid: Live, member: Live) -> None:
    shows = server.house.state.library_of_kind(LibraryKind.SHOWS)
    with server.house.state.transaction():
        for number in range(200):
            server.house.state.broadcast(LibraryUpdated(f"canary-{number}"), library_room(shows.id))
            server.house.state.broadcast(JobCreated(f"canary-{number}"), JOBS_ROOM)
    for _ in range(400):
        member.event()
    kid.silence()


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}", "http://127.0.0.1:{port}.evil.example",
     "http://evil-127.0.0.1:{port}", "http://127.0.0.2:{port}", "http://localhost:{port}", "http://127.0.0.1:1{port}",
     "ws://127.0.0.1:{port}", "http://127.0.0.1:{port}@evil.example", "file://", None],
)  # fmt: skip
def test_threat_33_a_foreign_page_gets_no_live_connection(server: Server, origin: str | None, transport: str) -> None:
    headers = {"Cookie": f"session={server.house.member.session}", "Origin": (origin or "").format(port=server.port)}
    if transport == "polling":
        assert server.get(OPEN, headers=headers)[0] == 400
    else:
        assert upgrade(server, headers) == 400


def test_a_page_of_ours_may_poll_where_web_sockets_do_not_pass(server: Server) -> None:
    referer = {"Cookie": f"session={server.house.member.session}", "Origin": "", "Referer": f"{server.origin}/films"}
    status, headers, body = server.get(OPEN, headers=referer)
    assert status == 200 and headers["x-content-type-options"] == "nosniff"
    engine_id = json.loads(body[1:])["sid"]
    assert server.post(f"{OPEN}&sid={engine_id}", b"40", server.house.member) == 200
    assert b"hello" in server.get(f"{OPEN}&sid={engine_id}", server.house.member)[2]
    foreign = {**referer, "Referer": "https://evil.example/"}
    assert server.get(f"{OPEN}&sid={engine_id}", headers=foreign)[0] == 400
    assert server.get(f"{OPEN}&sid={engine_id}", server.house.kid)[0] == 400, "somebody else's connection"
    assert server.post(f"{OPEN}&sid={engine_id}", b"1", server.house.member) == 200
    assert server.get(f"{OPEN}&sid={engine_id}", server.house.member)[0] == 400, "it has ended"


def test_threat_36_strangers_cost_no_thread(server: Server) -> None:
    server.get("/api/healthz")
    before = server.worker.num_threads()
    for number in range(300):
        if number % 2:
            assert server.get(OPEN)[0] == 401
        else:
            assert upgrade(server) == 401
    assert server.worker.num_threads() <= before + 5


@pytest.mark.parametrize("cookie", ["session=mls_" + "A" * 43, "session=", "session=../../x", "device=x"])
def test_threat_36_a_made_up_cookie_is_a_stranger(server: Server, cookie: str) -> None:
    assert upgrade(server, {"Cookie": cookie}) == 401


@pytest.mark.parametrize("query", ["&session=x", "&EIO=3", "&transport=websocket", "&j=0", "&b64=1"])
def test_unknown_parameters_are_refused(server: Server, query: str) -> None:
    assert server.get(OPEN + query, server.house.member)[0] == 400


def test_threat_36_one_person_has_twenty_connections_and_gets_them_back(server: Server) -> None:
    wait_for(lambda: live_count(server) == 0)
    somebody = server.house.browser(server.house.people["ben"])
    crowd = [server.live(somebody) for _ in range(20)]
    headers = {"Cookie": f"session={somebody.session}"}
    assert upgrade(server, headers) == 429
    status, answer, _ = server.get(OPEN, headers=headers)
    assert status == 429 and int(answer["retry-after"]) > 0
    other = server.live(server.house.kid)  # another person is not kept out
    for live in (*crowd, other):
        live.close()
    wait_for(lambda: live_count(server) == 0)
    again = server.live(somebody)
    again.close()


@pytest.mark.parametrize(
    "message",
    ['42["join","jobs"]', '42["job_created",{"job_id":"x"}]', '42["hello"]', '40/admin,', '40/other', '43["x"]', "44x",
     '45-999999999["x",{"_placeholder":true,"num":0}]', "451-[]", "46-[]", "4" + "9" * 60_000, "40[1]", "4", "49",
     '40{"token":"x"}\n', '42["message","' + "x" * 30_000 + '"]'],
    ids=lambda message: message[:24],
)  # fmt: skip
def test_threat_34_and_37_a_browser_that_speaks_is_cut_off(server: Server, message: str) -> None:
    listener = server.live(server.house.admin)
    positions = server.house.state.room_positions(frozenset(listener.rooms))
    live = server.live(server.house.member)
    live.say(message)
    assert live.is_closed(seconds=3.0)
    listener.silence(0.1)
    assert server.house.state.room_positions(frozenset(listener.rooms)) == positions
    listener.close()


def test_threat_37_binary_oversized_and_endless_messages_are_cut_off(server: Server) -> None:
    before = server.worker.memory_info().rss
    for data in (b"\x04binary", "4" + "x" * 70_000, "4" + "1" * 1_000_000):
        live = server.live(server.house.member)
        live.say(data)
        assert live.is_closed(seconds=3.0)
    live = server.live(server.house.member)
    for _ in range(10_000):
        live.say("3")  # answers to pings that nobody sent
    server.house.state.broadcast(JobCreated("still heard"), JOBS_ROOM)
    assert live.event("job_created")["job_id"] == "still heard"
    live.close()
    assert server.worker.memory_info().rss - before < 10_000_000
    assert "Traceback" not in server.log.read_text()


def test_threat_29_the_connections_of_an_ended_session_close_within_a_second(server: Server) -> None:
    user = server.house.people["ben"]
    here, elsewhere = server.house.browser(user), server.house.browser(user)
    ended, kept = server.live(here), server.live(elsewhere)
    newest = server.get("/api/me/sessions", here)[2]
    current = next(one["id"] for one in json.loads(newest)["sessions"] if one["current"])
    began = time.monotonic()
    assert server.get(f"/api/me/sessions/{current}", here, method="DELETE")[0] == 204
    assert ended.event("session_ended")["room"] == user_room(user.id)
    assert ended.is_closed(seconds=1.0)
    assert time.monotonic() - began < 1.0
    server.house.state.broadcast(JobCreated("after"), JOBS_ROOM)
    assert kept.event("job_created")["job_id"] == "after"
    kept.close()


@pytest.mark.parametrize("way", ["disable", "role", "libraries", "password", "delete"])
def test_threat_29_whatever_ends_a_person_s_sessions_closes_their_connections(server: Server, way: str) -> None:
    state = server.house.state
    somebody = server.house.person(f"person-{way}", Role.MEMBER)
    user = server.house.people[f"person-{way}"]
    live = server.live(somebody)
    match way:
        case "disable":
            state.disable_user(user.id, disabled=True)
        case "role":
            state.change_role(user.id, Role.KID)
        case "libraries":
            state.grant_libraries(user.id, [], all_libraries=False)
        case "password":
            state.change_password(user.id, "")
        case _:
            state.delete_user(user.id)
    assert live.event("session_ended")["name"] == "session_ended"
    assert live.is_closed(seconds=1.0)
    assert upgrade(server, {"Cookie": f"session={somebody.session}"}) == 401


def test_a_key_is_no_way_to_listen(server: Server) -> None:
    key = server.house.key(Scope.READ).key
    assert upgrade(server, {"Authorization": f"Bearer {key}"}) == 401


def test_threads_and_connections_do_not_pile_up(server: Server) -> None:
    somebody = server.house.browser(server.house.people["ann"])
    for _ in range(3):
        server.live(somebody).close()
    wait_for(lambda: live_count(server) == 0)
    before = server.worker.num_threads()
    for _ in range(15):
        live = server.live(somebody)
        live.close()
    wait_for(lambda: live_count(server) == 0)
    # what remains for a while is one sleeping timer for each, not the three threads of a connection
    wait_for(lambda: server.worker.num_threads() <= before + 15 + 3)


def test_threat_36_opening_again_and_again_is_slowed_down(server: Server) -> None:
    somebody = server.house.person("flapper", Role.MEMBER)
    headers = {"Cookie": f"session={somebody.session}", "Sec-WebSocket-Version": "1"}  # a version that nobody speaks
    statuses = [upgrade(server, headers) for _ in range(70)]
    assert 429 in statuses and 429 not in statuses[:50]
