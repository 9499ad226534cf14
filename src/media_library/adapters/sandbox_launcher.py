"""Takes away what a program does not need, then becomes that program.

Run as ``python -I -S sandbox_launcher.py POLICY PROGRAM…``, single-threaded and with the standard library only; POLICY
is the JSON of ``sandbox.policy``. On Linux: resource limits, capabilities, no_new_privs, Landlock
(https://docs.kernel.org/userspace-api/landlock.html) and the seccomp filter that it is given. Elsewhere only resource
limits: there the program is one that takes away the rest. What the kernel does not have is left out by the policy, and
``sandbox.isolation`` tells of it; what should be there and is not ends the launcher with code 126, and the program is
never started.
"""

import ctypes
import json
import os
import resource
import stat
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

CANNOT_CONFINE = 126

# Landlock: the same system call numbers on every architecture
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _REFER, _TRUNCATE = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 13, 1 << 14
_READ = _READ_FILE | _READ_DIR
# neither links nor devices nor anything that can be run is made where the program may write
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
_IOCTL_DEVICE = 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_FS_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
_BIND_AND_CONNECT, _CONNECT_TCP = 3, 2
_ABSTRACT_SOCKETS_AND_SIGNALS = 3

_NO_NEW_PRIVS, _SET_SECCOMP, _DROP_FROM_BOUNDING_SET, _AMBIENT = 38, 22, 24, 47
_KEPT_CAPABILITIES = 1 << 1  # DAC_OVERRIDE: files of others stay within reach


def _limit(policy: Mapping[str, int]) -> None:
    """Resource limits, never above those that hold already."""
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: policy["files"],
        resource.RLIMIT_AS: policy["memory_bytes"],
        resource.RLIMIT_CPU: policy["cpu_seconds"],
        resource.RLIMIT_FSIZE: policy["file_bytes"],
    }
    if policy["processes"] and os.getuid() and sys.platform == "linux":
        wanted[resource.RLIMIT_NPROC] = _threads_of_user() + policy["processes"]
    for name, value in wanted.items():
        if value >= 0:
            _, hard = resource.getrlimit(name)
            is_open = hard == resource.RLIM_INFINITY
            most = value if is_open else min(value, hard)
            # the time is up with a signal that can be caught, and a second later with one that cannot
            try:
                resource.setrlimit(
                    name, (most, most + 1 if name == resource.RLIMIT_CPU and (is_open or most < hard) else most)
                )
            except (OSError, ValueError):
                if sys.platform == "linux":
                    raise
    os.nice(5)


def _threads_of_user() -> int:
    """The limit of processes counts the threads of all that the user runs."""
    count = 0
    for threads in Path("/proc").glob("[0-9]*/task"):
        try:
            if threads.stat().st_uid == os.getuid():
                count += sum(1 for _ in threads.iterdir())
        except OSError:
            continue
    return count


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """What root may do beyond its files; of everybody else there is nothing to drop."""
    for capability in range(64):
        if not _KEPT_CAPABILITIES >> capability & 1:
            libc.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)
    libc.prctl(_AMBIENT, 4, 0, 0, 0)
    header = struct.pack("=Ii", 0x20080522, 0)
    held = ctypes.create_string_buffer(24)
    _check(libc.capget(header, held), "capget")
    effective, permitted, _ = struct.unpack("=III", held.raw[:12])
    kept = struct.pack("=6I", effective & _KEPT_CAPABILITIES, permitted & _KEPT_CAPABILITIES, 0, 0, 0, 0)
    _check(libc.capset(header, kept), "capset")


def _landlock(libc: ctypes.CDLL, abi: int, paths: Mapping[str, Sequence[str]], connect_port: int | None) -> None:
    handled = (1 << _FS_BITS.get(abi, 16)) - 1
    network = _BIND_AND_CONNECT if abi >= 4 else 0
    scope = _ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0
    attributes = struct.pack("=QQQ", handled, network, scope)[: 24 if scope else 16 if network else 8]
    rules = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    _check(rules, "landlock_create_ruleset")
    granted = (
        *(("execute", _READ | _EXECUTE), ("read", _READ), ("write", _WRITE)),
        ("devices", _READ_FILE | _WRITE_FILE | _IOCTL_DEVICE),
    )
    for kind, access in granted:
        for path in paths[kind]:
            _allow_beneath(libc, rules, path, access & handled)
    if connect_port is not None and network:
        rule = struct.pack("=QQ", _CONNECT_TCP, connect_port)
        _check(libc.syscall(_ADD_RULE, rules, 2, rule, ctypes.c_uint32(0)), "landlock_add_rule")
    _check(libc.syscall(_RESTRICT_SELF, rules, ctypes.c_uint32(0)), "landlock_restrict_self")
    os.close(rules)


def _allow_beneath(libc: ctypes.CDLL, rules: int, path: str, access: int) -> None:
    """Grant access to a file, or to what lies beneath a folder; what is not there needs no rule."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rule = struct.pack("=Qi", access if stat.S_ISDIR(os.fstat(place).st_mode) else access & _OF_A_FILE, place)
    _check(libc.syscall(_ADD_RULE, rules, 1, rule, ctypes.c_uint32(0)), f"landlock_add_rule {path}")
    os.close(place)


def _seccomp(libc: ctypes.CDLL, code: bytes) -> None:
    buffer = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    _check(libc.prctl(_SET_SECCOMP, 2, head, 0, 0), "seccomp")


def _check(result: int, what: str) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def main(policy_text: str, command: Sequence[str]) -> int:
    """Confine this process and become ``command``; returns only if that fails."""
    policy = json.loads(policy_text)
    try:
        _limit(policy["limits"])
        if sys.platform == "linux":
            libc = ctypes.CDLL(None, use_errno=True)
            _drop_capabilities(libc)
            _check(libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
            if policy["landlock"]:
                _landlock(libc, policy["landlock"], policy["paths"], policy["connect_port"])
            if policy["seccomp"] is not None:
                _seccomp(libc, bytes.fromhex(policy["seccomp"]))
    except OSError as error:
        sys.stderr.write(f"The program could not be confined and was not started: {error.strerror or error}\n")
        return CANNOT_CONFINE
    try:
        os.execv(command[0], list(command))
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
    return 127


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
