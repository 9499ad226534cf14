"""The egress guard: which addresses it lets through, what a name may do in between, and what an admin may allow."""

import shutil
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from media_library.adapters.egress import Egress, EgressRefused, hosts_of, is_own, judge, normal_host
from tests.adapters.host import web_host
from tests.adapters.hosts import CARRIERS, INSIDE, LOCAL, PUBLIC, REFUSED, Sentinel, sentinel
from tests.conftest import wait_for
from tests.programs import SRC


@pytest.fixture
def watching() -> Iterator[Sentinel]:
    with sentinel() as running:
        yield running


def answering(*answers: Sequence[str]) -> tuple[Egress, list[str]]:
    """A guard whose resolver gives these answers in turn, and the names that it was asked for."""
    asked: list[str] = []

    def resolve(name: str) -> Sequence[str]:
        asked.append(name)
        return answers[(len(asked) - 1) % len(answers)]

    return Egress(lambda: ("good.test",), resolve=resolve), asked


@pytest.mark.parametrize("address", [*CARRIERS, *(host.strip("[]") for host in INSIDE if host[0] == "[")])
def test_threat_79_no_special_address_of_ipv6_is_public(address: str) -> None:
    assert not judge(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert judge(address)


@pytest.mark.parametrize(
    "text", ["", "example.com", "1.1.1", "0x1.1.1.1", "1.1.1.1 ", "2606:4700::1%eth0", "1.1.1.1/32"]
)
def test_what_is_no_plain_address_is_not_public(text: str) -> None:
    assert not judge(text)


def test_threats_77_78_every_host_of_the_table_is_refused_with_one_text_and_none_is_hit(watching: Sentinel) -> None:
    egress = Egress(lambda: ())
    for host in REFUSED:
        with pytest.raises(EgressRefused) as refused:
            egress.connect(host, watching.port, 2.0)
        assert str(refused.value).partition(" ")[2].startswith("has no public address that is known here, ")
    assert len(REFUSED) >= 40
    assert watching.hits == 0


def test_the_sentinel_is_hit_by_each_name_of_this_machine_when_an_admin_allows_it(watching: Sentinel) -> None:
    egress = Egress(lambda: LOCAL)
    for host in LOCAL:
        egress.connect(host, watching.port, 2.0).close()
    wait_for(lambda: watching.hits == len(LOCAL))


def test_threat_89_open_closed_and_unknown_inside_read_the_same(watching: Sentinel) -> None:
    egress = Egress(lambda: ())
    texts = set()
    for host, port in (("127.0.0.1", watching.port), ("127.0.0.1", 8443), ("127.0.0.1", 22), ("nobody.invalid", 80)):
        with pytest.raises(EgressRefused) as refused:
            egress.connect(host, port, 5.0)
        texts.add(str(refused.value).replace(host, "HOST"))
    assert len(texts) == 1


def test_one_private_answer_among_public_ones_refuses_them_all() -> None:
    for answers in (["1.1.1.1", "127.0.0.1"], ["2606:4700::1111", "10.0.0.1"], ["::1", "1.1.1.1"], ["1.1.1.1", "odd"]):
        egress, _ = answering(answers)
        with pytest.raises(EgressRefused):
            egress.connect("rebinding.test", 80, 1.0)


def test_threat_80_a_thousand_alternating_answers_never_lead_inside(watching: Sentinel) -> None:
    egress, asked = answering(["127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::1"], ["::ffff:7f00:1", "1.1.1.1"])
    for _ in range(1000):
        with pytest.raises(EgressRefused):
            egress.connect("rebinding.test", watching.port, 1.0)
    assert len(asked) == 1000
    assert watching.hits == 0


def test_a_name_is_resolved_once_and_the_judged_answer_is_the_one_connected_to(watching: Sentinel) -> None:
    egress, asked = answering(["127.0.0.2"], ["127.0.0.1"])
    with egress.connect("good.test", watching.port, 2.0) as connection:
        assert connection.getpeername()[0] == "127.0.0.2"
    assert asked == ["good.test"]


@pytest.mark.parametrize("answers", [[[]], [["fe80::1%lo"]]])
def test_threat_85_a_name_without_a_usable_answer_is_refused(answers: list[list[str]]) -> None:
    egress, _ = answering(*answers)
    with pytest.raises(EgressRefused):
        egress.connect("nobody.test", 80, 1.0)


def test_a_name_that_cannot_be_resolved_now_may_be_tried_again() -> None:
    texts = set()
    for code, is_transient in ((socket.EAI_AGAIN, True), (socket.EAI_FAIL, True), (socket.EAI_NONAME, False)):

        def fail(name: str, code: int = code) -> Sequence[str]:
            raise socket.gaierror(code, "failed")

        with pytest.raises(EgressRefused) as refused:
            Egress(lambda: (), resolve=fail).connect("away.test", 80, 1.0)
        assert refused.value.is_transient == is_transient
        texts.add(str(refused.value))
    assert len(texts) == 1


def test_a_resolver_that_hangs_is_given_up_in_time_and_its_late_answer_is_not_used(watching: Sentinel) -> None:
    answered = threading.Event()

    def hang(name: str) -> Sequence[str]:
        answered.wait(10)
        return ["127.0.0.1"]

    began = time.monotonic()
    with pytest.raises(EgressRefused) as refused:
        Egress(lambda: ("slow.test",), resolve=hang).connect("slow.test", watching.port, 0.2)
    answered.set()
    assert refused.value.is_transient
    assert time.monotonic() - began < 5
    assert watching.hits == 0


@pytest.mark.parametrize("port", [0, 1, 22, 25, 53, 3306, 6379, 65536])
def test_a_port_that_is_none_of_the_web_is_refused_before_anybody_is_asked(port: int) -> None:
    egress, asked = answering(["1.1.1.1"])
    with pytest.raises(EgressRefused):
        egress.connect("public.test", port, 1.0)
    assert asked == []


@pytest.mark.parametrize(
    ("entry", "host", "is_allowed"),
    [
        ("nas.lan", "nas.lan", True),
        ("NAS.lan.", "nas.LAN", True),
        (" nas.lan ", "nas.lan", True),
        ("bücher.lan", "xn--bcher-kva.lan", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]", "::1", True),
        ("::1", "[::1]", True),
        ("lan", "nas.lan", False),
        (".lan", "nas.lan", False),
        ("*.lan", "nas.lan", False),
        ("nas.lan", "evil-nas.lan", False),
        ("nas.lan", "nas.lan.evil.test", False),
        ("127.0.0.1", "127.1", False),
        ("127.0.0.1", "2130706433", False),
        ("127.0.0.0/8", "127.0.0.1", False),
        ("", "nas.lan", False),
        ("nas.lan:", "nas.lan", False),
        ("nas.lan:x", "nas.lan", False),
    ],
)
def test_an_admin_allows_the_name_as_it_is_written_and_nothing_else(
    watching: Sentinel, entry: str, host: str, *, is_allowed: bool
) -> None:
    egress = Egress(lambda: (entry,), resolve=lambda name: ["127.0.0.1"])
    if is_allowed:
        egress.connect(host, watching.port, 2.0).close()
    else:
        with pytest.raises(EgressRefused):
            egress.connect(host, watching.port, 2.0)


def test_an_entry_with_a_port_is_for_that_port_only(watching: Sentinel) -> None:
    entries: list[str] = []
    egress = Egress(lambda: entries, resolve=lambda name: ["127.0.0.1"])
    for entry in (f"nas.lan:{watching.port}", "nas.lan"):
        entries[:] = [entry]
        egress.connect("nas.lan", watching.port, 2.0).close()
    for entry, port in (("nas.lan:22", watching.port), ("nas.lan", 22)):
        entries[:] = [entry]
        with pytest.raises(EgressRefused):
            egress.connect("nas.lan", port, 2.0)


def test_what_an_admin_takes_back_is_refused_at_the_next_connection(watching: Sentinel) -> None:
    allowed = ["127.0.0.1"]
    egress = Egress(lambda: allowed)
    egress.connect("127.0.0.1", watching.port, 2.0).close()
    allowed.clear()
    with pytest.raises(EgressRefused):
        egress.connect("127.0.0.1", watching.port, 2.0)


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with web_host() as host:
        port = int(host.url.rpartition(":")[2])
        egress = Egress(lambda: (f"both.test:{port}",), resolve=lambda name: ["127.0.0.2", "127.0.0.1"])
        with egress.connect("both.test", port, 8.0) as connection:
            assert connection.getpeername()[0] == "127.0.0.1"


def test_an_allowed_host_that_does_not_listen_is_no_refusal() -> None:
    with pytest.raises(OSError, match="refused"):
        Egress(lambda: ("127.0.0.1:9",)).connect("127.0.0.1", 9, 1.0)


def test_the_addresses_of_this_machine_are_known() -> None:
    assert all(is_own(address) for address in ("127.0.0.1", "127.9.9.9", "::1"))
    assert not any(is_own(address) for address in (*PUBLIC, "192.0.2.1", "2001:db8::1"))


@pytest.mark.parametrize(
    "host", ["", ".", "a b", "a/b", "a\\b", "a%b", "a@b", "fe80::1%lo", "a\x00b", "x" * 254, "é" * 80]
)
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="is no host"):
        normal_host(host)
    with pytest.raises(EgressRefused):
        Egress(lambda: (host,)).connect(host, 80, 1.0)


@pytest.mark.skipif(not all(map(shutil.which, ("unshare", "ip"))), reason="needs a network of its own")
def test_a_public_address_of_this_machine_is_not_reached() -> None:
    setting = "ip link set lo up && ip addr add 93.184.216.34/32 dev lo && ip addr add 2606:4700::7/128 dev lo nodad"
    code = """
        import socket, sys
        sys.path.insert(0, sys.argv[1])
        from media_library.adapters.egress import Egress, EgressRefused, judge
        listener = socket.create_server(("::", 8080), family=socket.AF_INET6, dualstack_ipv6=True)
        for address in ("93.184.216.34", "2606:4700::7"):
            assert judge(address)
            socket.create_connection((address, 8080), 2).close()
            try:
                Egress(lambda: ()).connect(address, 8080, 2)
            except EgressRefused:
                print("refused")
    """
    inside = [f'{setting} && exec "$@"', "sh", sys.executable, "-I", "-c", textwrap.dedent(code), str(SRC)]
    ran = subprocess.run(["unshare", "-rn", "sh", "-c", *inside], capture_output=True, text=True, check=False)
    if "unshare" in ran.stderr or "RTNETLINK" in ran.stderr:
        pytest.skip("this system lends no network of its own")
    assert (ran.stdout.split(), ran.stderr) == (["refused", "refused"], "")


def test_the_hosts_of_the_configuration_are_allowed_with_their_ports() -> None:
    assert hosts_of("https://a.test/ws", "http://b.test:81", "", "http://[::1]:82/", "http://c.test") == (
        "a.test:443",
        "b.test:81",
        "[::1]:82",
        "c.test:80",
    )
