"""All tests: `python -m tests`, with the arguments of pytest.

A journey drives a browser, a server and encoders at once, on a machine that may be busy. So when nothing but journeys
failed, their modules are walked a second time, each in a fresh house, and the second walk decides: what fails twice is
a fault. What the first walk said stays above in the output.
"""

import subprocess
import sys
from collections.abc import Collection
from pathlib import PurePosixPath

import pytest

JOURNEYS = PurePosixPath("tests/browser")


class Failures:
    """The modules in which something failed, as paths from the root; a plugin of pytest."""

    def __init__(self) -> None:
        self.modules: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.modules.add(report.nodeid.partition("::")[0])


def to_walk_again(status: int, failed: Collection[str]) -> list[str]:
    """The modules that get a second walk: all that failed, if they are journeys; else none.

    ``status`` is pytest's exit code: only failed tests can be walked again, not a run that was cut off or an error.
    """
    are_journeys = all(PurePosixPath(module).is_relative_to(JOURNEYS) for module in failed)
    return sorted(failed) if status == pytest.ExitCode.TESTS_FAILED and are_journeys else []


def main(arguments: list[str]) -> int:
    """Run pytest with ``arguments``, two modules at a time, and return its exit code."""
    failures = Failures()
    status = int(pytest.main(["-n", "2", "--dist", "loadscope", *arguments], plugins=[failures]))
    again = to_walk_again(status, failures.modules)
    if not again:
        return status
    print(f"\nOnly journeys failed. Walking once more: {', '.join(again)}\n", flush=True)
    return subprocess.run([sys.executable, "-m", "pytest", *again], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
