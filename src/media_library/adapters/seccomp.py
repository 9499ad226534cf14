"""A filter of system calls for confined children (https://docs.kernel.org/userspace-api/seccomp_filter.html).

It closes what Landlock leaves open: sockets that are not TCP, other processes, what changes files by their names
without opening them, and the many doors of the kernel that no decoder or parser needs.
"""

import errno
import struct
from collections.abc import Mapping, Sequence

# The calls that are refused: numbers on x86_64 and aarch64; None where there is no such call.
_REFUSED: Mapping[str, tuple[int | None, int | None]] = {
    # of the network: what waits for others
    "accept": (43, 202),
    "accept4": (288, 242),
    "bind": (49, 200),
    "listen": (50, 201),
    # of files: what Landlock does not know, by their paths
    "chmod": (90, None),
    "chown": (92, None),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchownat": (260, 54),
    "file_setattr": (469, 469),
    "lchown": (94, None),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "removexattr": (197, 14),
    "removexattrat": (466, 466),
    "setxattr": (188, 5),
    "setxattrat": (463, 463),
    # of other processes
    "kcmp": (312, 272),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    # of memory that is run or shared
    "execveat": (322, 281),
    "memfd_create": (319, 279),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "semget": (64, 190),
    "shmat": (30, 196),
    "shmget": (29, 194),
    "userfaultfd": (323, 282),
    # of the system
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "modify_ldt": (154, None),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "pivot_root": (155, 41),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "vhangup": (153, 58),
}
# Those that are looked at more closely.
_CLONE, _CLONE3, _FORK, _VFORK = (56, 220), (435, 435), (57, None), (58, None)
_SOCKET, _SENDTO, _SENDMSG, _SENDMMSG, _PRLIMIT = (41, 198), (44, 206), (46, 211), (307, 269), (302, 261)
_UTIMENSAT, _FUTIMESAT, _UTIMES, _UTIME = (280, 88), (261, None), (235, None), (132, None)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020000
_MSG_FASTOPEN = 0x20000000  # would connect without asking Landlock
_AF_INET, _AF_INET6, _SOCK_STREAM, _TCP = 2, 10, 1, 6

# Classic BPF (linux/filter.h, linux/bpf_common.h)
_LOAD, _AND, _RETURN, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT = 0x20, 0x54, 0x06, 0x15, 0x35, 0x45
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16

_Instruction = tuple[int, int, int, int]


def seccomp_filter(machine: str, *, tcp: bool, processes: bool) -> bytes | None:
    """The filter for an architecture as the kernel takes it, or ``None`` if there is none for it.

    Sockets are TCP over IP or refused altogether; without ``processes`` there are threads, but no further process.
    """
    if machine not in _ARCHITECTURES:
        return None
    column, architecture = _ARCHITECTURES[machine]
    refuse = [(_RETURN, 0, 0, _FAIL | errno.EPERM)]
    done = [(_RETURN, 0, 0, _FAIL)]
    unknown = [(_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    allow = [(_RETURN, 0, 0, _ALLOW)]
    program: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, 0, 1, _X32),
        *unknown,
    ]

    def on(call: tuple[int | None, int | None], block: Sequence[_Instruction]) -> None:
        number = call[column]
        if number is not None:
            program.extend([(_IF_EQUAL, 0, len(block), number), *block])

    for call in _REFUSED.values():
        on(call, refuse)
    on(_CLONE3, unknown)  # its flags are out of sight; the C library then uses clone
    flags = _argument(0)
    threads_only: list[_Instruction] = [] if processes else [(_IF_ANY_BIT, 1, 0, _CLONE_THREAD), *refuse]
    on(_CLONE, [*flags, (_IF_ANY_BIT, 0, 1, _CLONE_NAMESPACES), *refuse, *threads_only, *allow])
    if not processes:
        on(_FORK, refuse)
        on(_VFORK, refuse)
    stream = [
        *_argument(0),
        (_IF_EQUAL, 2, 0, _AF_INET),
        (_IF_EQUAL, 1, 0, _AF_INET6),
        *refuse,
        *_argument(1),
        (_AND, 0, 0, 0xF),
        (_IF_EQUAL, 1, 0, _SOCK_STREAM),
        *refuse,
        *_argument(2),
        (_IF_EQUAL, 2, 0, 0),
        (_IF_EQUAL, 1, 0, _TCP),
        *refuse,
        *allow,
    ]
    on(_SOCKET, stream if tcp else refuse)
    for call, position in ((_SENDTO, 3), (_SENDMSG, 2), (_SENDMMSG, 3)):
        on(call, [*_argument(position), (_IF_ANY_BIT, 0, 1, _MSG_FASTOPEN), *refuse, *allow])
    on(_PRLIMIT, [*_argument(0), (_IF_EQUAL, 1, 0, 0), *refuse, *allow])  # nobody else's limits
    # the times of files stay as they are, unless they are open; programs that want to change them take it for done
    on(_UTIMENSAT, [*_argument(1), (_IF_EQUAL, 0, 2, 0), *_upper_half(1), (_IF_EQUAL, 1, 0, 0), *done, *allow])
    for call in (_FUTIMESAT, _UTIMES, _UTIME):
        on(call, done)
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in [*program, *allow])


def _argument(position: int) -> list[_Instruction]:
    """Load the lower half of an argument, which is all of one that is a number."""
    return [(_LOAD, 0, 0, _ARGUMENTS_AT + 8 * position)]


def _upper_half(position: int) -> list[_Instruction]:
    return [(_LOAD, 0, 0, _ARGUMENTS_AT + 8 * position + 4)]
