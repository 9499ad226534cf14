"""Runs outside programs: list arguments, no shell, a clean environment, bounded output, never an orphan."""

import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from media_library.adapters.sandbox import Sandbox, confined
from media_library.errors import ToolFailed, ToolMissing, ToolStalled
from media_library.models.tool import ToolRun, result_of

_GUARD = Path(__file__).with_name("guard.py")
_COMMAND_NOT_FOUND = 127
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "USER", "XDG_RUNTIME_DIR", "DISPLAY")
_PASSED_ON_CONFINED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE")
_HOMEBREW = ("/opt/homebrew/bin", "/usr/local/bin")
_LINES_KEPT = 200
_LINE_BYTES = 500
_INTERRUPT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ended: its exit code (128 + n after signal n) and what it wrote."""

    code: int
    stdout: bytes
    stderr: bytes


def find(program: str) -> str | None:
    """The absolute path of ``program``, looked up in PATH and where Homebrew installs, or ``None``."""
    path = os.environ.get("PATH", os.defpath)
    return shutil.which(program, path=os.pathsep.join((path, *_HOMEBREW)))


def require(program: str) -> None:
    """Raise ``ToolMissing`` if ``program`` is not installed; for one that is started by way of another."""
    if find(program) is None:
        raise ToolMissing(f"{program} is not installed. Run “main.py doctor” to see how to get it.")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child: an allow-list of ours plus ``extra``; no secret is ever among it."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, **(extra or {})}


def confined_environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child in a sandbox: it knows neither who runs it nor where things are."""
    kept = {name: os.environ[name] for name in _PASSED_ON_CONFINED if name in os.environ}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), **(extra or {})}


class Child:
    """A running program. As a context manager it ends the program, and all that it started, on the way out."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        sandbox: Sandbox | None = None,
        takes_input: bool = False,
    ) -> None:
        """Within a ``sandbox`` the program's home is ``cwd``, or an empty folder that is removed with it.

        One that ``takes_input`` reads what is sent with ``write``.
        """
        require(argv[0])
        command = [find(argv[0]) or argv[0], *argv[1:]]
        self._leftovers = ExitStack()
        surroundings = environment(env)
        if sandbox is not None:
            if cwd is None:
                folder = tempfile.TemporaryDirectory(prefix="child-", ignore_cleanup_errors=True)
                cwd = Path(self._leftovers.enter_context(folder))
            command = confined(command, sandbox, cwd)
            surroundings = confined_environment(cwd, env)
        control_read, self._control = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_GUARD), str(control_read), *command],
                stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=surroundings,
                cwd=cwd,
                pass_fds=(control_read,),
                start_new_session=True,
            )
        except OSError as error:
            os.close(self._control)
            self._leftovers.close()
            raise ToolFailed(f"{argv[0]} could not be started: {error.strerror}.") from error
        finally:
            os.close(control_read)
        self.name = Path(argv[0]).name
        self._stderr: deque[bytes] = deque(maxlen=_LINES_KEPT)
        self._partial_line = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def last_lines(self) -> tuple[str, ...]:
        """The last lines that the program wrote to standard error, control characters replaced."""
        lines = [*self._stderr, self._partial_line] if self._partial_line else [*self._stderr]
        return tuple(printable(line) for line in lines)

    def output(self, *, tick_seconds: float = 0.5) -> Iterator[bytes]:
        """Yield standard output as it comes, and ``b""`` whenever nothing came for ``tick_seconds``, until its end."""
        assert self._process.stdout is not None and self._process.stderr is not None
        with selectors.DefaultSelector() as selector:
            for stream in (self._process.stdout, self._process.stderr):
                os.set_blocking(stream.fileno(), False)
                selector.register(stream, selectors.EVENT_READ)
            next_tick = time.monotonic() + tick_seconds
            while selector.get_map():
                ready = selector.select(max(0.0, next_tick - time.monotonic()))
                for key, _ in ready:
                    chunk = os.read(key.fd, 65536)
                    if not chunk:
                        selector.unregister(key.fileobj)
                    elif key.fileobj is self._process.stderr:
                        self._keep(chunk)
                    else:
                        next_tick = time.monotonic() + tick_seconds
                        yield chunk
                if time.monotonic() >= next_tick:
                    next_tick = time.monotonic() + tick_seconds
                    yield b""

    def write(self, content: bytes) -> None:
        """Send something to the program's standard input; waits while the pipe is full. Raises ``ToolFailed``."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(content)
            self._process.stdin.flush()
        except OSError as error:
            raise ToolFailed(f"{self.name} ended before it was told all.", self.last_lines) from error

    def wait(self, timeout_seconds: float | None = None) -> int:
        """The exit code (128 + n after signal n); raises ``subprocess.TimeoutExpired``."""
        return self._process.wait(timeout_seconds)

    def poll(self, timeout_seconds: float = 0.5) -> int | None:
        """The exit code like ``wait``, or ``None`` if the program still runs after ``timeout_seconds``."""
        try:
            return self._process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            return None

    def interrupt(self) -> None:
        """Ask the program to stop (SIGINT to its process group)."""
        try:
            os.write(self._control, bytes([signal.SIGINT]))
        except OSError:
            pass

    def end(self) -> None:
        """Interrupt the program, kill it and its children one second later if need be, and reap it."""
        if self._control >= 0:
            if self._process.poll() is None:
                self.interrupt()
                try:
                    self._process.wait(_INTERRUPT_SECONDS)
                except subprocess.TimeoutExpired:
                    pass
            os.close(self._control)
            self._control = -1
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:  # what nobody reads any more
                    pass
        self._leftovers.close()

    def _keep(self, chunk: bytes) -> None:
        *lines, rest = (self._partial_line + chunk).replace(b"\r", b"\n").split(b"\n")
        self._stderr.extend(line[:_LINE_BYTES] for line in lines if line.strip())
        self._partial_line = rest[-_LINE_BYTES:]


@contextmanager
def start(
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    sandbox: Sandbox | None = None,
) -> Iterator[Child]:
    """Start a program for reading it while it runs. Raises ``ToolMissing`` or ``ToolFailed``."""
    with Child(argv, env=env, cwd=cwd, sandbox=sandbox) as child:
        yield child


def run(
    argv: Sequence[str],
    *,
    timeout_seconds: float,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    sandbox: Sandbox | None = None,
    max_output_bytes: int = 32 * 1024 * 1024,
) -> Finished:
    """Run a short program to its end.

    Raises ``ToolMissing``, ``ToolStalled`` after ``timeout_seconds`` and ``ToolFailed`` if it writes more than
    ``max_output_bytes``; an exit code other than 0 is not an error here.
    """
    return result_of(
        running(
            argv,
            timeout_seconds=timeout_seconds,
            env=env,
            cwd=cwd,
            sandbox=sandbox,
            max_output_bytes=max_output_bytes,
        )
    )


def running(
    argv: Sequence[str],
    *,
    timeout_seconds: float,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    sandbox: Sandbox | None = None,
    max_output_bytes: int = 32 * 1024 * 1024,
) -> ToolRun[Finished]:
    """Like ``run``, for somebody who may have to break it off: yields ``None`` at least every half second."""
    deadline = time.monotonic() + timeout_seconds
    stdout = bytearray()
    with Child(argv, env=env, cwd=cwd, sandbox=sandbox) as child:
        too_long = f"{child.name} did not finish within {timeout_seconds:g} s and was ended."
        for chunk in child.output(tick_seconds=min(0.5, timeout_seconds)):
            stdout += chunk
            if len(stdout) > max_output_bytes:
                raise ToolFailed(
                    f"{child.name} wrote more than {max_output_bytes} bytes and was ended.", child.last_lines
                )
            if time.monotonic() > deadline:
                raise ToolStalled(too_long, child.last_lines)
            yield None
        while (code := child.poll(min(0.5, timeout_seconds))) is None:
            if time.monotonic() > deadline:
                raise ToolStalled(too_long, child.last_lines)
            yield None
        stderr = "\n".join(child.last_lines).encode()
    if code == _COMMAND_NOT_FOUND and not stdout:
        raise ToolMissing(f"{argv[0]} could not be run. Run “main.py doctor” to see how to get it.")
    return Finished(code, bytes(stdout), stderr)


def printable(line: bytes) -> str:
    """A line of a program as text that is safe to store and to show: no control or bidirectional characters."""
    text = line.decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text.strip())
