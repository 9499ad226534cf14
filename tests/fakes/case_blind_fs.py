"""A file system that keeps the spelling of names but does not tell them apart by case or Unicode form, as APFS does.

Run as root with the folder that holds the files and the one at which it is to be seen; it speaks the protocol of
Linux's FUSE itself (linux/fuse.h) and ends when it is unmounted.
"""

import ctypes
import errno
import os
import struct
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

IN, ATTR = struct.Struct("<IIQQIIII"), struct.Struct("<QQQQQQIIIIIIIIII")
LOOKUP, FORGET, GETATTR, SETATTR, MKDIR, UNLINK, RMDIR, RENAME, LINK = 1, 2, 3, 4, 9, 10, 11, 12, 13
OPEN, READ, WRITE, STATFS, RELEASE, FSYNC, FLUSH, INIT, OPENDIR, READDIR = 14, 15, 16, 17, 18, 20, 25, 26, 27, 28
RELEASEDIR, FSYNCDIR, ACCESS, CREATE, BATCH_FORGET, RENAME2 = 29, 30, 34, 35, 42, 45


def key(name: str) -> str:
    """What all spellings of a name have in common."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


class CaseBlind:
    """Answers the kernel. A node is known by the path by which it was asked for; its real spelling is looked up."""

    def __init__(self, root: Path, device: int) -> None:
        self.root, self.device = root, device
        self.paths: dict[int, tuple[str, ...]] = {1: ()}
        self.nodes: dict[tuple[str, ...], int] = {(): 1}
        self.handles: dict[int, int] = {}
        self.answers: dict[int, Callable[[int, bytes], bytes]] = {
            LOOKUP: lambda node, body: self.entry(node, text(body)),
            GETATTR: lambda node, body: self.attributes(node),
            SETATTR: self.set_attributes,
            MKDIR: self.make_folder,
            UNLINK: self.unlink,
            RMDIR: self.remove_folder,
            RENAME: lambda node, body: self.rename(node, body, 8),
            RENAME2: lambda node, body: self.rename(node, body, 16),
            LINK: self.link,
            OPEN: self.open,
            CREATE: self.create,
            READ: self.read,
            WRITE: self.write,
            STATFS: lambda node, body: struct.pack("<5Q4I24x", *(1 << 30,) * 3, 1 << 20, 1 << 19, 4096, 255, 4096, 0),
            RELEASE: self.release,
            FSYNC: lambda node, body: b"",
            FLUSH: lambda node, body: b"",
            OPENDIR: lambda node, body: struct.pack("<QII", 0, 0, 0),
            READDIR: self.read_folder,
            RELEASEDIR: lambda node, body: b"",
            FSYNCDIR: lambda node, body: b"",
            ACCESS: lambda node, body: b"",
            INIT: lambda node, body: struct.pack("<IIIIHHIIHHI28x", 7, 31, 65536, 0, 12, 9, 65536, 1, 16, 0, 0),
        }  # fmt: skip

    def serve(self) -> None:
        """Answer until the file system is unmounted."""
        while True:
            try:
                request = os.read(self.device, 1 << 20)
            except OSError as error:
                if error.errno == errno.ENODEV:
                    return
                continue
            _, opcode, unique, node, *_ = IN.unpack_from(request)
            if opcode in (FORGET, BATCH_FORGET):
                continue
            status, answer = 0, b""
            try:
                answer = self.answers[opcode](node, request[IN.size :])
            except KeyError:
                status = -errno.ENOSYS
            except OSError as error:
                status = -(error.errno or errno.EIO)
            os.write(self.device, struct.pack("<IiQ", 16 + len(answer), status, unique) + answer)

    def child(self, node: int, name: str) -> tuple[str, ...]:
        return (*self.paths[node], name)

    def real(self, path: tuple[str, ...]) -> Path:
        """The path as it is spelled where there is such a file; the last part may be new."""
        place = self.root
        for part in path:
            there = [entry.name for entry in place.iterdir()]
            place /= part if part in there else next((name for name in there if key(name) == key(part)), part)
        return place

    def node_of(self, path: tuple[str, ...]) -> int:
        if path not in self.nodes:
            self.nodes[path] = len(self.paths) + 1
            self.paths[self.nodes[path]] = path
        return self.nodes[path]

    def packed(self, file: Path) -> bytes:
        status = file.lstat()
        seconds = (status.st_atime_ns, status.st_mtime_ns, status.st_ctime_ns)
        return ATTR.pack(
            status.st_ino, status.st_size, status.st_blocks,
            *(one // 10**9 for one in seconds), *(one % 10**9 for one in seconds),
            status.st_mode, status.st_nlink, status.st_uid, status.st_gid, 0, 4096, 0,
        )  # fmt: skip

    def entry(self, node: int, name: str) -> bytes:
        path = self.child(node, name)
        attributes = self.packed(self.real(path))
        return struct.pack("<QQQQII", self.node_of(path), 1, 0, 0, 0, 0) + attributes

    def attributes(self, node: int) -> bytes:
        return struct.pack("<QII", 0, 0, 0) + self.packed(self.real(self.paths[node]))

    def set_attributes(self, node: int, body: bytes) -> bytes:
        valid, _, _, size, _, atime, mtime, _, atime_ns, mtime_ns, _, mode = struct.unpack_from("<IIQQQQQQIIII", body)
        file = self.real(self.paths[node])
        if valid & 1:
            file.chmod(mode & 0o7777)
        if valid & 8:
            os.truncate(file, size)
        if valid & 48:
            status = file.stat()
            before = status.st_atime_ns if not valid & 16 else atime * 10**9 + atime_ns
            os.utime(file, ns=(before, status.st_mtime_ns if not valid & 32 else mtime * 10**9 + mtime_ns))
        return self.attributes(node)

    def make_folder(self, node: int, body: bytes) -> bytes:
        name = text(body[8:])
        self.real(self.child(node, name)).mkdir()
        return self.entry(node, name)

    def unlink(self, node: int, body: bytes) -> bytes:
        self.real(self.child(node, text(body))).unlink()
        return b""

    def remove_folder(self, node: int, body: bytes) -> bytes:
        self.real(self.child(node, text(body))).rmdir()
        return b""

    def release(self, node: int, body: bytes) -> bytes:
        os.close(struct.unpack_from("<Q", body)[0])
        return b""

    def rename(self, node: int, body: bytes, skipped: int) -> bytes:
        folder = struct.unpack_from("<Q", body)[0]
        old_name, new_name = (part.decode() for part in body[skipped:].split(b"\0")[:2])
        old, new = self.child(node, old_name), self.child(folder, new_name)
        source, target = self.real(old), self.real(new)
        if target.exists() and not target.samefile(source):
            source.replace(target)
        else:
            source.rename(target.with_name(new_name))
        folded = tuple(map(key, old))
        for path in [one for one in self.nodes if tuple(map(key, one[: len(old)])) == folded]:
            number = self.nodes.pop(path)
            self.paths[number] = (*new, *path[len(old) :])
            self.nodes[self.paths[number]] = number
        return b""

    def link(self, node: int, body: bytes) -> bytes:
        other = struct.unpack_from("<Q", body)[0]
        name = text(body[8:])
        os.link(self.real(self.paths[other]), self.real(self.child(node, name)))
        return self.entry(node, name)

    def open(self, node: int, body: bytes) -> bytes:
        flags = struct.unpack_from("<I", body)[0] & ~(os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW)
        return struct.pack("<QII", os.open(self.real(self.paths[node]), flags), 0, 0)

    def create(self, node: int, body: bytes) -> bytes:
        flags, mode = struct.unpack_from("<II", body)
        name = text(body[16:])
        handle = os.open(self.real(self.child(node, name)), flags | os.O_CREAT, mode & 0o777)
        return self.entry(node, name) + struct.pack("<QII", handle, 0, 0)

    def read(self, node: int, body: bytes) -> bytes:
        handle, offset, size = struct.unpack_from("<QQI", body)
        return os.pread(handle, size, offset)

    def write(self, node: int, body: bytes) -> bytes:
        handle, offset, size = struct.unpack_from("<QQI", body)
        return struct.pack("<II", os.pwrite(handle, body[40 : 40 + size], offset), 0)

    def read_folder(self, node: int, body: bytes) -> bytes:
        _, offset, size = struct.unpack_from("<QQI", body)
        found = b""
        names = [".", "..", *sorted(entry.name for entry in self.real(self.paths[node]).iterdir())]
        for at, name in enumerate(names[offset:], start=offset + 1):
            packed = struct.pack("<QQII", at, at, len(name.encode()), 0) + name.encode()
            packed += b"\0" * (-len(packed) % 8)
            if len(found) + len(packed) > size:
                break
            found += packed
        return found


def text(body: bytes) -> str:
    """A name as the kernel sends it."""
    return body.partition(b"\0")[0].decode()


def main() -> None:
    """Mount, say so, serve."""
    root, place = Path(sys.argv[1]), sys.argv[2]
    device = os.open("/dev/fuse", os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
    if libc.mount(b"case-blind", place.encode(), b"fuse", 6, options) != 0:
        raise OSError(ctypes.get_errno(), "cannot be mounted")
    print("mounted", flush=True)
    CaseBlind(root, device).serve()


if __name__ == "__main__":
    main()
