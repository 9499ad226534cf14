"""Starts Media Library: which parts run in which mode, and the commands for the console."""

import argparse
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))

from media_library import config, supervisor  # noqa: E402  # the package lies in src
from media_library.config import Settings  # noqa: E402
from media_library.errors import MediaLibraryError  # noqa: E402
from media_library.log import set_up_logging  # noqa: E402

MODES: dict[str, tuple[str, ...]] = {
    "full": ("web", "discs"),
    "server": ("web",),
    "monitor": ("discs",),
}
"""The parts that a mode starts: the web server with its housekeeping, the disc monitor with the rip workers."""

PROCESSES: dict[str, tuple[str, ...]] = {
    "web": ("web",),
    "work": ("web", "discs"),
}
"""The processes, and for which parts each is needed: answering is apart from heavy work."""


def serve_web(settings: Settings, parts: Sequence[str], lifeline: int) -> None:
    """The process that answers browsers."""
    from media_library import web_server

    web_server.serve(settings, lifeline=lifeline)


def do_work(settings: Settings, parts: Sequence[str], lifeline: int) -> None:
    """The process that does what takes long."""
    from media_library.workers import work_process

    stop = threading.Event()
    supervisor.stop_on_signals(stop)
    work_process.work(settings, stop, discs="discs" in parts, housekeeping="web" in parts)


RUN: dict[str, Callable[[Settings, Sequence[str], int], None]] = {"web": serve_web, "work": do_work}


def main(argv: Sequence[str]) -> int:
    """Run the program; returns its exit code: 0 after an orderly stop, 1 when it cannot start, 2 for bad arguments."""
    arguments = _parser().parse_args(argv)
    set_up_logging()
    try:
        settings = config.load(Path(arguments.config), os.environ, env_file=ROOT / ".env")
        if arguments.command is not None:
            from media_library import console

            return console.run(settings, arguments)
        if arguments.process is not None:
            if arguments.lifeline >= 0:
                supervisor.hang_on_lifeline(arguments.lifeline)
            RUN[arguments.process](settings, MODES[arguments.mode], arguments.lifeline)
            return 0
        return _supervise(settings, arguments)
    except MediaLibraryError as error:
        print(f"{sys.argv[0]}: {error}", file=sys.stderr)
        return 1


def _supervise(settings: Settings, arguments: argparse.Namespace) -> int:
    parts = MODES[arguments.mode]
    again = [sys.executable, str(ROOT / "main.py"), "--config", arguments.config, "--mode", arguments.mode]
    locks = [supervisor.hold_lock(settings.data_directory, part) for part in parts]
    code = supervisor.run_once([*again, "prepare"])
    if code:
        return code
    code = supervisor.supervise(
        {name: [*again, "--process", name] for name, needed in PROCESSES.items() if set(needed) & set(parts)}
    )
    for lock in locks:
        lock.close()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description="A home media appliance in one program.")
    parser.add_argument("--mode", choices=MODES, default="full", help="which parts to start (default: full)")
    parser.add_argument("--config", default=str(ROOT / "config.json"), help="another config.json")
    parser.add_argument("--process", choices=PROCESSES, help=argparse.SUPPRESS)
    parser.add_argument("--lifeline", type=int, default=-1, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("doctor", help="list the outside programs: versions, what needs them, how to get them")
    commands.add_parser("prepare", help="bring the state up to date and make sure that the program can start")
    key = commands.add_parser("key", help="API keys").add_subparsers(dest="action", required=True)
    create = key.add_parser("create", help="make a key and print it once")
    create.add_argument("name")
    create.add_argument("--scope", action="append", required=True, help="read, manage, rip or metrics; may be repeated")
    create.add_argument("--user", help="whose key it is (default: the first admin)")
    create.add_argument("--days", type=int, help="days until it expires (default: never)")
    password = commands.add_parser("password", help="set a person's password, asked for on the console")
    password.add_argument("username")
    add = commands.add_parser("add", help="fetch what is at an address: a video, an article, a podcast, a book …")
    add.add_argument("url")
    add.add_argument("--as", dest="read_as", help="video, playlist, podcast, article, file, book or music_playlist")
    add.add_argument("--audio-only", action="store_true", help="only the sound of a video")
    add.add_argument("--user", help="on whose behalf (default: the first admin)")
    audit = commands.add_parser("audit", help="the audit trail").add_subparsers(dest="action", required=True)
    audit.add_parser("verify", help="tell whether an entry was changed afterwards")
    commands.add_parser("backup", help="write a backup of the state and print its path")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
