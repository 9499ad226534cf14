"""Resolving and connecting in turns, so that whoever waits can break off."""

import errno
import os
import queue
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

Resolve = Callable[[str], Sequence[str]]
"""Gives all addresses of a host name, as text; raises ``OSError`` if there are none."""

_ATTEMPT_SECONDS = 3.0
_TURN_SECONDS = 0.4
_MOST_ADDRESSES = 16


def resolve_by_system(host: str) -> Sequence[str]:
    """All addresses that the resolver of the system gives for a name."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


def addresses_of(name: str, resolve: Resolve, deadline: float, while_waiting: Callable[[], None]) -> list[str]:
    """The answers to one question. Raises ``OSError`` if there are none: ``TimeoutError`` if there are none in time.

    It is asked in a thread, because the resolver of the system knows no time-out.
    """
    answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(name))
        except OSError as error:
            answers.put(error)
        except UnicodeError:
            answers.put(())

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    for seconds in _turns(deadline, while_waiting):
        try:
            found = answers.get(timeout=seconds)
        except queue.Empty:
            continue
        if isinstance(found, OSError):
            raise found
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return list(dict.fromkeys(found))
    raise TimeoutError("the resolver does not answer")


def connect_to_one(
    addresses: Iterable[str], port: int, deadline: float, while_waiting: Callable[[], None]
) -> socket.socket:
    """Try the addresses in their order; one that does not answer leaves time for the next."""
    chosen = list(addresses)[:_MOST_ADDRESSES]
    failure: OSError = TimeoutError("timed out")
    for position, address in enumerate(chosen):
        is_last = position == len(chosen) - 1
        connection = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        try:
            until = deadline if is_last else min(deadline, time.monotonic() + _ATTEMPT_SECONDS)
            _connect(connection, (address, port), until, while_waiting)
            connection.setblocking(True)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            connection.close()
            failure = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise failure


def _connect(
    connection: socket.socket, address: tuple[str, int], deadline: float, while_waiting: Callable[[], None]
) -> None:
    connection.setblocking(False)
    problem = connection.connect_ex(address)
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_WRITE)
        for seconds in _turns(deadline, while_waiting):
            if problem != errno.EINPROGRESS:
                break
            if selector.select(seconds):
                problem = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if problem:
        raise TimeoutError("timed out") if problem == errno.EINPROGRESS else OSError(problem, os.strerror(problem))


def _turns(deadline: float, while_waiting: Callable[[], None]) -> Iterator[float]:
    """How many seconds to wait in each turn until the deadline; there is at least one turn."""
    yield max(0.0, min(_TURN_SECONDS, deadline - time.monotonic()))
    while (left := deadline - time.monotonic()) > 0:
        while_waiting()
        yield min(_TURN_SECONDS, left)
