"""Requests: what limits them, where they may lead, what they carry along."""

import base64
import gzip
import resource
import shutil
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient, PageMissing, RequestFailed, RequestRefused
from media_library.errors import Conflict, NotFound
from tests.adapters.host import Host, page, raw, redirect, web_host
from tests.adapters.hosts import REFUSED, Sentinel, sentinel


@pytest.fixture
def host() -> Iterator[Host]:
    with web_host() as running:
        yield running


@pytest.fixture
def watching() -> Iterator[Sentinel]:
    with sentinel() as running:
        yield running


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Set when the test is over, for pages that have no end of their own."""
    event = threading.Event()
    yield event
    event.set()


def client(*hosts: Host) -> HttpClient:
    """A client that may reach these hosts, as an admin would allow it."""
    return HttpClient(Egress(lambda: [host.authority for host in hosts]))


def consume(chunks: Iterator[bytes]) -> int:
    """Read a stream to its end; returns how much came."""
    return sum(len(chunk) for chunk in chunks)


def test_an_answer_has_its_address_status_headers_and_content(host: Host) -> None:
    host.pages["/a"] = page(b"x" * 100, X_Thing="One", Content_Type="text/plain")
    answer = client(host).get(f"{host.url}/a?b=c#fragment", timeout_seconds=5, max_bytes=100)
    assert (answer.url, answer.status, answer.body) == (f"{host.url}/a?b=c", 200, b"x" * 100)
    assert (answer.headers["x-thing"], answer.headers["content-type"]) == ("One", "text/plain")
    assert answer.permanent_url is None
    assert host.paths == ["/a?b=c"]


def test_a_request_says_who_we_are_and_nothing_more(host: Host) -> None:
    host.pages["/a"] = page(b"", Set_Cookie="id=1")
    http = client(host)
    http.get(f"{host.url}/a", timeout_seconds=5, max_bytes=10, headers={"user-agent": "somebody", "host": "else.test"})
    http.get(f"{host.url}/a", timeout_seconds=5, max_bytes=10)
    for _, headers in host.asked:
        assert sorted(headers) == ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]
        assert headers["User-Agent"].startswith("MediaLibrary/")
        assert headers["Host"] == host.authority


def test_an_answer_is_read_up_to_its_limit(host: Host) -> None:
    host.pages["/a"] = page(b"x" * 100)
    host.pages["/open"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 100)
    host.pages["/huge"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    for path in ("/a", "/open"):
        assert len(client(host).get(host.url + path, timeout_seconds=5, max_bytes=100).body) == 100
        with pytest.raises(RequestFailed, match="more than 99 bytes"):
            client(host).get(host.url + path, timeout_seconds=5, max_bytes=99)
    with pytest.raises(RequestFailed, match="more than 99 bytes"):
        client(host).get(f"{host.url}/huge", timeout_seconds=5, max_bytes=99)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "/etc/passwd", "", "javascript:1", "data:,x"]
)
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(RequestRefused, match="not a web address"):
        HttpClient(Egress(lambda: ())).get(url, timeout_seconds=1, max_bytes=1)


@pytest.mark.parametrize(
    "url",
    [
        "http://name:word@{0}/",
        "http://good.test@{0}/",
        "http://good.test\\@{0}/",
        "http://{0}\r\nX: y/",
        "http://{0}/\r\nX: y",
        "http://[::1/",
        "http://a b/",
        "http://{0}%00.good.test/",
        "http://127.0.0.1:99999/",
        "http://" + "x" * 9000,
    ],
)
def test_an_address_with_two_readings_is_refused(host: Host, url: str) -> None:
    with pytest.raises(RequestRefused):
        client(host).get(url.format(host.authority), timeout_seconds=1, max_bytes=1)
    assert host.asked == []


def test_no_notation_of_an_address_leads_inside(watching: Sentinel) -> None:
    http = HttpClient(Egress(lambda: ()))
    for name in REFUSED:
        url = f"http://{name}:{watching.port}/"
        with pytest.raises(RequestRefused):
            http.get(url, timeout_seconds=2, max_bytes=1)
        with pytest.raises(RequestRefused), http.stream(url, timeout_seconds=2):
            pass
    assert watching.hits == 0


def test_threat_81_no_redirect_leads_inside(host: Host, watching: Sentinel) -> None:
    http = client(host)
    targets = [f"http://{name}:{watching.port}/" for name in REFUSED]
    targets += [f"//127.0.0.1:{watching.port}/", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:70/_x"]
    targets += ["data:text/plain,x", "javascript:x", f"http://a@127.0.0.1:{watching.port}/", "http://[::1"]
    for target in targets:
        for status in (301, 302, 303, 307, 308):
            host.pages["/to"] = redirect(target.encode().decode("latin-1"), status)
            with pytest.raises(RequestRefused):
                http.get(f"{host.url}/to", timeout_seconds=2, max_bytes=1)
    assert watching.hits == 0


def test_redirects_are_followed_five_times_and_no_further(host: Host) -> None:
    for number in range(9):
        host.pages[f"/{number}"] = redirect(f"/{number + 1}")
    host.pages["/9"] = page(b"there")
    answer = client(host).get(f"{host.url}/4", timeout_seconds=5, max_bytes=10)
    assert (answer.url, answer.body) == (f"{host.url}/9", b"there")
    with pytest.raises(RequestFailed, match="more than 5 times"):
        client(host).get(f"{host.url}/3", timeout_seconds=5, max_bytes=10)
    host.pages["/loop"] = redirect("/loop")
    with pytest.raises(RequestFailed, match="more than 5 times"):
        client(host).get(f"{host.url}/loop", timeout_seconds=5, max_bytes=10)


def test_the_body_of_a_redirect_is_not_read(host: Host, stop: threading.Event) -> None:
    host.pages["/a"] = raw(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", b"x" * 65536, stop=stop)
    host.pages["/b"] = page(b"there")
    assert client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=10).body == b"there"


def test_the_permanent_address_is_where_permanent_redirects_led(host: Host) -> None:
    host.pages |= {
        "/moved": redirect("/new", 301),
        "/new": redirect("/newer", 308),
        "/newer": redirect("/today", 302),
        "/today": redirect("/there", 301),
        "/there": page(b""),
    }
    answer = client(host).get(f"{host.url}/moved", timeout_seconds=5, max_bytes=10)
    assert (answer.url, answer.permanent_url) == (f"{host.url}/there", f"{host.url}/newer")
    assert client(host).get(f"{host.url}/newer", timeout_seconds=5, max_bytes=10).permanent_url is None


def test_threat_87_credentials_stay_with_the_origin_they_are_for(host: Host) -> None:
    with web_host() as other:
        host.pages |= {"/a": redirect("/b"), "/b": redirect(f"{other.url}/c")}
        other.pages |= {"/c": redirect(f"{host.url}/d")}
        host.pages["/d"] = page(b"")
        headers = {"Cookie": "id=1", "Authorization": "Bearer x", "X-Token": "y", "If-None-Match": '"1"'}
        http = client(host, other)
        http.get(f"{host.url}/a", timeout_seconds=5, max_bytes=10, headers=headers, auth=("name", "wörd"))
        seen = dict((*host.asked, *other.asked))
    secret = base64.b64encode("name:wörd".encode()).decode()
    for path in ("/a", "/b"):
        assert seen[path]["Authorization"] == f"Basic {secret}"
        assert (seen[path]["Cookie"], seen[path]["X-Token"]) == ("id=1", "y")
    for path in ("/c", "/d"):  # whoever was led away comes back as a stranger
        assert not {"Authorization", "Cookie", "X-Token"} & set(seen[path])
        assert seen[path]["If-None-Match"] == '"1"'


def test_nothing_is_read_from_a_netrc_or_proxy_of_the_environment(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    host.pages["/a"] = page(b"here")
    assert client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=10).body == b"here"
    assert "Authorization" not in host.asked[0][1]


def test_an_unchanged_page_is_an_answer_to_who_asked_for_changes(host: Host) -> None:
    host.pages["/a"] = page(b"", 304, ETag='"1"')
    answer = client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=10, headers={"if-none-match": '"1"'})
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", '"1"')
    with pytest.raises(RequestFailed, match="304"):
        client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=10)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_missing(host: Host, status: int) -> None:
    host.pages["/a"] = page(b"", status)
    with pytest.raises(NotFound) as missing:
        client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=10)
    assert isinstance(missing.value, PageMissing)
    assert missing.value.gone == (status == 410)


@pytest.mark.parametrize(
    ("status", "is_transient"),
    [(400, False), (401, False), (403, False), (418, False), (429, True), (500, True), (503, True)],
)
def test_a_status_says_whether_to_come_again(host: Host, status: int, *, is_transient: bool) -> None:
    host.pages["/a"] = page(b"", status)
    with pytest.raises(RequestFailed, match=str(status)) as failed:
        client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=10)
    assert (failed.value.status, failed.value.is_transient) == (status, is_transient)
    assert failed.value.retry_after_seconds is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("99999999999999999999", 7 * 24 * 3600),
        ("in an hour", 3600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("-1", None),
        ("soon", None),
        ("１２", None),
    ],
)
def test_a_host_may_ask_for_a_pause(host: Host, value: str, seconds: int | None) -> None:
    if value == "in an hour":
        value = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    host.pages["/a"] = page(b"", 429, Retry_After=value.encode().decode("latin-1"))
    with pytest.raises(RequestFailed) as failed:
        client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=10)
    assert failed.value.retry_after_seconds == (None if seconds is None else pytest.approx(seconds, abs=30))


@pytest.mark.parametrize("encoded", [gzip.compress, zlib.compress, lambda body: zlib.compress(body)[2:-4]])
def test_compressed_content_arrives_as_it_was(host: Host, encoded: Callable[[bytes], bytes]) -> None:
    body = b"".join(b"%d," % number for number in range(200_000))
    encoding = "gzip" if encoded is gzip.compress else "deflate"
    host.pages["/a"] = page(encoded(body), Content_Encoding=encoding)
    assert client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=len(body)).body == body
    with pytest.raises(RequestFailed, match="more than"):
        client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=len(body) - 1)


def test_two_compressed_streams_are_one_content_and_other_bytes_at_the_end_are_none(host: Host) -> None:
    host.pages["/a"] = page(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", Content_Encoding="gzip")
    assert client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=100).body == b"one two"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"x" * 1000)[:-10], "gzip"),
        (b"plain", "gzip"),
        (b"x", "br"),
        (b"x", "zstd"),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip"),
    ],
    ids=["cut off", "not packed", "br", "zstd", "packed twice"],  # the time of packing stands in the bytes
)
def test_damaged_or_unwanted_compression_is_a_failure(host: Host, body: bytes, encoding: str) -> None:
    host.pages["/a"] = page(body, Content_Encoding=encoding)
    with pytest.raises(RequestFailed, match="cannot be read"):
        client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=5000)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """600 MB of nothing in about 600 kB."""
    squeeze = zlib.compressobj(9, wbits=31)
    block = bytes(1 << 20)
    return b"".join([*(squeeze.compress(block) for _ in range(600)), squeeze.flush()])


def test_threat_88_a_compressed_bomb_is_cut_off_without_filling_the_memory(host: Host, bomb: bytes) -> None:
    assert len(bomb) < 700_000
    host.pages["/a"] = page(bomb, Content_Encoding="gzip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RequestFailed, match="more than 20000000 bytes"):
        client(host).get(f"{host.url}/a", timeout_seconds=20, max_bytes=20_000_000)
    with (
        client(host).stream(f"{host.url}/a", timeout_seconds=5) as stream,
        pytest.raises(RequestFailed, match="more than"),
    ):
        consume(stream.chunks(100_000_000))
    unit = 1 if sys.platform == "darwin" else 1024
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit < 60_000_000


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"],
)
def test_threat_88_a_host_that_drips_is_given_up_when_the_time_is_over(
    host: Host, stop: threading.Event, start: bytes
) -> None:
    host.pages["/a"] = raw(start, b"a", stop=stop, pause_seconds=0.05)
    began = time.monotonic()
    with pytest.raises(RequestFailed, match=r"within 0\.5 s") as failed:
        client(host).get(f"{host.url}/a", timeout_seconds=0.5, max_bytes=1_000_000)
    assert failed.value.is_transient
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
@pytest.mark.parametrize(("drip", "pause_seconds"), [(b"", 20.0), (b"a", 0.05)])
def test_a_request_can_be_broken_off_while_it_waits(
    host: Host, stop: threading.Event, start: bytes, drip: bytes, pause_seconds: float
) -> None:
    host.pages["/a"] = raw(start, drip, stop=stop, pause_seconds=pause_seconds)
    asked: list[float] = []

    def cancelled() -> None:
        asked.append(time.monotonic())
        if len(asked) == 2:
            raise Conflict("The job was cancelled.")

    began = time.monotonic()
    with pytest.raises(Conflict):
        client(host).get(f"{host.url}/a", timeout_seconds=20, max_bytes=10**6, while_waiting=cancelled)
    asked.clear()
    with (
        pytest.raises(Conflict),
        client(host).stream(f"{host.url}/a", timeout_seconds=20, while_waiting=cancelled) as stream,
    ):
        consume(stream.chunks(10**6))
    assert time.monotonic() - began < 6


def test_a_connection_can_be_broken_off_while_a_name_or_a_host_does_not_answer() -> None:
    def cancelled() -> None:
        raise Conflict("The job was cancelled.")

    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        port = full.getsockname()[1]
        while not _is_full(port, waiting):
            pass
        answer = threading.Event()

        def resolve(name: str) -> list[str]:
            return ["127.0.0.1"] if name == "full.test" else ["127.0.0.1"] * answer.wait(20)

        http = HttpClient(Egress(lambda: (f"full.test:{port}", "slow.test"), resolve=resolve))
        began = time.monotonic()
        for url in (f"http://full.test:{port}/", "http://slow.test/"):
            with pytest.raises(Conflict):
                http.get(url, timeout_seconds=20, max_bytes=1, while_waiting=cancelled)
        answer.set()
        assert time.monotonic() - began < 5


def _is_full(port: int, waiting: ExitStack) -> bool:
    """Whether a host that accepts nobody has no room left; a connection that it has room for is kept."""
    one = waiting.enter_context(socket.socket())
    one.settimeout(0.2)
    try:
        one.connect(("127.0.0.1", port))
    except TimeoutError:
        return True
    return False


def test_redirects_share_the_time_of_one_request(host: Host) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        threading.Event().wait(0.2)
        redirect("/a")(handler)

    host.pages["/a"] = slow
    with pytest.raises(RequestFailed, match=r"within 0\.5 s"):
        client(host).get(f"{host.url}/a", timeout_seconds=0.5, max_bytes=10)
    assert len(host.asked) <= 4


@pytest.mark.parametrize(
    "endless",
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"x" * 1000 + b"\r\n"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 10_000 + b"\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
    ],
)
def test_threat_88_an_answer_without_end_is_cut_off(
    host: Host, stop: threading.Event, endless: tuple[bytes, bytes]
) -> None:
    host.pages["/a"] = raw(*endless, stop=stop)
    began = time.monotonic()
    with pytest.raises(RequestFailed):
        client(host).get(f"{host.url}/a", timeout_seconds=30, max_bytes=1_000_000)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "nonsense",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"",
    ],
)
def test_a_host_that_does_not_speak_http_is_a_failure(host: Host, nonsense: bytes) -> None:
    host.pages["/a"] = raw(nonsense)
    with pytest.raises(RequestFailed):
        client(host).get(f"{host.url}/a", timeout_seconds=5, max_bytes=100)


def test_a_host_that_is_not_there_cannot_be_reached() -> None:
    url = "http://127.0.0.1:9/"
    with pytest.raises(RequestFailed, match=r"127\.0\.0\.1 cannot be reached: Connection refused\.") as failed:
        HttpClient(Egress(lambda: hosts_of(url))).get(url, timeout_seconds=2, max_bytes=1)
    assert failed.value.is_transient


@pytest.mark.parametrize(("code", "is_refused"), [(socket.EAI_AGAIN, False), (socket.EAI_NONAME, True)])
def test_a_name_that_nobody_knows_now_may_be_known_later(code: int, *, is_refused: bool) -> None:
    def resolve(name: str) -> list[str]:
        raise socket.gaierror(code, "failed")

    with pytest.raises(RequestFailed, match=r"away\.test has no public address") as failed:
        HttpClient(Egress(lambda: (), resolve=resolve)).get("http://away.test/", timeout_seconds=2, max_bytes=1)
    assert isinstance(failed.value, RequestRefused) == is_refused
    assert failed.value.is_transient != is_refused


def test_a_message_names_the_host_and_not_the_secret_of_an_address(host: Host) -> None:
    host.pages["/feed"] = page(b"", 500)
    for path in ("/feed?token=secret", "/secret"):
        with pytest.raises((RequestFailed, PageMissing)) as failed:
            client(host).get(host.url + path, timeout_seconds=5, max_bytes=10)
        assert "127.0.0.1" in str(failed.value)
        assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/bücher und mehr?q=ä b", "/b%C3%BCcher%20und%20mehr?q=%C3%A4%20b"),
        ("/a%2Fb?c=%20#d", "/a%2Fb?c=%20"),
        ("/a/../b", "/a/../b"),
        ("?x=1", "/?x=1"),
        ("", "/"),
    ],
)
def test_an_address_is_asked_for_as_it_is_written(host: Host, written: str, asked: str) -> None:
    host.pages[asked.partition("?")[0]] = page(b"")
    client(host).get(host.url + written, timeout_seconds=5, max_bytes=10)
    assert host.paths == [asked]


def test_a_stream_is_read_while_it_comes_and_continued_from_a_byte(host: Host) -> None:
    host.pages["/a"] = page(b"67890", 206, Content_Range="bytes 5-9/10")
    with client(host).stream(f"{host.url}/a", timeout_seconds=5, headers={"Range": "bytes=5-"}) as stream:
        assert (stream.status, stream.headers["content-range"], stream.url) == (206, "bytes 5-9/10", f"{host.url}/a")
        assert b"".join(stream.chunks(5)) == b"67890"
    assert host.asked[0][1]["Range"] == "bytes=5-"
    assert host.asked[0][1]["Accept-Encoding"] == "identity"
    host.pages["/a"] = page(b"", 416)
    with client(host).stream(f"{host.url}/a", timeout_seconds=5, headers={"Range": "bytes=50-"}) as stream:
        assert stream.status == 416
    with pytest.raises(RequestFailed, match="416"), client(host).stream(f"{host.url}/a", timeout_seconds=5):
        pass


def test_a_part_that_is_compressed_is_refused(host: Host) -> None:
    host.pages["/a"] = page(gzip.compress(b"x"), 206, Content_Encoding="gzip")
    http = client(host)
    with (
        http.stream(f"{host.url}/a", timeout_seconds=5, headers={"Range": "bytes=5-"}) as stream,
        pytest.raises(RequestFailed, match="start anew"),
    ):
        consume(stream.chunks(5))


def test_a_stream_may_take_longer_than_its_time_out_but_not_stand_still(host: Host, stop: threading.Event) -> None:
    block = b"x" * 2048
    steady = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 20480\r\n\r\n", *[block] * 10)

    def with_pauses(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 20480\r\n\r\n")
        for _ in range(10):
            stop.wait(0.1)
            handler.wfile.write(block)

    for answer in (steady, with_pauses):
        host.pages["/a"] = answer
        with client(host).stream(f"{host.url}/a", timeout_seconds=0.5) as stream:
            assert len(b"".join(stream.chunks(20480))) == 20480
    for trickle in (b"x", b""):
        host.pages["/a"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", trickle, stop=stop, pause_seconds=0.05)
        with (
            client(host).stream(f"{host.url}/a", timeout_seconds=0.5) as stream,
            pytest.raises(RequestFailed, match=r"within 0\.5 s"),
        ):
            consume(stream.chunks(1_000_000))


def test_what_the_reader_of_a_stream_raises_is_not_explained_away(host: Host) -> None:
    host.pages["/a"] = page(b"x" * 100)

    def read() -> None:
        with client(host).stream(f"{host.url}/a", timeout_seconds=5) as stream:
            for _ in stream.chunks(100):
                raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        read()


def test_a_host_must_prove_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run([openssl, *made, *subject], check=True, capture_output=True)
    with web_host(certificate=certificate, key=key) as host:
        host.pages["/a"] = page(b"proven")
        port = host.url.rpartition(":")[2]
        egress = Egress(lambda: (f"localhost:{port}", f"127.0.0.1:{port}"))
        with pytest.raises(RequestFailed, match="does not prove who it is"):
            HttpClient(egress).get(f"https://localhost:{port}/a", timeout_seconds=5, max_bytes=10)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusting = HttpClient(egress)
        assert trusting.get(f"https://localhost:{port}/a", timeout_seconds=5, max_bytes=10).body == b"proven"
        with pytest.raises(RequestFailed, match="does not prove who it is"):
            trusting.get(f"https://127.0.0.1:{port}/a", timeout_seconds=5, max_bytes=10)
        with pytest.raises(RequestFailed):
            trusting.get(f"http://localhost:{port}/a", timeout_seconds=5, max_bytes=10)
    with web_host() as plain, pytest.raises(RequestFailed, match="cannot be reached"):
        client(plain).get(plain.url.replace("http:", "https:"), timeout_seconds=5, max_bytes=10)
