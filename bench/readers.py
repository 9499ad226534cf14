"""The readers of the streaming measurement: bench/reader.c where there is a C compiler, else bench/slow_reader.py."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import ROOT

RANGE_BYTES = 256 << 20
"""How much a reader asks for at a time."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is read and how: a path of a server, by how many at once, for how long, each how fast (0 = as it comes)."""

    port: int
    path: str
    size_bytes: int
    readers: int
    seconds: float
    authorization: str = "none"
    bytes_per_second: float = 0

    def arguments(self) -> list[str]:
        """The words that follow the reader's name."""
        whole = [self.size_bytes, RANGE_BYTES, self.readers]
        return [
            str(self.port),
            self.path,
            self.authorization,
            *map(str, whole),
            str(self.seconds),
            str(self.bytes_per_second),
        ]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the readers saw together, in ``seconds``."""

    bytes: int
    answers: int
    errors: int
    seconds: float

    @property
    def gigabytes_per_second(self) -> float:
        """The throughput, 10⁹ bytes a second."""
        return self.bytes / self.seconds / 1e9


class Readers:
    """Builds the reader in ``folder`` and runs it."""

    def __init__(self, folder: Path) -> None:
        self._command, self.kind = _build(folder)

    def start(self, load: Load) -> subprocess.Popen[str]:
        """Let the readers begin."""
        return subprocess.Popen(
            [*self._command, *load.arguments()], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )

    def finish(self, running: subprocess.Popen[str], load: Load) -> Seen:
        """Wait for them and return what they saw; raises ``RuntimeError`` if they failed."""
        output, _ = running.communicate(timeout=load.seconds + 30)
        if running.returncode:
            raise RuntimeError(f"The readers failed on {load.path}.")
        received, answers, errors = map(int, output.split())
        return Seen(received, answers, errors, load.seconds)

    def read(self, load: Load) -> Seen:
        """Run the readers to their end."""
        return self.finish(self.start(load), load)


def _build(folder: Path) -> tuple[Sequence[str], str]:
    """The command that runs a reader, and what it is."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None:
        return (sys.executable, "-m", "bench.slow_reader"), "Python, recv_into"
    program = folder / "reader"
    subprocess.run([compiler, "-O2", "-o", str(program), str(ROOT / "bench" / "reader.c")], check=True)
    discards = "MSG_TRUNC" if sys.platform == "linux" else "recv"
    return (str(program),), f"C, {discards}"
