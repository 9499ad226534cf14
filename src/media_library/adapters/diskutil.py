"""Asks macOS which optical drives there are and what lies in them: ``diskutil`` for discs, ``drutil`` for drives.

An empty drive has no disk at all and is known to drutil alone. A disk is optical only if diskutil says so: USB sticks,
disk images and the volumes of the system are never touched.
"""

import logging
import plistlib
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError

from media_library.adapters import process
from media_library.errors import NotFound, ToolFailed, ToolMissing
from media_library.models.drive import DiscKind, Drive, DriveKind, Medium

log = logging.getLogger(__name__)

_EJECT_SECONDS = 60.0

Plist = Mapping[str, Any]  # a property list: its values have no common type


@dataclass(frozen=True, slots=True)
class Burner:
    """A drive as drutil lists it. ``media`` is "" when it is empty, ``disk`` is "" when the medium has no disk."""

    name: str
    media: str = ""
    disk: str = ""
    is_blank: bool = False


class Diskutil:
    """The optical drives of a Mac."""

    confirmations = 2
    """How often in a row a change must be seen: right after an insertion macOS may speak of another disk."""

    def __init__(self, *, ask_seconds: float = 20.0, retry_seconds: float = 2.0) -> None:
        """``ask_seconds`` is how long macOS may take to answer, ``retry_seconds`` the pause after a failed eject."""
        self._ask_seconds = ask_seconds
        self._retry_seconds = retry_seconds
        self._answers: dict[str, tuple[Plist, Plist]] = {}
        self._disks: dict[str, str] = {}  # the disk in each drive, by drive id
        self._places: dict[str, int] = {}  # drutil's number of each drive, by drive id

    def list_drives(self) -> tuple[Drive, ...]:
        """All drives; raises ``ToolFailed`` or ``ToolStalled`` when macOS does not answer."""
        infos = self._optical_disks()
        burners = _burners(self._ask_seconds)
        drives: list[Drive] = []
        disks: dict[str, str] = {}
        places: dict[str, int] = {}
        for burner, number in _paired(burners, infos):
            drive_id = _free_id(burner.name, burner.disk, self._disks, disks.keys() | {drive.id for drive in drives})
            if burner.disk:
                disks[drive_id] = burner.disk
            if number:
                places[drive_id] = number
            drives.append(_drive(drive_id, burner, infos.get(burner.disk)))
        self._disks, self._places = disks, places
        return tuple(drives)

    def eject(self, drive_id: str) -> None:
        """Unmount and eject; raises ``ToolFailed`` when a program holds the disc."""
        if drive_id not in self._disks and drive_id not in self._places:
            self.list_drives()
        disk, place = self._disks.get(drive_id), self._places.get(drive_id)
        if disk is None and place is None:
            raise NotFound("There is no such drive.")
        commands = [["diskutil", "eject", disk]] * 2 if disk else []
        if place is not None:
            commands.append(["drutil", "-drive", str(place), "tray", "eject"])
        for attempt, command in enumerate(commands):
            if attempt:
                threading.Event().wait(self._retry_seconds)
            finished = process.run(command, timeout_seconds=_EJECT_SECONDS)
            if finished.code == 0:
                return
        said = finished.stderr.decode("utf-8", "replace").strip()
        raise ToolFailed(
            "The disc could not be ejected because a program uses it. Close that program and eject again.",
            said.splitlines(),
        )

    def _optical_disks(self) -> dict[str, Plist]:
        """What diskutil says of each whole disk that may be optical; an empty record where it says nothing now."""
        listing = _plist(["list", "-plist"], self._ask_seconds)
        entries = {str(entry.get("DeviceIdentifier")): entry for entry in _records(listing, "AllDisksAndPartitions")}
        answers: dict[str, tuple[Plist, Plist]] = {}
        for disk, entry in entries.items():
            if "APFSPhysicalStores" in entry or entry.get("OSInternal"):
                continue
            known, info = self._answers.get(disk, ({}, {}))
            if known != entry:
                info = _answer(_plist(["info", "-plist", disk], self._ask_seconds), info, entry)
            is_complete = info and (info.get("MountPoint") or not _is_optical(info))
            answers[disk] = (entry if is_complete else {}, info)
        self._answers = answers
        return {
            disk: _with_tracks(info, entries[disk])
            for disk, (_, info) in answers.items()
            if not info or _is_optical(info)
        }


def parse_drutil(text: str) -> list[Burner]:
    """``drutil status``: for each drive a table with its name and a block about its medium."""
    burners = []
    for block in re.split(r"(?m)^(?=[ \t]*Vendor[ \t]+Product[ \t]+Rev)", text)[1:]:
        head, row, *rest = [line for line in block.splitlines() if line.strip()] + [""] * 2
        columns = (head.index("Vendor"), head.index("Product"), head.index("Rev"))
        name = " ".join(f"{row[columns[0] : columns[1]].strip()} {row[columns[1] : columns[2]].strip()}".split())
        about = "\n".join(rest)
        media = re.search(r"Type:\s*(\S[^\n]*?)(?:\s{2,}Name:\s*(\S*)|$)", about, re.MULTILINE)
        if media is None or media[1].startswith("No Media"):
            burners.append(Burner(name))
            continue
        blank = re.search(r"Sessions:\s*0\b|Writability:[^\n]*\bblank\b", about) is not None
        burners.append(Burner(name, media[1].strip(), (media[2] or "").removeprefix("/dev/"), blank))
    return burners


def _burners(ask_seconds: float) -> list[Burner]:
    try:
        finished = process.run(["drutil", "status"], timeout_seconds=ask_seconds)
    except ToolMissing:
        log.debug("drutil is missing: empty drives are not shown")
        return []
    return parse_drutil(finished.stdout.decode("utf-8", "replace"))


def _paired(burners: Sequence[Burner], infos: Mapping[str, Plist]) -> Iterator[tuple[Burner, int | None]]:
    """Every drive with the disk in it: drutil's word where it has one, else the name of the drive."""
    taken = {burner.disk for burner in burners}
    free = [disk for disk, info in infos.items() if disk not in taken and info]
    for number, burner in enumerate(burners, 1):
        disk = burner.disk if burner.disk in infos else ""
        fitting = [other for other in free if infos[other].get("MediaName") == burner.name]
        if not disk and burner.media and not burner.is_blank and (fitting or len(burners) == len(free) == 1):
            disk = (fitting or free)[0]
            free.remove(disk)
        yield Burner(burner.name, burner.media, disk, burner.is_blank), number
    for disk in free:
        yield Burner(str(infos[disk].get("MediaName") or "Optical drive"), "present", disk), None


def _drive(drive_id: str, burner: Burner, info: Plist | None) -> Drive:
    if not burner.media:
        return Drive(drive_id, DriveKind.MACOS, burner.name, None)
    if burner.is_blank and not info:
        medium = Medium(DiscKind.BLANK, "", None, 0, f"blank:{burner.media}")
    elif not info:  # the drive turns, or diskutil has not found the disk yet
        medium = Medium(DiscKind.UNKNOWN, "", None, 0, f"{burner.disk}:new")
    else:
        mount = str(info.get("MountPoint") or "")
        source = mount if mount.count("/") >= 2 and not mount.startswith("/System/") else None
        version = f"{burner.disk}:{info.get('OpticalMediaType')}:{info.get('Size')}"
        medium = Medium(_kind(info), str(info.get("VolumeName") or ""), source, int(info.get("Size") or 0), version)
    return Drive(drive_id, DriveKind.MACOS, burner.name, medium)


def _kind(info: Plist) -> DiscKind:
    """By the medium. ``OpticalDeviceType`` lists what the drive could read and says nothing of the disc."""
    if info.get("FilesystemType") == "cddafs" or info.get("Tracks"):
        return DiscKind.AUDIO_CD
    media = str(info.get("OpticalMediaType") or "").upper()
    return DiscKind.BLURAY if media.startswith("BD") else DiscKind.DVD if media.startswith("DVD") else DiscKind.UNKNOWN


def _is_optical(info: Plist) -> bool:
    is_image = info.get("BusProtocol") == "Disk Image" or info.get("VirtualOrPhysical") == "Virtual"
    return not is_image and ("OpticalMediaType" in info or "OpticalDeviceType" in info)


def _answer(info: Plist, before: Plist, entry: Plist) -> Plist:
    """What diskutil says of a disk; what it said before if it cannot find a disk now that it lists."""
    if not info.get("Error"):
        return info
    return before if before.get("Size") == entry.get("Size") else {}


def _with_tracks(info: Plist, entry: Plist) -> Plist:
    tracks = sum(part.get("Content") == "CD_DA" for part in _records(entry, "Partitions"))
    return {**info, "Tracks": tracks} if info else info


def _free_id(name: str, disk: str, before: Mapping[str, str], taken: frozenset[str] | set[str]) -> str:
    """The id of a drive; of two drives of one model each keeps its own as long as its disc stays in."""
    plain = f"macos:{name}"
    kept = next((drive_id for drive_id, other in before.items() if disk and other == disk), None)
    if kept is not None and kept not in taken and (kept == plain or kept.startswith(f"{plain}#")):
        return kept
    number = 1
    while (drive_id := plain if number == 1 else f"{plain}#{number}") in taken:
        number += 1
    return drive_id


def _plist(arguments: Sequence[str], ask_seconds: float) -> Plist:
    """What diskutil answers; for a disk that it does not find, a record with ``Error``."""
    finished = process.run(["diskutil", *arguments], timeout_seconds=ask_seconds)
    try:
        answer = plistlib.loads(finished.stdout)
    except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, IndexError) as error:
        if arguments[0] == "info":
            return {"Error": True}
        raise ToolFailed("diskutil gave no list of the disks.", finished.stderr.decode().splitlines()) from error
    return answer if isinstance(answer, dict) else {"Error": True}


def _records(plist: Plist, key: str) -> list[Plist]:
    value = plist.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
