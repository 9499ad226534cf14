"""Pictures of every page, to be looked at: ``python -m bench.screens [PAGE…]`` writes them into docs/img/screens.

One sheet for each page: empty, with the library of the demo and with 100,000 films; on a telephone and on a computer;
dark and light.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from bench import ROOT
from bench.workbench import ADMIN, PASSWORD, Workbench, add_many

_FOLDER = ROOT / "docs" / "img" / "screens"
_MANY = 100_000
_SIZES = {"telephone": (390, 844), "computer": (1440, 900)}
_THEMES = ("dark", "light")
_SHEET_HEIGHT = 420
_GAP = 8
_SETTLE_MS = 900
_DEMO_SECONDS = 420.0
_DISCS, _VIDEOS = 3, 2
_COUNT = "async (type) => (await (await fetch(`/api/library?type=${type}&limit=1`)).json()).count"
_AT_WORK = ("queued", "encoding", "downloading", "working")
_PAPER = (120, 120, 120)

_PAGES: Mapping[str, str] = {
    "home": "/",
    "films": "/films",
    "shows": "/shows",
    "music": "/music",
    "artists": "/music?view=artists",
    "podcasts": "/podcasts",
    "videos": "/videos",
    "articles": "/articles",
    "books": "/books",
    "home-media": "/home-media",
    "collections": "/collections",
    "library": "/library",
    "search": "/search?q=har",
    "add": "/add",
    "activity": "/activity",
    "review": "/review",
    "bin": "/bin",
    "highlights": "/highlights",
    "offline": "/offline",
    "who": "/who",
    "link": "/link",
    "settings": "/settings",
    "settings-account": "/settings/account",
    "settings-people": "/settings/people",
    "settings-libraries": "/settings/libraries",
    "settings-names": "/settings/names",
    "settings-discs": "/settings/discs",
    "settings-playback": "/settings/playback",
    "settings-downloads": "/settings/downloads",
    "settings-podcasts": "/settings/podcasts",
    "settings-notifications": "/settings/notifications",
    "settings-storage": "/settings/storage",
    "settings-health": "/settings/health",
    "nowhere": "/nowhere",
}
"""Pages that every library has."""

_FOUND: Mapping[str, tuple[str, str]] = {
    "film": ("/api/library?type=movie&limit=1&sort=title&direction=asc", "/item/{id}"),
    "player": ("/api/library?type=movie&limit=1&sort=title&direction=asc", "/play/{id}"),
    "show": ("/api/library?type=episode&limit=1", "/shows/{show_key}"),
    "episode": ("/api/library?type=episode&limit=1", "/item/{id}"),
    "album": ("/api/library?type=track&limit=1", "/music/{album_key}"),
    "article": ("/api/library?type=article&limit=1", "/articles/{id}"),
    "book": ("/api/library?type=book&limit=1", "/books/{id}"),
    "reader": ("/api/library?type=book&limit=1", "/read/{id}"),
    "photo": ("/api/library?type=photo&limit=1", "/home-media/{id}"),
}
"""Pages of the first thing of a kind; a library without one has no such page."""


@dataclass(frozen=True, slots=True)
class _House:
    """A running appliance and who may sign in there."""

    name: str
    address: str
    username: str
    password: str


def main(argv: Sequence[str]) -> int:
    """Take the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.screens", description=__doc__)
    known = [*_PAGES, *_FOUND]
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"some of: {', '.join(known)}")
    parser.add_argument("--into", type=Path, default=_FOLDER, help="the folder to write into")
    arguments = parser.parse_args(argv)
    wanted = arguments.pages or known
    if unknown := sorted(set(wanted) - set(known)):
        parser.error(f"there is no page {unknown[0]}")
    arguments.into.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="media-library-screens-"))
    try:
        with ExitStack() as stack:
            houses = _houses(stack, folder)
            playwright = stack.enter_context(sync_playwright())
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--mute-audio"]
            )
            _wait_for_discs(browser, houses[1])
            shots = {house.name: _shots(browser, house, wanted) for house in houses}
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for page in wanted:
        rows = [shots[house.name][page] for house in houses if page in shots[house.name]]
        if rows:
            _sheet(rows).save(arguments.into / f"{page}.webp", quality=55, method=6)
    return 0


def _houses(stack: ExitStack, folder: Path) -> list[_House]:
    """An empty one, that of the demo, and a huge one."""
    demo = stack.enter_context(_demo())
    workbench = stack.enter_context(Workbench(folder))
    empty, huge = workbench.appliance("empty"), workbench.appliance("huge")
    add_many(huge, _MANY)
    stack.enter_context(empty)
    stack.enter_context(huge)
    return [
        _House("empty", empty.address, ADMIN, PASSWORD),
        demo,
        _House("huge", huge.address, ADMIN, PASSWORD),
    ]


@contextmanager
def _demo() -> Iterator[_House]:
    """The demo, once everything that it brings has arrived."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bench.demo", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = ""
        while "Sign in" not in said:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"The demo did not start:\n{said}")
            said += line
        (address,) = re.findall(r"Open\s+(\S+)", said)
        ((username, password),) = re.findall(r"Sign in\s+(\S+)\s+/\s+(\S+)", said)
        threading.Thread(target=process.stdout.read, daemon=True).start()  # it must not wait for a reader
        yield _House("demo", address, username, password)
    finally:
        process.terminate()
        process.communicate()


def _wait_for_discs(browser: Browser, house: _House) -> None:
    """Wait until the discs of the demo are in the library and nothing is at work any more."""
    context = browser.new_context(storage_state=_sign_in(browser, house))
    page = context.new_page()
    page.goto(house.address)
    deadline = time.monotonic() + _DEMO_SECONDS
    while time.monotonic() < deadline:
        jobs = page.evaluate("async () => (await (await fetch('/api/jobs?limit=100')).json()).jobs")
        rips = sum(job["kind"] == "rip" and job["status"] == "done" for job in jobs)
        fetched = page.evaluate(_COUNT, "video") >= _VIDEOS and page.evaluate(_COUNT, "podcast") >= 1
        if rips >= _DISCS and fetched and not any(job["status"] in _AT_WORK for job in jobs):
            break
        page.wait_for_timeout(1_000)
    context.close()


def _shots(browser: Browser, house: _House, wanted: Sequence[str]) -> dict[str, list[Image.Image]]:
    """For each page its pictures, one for each size and theme."""
    signed_in = _sign_in(browser, house)
    found: dict[str, list[Image.Image]] = {}
    for size in _SIZES.values():
        for theme in _THEMES:
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if theme == "dark" else "light",
                storage_state=signed_in,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(house.address)
            for name, path in _paths(page, wanted).items():
                page.goto(house.address + path)
                page.wait_for_timeout(_SETTLE_MS)
                found.setdefault(name, []).append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
            context.close()
    return found


def _paths(page: Page, wanted: Sequence[str]) -> dict[str, str]:
    paths = {name: path for name, path in _PAGES.items() if name in wanted}
    for name, (question, path) in _FOUND.items():
        if name in wanted:
            items = page.evaluate("async (path) => (await (await fetch(path)).json()).items ?? []", question)
            if items:
                paths[name] = path.format_map(items[0])
    return paths


def _sign_in(browser: Browser, house: _House) -> StorageState:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{house.address}/login")
    page.locator("input[name=username]").fill(house.username)
    page.locator("input[name=password]").fill(house.password)
    page.keyboard.press("Enter")
    page.locator(".app:not([aria-hidden])").first.wait_for()
    state = context.storage_state()
    context.close()
    return state


def _sheet(rows: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """The pictures of a page beside and below each other, all of one height."""
    small = [
        [
            one.resize((round(one.width * _SHEET_HEIGHT / one.height), _SHEET_HEIGHT), Image.Resampling.LANCZOS)
            for one in row
        ]
        for row in rows
    ]
    width = max(sum(one.width + _GAP for one in row) for row in small) + _GAP
    sheet = Image.new("RGB", (width, len(small) * (_SHEET_HEIGHT + _GAP) + _GAP), _PAPER)
    for number, row in enumerate(small):
        left = _GAP
        for one in row:
            sheet.paste(one, (left, _GAP + number * (_SHEET_HEIGHT + _GAP)))
            left += one.width + _GAP
    return sheet


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
