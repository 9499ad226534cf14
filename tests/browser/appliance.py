"""The whole program as a real process, with folders and a port of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30.0
STOP_SECONDS = 20.0
USERNAME = "anna"
PASSWORD = "correct horse battery"
_SERVICES = ("musicbrainz_url", "cover_art_url", "tmdb_url", "acoustid_url")


class Appliance:
    """Media Library on ``folder``: media, state and disc images lie below it.

    ``services`` are addresses of stand-ins, as in the configuration; nobody else is asked. ``environment`` adds keys.
    """

    def __init__(
        self,
        folder: Path,
        *,
        claimed: bool = True,
        services: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.disc_images = folder / "discs"
        self._log_path = folder / "log.txt"
        self.address = f"http://localhost:{_free_port()}"
        for name in ("media", "state", "discs"):
            (folder / name).mkdir(parents=True)
        config = folder / "config.json"
        environment = {
            **os.environ,
            **(environment or {}),
            "MEDIA_ROOT": str(folder / "media"),
            "DATA_DIR": str(folder / "state"),
            "DISC_IMAGES": str(self.disc_images),
            "MIN_TITLE_SECONDS": "10",
            "HOST": "127.0.0.1",
            "PORT": self.address.rpartition(":")[2],
        }
        config.write_text(json.dumps({"services": dict.fromkeys(_SERVICES, "") | dict(services or {})}))
        if claimed:
            environment |= {"INIT_ADMIN_USER": USERNAME, "INIT_ADMIN_PASS": PASSWORD}
        self._log = self._log_path.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "--config", str(config)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def wait_until_it_serves(self) -> None:
        """Return when the web app answers; fail with the log when it ends or takes too long."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, f"The program ended:\n{self.log()}"
            assert time.monotonic() < deadline, f"The program does not answer:\n{self.log()}"
            time.sleep(0.05)

    def token(self) -> str:
        """The token that the console shows while nobody owns the box."""
        found = re.search(r"Claim it with the token (\S+)", self.log())
        assert found is not None, self.log()
        return found[1]

    def log(self) -> str:
        """What the program has written so far."""
        return self._log_path.read_text(errors="replace")

    def stop(self) -> None:
        """End the program in order; fail when it does not go."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"The program did not stop within {STOP_SECONDS} s:\n{self.log()}") from None
        finally:
            self._log.close()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/api/setup", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
