"""What a child in a sandbox cannot do, and that it could without; what real tools still can."""

import contextlib
import ctypes
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from media_library.adapters import process, sandbox_launcher
from media_library.adapters.process import Finished
from media_library.adapters.sandbox import Sandbox, isolation, policy, python_argv, seatbelt_profile
from media_library.adapters.seccomp import seccomp_filter
from media_library.errors import ToolStalled
from tests.conftest import wait_for
from tests.programs import alive, write_program

LINUX = sys.platform == "linux"
LACKING = [text for text in isolation().missing if "runs as root" not in text]
confining = pytest.mark.skipif(bool(LACKING), reason="; ".join(LACKING))
linux = pytest.mark.skipif(not LINUX, reason="these calls are those of Linux")

PRELUDE = """
import ctypes, os, socket, subprocess, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    result = libc.syscall(*(ctypes.c_long(one) if isinstance(one, int) else one for one in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def tcp(host, port):
    socket.create_connection((host, port), 5).close()
def send(family, kind, target):
    with socket.socket(family, kind) as one:
        one.connect(target)
        if kind == socket.SOCK_DGRAM:
            one.send(b"x")
"""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The folder that the child may write to."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the appliance, none of the child's business."""
    file = tmp_path / "state" / "secret.key"
    file.parent.mkdir()
    file.write_text("secret")
    return file


@pytest.fixture
def listeners(tmp_path: Path) -> Iterator["Listeners"]:
    with contextlib.ExitStack() as stack:
        yield Listeners(stack, tmp_path)


class Listeners:
    """Whom a child may want to talk to: two TCP ports, a UDP port, two local sockets."""

    def __init__(self, stack: contextlib.ExitStack, folder: Path) -> None:
        self.heard: list[str] = []
        self._stop = threading.Event()
        self.proxy = self._listen(stack, "proxy", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))[1]
        self.other = self._listen(stack, "other", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))[1]
        self.other6 = self._listen(stack, "other6", socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0))[1]
        self.udp = self._listen(stack, "udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))[1]
        self.unix = str(folder / "unix")
        self._listen(stack, "unix", socket.AF_UNIX, socket.SOCK_STREAM, self.unix)
        self.abstract = f"\0{folder}"
        if LINUX:
            self._listen(stack, "abstract", socket.AF_UNIX, socket.SOCK_STREAM, self.abstract)

    def _listen(
        self, stack: contextlib.ExitStack, name: str, family: int, kind: int, address: object
    ) -> tuple[str, int]:
        listener = stack.enter_context(socket.socket(family, kind))
        listener.bind(address)  # type: ignore[arg-type]  # an address has many forms
        listener.settimeout(0.05)
        if kind == socket.SOCK_STREAM:
            listener.listen()

        def hear() -> None:
            while not self._stop.is_set():
                with contextlib.suppress(TimeoutError):
                    if kind == socket.SOCK_STREAM:
                        listener.accept()[0].close()
                    else:
                        listener.recv(10)
                    self.heard.append(name)

        thread = threading.Thread(target=hear)
        stack.callback(thread.join)
        stack.callback(self._stop.set)
        thread.start()
        bound = listener.getsockname()
        return bound if isinstance(bound, tuple) else ("", 0)


def python(code: str, sandbox: Sandbox | None, *, cwd: Path | None = None, seconds: float = 30) -> Finished:
    """Run Python code in a child."""
    text = PRELUDE + textwrap.dedent(code)
    return process.run((sys.executable, "-I", "-c", text), timeout_seconds=seconds, sandbox=sandbox, cwd=cwd)


def denied(finished: Finished) -> bool:
    """Whether Python ended with one of the errors of somebody who may not."""
    last = finished.stderr.decode().rpartition("\n")[2]
    return finished.code == 1 and any(f"Errno {number}]" in last for number in (1, 13, 18))


FILES = {
    "read a file": "open({secret!r}).read()",
    "read the passwords of the system": "open('/etc/passwd').read()",
    "list a folder": "os.listdir(os.path.dirname({secret!r}))",
    "write elsewhere": "open(os.path.dirname({secret!r}) + '/new', 'w')",
    "truncate a file": "os.truncate({secret!r}, 0)",
    "remove a file": "os.unlink({secret!r})",
    "rename into its folder": "os.rename({secret!r}, {work!r} + '/stolen')",
    "link into its folder": "os.link({secret!r}, {work!r} + '/stolen')",
    "leave a symbolic link": "os.symlink({secret!r}, {work!r} + '/link')",
    "leave a pipe": "os.mkfifo({work!r} + '/pipe')",
    "change the mode of a file": "os.chmod({secret!r}, 0o777)",
    "change the owner of a file": "os.chown({secret!r}, os.getuid(), os.getgid())",
    "read its parent's memory and environment": "open(f'/proc/{{os.getppid()}}/environ').read()",
    "list the processes": "os.listdir('/proc')",
    "write what it reads": "open({given!r}, 'a')",
}

PROCESSES = {
    "fork": "os.fork() or os._exit(0)",
    "start a program": "subprocess.run(['/bin/ls'], check=True)",
    "become another program": "os.execv('/bin/sh', ['sh', '-c', ':'])",
    "become what it wrote": "os.execv({work!r} + '/own', ['own'])",
    "signal its parent": "os.kill(os.getppid(), 0)",
}

CALLS = {
    "trace its parent": "call(101, 16, os.getppid(), 0, 0)",
    "read another's memory": "call(310, os.getppid(), None, 0, None, 0, 0)",
    "have a file in memory": "os.memfd_create('x')",
    "mount": "call(165, b'none', {work!r}.encode(), b'tmpfs', 0, None)",
    "have a namespace of its own": "call(272, 0x10000000)",
    "change the limits of its parent": "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
    "use bpf": "call(321, 0, None, 0)",
    "use io_uring": "call(425, 1, ctypes.create_string_buffer(120))",
    "watch performance": "call(298, ctypes.create_string_buffer(120), 0, -1, -1, 0)",
    "catch page faults": "call(323, 1)",
    "use keys": "call(250, 0, -3, 1)",
    "load a module": "call(313, 0, b'', 0)",
    "open by handle": "call(304, -100, None, 0)",
    "share memory with others": "call(29, 0, 4096, 0o1600)",
    "be somebody else": "os.setuid(12345)",
}

NETWORK = {
    "another port": "tcp('127.0.0.1', {other})",
    "another port over IPv6": "tcp('::1', {other6})",
    "UDP": "send(socket.AF_INET, socket.SOCK_DGRAM, ('127.0.0.1', {udp}))",
    "a local socket": "send(socket.AF_UNIX, socket.SOCK_STREAM, {unix!r})",
    "an abstract socket": "send(socket.AF_UNIX, socket.SOCK_STREAM, {abstract!r})",
}

SOCKETS = {
    "raw packets": "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "packets of the wire": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "virtual machines": "socket.socket(40, socket.SOCK_STREAM)",
    "multipath TCP": "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)",
    "SCTP": "socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)",
    "a connection that opens with data": "socket.socket().sendto(b'x', 0x20000000, ('127.0.0.1', {other}))",
    "waiting for others": "socket.socket().listen()",
    "a port of its own": "socket.socket().bind(('127.0.0.1', 0))",
}


@pytest.fixture
def names(work: Path, secret: Path, tmp_path: Path, listeners: Listeners) -> dict[str, object]:
    """What the attempts are about."""
    given = tmp_path / "given"
    given.write_text("given")
    write_program(work, "own", "")
    about: dict[str, object] = {
        name: getattr(listeners, name) for name in ("proxy", "other", "other6", "udp", "unix", "abstract")
    }
    return {**about, "work": str(work), "secret": str(secret), "given": str(given)}


def attempt(names: dict[str, object], code: str, **limits: int | None) -> Finished:
    """Try something within a sandbox that has the folder, a file to read, and the port of the proxy."""
    proxy = names["proxy"]
    assert isinstance(proxy, int)
    allowed = Sandbox(read=(Path(str(names["given"])),), write=(Path(str(names["work"])),), connect_port=proxy)
    return python(code.format(**names), allowed)


@confining
@pytest.mark.parametrize("code", FILES.values(), ids=FILES)
def test_threat_105_a_confined_child_sees_and_changes_only_its_own_files(names: dict[str, object], code: str) -> None:
    assert denied(attempt(names, code))
    assert Path(str(names["secret"])).read_text() == "secret"
    free = python(code.format(**names), None)
    assert free.code == 0, "without the sandbox it works"


@confining
def test_the_times_of_a_file_stay_as_they_are_without_a_complaint(names: dict[str, object]) -> None:
    secret, code = Path(str(names["secret"])), "os.utime({secret!r}, (1, 1)); os.utime({work!r}, (1, 1))"
    before = secret.stat().st_mtime
    attempt(names, code)
    assert secret.stat().st_mtime == before
    if LINUX:
        assert attempt(names, code).code == 0
    assert attempt(names, "with open({work!r} + '/a', 'w') as file: os.utime(file.fileno(), (1, 1))").code == 0
    assert (Path(str(names["work"])) / "a").stat().st_mtime == 1
    assert python(code.format(**names), None).code == 0
    assert secret.stat().st_mtime == 1, "without the sandbox it works"


@confining
@pytest.mark.parametrize("code", PROCESSES.values(), ids=PROCESSES)
def test_a_confined_child_is_one_process(names: dict[str, object], code: str) -> None:
    assert denied(attempt(names, code))
    assert python(code.format(**names), None).code == 0, "without the sandbox it works"


@linux
@confining
@pytest.mark.parametrize("code", CALLS.values(), ids=CALLS)
def test_a_confined_child_has_no_powers_of_the_system(names: dict[str, object], code: str) -> None:
    if os.uname().machine != "x86_64" and "call(" in code:
        pytest.skip("these are the numbers of x86_64")
    assert denied(attempt(names, code))


@confining
@pytest.mark.parametrize("code", NETWORK.values(), ids=NETWORK)
def test_threat_86_a_confined_child_talks_to_its_proxy_alone(
    names: dict[str, object], listeners: Listeners, code: str
) -> None:
    assert attempt(names, "tcp('127.0.0.1', {proxy})").code == 0
    assert denied(attempt(names, code))
    assert set(listeners.heard) <= {"proxy"}
    if LINUX or "abstract" not in code:
        assert python(code.format(**names), None).code == 0, "without the sandbox it works"


@linux
@confining
@pytest.mark.parametrize("code", SOCKETS.values(), ids=SOCKETS)
def test_a_confined_child_has_no_other_kind_of_socket(names: dict[str, object], code: str) -> None:
    assert denied(attempt(names, code))


@confining
def test_a_child_without_a_network_has_none(names: dict[str, object]) -> None:
    for code in ("tcp('127.0.0.1', {proxy})", *NETWORK.values()):
        assert denied(python(code.format(**names), Sandbox()))
    assert python("one, two = socket.socketpair(); one.send(b'x'); assert two.recv(1) == b'x'", Sandbox()).code == 0


@confining
def test_what_is_given_is_there(names: dict[str, object]) -> None:
    code = """
        assert open({given!r}).read() == "given"
        open({work!r} + "/a", "w").write("x")
        os.mkdir({work!r} + "/b")
        os.rename({work!r} + "/a", {work!r} + "/b/a")
        os.truncate({work!r} + "/b/a", 0)
        os.unlink({work!r} + "/b/a")
        os.rmdir({work!r} + "/b")
        threads = [threading.Thread(target=os.urandom, args=(9,)) for _ in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        open("/dev/null", "w").write("x")
    """
    assert attempt(names, code) == Finished(0, b"", b"")


@confining
def test_a_child_that_may_start_others_does_so_under_the_same_rule(work: Path, secret: Path) -> None:
    code = f"""
        assert subprocess.run(["/bin/cat", {str(secret)!r}]).returncode == 1
        assert subprocess.run(["/bin/ls"]).returncode == 0
    """
    assert python(code, Sandbox(processes=4)).code == 0


def test_a_confined_child_starts_in_an_empty_home_with_a_bare_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "SECRET_KEY",
        "LD_PRELOAD_NOT",
        "PYTHONPATH",
        "http_proxy",
        "USER",
        "XDG_CONFIG_HOME",
        "SSH_AUTH_SOCK",
    ):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    code = "import json; print(json.dumps([dict(os.environ), os.getcwd(), os.listdir('.')]))"
    environment, home, there = json.loads(python(code, Sandbox()).stdout)
    assert set(environment) <= {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "HOME", "TMPDIR"}
    assert environment["HOME"] == environment["TMPDIR"] == home
    assert there == []
    assert list(tmp_path.iterdir()) == [], "its home goes with it"
    given = tmp_path / "given"
    given.mkdir()
    assert json.loads(python(code, Sandbox(), cwd=given).stdout)[1] == str(given)


def test_threat_106_a_child_is_bounded_in_memory_time_files_and_cores(work: Path) -> None:
    within = Sandbox(write=(work,), memory_bytes=300_000_000, cpu_seconds=1, file_bytes=1_000_000)
    if LINUX:  # macOS does not bound the address space
        assert b"MemoryError" in python("bytearray(1 << 30)", within).stderr
    assert python("while True: pass", within).code in (128 + 24, 128 + 9)
    assert b"File too large" in python(f"open({str(work / 'big')!r}, 'wb').write(bytes(2_000_000))", within).stderr
    assert (work / "big").stat().st_size <= 1_000_000
    assert b"Too many open files" in python("files = [open('/dev/null') for _ in range(10_000)]", within).stderr
    cores = python("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))", within)
    assert cores.stdout == b"(0, 0)\n"


def test_a_child_that_raises_its_limits_may_not(work: Path) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))"
    assert python(code, Sandbox(file_bytes=1000)).code == 1


@linux
@pytest.mark.skipif(os.getuid() != 0, reason="becomes another user")
@pytest.mark.parametrize(("processes", "is_enough"), [(8, False), (400, True)])
def test_a_child_of_an_ordinary_user_cannot_multiply_without_end(
    tmp_path: Path, processes: int, *, is_enough: bool
) -> None:
    tmp_path.chmod(0o755)
    script = "i=0; while [ $i -lt 30 ]; do sleep 1 & i=$((i+1)); done; wait"
    told = policy(("/bin/sh",), Sandbox(processes=processes), Path("/"))
    source = Path(sandbox_launcher.__file__)
    become = (
        f"import importlib.util, os; spec = importlib.util.spec_from_file_location('it', {str(source)!r}); "
        "it = importlib.util.module_from_spec(spec); spec.loader.exec_module(it); os.setgid(54321); os.setuid(54321); "
        f"it.main({told!r}, ['/bin/sh', '-c', {script!r}])"
    )
    finished = subprocess.run(
        [sys.executable, "-I", "-c", become], capture_output=True, timeout=60, check=False, cwd="/"
    )
    assert (b"fork" not in finished.stderr) == is_enough, finished.stderr


def test_real_libraries_and_tools_run_within_it(tmp_path: Path, work: Path) -> None:
    made = tmp_path / "made.mkv"
    make = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x64:r=5", "-f", "lavfi", "-i", "sine=d=1"]
    subprocess.run([*make, str(made)], check=True)
    both = Sandbox(read=(made,), write=(work,))
    remux = ["ffmpeg", "-v", "error", "-nostdin", "-i", f"file:{made}", "-c", "copy", f"file:{work / 'remuxed.mp4'}"]
    encode = [*remux[:-3], "-threads", "2", "-c:a", "aac", f"file:{work / 'encoded.mp4'}"]
    for command in (remux, encode):
        finished = process.run(command, timeout_seconds=60, sandbox=both)
        assert (finished.code, finished.stderr) == (0, b"")
    probe = ["ffprobe", "-v", "error", "-of", "json", "-show_streams", f"file:{work / 'encoded.mp4'}"]
    probed = process.run(probe, timeout_seconds=60, sandbox=Sandbox(read=(work,)))
    assert len(json.loads(probed.stdout)["streams"]) == 2
    libraries = """
        import lxml.html, pypdfium2, PIL.Image, feedparser
        PIL.Image.new("RGB", (9, 9)).save("a.jpg")
        assert PIL.Image.open("a.jpg").size == (9, 9)
        PIL.Image.open("a.jpg").save("a.pdf")
        assert pypdfium2.PdfDocument("a.pdf")[0].render().to_pil().size == (9, 9)
        assert lxml.html.fromstring("<p>x").text == "x"
        assert not feedparser.parse(b"<rss>").entries
    """
    assert python(libraries, Sandbox()) == Finished(0, b"", b"")


@confining
def test_threat_100_ffmpeg_opens_no_other_file_for_a_hostile_playlist(secret: Path, work: Path) -> None:
    make = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1", "-f", "flac", str(secret)]
    subprocess.run(make, check=True)
    (work / "list.txt").write_text(f"ffconcat version 1.0\nfile '{secret}'\n")
    play = ["ffmpeg", "-v", "error", "-nostdin", "-safe", "0", "-f", "concat", "-i", f"file:{work / 'list.txt'}"]
    command = [*play, "-f", "null", "-"]
    confined = process.run(command, timeout_seconds=30, sandbox=Sandbox(read=(work,)))
    assert confined.code != 0
    assert b"Permission denied" in confined.stderr
    assert process.run(command, timeout_seconds=30).code == 0, "without the sandbox it works"


def test_a_module_of_ours_runs_in_a_child_with_its_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('somebody else')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    command = python_argv("media_library.constants", tmp_path / "a b", "--x")
    assert command[-2:] == [str(tmp_path / "a b"), "--x"]
    finished = process.run(command, timeout_seconds=30, sandbox=Sandbox(), cwd=None)
    assert finished == Finished(0, b"", b"")
    missing = process.run(python_argv("media_library.nothing"), timeout_seconds=30, sandbox=Sandbox())
    assert missing.code == 1
    assert b"No module named media_library.nothing" in missing.stderr


def test_a_confined_child_ends_like_any_other() -> None:
    with pytest.raises(ToolStalled):
        python("import time; time.sleep(60)", Sandbox(), seconds=1)


def launched(told: dict[str, object], *command: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the launcher with a policy of our own making."""
    launcher = [sys.executable, "-I", "-S", sandbox_launcher.__file__]
    return subprocess.run([*launcher, json.dumps(told), *command], capture_output=True, check=False, timeout=30)


@linux
@confining
@pytest.mark.parametrize(
    "wrong", [{"landlock": 1, "paths": {}}, {"seccomp": "0600000000000000ff"}, {"seccomp": "ff" * 8}]
)
def test_a_program_that_cannot_be_confined_is_not_started(tmp_path: Path, wrong: dict[str, object]) -> None:
    told = json.loads(policy(("/bin/echo",), Sandbox(), tmp_path))
    assert launched(told, "/bin/echo", "started").stdout == b"started\n"
    ran = launched({**told, **wrong}, "/bin/echo", "started")
    assert ran.returncode != 0
    assert ran.stdout == b""


@linux
@confining
@pytest.mark.parametrize("abi", range(1, 7))
def test_an_older_kernel_still_bounds_what_it_can(tmp_path: Path, secret: Path, work: Path, abi: int) -> None:
    told = {**json.loads(policy(("/bin/cat",), Sandbox(write=(work,)), tmp_path / "home")), "landlock": abi}
    (work / "given").write_text("given")
    assert launched(told, "/bin/cat", str(work / "given")).stdout == b"given"
    assert b"Permission denied" in launched(told, "/bin/cat", str(secret)).stderr
    assert launched({**told, "landlock": 0}, "/bin/cat", str(secret)).stdout == b"secret"


@linux
def test_a_confined_child_goes_with_its_guard() -> None:
    sleeper = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    with process.start((sys.executable, "-I", "-c", sleeper), sandbox=Sandbox()) as child:
        pid = int(next(chunk for chunk in child.output() if chunk))
        os.kill(psutil.Process(pid).ppid(), signal.SIGKILL)
        wait_for(lambda: not alive(pid))


@pytest.mark.parametrize(("tcp", "processes"), [(True, True), (True, False), (False, True), (False, False)])
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_is_a_program_whose_jumps_lead_forward_to_an_end(machine: str, *, tcp: bool, processes: bool) -> None:
    code = seccomp_filter(machine, tcp=tcp, processes=processes)
    assert code is not None
    program = list(struct.iter_unpack("=HBBI", code))
    assert len(program) < 4096
    for position, (kind, yes, no, _) in enumerate(program):
        if kind & 7 == 5:
            assert position + 1 + max(yes, no) < len(program)
    assert program[-1] == (0x06, 0, 0, 0x7FFF0000)
    assert seccomp_filter("vax", tcp=tcp, processes=processes) is None


@linux
def test_the_isolation_of_this_machine_is_told(tmp_path: Path) -> None:
    found = isolation()
    assert found.landlock == (ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) > 0)
    assert not found.seatbelt
    assert all(found.missing)


def test_a_seatbelt_profile_denies_what_it_does_not_list(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "")
    odd = Path('/media/a "b\\c')
    profile = seatbelt_profile(
        (program,), Sandbox(read=(odd,), write=(Path("/out"),), connect_port=4711), Path("/home")
    )
    lines = profile.splitlines()
    assert lines[:3] == ["(version 1)", "(deny default)", '(import "system.sb")']
    assert f'(literal "{program}")' in profile
    assert '(subpath "/media/a \\"b\\\\c")' in profile
    assert [line for line in lines if "file-write*" in line] == [
        '(allow file-write* (subpath "/out") (subpath "/home"))'
    ]
    assert '(allow network-outbound (remote tcp "localhost:4711"))' in lines
    assert profile.count("(") == profile.count(")")
    closed = seatbelt_profile((program,), Sandbox(), Path("/home"))
    assert "network" not in closed and "process-fork" not in closed
    assert "(allow process-fork)" in seatbelt_profile((program,), Sandbox(processes=1), Path("/home"))


def test_a_confined_child_gives_orders_only_to_the_devices_that_it_was_given() -> None:
    if isolation().seatbelt or json.loads(policy([sys.executable], Sandbox(), Path()))["landlock"] < 5:
        pytest.skip("this kernel does not hold back orders to devices")
    master, slave = os.openpty()
    try:
        device = os.ttyname(slave)
        order = ["python3", "-c", f"import termios; termios.tcgetattr(open({device!r}, 'rb+', buffering=0))"]
        order[0] = sys.executable
        given = Sandbox(devices=(Path(device),))
        assert process.run(order, timeout_seconds=20, sandbox=given).code == 0
        for less in (Sandbox(), Sandbox(write=(Path(device),))):
            assert process.run(order, timeout_seconds=20, sandbox=less).code == 1
    finally:
        os.close(master)
        os.close(slave)
