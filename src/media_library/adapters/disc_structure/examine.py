"""Decides by the files on a disc what it is, and takes the fingerprint of its content."""

import errno
import hashlib
import logging
import re
import stat
import struct
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from media_library.adapters.disc_structure import cd_files, protection
from media_library.adapters.disc_structure.cd_drive import music_in_drive, toc_of_drive
from media_library.adapters.disc_structure.image import SECTOR, Budget, Image, Malformed, shown
from media_library.adapters.disc_structure.iso9660 import Iso9660Tree, claimed_size
from media_library.adapters.disc_structure.tree import FolderTree, Node, Tree
from media_library.adapters.disc_structure.udf import UdfTree
from media_library.errors import DiscUnreadable
from media_library.models.disc_structure import DiscStructure, Protection
from media_library.models.drive import DiscKind
from media_library.models.toc import Toc

log = logging.getLogger(__name__)

_NONSENSE = (Malformed, struct.error, IndexError, OverflowError, UnicodeError)
_LARGEST_TABLE = 16 * 1024 * 1024
_SAMPLES, _SAMPLE_BYTES = 16, 64 * 1024
_DATA = "This disc holds data, no film and no music."
_OTHERS = {"HVDVD_TS": "an HD DVD", "VCD": "a Video CD", "MPEGAV": "a Video CD", "SVCD": "a Super Video CD"}
_REFUSED = "The drive does not show all of this disc; it is probably copy-protected."


def examine(source: Path, kind: DiscKind = DiscKind.UNKNOWN) -> DiscStructure:
    """Look at the disc in ``source``: an image file, a cue sheet, a folder, a mount point or a device.

    ``kind`` is what the system says of the medium. Raises ``DiscUnreadable`` with a sentence for the user. What is
    read is bounded in bytes and, as far as the drive answers at all, in time.
    """
    try:
        if source.is_dir():
            return _examine_folder(source, Budget())
        if source.suffix.lower() == ".cue":
            return _audio_cd(cd_files.toc_of_cue(source), None)
        if stat.S_ISREG(source.stat().st_mode):
            with Image(source, Budget()) as image:
                return _examine_image(source, image)
        return _examine_drive(source, kind)
    except OSError as error:
        raise DiscUnreadable(_sentence(source, error)) from error
    except _NONSENSE as error:
        raise DiscUnreadable(f"“{shown(source)}” is not a disc that can be read: it contradicts itself.") from error


def _examine_folder(folder: Path, budget: Budget) -> DiscStructure:
    if folder.name.upper() in ("VIDEO_TS", "BDMV"):
        folder = folder.parent
    tree = FolderTree(folder, budget)
    film = _film(tree)
    if film is not None:
        return film
    tracks = cd_files.track_files(folder)
    if tracks or (folder / cd_files.TOC_FILE).is_file():
        toc = cd_files.toc_of_folder(folder, tracks)
        if toc is not None:
            return _audio_cd(toc, folder.name)
        digest = _digest((path.name, str(path.stat().st_size).encode()) for path in tracks.values())
        return DiscStructure(DiscKind.AUDIO_CD, f"cd:{digest}", folder.name)
    return _data(tree)


def _examine_image(source: Path, image: Image) -> DiscStructure:
    if image.size == 0:
        raise DiscUnreadable(f"The image “{shown(source)}” is empty. Copy it again.")
    claimed = claimed_size(image) or 0
    try:
        tree = _tree(image)
        if tree is not None:
            _require_whole(source, image, tree)
            return _film(tree) or _data(tree)
    except _NONSENSE:
        if claimed <= image.size:
            raise
    if claimed > image.size:
        raise DiscUnreadable(_cut_off(source, image.size, claimed))
    raise DiscUnreadable(f"“{shown(source)}” is not a disc image: it holds no file system. Create or copy it again.")


def _examine_drive(source: Path, kind: DiscKind) -> DiscStructure:
    is_film = kind in (DiscKind.DVD, DiscKind.BLURAY)
    if kind is DiscKind.AUDIO_CD:
        return _audio_cd(toc_of_drive(source), None)
    if not is_film and (toc := music_in_drive(source)) is not None:
        return _audio_cd(toc, None)
    with Image(source, Budget()) as image:
        tree = _tree(image)
        if tree is not None:
            return _film(tree) or _data(tree)
        if is_film:  # the ripping tools may know this file system
            return DiscStructure(kind, f"img:{_sampled(image)}", None, Protection.UNKNOWN, None, _REFUSED)
    return _audio_cd(toc_of_drive(source), None)


def _tree(image: Image) -> Tree | None:
    kinds: tuple[type[UdfTree] | type[Iso9660Tree], ...] = (UdfTree, Iso9660Tree)
    for kind in kinds:
        try:
            tree = kind(image)
            if tree.list(""):
                return tree
        except _NONSENSE as error:
            log.debug("No %s: %s", kind.__name__, error)
    return None


def _film(tree: Tree) -> DiscStructure | None:
    video_ts = tree.list("VIDEO_TS")
    if "VIDEO_TS.IFO" in video_ts or "VIDEO_TS.BUP" in video_ts:
        tables = {name: node for name, node in video_ts.items() if name.endswith(".IFO")}
        guard = protection.of_dvd(list(video_ts.values()))
        return _structure(DiscKind.DVD, "dvd", tree, _table_digest(tables, video_ts), guard)
    if tree.list("BDMV").keys() & {"INDEX.BDMV", "INDEX.BDM"}:
        playlists = tree.list("BDMV/PLAYLIST")
        tables = {name[:9]: node for name, node in playlists.items() if re.fullmatch(r"\d{5}\.MPLS?", name)}
        return _structure(DiscKind.BLURAY, "bd", tree, _table_digest(tables, {}), protection.of_bluray(tree))
    return None


def _structure(kind: DiscKind, prefix: str, tree: Tree, digest: str, guard: Protection) -> DiscStructure:
    message = _REFUSED if guard is Protection.UNKNOWN else None
    return DiscStructure(kind, f"{prefix}:{digest}", tree.label, guard, None, message)


def _audio_cd(toc: Toc, label: str | None) -> DiscStructure:
    return DiscStructure(DiscKind.AUDIO_CD, f"cd:{toc.musicbrainz_id}", label, toc=toc)


def _data(tree: Tree) -> DiscStructure:
    root = tree.list("")
    digest = _digest((name, str(node.size).encode()) for name, node in sorted(root.items()) if not node.is_folder)
    other = next((what for folder, what in _OTHERS.items() if folder in root), None)
    message = _DATA if other is None else f"This is {other}, which cannot be ripped. DVDs, Blu-rays and CDs can."
    names = hashlib.sha256("\n".join(sorted(root)).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return DiscStructure(DiscKind.DATA, f"data:{digest}{names}", tree.label, message=message)


def _table_digest(tables: Mapping[str, Node], backups: Mapping[str, Node]) -> str:
    """The digest over the tables of a film disc; a DVD has a copy of each, should one be scratched."""

    def content(name: str, node: Node) -> bytes:
        try:
            return node.read(0, min(node.size, _LARGEST_TABLE))
        except OSError:
            backup = backups.get(name.replace(".IFO", ".BUP"))
            if backup is None:
                raise
            return backup.read(0, min(backup.size, _LARGEST_TABLE))

    return _digest((name, content(name, tables[name])) for name in sorted(tables))


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, data in parts:
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()


def _sampled(image: Image) -> str:
    """A digest of the descriptors and of 16 places all over a medium whose files cannot be listed."""
    digest = hashlib.sha256(image.size.to_bytes(8, "little"))
    places = [16 * SECTOR, 256 * SECTOR, *(image.size * place // _SAMPLES for place in range(_SAMPLES))]
    for place in places:
        try:
            digest.update(image.read(place, _SAMPLE_BYTES))
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def _require_whole(source: Path, image: Image, tree: Tree) -> None:
    """Raise ``DiscUnreadable`` if a file of a film lies behind the end of its image."""
    ends = [node.end for folder in ("VIDEO_TS", "BDMV/PLAYLIST", "BDMV/STREAM") for node in tree.list(folder).values()]
    if max(ends, default=0) > image.size:
        raise DiscUnreadable(_cut_off(source, image.size, max(ends)))


def _cut_off(source: Path, size: int, whole: int) -> str:
    return (
        f"The image “{shown(source)}” is cut off: {_megabytes(size)} of {_megabytes(whole)} are there. Copy it again."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def _sentence(source: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        if sys.platform == "darwin":
            return (
                "macOS does not let this program read discs. Allow it in System Settings › Privacy & Security › "
                f"Files and Folders (Removable Volumes) for {sys.executable}."
            )
        return (
            f"There is no permission to read “{shown(source)}”. Add the user to the group that owns it (often “cdrom”)."
        )
    if isinstance(error, FileNotFoundError) or error.errno in (errno.ENXIO, getattr(errno, "ENOMEDIUM", 123)):
        return "The disc was taken out while it was read."
    return f"The disc cannot be read ({error.strerror or error}). Clean it and insert it again."
