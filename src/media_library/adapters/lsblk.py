"""Asks Linux which optical drives there are and what lies in them: ``lsblk`` and ``udevadm``, or the kernel itself."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from media_library.adapters import process
from media_library.errors import NotFound, ToolFailed, ToolMissing
from media_library.models.drive import DiscKind, Drive, DriveKind, Medium

_ASK_SECONDS = 20.0
_EJECT_SECONDS = 60.0
_COLUMNS = "NAME,PATH,TYPE,SIZE,LABEL,FSTYPE,MOUNTPOINT,MODEL,VENDOR"

# linux/cdrom.h
_DRIVE_STATUS, _CURRENT_SLOT, _NOT_READY, _DISC_OK = 0x5326, 0x7FFFFFFF, 3, 4
_DISC_STATUS, _AUDIO, _MIXED = 0x5327, 100, 105

Record = Mapping[str, Any]  # a device as lsblk describes it: text, numbers and null


class Lsblk:
    """The optical drives of a Linux machine."""

    confirmations = 1
    """How often in a row a change must be seen."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}

    def list_drives(self) -> tuple[Drive, ...]:
        """All drives; raises ``ToolFailed`` or ``ToolStalled`` when the system does not answer."""
        drives = []
        paths = {}
        for device in _optical_devices():
            drive = _drive(device, _udev(device["path"]))
            drives.append(drive)
            paths[drive.id] = str(device["path"])
        self._paths = paths
        return tuple(drives)

    def eject(self, drive_id: str) -> None:
        """Open the tray; raises ``ToolFailed`` when a program holds the disc."""
        if drive_id not in self._paths:
            self.list_drives()
        path = self._paths.get(drive_id)
        if path is None:
            raise NotFound("There is no such drive.")
        finished = process.run(["eject", path], timeout_seconds=_EJECT_SECONDS)
        if finished.code != 0:
            raise ToolFailed(
                "The disc could not be ejected because a program uses it. Close that program and eject again.",
                finished.stderr.decode("utf-8", "replace").splitlines(),
            )


def _optical_devices() -> Iterator[Record]:
    finished = process.run(["lsblk", "--json", "--bytes", "--output", _COLUMNS], timeout_seconds=_ASK_SECONDS)
    try:
        devices = json.loads(finished.stdout)["blockdevices"]
        yield from (device for device in devices if device["type"] == "rom" and device["path"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ToolFailed("lsblk gave no list of the drives.", finished.stderr.decode().splitlines()) from error


def _udev(path: str) -> dict[str, str]:
    """What udev knows of a device; nothing in a container without its database."""
    try:
        asked = ["udevadm", "info", "--query=property", f"--name={path}"]
        finished = process.run(asked, timeout_seconds=_ASK_SECONDS)
    except ToolMissing:
        return {}
    lines = finished.stdout.decode("utf-8", "replace").splitlines()
    return {key: value for key, found, value in (line.partition("=") for line in lines) if found}


def _drive(device: Record, udev: Mapping[str, str]) -> Drive:
    path = str(device["path"])
    vendor, model = str(device.get("vendor") or "").strip(), str(device.get("model") or "").strip()
    name = f"{vendor} {model}".strip() or "Optical drive"
    drive_id = f"linux:{device['name']}"
    status, audio = (_DISC_OK, False) if "ID_CDROM_MEDIA" in udev else _kernel(path, known="ID_CDROM" in udev)
    if status == _NOT_READY:
        return Drive(drive_id, DriveKind.LINUX, name, Medium(DiscKind.UNKNOWN, "", None, 0, "not ready"))
    if status != _DISC_OK:
        return Drive(drive_id, DriveKind.LINUX, name, None)
    kind = _kind(udev, audio=audio)
    mount = device.get("mountpoint")
    source = str(mount) if mount and not os.access(path, os.R_OK) else path
    label = str(device.get("label") or udev.get("ID_FS_LABEL") or "")
    size = int(device.get("size") or 0)
    # Facts that udev fills in late stay out of the version: they do not make it another disc.
    version = f"{size}:{udev.get('DISKSEQ', '')}:{udev.get('ID_CDROM_MEDIA_TRACK_COUNT_AUDIO', '0')}"
    medium = Medium(kind, label, None if kind is DiscKind.BLANK else source, size, version)
    return Drive(drive_id, DriveKind.LINUX, name, medium)


def _kind(udev: Mapping[str, str], *, audio: bool) -> DiscKind:
    if udev.get("ID_CDROM_MEDIA_STATE") == "blank":
        return DiscKind.BLANK
    if audio or int(udev.get("ID_CDROM_MEDIA_TRACK_COUNT_AUDIO") or 0) > 0:
        return DiscKind.AUDIO_CD
    if "ID_CDROM_MEDIA_BD" in udev:
        return DiscKind.BLURAY
    return DiscKind.DVD if "ID_CDROM_MEDIA_DVD" in udev else DiscKind.UNKNOWN


def _kernel(path: str, *, known: bool) -> tuple[int, bool]:
    """The kernel's word on a drive of which udev knows nothing: its status, and whether the disc holds music."""
    if known:
        return 0, False
    try:
        device = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return 0, False
    try:
        status = fcntl.ioctl(device, _DRIVE_STATUS, _CURRENT_SLOT)
        return status, status == _DISC_OK and fcntl.ioctl(device, _DISC_STATUS, 0) in (_AUDIO, _MIXED)
    except OSError:
        return 0, False
    finally:
        os.close(device)
