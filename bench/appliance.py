"""Runs the appliance as its users do: main.py as a process, on folders of its own, reached over HTTP."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bench import ROOT
from media_library.config import OVERRIDES, SECRETS, Settings, load

HOST = "127.0.0.1"
_GRACE_SECONDS = 15.0
_QUIET: Mapping[str, Mapping[str, object]] = {
    "automation": {"notification_enabled": False},
    "services": {"musicbrainz_url": "", "cover_art_url": "", "tmdb_url": "", "acoustid_url": ""},
}
"""Nothing pops up on the desktop, nobody outside is asked."""

SEE_DISCS_SOON: Mapping[str, Mapping[str, object]] = {"disc_detection": {"check_interval_seconds": 1}}
"""A configuration for where a disc is waited for."""


class ApplianceError(RuntimeError):
    """The appliance did not start or did not answer; the message repeats the end of its log."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the appliance answered: the status, the cookies it set (name=value), the body."""

    status: int
    cookies: tuple[str, ...]
    body: bytes

    def json(self) -> dict[str, object]:
        """The body as one JSON object."""
        value = json.loads(self.body)
        if not isinstance(value, dict):
            raise ApplianceError(f"Expected a JSON object, got {self.body[:200]!r}.")
        return value

    def records(self, name: str) -> list[dict[str, object]]:
        """The list of JSON objects that the body holds under ``name``."""
        value = self.json().get(name)
        if not isinstance(value, list):
            raise ApplianceError(f"Expected a list of “{name}”, got {self.body[:200]!r}.")
        return value


@dataclass(slots=True)
class Appliance:
    """The program on ``folder``, which it fills with ``media``, ``state``, ``discs`` and its log.

    ``config`` holds sections of config.json beside the quiet ones; ``tools`` is a folder that comes first in PATH.
    """

    folder: Path
    port: int = 0
    config: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    tools: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = self.port or free_port()
        for path in (self.media, self.discs):
            path.mkdir(parents=True, exist_ok=True)
        sections = {name: {**_QUIET.get(name, {}), **self.config.get(name, {})} for name in {*_QUIET, *self.config}}
        self._config_file.write_text(json.dumps(sections, indent=2))

    @property
    def media(self) -> Path:
        """MEDIA_ROOT."""
        return self.folder / "media"

    @property
    def state(self) -> Path:
        """DATA_DIR."""
        return self.folder / "state"

    @property
    def discs(self) -> Path:
        """DISC_IMAGES."""
        return self.folder / "discs"

    @property
    def log(self) -> Path:
        """Where the program's output goes."""
        return self.folder / "log.txt"

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://localhost:{self.port}"

    def __enter__(self) -> Self:
        """Start and wait until it is ready."""
        self.start()
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the program, apart from this process's terminal; it is not ready yet."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                env=self._environ(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self, seconds: float = 30.0, *, poll_seconds: float = 0.02) -> None:
        """Wait for the first 200 on /api/healthz; raises ``ApplianceError``."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.is_running():
                raise ApplianceError(f"The appliance ended while it started.\n{self.last_words()}")
            try:
                if self.ask("GET", "/api/healthz").status == http.client.OK:
                    return
            except OSError:
                pass
            time.sleep(poll_seconds)
        raise ApplianceError(f"The appliance was not ready within {seconds:g} s.\n{self.last_words()}")

    def is_running(self) -> bool:
        """Whether the program was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> float:
        """Ask the program to end (SIGTERM), kill it if it does not; returns how many seconds that took."""
        if self.process is None:
            return 0.0
        started = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        return time.monotonic() - started

    def run(self, *arguments: str) -> str:
        """Run a command of the console and return what it wrote; raises ``ApplianceError``."""
        done = subprocess.run(
            [*self.command(), *arguments],
            env=self._environ(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ApplianceError(f"main.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def settings(self) -> Settings:
        """The settings that the program reads."""
        return load(self._config_file, self._environ())

    def command(self) -> list[str]:
        """The command line that starts the program."""
        return [sys.executable, str(ROOT / "main.py"), "--config", str(self._config_file)]

    def make_key(self, *scopes: str) -> str:
        """Make an API key for the first admin; returns the value of the Authorization header."""
        options = [option for scope in scopes for option in ("--scope", scope)]
        return f"Bearer {self.run('key', 'create', 'bench', *options).split()[-1]}"

    def ask(self, method: str, path: str, *, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request with a JSON body over a connection of its own. Raises ``OSError``."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        sent = {"Origin": f"http://{HOST}:{self.port}", "Content-Type": "application/json", **(headers or {})}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            cookies = (cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie", []))
            return Answer(answer.status, tuple(cookies), answer.read())
        except http.client.HTTPException as error:
            raise ConnectionError(f"{method} {path}: {error!r}") from error
        finally:
            connection.close()

    def sign_in(self, username: str, password: str) -> str:
        """Sign in as the web app does; returns the value of the Cookie header."""
        answer = self.ask("POST", "/api/login", body={"username": username, "password": password})
        if answer.status != http.client.OK:
            raise ApplianceError(f"Signing in failed: {answer.body.decode(errors='replace')}")
        return "; ".join(answer.cookies)

    def last_words(self) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    @property
    def _config_file(self) -> Path:
        return self.folder / "config.json"

    def _environ(self) -> dict[str, str]:
        """This process's environment, without what would lead the program to somebody's real media or accounts."""
        cleared = dict.fromkeys((*OVERRIDES, *SECRETS), "")  # an empty value also hides a line of .env
        path = os.environ.get("PATH", os.defpath)
        return {
            **os.environ,
            **cleared,
            "HOST": HOST,
            "PORT": str(self.port),
            "MEDIA_ROOT": str(self.media),
            "DATA_DIR": str(self.state),
            "DISC_IMAGES": str(self.discs),
            "PATH": f"{self.tools}{os.pathsep}{path}" if self.tools else path,
            **self.environment,
        }


def free_port(wanted: int = 0) -> int:
    """A port on loopback that nobody listens on: the wanted one if it is free, else any."""
    for port in (wanted, 0) if wanted else (0,):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ApplianceError("There is no free port.")
