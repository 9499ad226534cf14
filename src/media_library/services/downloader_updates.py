"""Which yt-dlp is used, how old it is, and bringing it up to date at somebody's word.

Sites change every week, so the yt-dlp that came with the program grows old. A newer one is fetched with its checksum
into a folder of its own, tried out, and used from then on; if it is broken the bundled one is used again.
"""

import hashlib
import hmac
import logging
import shutil
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from media_library.adapters import yt_dlp
from media_library.adapters.http import HttpClient
from media_library.adapters.yt_dlp import Program, Release
from media_library.config import Settings
from media_library.errors import Conflict, MediaLibraryError, ToolFailed
from media_library.repositories.base import new_id

log = logging.getLogger(__name__)

FILE_NAME = "yt-dlp"

_SUMS = "SHA2-256SUMS"
_MOST_BYTES = 64 * 1024 * 1024
_MOST_SUMS_BYTES = 256 * 1024
_SECONDS = 300.0


class UpdateState(StrEnum):
    """Where an update stands."""

    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DownloaderStatus:
    """The yt-dlp in use. ``updated_at`` is when it was fetched, in milliseconds; ``None`` for the bundled one."""

    version: str
    age_days: int
    updated_at: int | None
    update: UpdateState
    message: str


class DownloaderUpdates:
    """The yt-dlp below ``DATA_DIR/tools``. Safe to use from any thread; several processes may look at one folder."""

    def __init__(self, settings: Settings, http: HttpClient) -> None:
        self._folder = settings.data_directory / "tools" / "yt-dlp"
        self._http = http
        self._releases_url = settings.downloads.ytdlp_releases.rstrip("/")
        self._lock = threading.Lock()
        self._works: dict[tuple[Path, int], bool] = {}
        self._state = UpdateState.IDLE
        self._message = ""

    def current(self) -> Program:
        """The newest yt-dlp that runs: one that was fetched, else the bundled one."""
        bundled = yt_dlp.bundled()
        for program in self._fetched():
            if Release.of(program.version) <= Release.of(bundled.version):
                break
            if self._runs(program):
                return program
        return bundled

    def status(self) -> DownloaderStatus:
        """What is in use, and how the last update went."""
        program = self.current()
        fetched_at = None
        if program.folder is not None:
            fetched_at = int((program.folder / FILE_NAME).stat().st_mtime * 1000)
        return DownloaderStatus(
            program.version, Release.of(program.version).age_days, fetched_at, self._state, self._message
        )

    def start_update(self) -> None:
        """Update in a thread of its own; raises ``Conflict`` while one is running."""
        with self._lock:
            if self._state is UpdateState.RUNNING:
                raise Conflict("yt-dlp is being updated already.")
            self._state, self._message = UpdateState.RUNNING, "The newest yt-dlp is being fetched."
        threading.Thread(target=self._update_and_tell, name="yt-dlp update", daemon=True).start()

    def update(self) -> Program:
        """Fetch the newest release, prove it, and use it from now on; what is in use already is the answer.

        Raises ``ToolFailed`` for one that is broken or older than what is in use, and the errors of requests.
        """
        current = self.current()
        draft = self._folder / f".{new_id()}"
        draft.mkdir(mode=0o700, parents=True)
        try:
            content = self._download()
            (draft / FILE_NAME).write_bytes(content)
            (draft / FILE_NAME).chmod(0o600)
            release = yt_dlp.try_out(Program((*current.argv[:2], str(draft / FILE_NAME)), "the new release", draft))
            if release < Release.of(current.version):
                raise ToolFailed(
                    f"The newest release is {release.text}, older than {current.version}. Nothing changed."
                )
            if release == Release.of(current.version):
                return current
            target = self._folder / release.text
            if target.exists():
                shutil.rmtree(target)
            draft.rename(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self._forget_older(keep={release.text, current.version})
        return yt_dlp.program_in(target)

    def _update_and_tell(self) -> None:
        before = self.current().version
        try:
            after = self.update().version
        except (MediaLibraryError, OSError) as error:
            log.warning("yt-dlp was not updated: %s", error)
            told = str(error) if isinstance(error, MediaLibraryError) else "Its folder cannot be written."
            with self._lock:
                self._state, self._message = UpdateState.FAILED, told
            return
        with self._lock:
            self._state = UpdateState.DONE
            self._message = (
                f"yt-dlp {after} is the newest there is." if after == before else f"yt-dlp {after} is used from now on."
            )

    def _download(self) -> bytes:
        """The program, whose sum must be the one that the release names."""
        sums = self._http.get(f"{self._releases_url}/{_SUMS}", timeout_seconds=60, max_bytes=_MOST_SUMS_BYTES)
        named = [line.split() for line in sums.body.decode("ascii", "replace").splitlines()]
        expected = [parts[0].lower() for parts in named if len(parts) == 2 and parts[1].lstrip("*") == FILE_NAME]
        if len(expected) != 1:
            raise ToolFailed("The release does not name the checksum of yt-dlp, so it was not used. Try again later.")
        answer = self._http.get(f"{self._releases_url}/{FILE_NAME}", timeout_seconds=_SECONDS, max_bytes=_MOST_BYTES)
        if not hmac.compare_digest(hashlib.sha256(answer.body).hexdigest(), expected[0]):
            raise ToolFailed("What was fetched does not have the checksum of the release, so it was not used.")
        return answer.body

    def _fetched(self) -> list[Program]:
        """The fetched ones, newest first."""
        found = []
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if folder.name.startswith(".") or not (folder / FILE_NAME).is_file():
                continue
            try:
                found.append(yt_dlp.program_in(folder))
            except ToolFailed:
                continue
        return sorted(found, key=lambda program: Release.of(program.version), reverse=True)

    def _runs(self, program: Program) -> bool:
        """Whether it starts and is what its folder says; found out once for each file."""
        assert program.folder is not None
        key = (program.folder, (program.folder / FILE_NAME).stat().st_mtime_ns)
        if key not in self._works:
            try:
                self._works[key] = yt_dlp.try_out(program) == Release.of(program.version)
            except MediaLibraryError as error:
                log.warning("yt-dlp %s is not used: %s", program.version, error)
                self._works[key] = False
        return self._works[key]

    def _forget_older(self, keep: set[str]) -> None:
        for program in self._fetched():
            if program.folder is not None and program.folder.name not in keep:
                shutil.rmtree(program.folder, ignore_errors=True)
