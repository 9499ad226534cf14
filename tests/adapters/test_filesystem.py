"""On what kind of file system a folder lies."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.adapters.filesystem import kind_of, parse_mount, parse_mountinfo

MOUNTINFO = r"""22 1 252:1 / / rw,relatime - ext4 /dev/vda1 rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
36 22 98:0 / /mnt/my\040disc rw,noatime master:1 - fuse.bindfs /dev/root rw,errors=continue
37 22 98:1 /sub /mnt/tab\011new\012line\134back\043hash rw shared:5 master:2 - nfs4 server:/a rw
38 22 98:2 / /mnt/Фильмы\040é\u2028 rw - cifs //nas/films rw
39 22 98:3 / /mnt/twice rw - ext4 /dev/vdb rw
40 39 98:4 / /mnt/twice rw - tmpfs tmpfs rw
""".replace(r"\u2028", "\u2028")


def test_mount_points_are_read_with_every_escape_and_every_letter() -> None:
    assert parse_mountinfo(MOUNTINFO) == {
        Path("/"): "ext4",
        Path("/proc"): "proc",
        Path("/mnt/my disc"): "fuse.bindfs",
        Path("/mnt/tab\tnew\nline\\back#hash"): "nfs4",
        Path("/mnt/Фильмы é\u2028"): "cifs",
        Path("/mnt/twice"): "tmpfs",
    }


def test_the_mounts_of_a_mac_are_read() -> None:
    listed = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)\n"
        "//ann@nas._smb._tcp.local/films on /Volumes/Films on (1) (smbfs, nodev, nosuid, mounted by ann)\n"
        "/dev/disk4s1 on /Volumes/USB (hfs)\n"
    )
    assert parse_mount(listed) == {
        Path("/"): "apfs",
        Path("/System/Volumes/Data/home"): "autofs",
        Path("/Volumes/Films on (1)"): "smbfs",
        Path("/Volumes/USB"): "hfs",
    }


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A folder with a space in its name on a file system of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root mounts")
    folder = tmp_path / "Фильм 1"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", folder], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_real_mount_is_told_from_the_folder_around_it(mounted: Path) -> None:
    (mounted / "deep" / "deeper").mkdir(parents=True)
    assert kind_of(mounted) == kind_of(mounted / "deep" / "deeper") == "tmpfs"


def test_a_link_counts_as_where_it_leads(mounted: Path) -> None:
    link = mounted.parent / "link"
    link.symlink_to(mounted)
    assert kind_of(link) == "tmpfs"


def test_a_folder_that_is_not_there_yet_lies_where_its_parent_does(mounted: Path) -> None:
    assert kind_of(mounted / "to be" / "made") == "tmpfs"


def test_the_root_has_a_kind() -> None:
    assert kind_of(Path("/"))
