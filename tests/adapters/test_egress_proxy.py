"""The proxy of children: whom it serves, what it passes on, and that it is no way around the egress guard."""

import base64
import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from media_library.adapters import process
from media_library.adapters.egress import Egress
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.sandbox import Sandbox
from tests.adapters.host import Host, page, raw, redirect, web_host
from tests.adapters.hosts import LOCAL, REFUSED, Sentinel, sentinel
from tests.conftest import wait_for

MAKE_CLIP = ("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=d=2:s=64x64:r=5")


@pytest.fixture
def host() -> Iterator[Host]:
    with web_host() as running:
        yield running


@pytest.fixture
def proxy(host: Host) -> Iterator[EgressProxy]:
    """A proxy through which ``host`` is allowed, and nothing else of this machine."""
    with EgressProxy(Egress(lambda: (host.authority,))) as running:
        yield running


@pytest.fixture
def watching() -> Iterator[Sentinel]:
    with sentinel() as running:
        yield running


def proof(proxy: EgressProxy) -> str:
    """The header that shows the password."""
    parts = urlsplit(proxy.url)
    secret = base64.b64encode(f"{parts.username}:{parts.password}".encode()).decode()
    return f"Proxy-Authorization: Basic {secret}\r\n"


def say(proxy: EgressProxy, request: bytes) -> bytes:
    """Send bytes to the proxy; returns all that it answers until it closes."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as connection:
        connection.sendall(request)
        answered = bytearray()
        try:
            while chunk := connection.recv(65536):
                answered += chunk
        except ConnectionResetError:
            pass
    return bytes(answered)


def ask(proxy: EgressProxy, first_line: str, *lines: str, body: bytes = b"") -> bytes:
    """A request with the password."""
    return say(
        proxy, (f"{first_line}\r\n{proof(proxy)}" + "".join(f"{line}\r\n" for line in lines) + "\r\n").encode() + body
    )


def test_a_plain_request_is_passed_on_without_what_is_ours(proxy: EgressProxy, host: Host) -> None:
    host.pages["/a"] = page(b"here", X_Thing="1", Keep_Alive="timeout=5")
    answer = ask(
        proxy,
        f"GET {host.url}/a?b=c HTTP/1.1",
        "Host: somebody.else",
        "X-Mine: 2",
        "Proxy-Connection: keep-alive",
        "Connection: keep-alive, X-Hop",
        "X-Hop: 1",
        "TE: trailers",
    )
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert b"X-Thing: 1" in head and b"Connection: close" in head and b"Keep-Alive" not in head
    assert body == b"here"
    path, headers = host.asked[0]
    assert (path, headers) == ("/a?b=c", {"X-Mine": "2", "Host": host.authority, "Connection": "close"})


def test_a_request_may_have_a_body(proxy: EgressProxy, host: Host) -> None:
    received: list[bytes] = []

    def keep(handler: BaseHTTPRequestHandler) -> None:
        received.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        page(b"thanks")(handler)

    host.pages["/a"] = keep
    body = os.urandom(200_000)
    assert ask(proxy, f"POST {host.url}/a HTTP/1.1", f"Content-Length: {len(body)}", body=body).endswith(b"thanks")
    assert received == [body]


def test_a_pipe_carries_bytes_both_ways(proxy: EgressProxy, host: Host) -> None:
    host.pages["/a"] = page(b"through the pipe")
    request = f"CONNECT {host.authority} HTTP/1.1\r\n{proof(proxy)}\r\nGET /a HTTP/1.0\r\n\r\n".encode()
    answer = say(proxy, request)
    assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.")
    assert answer.endswith(b"through the pipe")


@pytest.mark.parametrize(
    "line", ["", "Proxy-Authorization: Basic bWw6d3Jvbmc=\r\n", "Proxy-Authorization: Bearer x\r\n"]
)
def test_nobody_is_served_without_the_password(proxy: EgressProxy, host: Host, line: str) -> None:
    for request in (f"GET {host.url}/a HTTP/1.1", f"CONNECT {host.authority} HTTP/1.1"):
        answer = say(proxy, f"{request}\r\n{line}\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 407 ")
        assert b"Proxy-Authenticate: Basic" in answer
    assert host.asked == []


def test_two_proxies_have_two_passwords_and_listen_on_loopback_only(proxy: EgressProxy) -> None:
    with EgressProxy(Egress(lambda: ())) as other:
        assert other.url != proxy.url
        assert len(urlsplit(other.url).password or "") >= 24
        assert ask(other, "GET http://127.0.0.1/ HTTP/1.1").startswith(b"HTTP/1.1 403 ")
        crossed = f"GET http://127.0.0.1/ HTTP/1.1\r\n{proof(proxy)}\r\n"
        assert say(other, crossed.encode()).startswith(b"HTTP/1.1 407 ")
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", other.port), timeout=2)


def test_no_notation_of_an_address_leads_inside(proxy: EgressProxy, watching: Sentinel) -> None:
    for name in REFUSED:
        encoded = name.encode().decode("latin-1")
        for line in (f"CONNECT {encoded}:{watching.port} HTTP/1.1", f"GET http://{encoded}:{watching.port}/ HTTP/1.1"):
            assert ask(proxy, line).split(b" ")[1] in (b"403", b"400"), line
    assert watching.hits == 0


def test_the_sentinel_is_hit_when_an_admin_allows_it(watching: Sentinel) -> None:
    names = [name for name in LOCAL if name.isascii()]
    with EgressProxy(Egress(lambda: names)) as proxy:
        for name in names:
            ask(proxy, f"CONNECT {name}:{watching.port} HTTP/1.1")
    wait_for(lambda: watching.hits == len(names))


def test_a_refusal_reads_the_same_whatever_is_behind_it(proxy: EgressProxy, watching: Sentinel) -> None:
    answers = {
        ask(proxy, f"CONNECT 127.0.0.1:{port} HTTP/1.1").replace(str(port).encode(), b"")
        for port in (watching.port, 8443, 22)
    }
    assert len(answers) == 1
    assert watching.hits == 0


@pytest.mark.parametrize(
    "line",
    [
        "GET https://{0}/a HTTP/1.1",
        "GET ftp://{0}/a HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        "GET /a HTTP/1.1",
        "GET http://name:word@{0}/a HTTP/1.1",
        "GET http:///a HTTP/1.1",
        "GET http://[::1/ HTTP/1.1",
        "GET http://{0}:99999/ HTTP/1.1",
        "GET http://{0}/a",
        "GET http://{0}/a HTTP/2",
        "DELETE http://{0}/a HTTP/1.1",
        "TRACE http://{0}/a HTTP/1.1",
        "CONNECT {0}x HTTP/1.1",
        "CONNECT 127.0.0.1 HTTP/1.1",
        "CONNECT :80 HTTP/1.1",
        "CONNECT 127.0.0.1:0 HTTP/1.1",
        "CONNECT 127.0.0.1:99999999999 HTTP/1.1",
        "",
    ],
)
def test_what_is_no_request_for_a_proxy_is_declined(proxy: EgressProxy, host: Host, line: str) -> None:
    assert ask(proxy, line.format(host.authority)).split(b" ")[1] in (b"400", b"501")
    assert host.asked == []


@pytest.mark.parametrize(
    "field",
    [
        "Transfer-Encoding: chunked",
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: +1",
        "Content-Length : 1",
        " folded: 1",
        "no colon",
        "X: a\nTransfer-Encoding: chunked",
        "X: a\rb",
        "X: " + "x" * 100_000,
    ],
)
def test_a_request_that_could_be_read_in_two_ways_is_declined(proxy: EgressProxy, host: Host, field: str) -> None:
    assert ask(proxy, f"POST {host.url}/a HTTP/1.1", field)[:10] in (b"HTTP/1.1 4", b"")
    assert host.asked == []


def test_a_redirect_goes_back_to_the_child_and_what_follows_it_is_judged(
    proxy: EgressProxy, host: Host, watching: Sentinel
) -> None:
    inside = f"http://127.0.0.1:{watching.port}/"
    host.pages["/a"] = redirect(inside)
    assert f"Location: {inside}".encode() in ask(proxy, f"GET {host.url}/a HTTP/1.1")
    second = f"GET {inside} HTTP/1.1\r\n{proof(proxy)}\r\n".encode()
    # the same connection is no way to a second host
    answer = say(proxy, f"GET {host.url}/a HTTP/1.1\r\n{proof(proxy)}\r\n".encode() + second)
    assert answer.count(b"HTTP/1.1") == 1
    assert ask(proxy, f"GET {inside} HTTP/1.1").startswith(b"HTTP/1.1 403 Address not allowed")
    assert watching.hits == 0


def test_what_a_child_says_after_its_request_is_not_passed_on(proxy: EgressProxy, host: Host) -> None:
    said: list[bytes] = []

    def listen(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nready")
        handler.connection.settimeout(0.3)
        with suppress(TimeoutError):
            said.append(handler.connection.recv(100))

    host.pages["/a"] = listen
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as connection:
        connection.sendall(f"GET {host.url}/a HTTP/1.1\r\n{proof(proxy)}\r\n".encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /secret HTTP/1.1\r\n\r\n")
        while connection.recv(1000):
            pass
    assert said == []


@pytest.mark.parametrize(
    "nonsense", [b"SSH-2.0-x\r\n\r\n", b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10, b"HTTP/1.1 200 OK\r\nX"]
)
def test_a_host_that_does_not_answer_as_it_should_is_a_bad_gateway(
    proxy: EgressProxy, host: Host, nonsense: bytes
) -> None:
    host.pages["/a"] = raw(nonsense)
    answer = ask(proxy, f"GET {host.url}/a HTTP/1.1")
    assert answer.startswith((b"HTTP/1.1 502 ", b"SSH-2.0-x"))


def test_a_host_that_is_not_there_is_a_bad_gateway() -> None:
    with EgressProxy(Egress(lambda: ("127.0.0.1:9",))) as proxy:
        assert ask(proxy, "CONNECT 127.0.0.1:9 HTTP/1.1").startswith(b"HTTP/1.1 502 ")


@pytest.mark.parametrize(("code", "status"), [(socket.EAI_AGAIN, b"502"), (socket.EAI_NONAME, b"403")])
def test_a_name_that_cannot_be_resolved_now_is_a_reason_to_come_again(code: int, status: bytes) -> None:
    def fail(name: str) -> list[str]:
        raise socket.gaierror(code, "failed")

    with EgressProxy(Egress(lambda: (), resolve=fail)) as proxy:
        assert ask(proxy, "CONNECT away.test:443 HTTP/1.1").startswith(b"HTTP/1.1 " + status)


def test_interim_answers_are_not_taken_for_the_answer(proxy: EgressProxy, host: Host) -> None:
    host.pages["/a"] = raw(
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere"
    )
    answer = ask(proxy, f"GET {host.url}/a HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\nhere")


def test_a_connection_over_which_nothing_comes_is_closed(host: Host) -> None:
    stop = threading.Event()
    host.pages["/a"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", b"", stop=stop, pause_seconds=10)
    with EgressProxy(Egress(lambda: (host.authority,)), idle_seconds=0.2) as proxy:
        assert ask(proxy, f"GET {host.url}/a HTTP/1.1").startswith(b"HTTP/1.1 200")
    stop.set()


def test_closing_ends_every_connection_and_thread(host: Host) -> None:
    stop = threading.Event()
    host.pages["/a"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", b"x", stop=stop, pause_seconds=0.05)
    proxy = EgressProxy(Egress(lambda: (host.authority,)))
    proxy.start()
    port = proxy.port
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"GET {host.url}/a HTTP/1.1\r\n{proof(proxy)}\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        proxy.close()
        while connection.recv(65536):
            pass
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=2)
    wait_for(lambda: not [thread for thread in threading.enumerate() if thread.name == "egress proxy"])
    stop.set()


def test_more_connections_than_there_is_room_for_wait_for_their_turn(proxy: EgressProxy, host: Host) -> None:
    host.pages["/a"] = page(b"here")
    idle = [socket.create_connection(("127.0.0.1", proxy.port), timeout=10) for _ in range(140)]
    try:
        answers: list[bytes] = []
        late = threading.Thread(target=lambda: answers.append(ask(proxy, f"GET {host.url}/a HTTP/1.1")))
        late.start()
        wait_for(lambda: sum(thread.name == "egress proxy" for thread in threading.enumerate()) == 129)
        assert answers == []
    finally:
        for connection in idle:
            connection.close()
    late.join(10)
    assert answers[0].endswith(b"here")


def test_a_large_file_arrives_whole_in_both_forms(proxy: EgressProxy, host: Host) -> None:
    body = os.urandom(1 << 20) * 16
    host.pages["/a"] = page(body)
    wanted = hashlib.sha256(body).digest()
    plain = ask(proxy, f"GET {host.url}/a HTTP/1.1")
    request = f"CONNECT {host.authority} HTTP/1.1\r\n{proof(proxy)}\r\nGET /a HTTP/1.0\r\n\r\n".encode()
    for answer in (plain, say(proxy, request)):
        assert hashlib.sha256(answer[-len(body) :]).digest() == wanted


def test_yt_dlp_fetches_through_it_from_within_a_sandbox_and_reaches_nothing_inside(
    proxy: EgressProxy, host: Host, watching: Sentinel, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    subprocess.run([*MAKE_CLIP, str(clip)], check=True)
    host.pages["/clip.mp4"] = page(clip.read_bytes(), Content_Type="video/mp4")
    work = tmp_path / "work"
    work.mkdir()
    arguments = ("-m", "yt_dlp", "--ignore-config", "--force-overwrites", "--proxy", proxy.url, "-o", "got.mp4")

    def fetch(url: str) -> process.Finished:
        confined = Sandbox(write=(work,), connect_port=proxy.port, memory_bytes=None)
        return process.run((sys.executable, "-I", *arguments, url), timeout_seconds=60, cwd=work, sandbox=confined)

    assert fetch(f"{host.url}/clip.mp4").code == 0
    assert (work / "got.mp4").read_bytes() == clip.read_bytes()
    inside = f"http://127.0.0.1:{watching.port}/clip.mp4"
    host.pages["/to"] = redirect(inside)
    host.pages["/page"] = page(f'<video src="{inside}"></video>'.encode(), Content_Type="text/html")
    for url in (inside, f"{host.url}/to", f"{host.url}/page", f"http://localhost:{watching.port}/clip.mp4"):
        failed = fetch(url)
        assert failed.code == 1, url
        assert b"Address not allowed" in failed.stderr
    assert watching.hits == 0


def test_ffmpeg_reads_a_stream_through_it_from_within_a_sandbox(proxy: EgressProxy, host: Host, tmp_path: Path) -> None:
    subprocess.run([*MAKE_CLIP, "-g", "5", "-hls_time", "1", str(tmp_path / "list.m3u8")], check=True)
    for file in tmp_path.iterdir():
        host.pages[f"/{file.name}"] = page(file.read_bytes())
    work = tmp_path / "work"
    work.mkdir()
    confined = Sandbox(write=(work,), connect_port=proxy.port)
    command = ["ffmpeg", "-v", "error", "-nostdin", "-http_proxy", proxy.url, "-i", f"{host.url}/list.m3u8"]
    finished = process.run([*command, "-c", "copy", "got.mkv"], timeout_seconds=60, cwd=work, sandbox=confined)
    assert (finished.code, finished.stderr) == (0, b"")
    assert (work / "got.mkv").stat().st_size > 1000


BEGIN, END = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n", "#EXT-X-ENDLIST\n"
SEGMENT = BEGIN + "#EXTINF:1,\n{0}/s.ts\n" + END
NESTED = {
    "segment": SEGMENT,
    "key": BEGIN + '#EXT-X-KEY:METHOD=AES-128,URI="{0}/k"\n#EXTINF:1,\ns.ts\n' + END,
    "map": BEGIN + '#EXT-X-MAP:URI="{0}/i.mp4"\n#EXTINF:1,\ns.mp4\n' + END,
    "variant": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{0}/v.m3u8\n",
    "audio": '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",DEFAULT=YES,URI="{0}/a.m3u8"\n'
    '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nv.m3u8\n',
}


@pytest.mark.parametrize("playlist", NESTED.values(), ids=NESTED)
def test_no_part_of_a_playlist_leads_ffmpeg_inside(
    proxy: EgressProxy, host: Host, watching: Sentinel, tmp_path: Path, playlist: str
) -> None:
    host.pages["/list.m3u8"] = page(playlist.format(f"http://127.0.0.1:{watching.port}").encode())
    host.pages["/v.m3u8"] = page(SEGMENT.format(host.url).encode())
    host.pages["/s.ts"] = host.pages["/s.mp4"] = page(bytes(188 * 20))
    command = ["ffmpeg", "-v", "error", "-nostdin", "-rw_timeout", "3000000"]
    read = ["-i", f"{host.url}/list.m3u8", "-f", "null", "-"]
    confined = Sandbox(connect_port=proxy.port)
    assert process.run([*command, "-http_proxy", proxy.url, *read], timeout_seconds=60, sandbox=confined).code != 0
    assert process.run([*command, *read], timeout_seconds=60, sandbox=confined).code != 0
    assert watching.hits == 0
    process.run([*command, *read], timeout_seconds=60)
    assert watching.hits > 0, "without the proxy and the sandbox it is hit"
