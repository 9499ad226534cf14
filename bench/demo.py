"""The demo: an appliance in a temporary folder, with discs made for the occasion; Ctrl-C ends and removes it all.

``make demo`` starts it. It needs neither a drive nor the internet.
"""

import argparse
import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bench import ROOT
from bench.appliance import SEE_DISCS_SOON, Appliance, ApplianceError, free_port
from bench.demo_web import demo_web
from tests.fixtures import old_drive
from tests.internet.old_drive import old_drive_services

_USERNAME = "demo"
_FIRST_PORT = 8096
_POLL_SECONDS = 1.0
_WORDS = (
    "amber anchor apple autumn basil beacon birch breeze bridge candle cedar cello clover cobalt comet copper coral "
    "dune ember falcon fern fjord garden ginger glacier harbour hazel heron indigo island ivory jasper juniper lagoon "
    "lantern lemon lilac linen maple marble meadow mint moss nectar north oak ocean olive opal orchard pebble pepper "
    "pine plum quartz raven reed river saffron sage shell silver slate spruce summit thyme tide topaz velvet willow"
)
_BEGINNINGS: Mapping[object, str] = {
    "encoding": "is being ripped",
    "downloading": "is being fetched",
    "working": "is at work",
}
_AT_WORK = frozenset({"scan", "identify", "import", "rename", "tags", "loudness"})
_ENDINGS = {
    "done": "is in the library",
    "failed": "failed",
    "cancelled": "was cancelled",
}


def main(argv: Sequence[str]) -> int:
    """Run the demo until it is interrupted; returns the exit code."""
    arguments = _parser().parse_args(argv)
    # a shell that started it in the background has it ignore Ctrl-C
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="media-library-demo-"))
    demo = Demo(folder, port=arguments.port, quick=arguments.quick)
    code = 0
    try:
        demo.run()
    except KeyboardInterrupt:
        pass
    except ApplianceError as error:
        print(error, file=sys.stderr)
        code = 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it behind
        print("\n  Stopping …", flush=True)
        demo.end()
        if arguments.keep:
            print(f"  Kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
            print("  Removed. Goodbye.")
    return code


class Demo:
    """An appliance, the discs that are being made for it, and what is told about them."""

    def __init__(self, folder: Path, *, port: int, quick: bool) -> None:
        self._folder = folder
        self._password = f"{'-'.join(secrets.choice(_WORDS.split()) for _ in range(3))}-{secrets.randbelow(90) + 10}"
        self._stack = ExitStack()
        films, key = self._stack.enter_context(old_drive_services())
        self._films_authority = urlsplit(films.url).netloc
        self._appliance = Appliance(
            folder,
            port=free_port(port),
            config={**SEE_DISCS_SOON, "services": {"tmdb_url": films.api_url, "tmdb_images_url": films.images_url}},
            environment={
                "TMDB_API_KEY": key,
                "INIT_ADMIN_USER": _USERNAME,
                "INIT_ADMIN_PASS": self._password,
                "MIN_TITLE_SECONDS": "10",
            },
        )
        self._discs = [f"quick-{name}" if quick else name for name in ("film", "music", "show")]
        self._builder: subprocess.Popen[bytes] | None = None
        self._cookie: Mapping[str, str] = {}
        self._told: dict[object, object] = {}
        self._quick = quick

    def run(self) -> None:
        """Start everything and tell how it goes, until ``KeyboardInterrupt``. Raises ``ApplianceError``."""
        print("\n  Media Library, the demo\n", flush=True)
        self._appliance.start()
        self._builder = self._make_discs()
        self._appliance.wait_until_ready()
        print(
            f"  Open      {self._appliance.address}\n"
            f"  Sign in   {_USERNAME}  /  {self._password}\n\n"
            f"  A film, a music CD and a disc of a series are made and put in, one after the other. Videos, a\n"
            f"  podcast, articles and a book come from a little web site of the demo's own, and an old drive with\n"
            f"  films, shows, music and photos is looked through.\n"
            f"  Everything lies in {self._folder}. Ctrl-C stops it and removes it.\n",
            flush=True,
        )
        self._cookie = {"Cookie": self._appliance.sign_in(_USERNAME, self._password)}
        with demo_web(self._folder / "web", quick=self._quick) as (site, wishes):
            allowed = [site.authority, self._films_authority]
            self._ask("PATCH", "/api/settings", {"downloads": {"allowed_hosts": allowed}})
            self._add_old_drive()
            while True:
                wish = next(wishes, None)
                if wish is not None:
                    self._ask("POST", wish.path, {"url": wish.url})
                self._look_after_discs()
                self._tell_jobs()
                time.sleep(_POLL_SECONDS)

    def end(self) -> None:
        """Stop the appliance and the making of discs."""
        if self._builder is not None and self._builder.poll() is None:
            os.killpg(self._builder.pid, signal.SIGKILL)
            self._builder.wait()
        self._appliance.stop()
        self._stack.close()

    def _make_discs(self) -> subprocess.Popen[bytes]:
        """In a process group of its own, so that everything that makes discs can be ended with one signal."""
        with (self._folder / "discs.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "bench.discs", self._folder / "workshop", self._appliance.discs, *self._discs],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _ask(self, method: str, path: str, body: object) -> None:
        answer = self._appliance.ask(method, path, body=body, headers=self._cookie)
        if answer.status >= http.client.BAD_REQUEST:
            _say(f"{path} answered: {answer.body.decode(errors='replace')[:200]}")

    def _add_old_drive(self) -> None:
        """A folder as it lies on an old drive becomes a library of its own, in which nothing is changed."""
        drive = old_drive.build(self._folder / "Old drive", seconds=2 if self._quick else 20)
        library = {"name": "Old drive", "kind": "mixed", "path": str(drive.folder), "read_only": True}
        self._ask("POST", "/api/libraries", library)
        self._ask("POST", "/api/scan", {})

    def _look_after_discs(self) -> None:
        if self._builder is None or (code := self._builder.poll()) is None:
            return
        self._builder = None
        if code:
            wrote = (self._folder / "discs.log").read_text(errors="replace").strip().splitlines()
            _say(f"A disc could not be made: {wrote[-1] if wrote else f'exit code {code}'}")

    def _tell_jobs(self) -> None:
        try:
            answer = self._appliance.ask("GET", "/api/jobs?status=all&limit=20", headers=self._cookie)
        except OSError as error:
            raise ApplianceError(f"The appliance does not answer: {error}.\n{self._appliance.last_words()}") from error
        if answer.status == http.client.UNAUTHORIZED:
            return  # signed out in the web app, perhaps by a changed password; nothing more to tell
        for job in reversed(answer.records("jobs")):
            status = job["status"]
            if self._told.get(job["id"]) == status:
                continue
            self._told[job["id"]] = status
            if status in _BEGINNINGS:
                _say(f"“{job['title']}” {_BEGINNINGS[status]}")
            elif status == "done" and job["kind"] in _AT_WORK:
                _say(f"“{job['title']}” is done")
            elif isinstance(status, str) and (ending := _ENDINGS.get(status)):
                reason = f": {job['error']}" if job["error"] else ""
                _say(f"“{job['title']}” {ending}{reason}")


def _say(line: str) -> None:
    print(f"  {time.strftime('%H:%M:%S')}  {line}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make demo", description="Run the appliance on discs made for the occasion.")
    parser.add_argument("--port", type=int, default=_FIRST_PORT, help=f"if it is free (default: {_FIRST_PORT})")
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder when it ends")
    parser.add_argument("--quick", action="store_true", help="smaller discs, for tests")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
