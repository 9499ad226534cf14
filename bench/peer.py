"""nginx as a peer: one worker, sendfile, the same files, on loopback."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.appliance import HOST, free_port

_CONFIG = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {host}:{port};
        root {root};
    }}
}}
"""


def require() -> str:
    """Where nginx is; raises ``RuntimeError`` if it is not installed."""
    program = find()
    if program is None:
        raise RuntimeError("nginx is not installed: apt install nginx-light, or brew install nginx.")
    return program


def find() -> str | None:
    """Where nginx is, also where a user's PATH does not lead; ``None`` if it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


@contextmanager
def nginx(program: str, root: Path, folder: Path) -> Iterator[tuple[int, int]]:
    """Serve the files of ``root``; yields the port and the process id. Raises ``RuntimeError``."""
    folder.mkdir(parents=True)
    port = free_port()
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(_CONFIG.format(folder=folder, user=user, host=HOST, port=port, root=root))
    server = subprocess.Popen(
        [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)], stdin=subprocess.DEVNULL
    )
    try:
        _wait_until_it_listens(server, port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_until_it_listens(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("nginx did not start.")
