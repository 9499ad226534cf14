"""How long it takes from the click on "Play" until the first picture stands, in a browser."""

import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

from bench.appliance import Appliance
from bench.report import Goal, Report, median
from bench.workbench import ADMIN, PASSWORD, Workbench

_SECONDS = 15
_ROUNDS = 3
_SETTLED_MS = 2_000
_PICTURE = ("-f", "lavfi", "-i", f"testsrc2=size=1920x1080:rate=24:duration={_SECONDS}")
_SOUND = ("-f", "lavfi", "-i", f"sine=duration={_SECONDS}")
_H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "48", "-pix_fmt", "yuv420p")
_HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=48", "-pix_fmt", "yuv420p")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A film, what happens to it in this browser, and how long that may take, in seconds."""

    title: str
    suffix: str
    codecs: tuple[str, ...]
    what: str
    most: float


_KINDS = (
    _Kind("Plain", "mp4", (*_H264, "-c:a", "aac", "-movflags", "+faststart"), "as it is: MP4 with H.264 and AAC", 0.5),
    _Kind("Packed", "ts", (*_H264, "-c:a", "aac"), "repacked: MPEG-TS with H.264 and AAC", 1.5),
    _Kind("Dolby", "mkv", (*_H264, "-c:a", "ac3"), "sound converted: Matroska with H.264 and AC-3", 1.5),
    _Kind("Modern", "mkv", (*_HEVC, "-c:a", "ac3"), "converted: Matroska with HEVC 1080p and AC-3", 3.0),
    _Kind("Disc", "mkv", ("-c:v", "mpeg2video", "-b:v", "12M", "-c:a", "ac3"), "converted: MPEG-2 1080p", 3.0),
)

_CLICK = """async () => {
    const link = document.querySelector('.detail a[href^="/play/"]');
    const begun = performance.now();
    link.click();
    const pause = () => new Promise((go) => setTimeout(go, 5));
    while (!document.querySelector("video") && performance.now() < begun + 60_000) await pause();
    const seen = new Promise((show) => document.querySelector("video")?.requestVideoFrameCallback(() => show(true)));
    const isThere = await Promise.race([seen, new Promise((give) => setTimeout(() => give(false), 60_000))]);
    return isThere ? performance.now() - begun : null;
}"""


_STATE = """() => {
    const media = document.querySelector("video");
    const said = document.querySelector(".player__failure")?.innerText ?? "";
    return `${said} ready ${media?.readyState}, at ${media?.currentTime}, paused ${media?.paused}`;
}"""


def measure(workbench: Workbench) -> Report:
    """Each kind of film from its page, in headless Chromium, with the app loaded as it is when somebody looks at it."""
    appliance = workbench.appliance("picture")
    for kind in _KINDS:
        _make(appliance.media / "movies" / kind.title / f"{kind.title}.{kind.suffix}", kind)
    found: dict[_Kind, list[float]] = {kind: [] for kind in _KINDS}
    with appliance, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required", "--mute-audio"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        films = _enter(page, appliance)
        for _ in range(_ROUNDS):
            for kind in _KINDS:
                page.goto(f"{appliance.address}/item/{films[kind.title]}")
                page.locator('.detail a[href^="/play/"]').first.wait_for()
                page.wait_for_timeout(_SETTLED_MS)
                took = page.evaluate(_CLICK)
                if took is None:
                    raise RuntimeError(
                        f"No picture of “{kind.title}”: {page.evaluate(_STATE)}\n{appliance.last_words()}"
                    )
                found[kind].append(took / 1000)
                _send(page, "DELETE", f"/api/media/{films[kind.title]}/progress")
        browser.close()
    return Report(
        "Click to picture",
        f"From the click on “Play” on a film's page to the first picture that the browser shows, in headless Chromium,"
        f" which decodes neither HEVC nor Dolby; films of 1080p, {_ROUNDS} rounds.",
        ("film", "median", "longest"),
        tuple((kind.what, f"{median(times):.2f} s", f"{max(times):.2f} s") for kind, times in found.items()),
        tuple(Goal(f"picture, {kind.what.partition(':')[0]}", median(found[kind]), kind.most, "s") for kind in _KINDS),
    )


def _make(path: Path, kind: _Kind) -> None:
    path.parent.mkdir(parents=True)
    command = ("ffmpeg", "-nostdin", "-v", "error", *_PICTURE, *_SOUND, *kind.codecs, str(path))
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _enter(page: Page, appliance: Appliance) -> dict[str, str]:
    """Sign in and have the films looked at; returns their ids by title."""
    page.goto(f"{appliance.address}/login")
    page.get_by_label("Name").fill(ADMIN)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator(".app:not([aria-hidden])").first.wait_for()
    _send(page, "POST", "/api/scan")
    for _ in range(600):
        with suppress(Error):
            items = _send(page, "GET", "/api/library?limit=20")["items"]
            if len(items) == len(_KINDS) and all(item["duration"] for item in items):
                return {item["title"]: item["id"] for item in items}
        page.wait_for_timeout(200)
    raise RuntimeError(f"The films were not found.\n{appliance.last_words()}")


def _send(page: Page, method: str, path: str) -> Any:
    return page.evaluate(
        """([method, path]) => fetch(path, {
            method, headers: { "Content-Type": "application/json" }, ...(method === "POST" && { body: "{}" }),
        }).then((answer) => (answer.status === 204 ? null : answer.json()))""",
        [method, path],
    )
