"""Has files looked into by several children at once, each of which can only read, and is replaced when it dies.

A child has a few questions before it at any time, so that it never waits for the next one. It answers in their order;
if it dies or takes too long, it is the first one without an answer that was too much for it.
"""

import os
import queue
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

import msgspec

from media_library.adapters.media_probe.request import ProbeRequest
from media_library.adapters.process import Child
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import MediaLibraryError, Stopped, ToolFailed, ToolStalled
from media_library.models.probed import Probed

_CHILD = python_argv("media_library.adapters.media_probe.child")
_READY = b"ready"
_START_SECONDS = 60.0
_TICK_SECONDS = 0.2
_MOST_AHEAD = 16
_BYTES_AHEAD = 24_000
_FILES_A_CHILD = 5_000
_MEMORY_BYTES = 1 << 30
_COVER_BYTES = 64 << 20
_MOST_ANSWER_BYTES = 4 << 20
_MOST_CHILDREN = 8

_CRASHED = "The file makes its reader crash: it is damaged, or made to do so."
_TOO_LONG = "Reading the file takes too long: it is damaged, or its drive is very slow."

Key = TypeVar("Key")


class ProbePool(Generic[Key]):
    """The children. Use it with ``with``; ``probed`` may be called again and again."""

    def __init__(
        self,
        readable: Sequence[Path],
        *,
        covers: Path | None = None,
        children: int | None = None,
        file_seconds: float = 30.0,
        command: Sequence[str] = _CHILD,
    ) -> None:
        """``readable`` are the folders in which the files lie, ``covers`` the one that pictures are written to.

        ``children`` is how many there are, by default one for each processor, eight at most; ``file_seconds`` is how
        long one file may take.
        """
        self._sandbox = Sandbox(
            read=tuple(readable),
            write=() if covers is None else (covers,),
            memory_bytes=_MEMORY_BYTES,
            cpu_seconds=None,  # a child reads thousands of files; each has its time
            file_bytes=_COVER_BYTES,
        )
        self._file_seconds = file_seconds
        self._command = tuple(command)
        self._requests: queue.Queue[tuple[Key, ProbeRequest]] = queue.Queue()
        self._answers: queue.Queue[tuple[Key, Probed] | MediaLibraryError] = queue.Queue()
        self._is_over = threading.Event()
        count = children or min(os.cpu_count() or 1, _MOST_CHILDREN)
        self._ahead = 2 * _MOST_AHEAD * count
        self._lanes = [threading.Thread(target=self._work, name=f"probe {n}", daemon=True) for n in range(count)]

    def __enter__(self) -> Self:
        for lane in self._lanes:
            lane.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        deadline = time.monotonic() + 5.0
        for lane in self._lanes:
            lane.join(max(0.0, deadline - time.monotonic()))  # one that waits for a hung drive stays behind

    def probed(self, files: Iterable[tuple[Key, ProbeRequest]], stop: threading.Event) -> Iterator[tuple[Key, Probed]]:
        """What was found in each file, in any order. Raises ``Stopped``, and ``ToolFailed`` if no child can start."""
        waiting, source = 0, iter(files)
        is_exhausted = False
        while waiting or not is_exhausted:
            while waiting < self._ahead and not is_exhausted:
                following = next(source, None)
                if following is None:
                    is_exhausted = True
                else:
                    self._requests.put(following)
                    waiting += 1
            if stop.is_set():
                raise Stopped("The program is stopping.")
            try:
                answer = self._answers.get(timeout=_TICK_SECONDS) if waiting else None
            except queue.Empty:
                continue
            if isinstance(answer, MediaLibraryError):
                raise answer
            if answer is not None:
                waiting -= 1
                yield answer

    def _work(self) -> None:
        """One lane: a child after the other, until the pool is closed."""
        pending: deque[tuple[Key, ProbeRequest]] = deque()
        while not self._is_over.is_set():
            try:
                with Child(self._command, sandbox=self._sandbox, takes_input=True) as child:
                    _Lane(self, child, pending).serve()
            except MediaLibraryError as error:
                self._answers.put(error)
                return

    def refuse(self, pending: deque[tuple[Key, ProbeRequest]], reason: str) -> None:
        """The first question that has no answer gets ``reason`` for one."""
        if pending:
            self.answer(pending.popleft()[0], Probed(reason=reason))

    def answer(self, key: Key, found: Probed) -> None:
        """Hand on what was found."""
        self._answers.put((key, found))

    def next_request(self, *, patiently: bool) -> tuple[Key, ProbeRequest] | None:
        """The next question, if there is one; ``patiently`` waits for it a moment."""
        try:
            return self._requests.get(block=patiently, timeout=_TICK_SECONDS if patiently else None)
        except queue.Empty:
            return None

    @property
    def is_over(self) -> bool:
        """Whether nobody wants answers any more."""
        return self._is_over.is_set()

    @property
    def file_seconds(self) -> float:
        """How long one file may take."""
        return self._file_seconds


class _Lane(Generic[Key]):
    """A child at work. ``pending`` are the questions that it was asked and did not answer; they outlive it."""

    def __init__(self, pool: ProbePool[Key], child: Child, pending: deque[tuple[Key, ProbeRequest]]) -> None:
        self._pool = pool
        self._child = child
        self._pending = pending
        self._sent_bytes = 0
        self._rest = b""
        self._since = time.monotonic()
        self._served = 0
        self._decoder = msgspec.json.Decoder(Probed)

    def serve(self) -> None:
        """Ask and answer until the child should be replaced or the pool is closed."""
        output = self._child.output(tick_seconds=_TICK_SECONDS)
        self._await_ready(output)
        self._since = time.monotonic()
        for _, request in self._pending:  # what the child before left behind
            self._send(request)
        while not self._pool.is_over:
            self._ask()
            if not self._pending:
                if self._served >= _FILES_A_CHILD:
                    return
                continue
            try:
                chunk = next(output, None)
            except ToolFailed:
                chunk = None
            if chunk is None:
                self._pool.refuse(self._pending, _CRASHED)
                return
            self._take(chunk)
            too_slow = self._pending and time.monotonic() - self._since > self._pool.file_seconds
            if too_slow or len(self._rest) > _MOST_ANSWER_BYTES:
                self._pool.refuse(self._pending, _TOO_LONG)
                return

    def _await_ready(self, output: Iterator[bytes]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        for chunk in output:
            self._rest += chunk
            if b"\n" in self._rest:
                first, _, self._rest = self._rest.partition(b"\n")
                if first == _READY:
                    return
                break
            if self._pool.is_over:
                raise Stopped("The program is stopping.")
            if time.monotonic() > deadline:
                raise ToolStalled("The reader of media files does not start.", self._child.last_lines)
        raise ToolFailed("The reader of media files cannot be started.", self._child.last_lines)

    def _ask(self) -> None:
        """Keep the child busy, without ever filling its pipe."""
        while len(self._pending) < _MOST_AHEAD and self._sent_bytes < _BYTES_AHEAD and self._served < _FILES_A_CHILD:
            following = self._pool.next_request(patiently=not self._pending)
            if following is None:
                return
            if not self._pending:
                self._since = time.monotonic()
            self._pending.append(following)
            self._send(following[1])

    def _send(self, request: ProbeRequest) -> None:
        line = msgspec.json.encode(request) + b"\n"
        self._sent_bytes += len(line)
        try:
            self._child.write(line)
        except ToolFailed:
            pass  # it died; the end of its output says so next

    def _take(self, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            if not self._pending:
                return
            key, request = self._pending.popleft()
            self._sent_bytes -= len(msgspec.json.encode(request)) + 1
            self._served += 1
            self._since = time.monotonic()
            try:
                self._pool.answer(key, self._decoder.decode(line))
            except msgspec.MsgspecError:
                self._pool.answer(key, Probed(reason=_CRASHED))
