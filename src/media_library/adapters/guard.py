"""Stands between the program and an outside tool, so that the tool never outlives the program.

Run as ``python -I -S guard.py CONTROL_FD COMMAND…``, single-threaded and with the standard library only. The control
pipe is held open by the program: a byte on it is a signal number for the tool's process group, its end (the program
is gone, however it went) kills the whole group. On Linux the tool also gets a death signal for the case that the
guard itself is killed. The guard ends with the tool's exit code, or 128 + the signal number.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
COMMAND_NOT_FOUND = 127


def main(control: int, command: list[str]) -> int:
    """Run ``command`` in a process group of its own until it ends or the control pipe closes."""
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, lambda *_: None)
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    guard_pid = os.getpid()

    def in_child() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != guard_pid:
                os._exit(COMMAND_NOT_FOUND)

    try:
        child = subprocess.Popen(command, preexec_fn=in_child, start_new_session=True)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return COMMAND_NOT_FOUND
    # What the tool reads and writes is its own; holding it open here would hide its end from the program.
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    while child.poll() is None:
        ready, _, _ = select.select([control, wake_read], [], [])
        if wake_read in ready:
            os.read(wake_read, 64)
        if control in ready:
            orders = os.read(control, 64)
            for number in orders or bytes([signal.SIGKILL]):
                _signal_group(child.pid, number)
            if not orders:
                break
    code = child.wait()
    _signal_group(child.pid, signal.SIGKILL)
    return code if code >= 0 else 128 - code


def _signal_group(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        pass


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
