"""The gunicorn worker: its thread pool, kept free of clients that linger, stall or count twice."""

import threading
from concurrent.futures import Future
from typing import Any

from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

from media_library.web_server.farewell import Farewell
from media_library.web_server.watchdog import Watchdog

_HEADER_SECONDS = 10.0

watchdog = Watchdog()
"""Watches the connections of this process."""


class MediaWorker(ThreadWorker):
    """A ``gthread`` worker whose main loop never waits for a client."""

    def init_process(self) -> None:
        """Start the threads of the process, now that it is one of its own."""
        watchdog.start()
        self._farewell = Farewell()
        self._watched = threading.local()
        super().init_process()

    def handle(self, conn: TConn) -> bool:
        """Answer a connection on a thread of the pool; its headers must come in time."""
        self._watched.let_go = watchdog.watch(conn.sock, _HEADER_SECONDS)
        try:
            return super().handle(conn)
        finally:
            self._watched.let_go()

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Answer a request whose headers are here."""
        self._watched.let_go()
        try:
            return super().handle_request(req, conn)
        except TimeoutError as error:
            raise StopIteration("The client took nothing for too long") from error

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        """Keep the connection for its next request, or let it be closed elsewhere, counted exactly once."""
        if not fs.cancelled() and fs.exception() is None and fs.result():
            super().finish_request(conn, fs)
        else:
            self._farewell.say(conn, self._count_down)

    def _count_down(self) -> None:
        def on_main_thread() -> None:
            self.nr_conns -= 1

        self.method_queue.defer(on_main_thread)
