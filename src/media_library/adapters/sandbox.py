"""What a child may do that reads something hostile: which files, which port, how much of the machine."""

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from media_library.adapters import sandbox_launcher
from media_library.adapters.seccomp import seccomp_filter

_LAUNCHER = Path(sandbox_launcher.__file__)
_SOURCES = Path(__file__).resolve().parents[2]
_SEATBELT = "/usr/bin/sandbox-exec"
_CREATE_RULESET = 444
_MOST_OPEN_FILES = 256

# what programs need of the system to run at all; none of it is anybody's
_LINUX = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/nix/store", "/home/linuxbrew/.linuxbrew"),
    *("/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/alternatives", "/etc/localtime", "/etc/fonts"),
    *("/etc/ssl", "/etc/ca-certificates", "/etc/pki", "/etc/mime.types", "/sys/devices/system/cpu"),
    *("/dev/zero", "/dev/random", "/dev/urandom"),
)
_MAC = (
    *("/usr", "/bin", "/sbin", "/System", "/Library/Frameworks", "/opt/homebrew", "/private/var/db/dyld"),
    *("/private/etc/ssl", "/private/var/db/timezone", "/dev/zero", "/dev/random", "/dev/urandom"),
)
_DEVICES = ("/dev/null",)

_RUN_MODULE = (
    "import runpy, sys; sys.path.insert(0, sys.argv[1]); name = sys.argv[2]; "
    "sys.argv[1:3] = []; runpy.run_module(name, run_name='__main__', alter_sys=True)"
)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The bounds of one child.

    ``read`` and ``write`` are files, or folders with all that is in them, which must be there when the child starts;
    beside them it sees only what programs need of the system. ``connect_port`` is the one TCP port it may connect to
    (``None`` = no network). Limits are for each process: ``memory_bytes`` of address space, ``cpu_seconds``,
    ``file_bytes`` of each file; ``None`` = none. ``processes`` is how many further processes it may start; with 0 it
    may have threads, and no other program. ``devices`` are those that it may open and order about (Linux).
    """

    read: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()
    connect_port: int | None = None
    memory_bytes: int | None = 1024 * 1024 * 1024
    cpu_seconds: int | None = 60
    file_bytes: int | None = 256 * 1024 * 1024
    processes: int = 0
    devices: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Isolation:
    """What this machine has to confine children with. ``missing`` is what it lacks, in words; empty = nothing."""

    landlock: bool
    seccomp: bool
    seatbelt: bool
    missing: tuple[str, ...]


def isolation() -> Isolation:
    """Ask the machine. On macOS it is Seatbelt, elsewhere Landlock (file access; ports since ABI 4) and seccomp."""
    if sys.platform == "darwin":
        has_seatbelt = os.access(_SEATBELT, os.X_OK)
        return Isolation(False, False, has_seatbelt, () if has_seatbelt else ("sandbox-exec is not there",))
    abi = _landlock_abi()
    seccomp = _filter(Sandbox()) is not None and Path("/proc/sys/kernel/seccomp/actions_avail").exists()
    lacks = (
        ("the kernel has no Landlock: children see all files", abi < 1),
        ("the kernel is older than 6.7: children reach the network past the guard", abi < 4),
        ("the kernel is older than 6.12: children may signal other programs", abi < 6),
        ("there is no seccomp filter for this machine", not seccomp),
        ("the program runs as root: children may start any number of processes", os.getuid() == 0),
    )
    return Isolation(abi > 0, seccomp, False, tuple(text for text, is_missing in lacks if is_missing))


def python_argv(module: str, *arguments: str | Path) -> list[str]:
    """The command that runs a module of ours as a program of its own, in this Python with its packages.

    It reads neither the environment nor the current folder, and writes no byte code.
    """
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _RUN_MODULE, str(_SOURCES), module, *map(str, arguments)]


def confined(command: Sequence[str], sandbox: Sandbox, home: Path) -> list[str]:
    """The command that runs ``command``, whose first element is an absolute path, within ``sandbox``.

    ``home`` is a folder for this child alone, which it may write to.
    """
    launched = list(command)
    if sys.platform == "darwin":
        launched = [_SEATBELT, "-p", seatbelt_profile(command, sandbox, home), *command]
    return [sys.executable, "-I", "-S", str(_LAUNCHER), policy(command, sandbox, home), *launched]


def policy(command: Sequence[str], sandbox: Sandbox, home: Path) -> str:
    """What the launcher is told, as JSON."""
    calls = _filter(sandbox)
    execute = [*_programs(command[0])]
    if sandbox.processes:
        execute += _system()
    return json.dumps(
        {
            "landlock": _landlock_abi(),
            "limits": {
                "files": _MOST_OPEN_FILES,
                "memory_bytes": _limit(sandbox.memory_bytes),
                "cpu_seconds": _limit(sandbox.cpu_seconds),
                "file_bytes": _limit(sandbox.file_bytes),
                "processes": sandbox.processes,
            },
            "paths": {
                "execute": execute,
                "read": [*_system(), *map(os.path.abspath, sandbox.read)],
                "write": [*map(os.path.abspath, (home, *sandbox.write))],
                "devices": [*_DEVICES, *map(str, sandbox.devices)],
            },
            "connect_port": sandbox.connect_port,
            "seccomp": None if calls is None else calls.hex(),
        }
    )


def seatbelt_profile(command: Sequence[str], sandbox: Sandbox, home: Path) -> str:
    """The profile for ``sandbox-exec``: everything is denied but what is listed."""
    programs = _programs(command[0])
    runs = [f"(literal {_quoted(path)})" for path in programs]
    if sandbox.processes:
        runs += [f"(subpath {_quoted(path)})" for path in map(os.path.realpath, _system())]
    # Seatbelt compares what is behind every symbolic link, and on macOS /tmp and /var are some
    writes = [os.path.realpath(path) for path in (*sandbox.write, home)]
    named = [*_system(), *programs, *_DEVICES, *map(str, sandbox.read)]
    reads = [*map(os.path.realpath, named), *writes]
    lines = [
        "(version 1)",
        "(deny default)",
        '(import "system.sb")',
        f"(allow process-exec {' '.join(runs)})",
        *(["(allow process-fork)"] if sandbox.processes else []),
        "(allow signal (target self))",
        "(allow sysctl-read)",
        "(allow file-read-metadata)",
        f"(allow file-read* {' '.join(f'(subpath {_quoted(path)})' for path in reads)})",
        f"(allow file-write* {' '.join(f'(subpath {_quoted(path)})' for path in writes)})",
        '(allow file-write-data (literal "/dev/null"))',
        *(
            [f'(allow network-outbound (remote tcp "localhost:{sandbox.connect_port:d}"))']
            if sandbox.connect_port
            else []
        ),
    ]
    return "\n".join(lines)


def _system() -> list[str]:
    paths = _MAC if sys.platform == "darwin" else _LINUX
    return list(dict.fromkeys([*paths, sys.prefix, sys.base_prefix, str(_SOURCES)]))


def _programs(program: str) -> list[str]:
    """The files that are run when ``program`` is: itself, the interpreter it names, the loader of the system."""
    found = [program, os.path.realpath(program)]
    with Path(program).open("rb") as file:
        head = file.readline(256)
    if head.startswith(b"#!"):
        words = os.fsdecode(head[2:]).split()
        if words and Path(words[0]).name == "env":
            words.extend(filter(None, [shutil.which(words[-1])]))
        found += [path for word in words if word.startswith("/") for path in (word, os.path.realpath(word))]
    loaders = [str(path) for folder in ("/lib64", "/lib") for path in Path(folder).glob("ld-*.so*")]
    return list(dict.fromkeys([*found, *loaders, *map(os.path.realpath, loaders)]))


def _filter(sandbox: Sandbox) -> bytes | None:
    if sys.platform != "linux":
        return None
    has_network, has_processes = sandbox.connect_port is not None, sandbox.processes > 0
    return seccomp_filter(os.uname().machine, tcp=has_network, processes=has_processes)


@cache
def _landlock_abi() -> int:
    """The version of Landlock that the kernel offers; 0 = none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))


def _limit(value: int | None) -> int:
    return -1 if value is None else value


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
