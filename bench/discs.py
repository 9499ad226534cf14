"""Makes the discs of the demo and of the measurements, and lays them into a folder of disc images in one move.

``python -m bench.discs WORKSHOP TARGET NAME…`` makes them one after the other; the workshop is emptied.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from tests.fixtures import audio_cd, dvd

_ALBUM = "Low Water"
_SONGS = ("Slack Tide", "Lantern Row", "The Ferryman", "Salt on the Window", "Home by Nine")


def film(workshop: Path) -> Path:
    """A film of 75 s: two languages, subtitles, four chapters, two extras."""
    return dvd.build_movie(workshop, label="THE_SALT_ROAD", decoy_seconds=0, picture="gradients")


def feature(workshop: Path) -> Path:
    """The same in 180 s, long enough that what a rip costs once does not stand for what it costs a minute."""
    return dvd.build_movie(workshop, label="THE_SALT_ROAD", main_seconds=180, decoy_seconds=0, picture="gradients")


def quick_film(workshop: Path) -> Path:
    """The same in 16 s, with a plain picture."""
    return dvd.build_movie(workshop, label="THE_SALT_ROAD", tiny=True)


def show(workshop: Path) -> Path:
    """A disc of a series with three episodes, a title that plays them all, and an extra."""
    return dvd.build_show(workshop, label="HARBOUR_LIGHTS_S02_D1", episodes=(44, 47, 43), picture="gradients")


def quick_show(workshop: Path) -> Path:
    """The same with two short episodes and nothing else."""
    return dvd.build_show(workshop, label="HARBOUR_LIGHTS_S02_D1", episodes=(12, 13), play_all=False, extra_seconds=0)


def music(workshop: Path) -> Path:
    """An audio CD as a folder: five tracks of 20 s."""
    return _named(audio_cd.build(workshop / _ALBUM, tracks=len(_SONGS), seconds=20))


def quick_music(workshop: Path) -> Path:
    """The same with two tracks of 4 s."""
    return _named(audio_cd.build(workshop / _ALBUM, tracks=2, seconds=4))


def _named(folder: Path) -> Path:
    """Give the tracks names, as a Mac does with a CD that it knows."""
    for number, song in enumerate(_SONGS, 1):
        track = folder / f"{number} Audio Track.aiff"
        if track.exists():
            track.rename(folder / f"{number} {song}.aiff")
    return folder


BUILDERS: dict[str, Callable[[Path], Path]] = {
    "film": film,
    "show": show,
    "music": music,
    "feature": feature,
    "quick-film": quick_film,
    "quick-show": quick_show,
    "quick-music": quick_music,
}
"""The discs by name."""


def make(name: str, workshop: Path, target: Path) -> Path:
    """Make a disc in ``workshop`` and move it into ``target`` when it is whole; both lie on one volume."""
    use_the_tool_that_is_there(workshop)
    room = workshop / name
    room.mkdir(parents=True)
    made = BUILDERS[name](room)
    placed = target / made.name
    made.rename(placed)
    shutil.rmtree(room)
    return placed


def use_the_tool_that_is_there(workshop: Path) -> None:
    """Let the builders find mkisofs, as cdrtools call it on a Mac, under its Debian name."""
    mkisofs = shutil.which("mkisofs")
    if shutil.which("genisoimage") or not mkisofs:
        return
    tools = workshop / "tools"
    tools.mkdir(parents=True, exist_ok=True)
    (tools / "genisoimage").symlink_to(mkisofs)
    os.environ["PATH"] = f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}"


def main() -> int:
    """Make the named discs."""
    parser = argparse.ArgumentParser(prog="bench.discs", description=__doc__)
    parser.add_argument("workshop", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("names", nargs="+", choices=BUILDERS, metavar="NAME")
    arguments = parser.parse_args()
    for name in arguments.names:
        print(make(name, arguments.workshop, arguments.target).name, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
