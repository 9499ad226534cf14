"""The place of one run of the bench: rooms for appliances, discs that are made meanwhile, films that need no disc."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from bench import ROOT
from bench.appliance import Appliance
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.services import state_file

ADMIN = "bench"
PASSWORD = "a-bench-stands-in-the-shade"
WORDS = [
    f"{first}{last}"
    for first in ["ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "pi", "ra", "so", "tu"]
    for last in ["lan", "mer", "nos", "rik", "tas", "ven"]
]
"""What the titles of made-up films consist of."""

_BATCH = 500
_BLOCK = 4 << 20
_DISC_SECONDS = 120.0


class Workbench:
    """A temporary folder with what the measurements share. Use it with ``with``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._makers: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for maker in self._makers.values():
            if maker.poll() is None:
                os.killpg(maker.pid, signal.SIGKILL)
                maker.wait()

    def appliance(
        self,
        name: str,
        *,
        config: Mapping[str, Mapping[str, object]] | None = None,
        environment: Mapping[str, str] | None = None,
        tools: Path | None = None,
    ) -> Appliance:
        """An appliance in a room of its own, not yet started, whose admin is ``ADMIN``."""
        claimed = {"INIT_ADMIN_USER": ADMIN, "INIT_ADMIN_PASS": PASSWORD, **(environment or {})}
        room = self.folder / name
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir()
        return Appliance(room, config=config or {}, environment=claimed, tools=tools)

    def begin_disc(self, name: str) -> None:
        """Begin to make a disc of ``bench.discs``, beside whatever comes next."""
        if name in self._makers:
            return
        target = self.folder / "made" / name
        target.mkdir(parents=True)
        self._makers[name] = subprocess.Popen(
            [sys.executable, "-m", "bench.discs", str(self.folder / "workshop"), str(target), name],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def disc(self, name: str) -> Path:
        """A disc of ``bench.discs``, made if it is not yet; raises ``RuntimeError``."""
        self.begin_disc(name)
        if self._makers[name].wait(_DISC_SECONDS):
            raise RuntimeError(f"The disc “{name}” could not be made.")
        return next((self.folder / "made" / name).iterdir())


def insert(disc: Path, appliance: Appliance) -> None:
    """Put a disc into the appliance's folder of disc images."""
    os.link(disc, appliance.discs / disc.name)


def add_film(appliance: Appliance, size_bytes: int) -> Media:
    """Write ``size_bytes`` of noise, so that they lie in the page cache, and put them into a prepared library."""
    appliance.run("prepare")
    relative = "movies/Noise/Noise.mp4"
    path = appliance.media / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    block = os.urandom(_BLOCK)
    with path.open("wb") as file:
        for _ in range(size_bytes // _BLOCK):
            file.write(block)
    status = path.stat()
    state = state_file.open_state(appliance.settings())
    try:
        library = state.library_of_kind(LibraryKind.MOVIES)
        file_record = MediaFile(relative, status.st_size, status.st_mtime_ns, status.st_ino, "mp4", 3_600_000)
        return state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames("Noise"), file_record))
    finally:
        state.close()


def add_many(appliance: Appliance, many: int) -> None:
    """Put rows of films into a prepared library, without files."""
    appliance.run("prepare")
    choice = random.Random(many)
    state = state_file.open_state(appliance.settings())
    try:
        library = state.library_of_kind(LibraryKind.MOVIES)
        for first in range(0, many, _BATCH):
            with state.transaction():
                for number in range(first, min(first + _BATCH, many)):
                    title = f"{' '.join(choice.sample(WORDS, 3)).title()} {number}"
                    file = MediaFile(f"movies/{title}/{title}.mp4", 1 << 30, number, number, "mp4", 5_400_000)
                    names = MediaNames(title, choice.randint(1920, 2025))
                    state.add_media(NewMedia(MediaType.MOVIE, library.id, names, file))
    finally:
        state.close()
