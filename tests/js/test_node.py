"""The tests of the JavaScript, run by Node's own test runner."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_javascript_tests_pass() -> None:
    node = shutil.which("node")
    assert node is not None, "Node is missing: install it, or let `make setup` do it."
    files = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.js"))
    assert files
    done = subprocess.run([node, "--test", *files], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
