"""Without a network: what was taken along plays, the place is told afterwards, nothing stays for the next person."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import PASSWORD, Appliance
from tests.browser.visitor import Visitor
from tests.push_service import PushService, push_service

PIECE = 4 * 1024 * 1024
WHOLE_SHELL = """
    caches.keys().then(async (names) => {
        for (const name of names)
            if (name.startsWith("shell-") && (await (await caches.open(name)).match("/"))) return true;
        return false;
    })
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    with push_service(tmp_path_factory.mktemp("push")) as running:
        yield running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[Appliance]:
    """A program with two films, one of which no browser plays, and one that is larger than a piece."""
    started = Appliance(
        tmp_path_factory.mktemp("offline") / "house", environment={"SSL_CERT_FILE": str(service.certificate)}
    )
    films = started.folder / "media" / "movies"
    modern = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "20", "-c:a", "aac", "-movflags", "+faststart")
    make(films / "Winter (2020)" / "Winter (2020).mp4", "testsrc2=s=320x240:r=10:d=30", 30, modern)
    make(films / "Older (2010)" / "Older (2010).mkv", "testsrc2=s=352x288:r=10:d=12", 12, ("-c:v", "mpeg2video"))
    noise = (*modern[:6], "-qp", "8", *modern[6:])
    make(films / "Large (2021)" / "Large (2021).mp4", "nullsrc=s=480x360:r=10:d=6,geq=random(1)*255:128:128", 6, noise)
    try:
        started.wait_until_it_serves()
        yield started
    finally:
        started.stop()


def make(file: Path, picture: str, seconds: int, how: tuple[str, ...]) -> None:
    file.parent.mkdir(parents=True)
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", picture),
            *("-f", "lavfi", "-i", f"sine=d={seconds}", *how, str(file)),
        ],
        check=True,
    )


def ask(visitor: Visitor, method: str, path: str, body: object = None) -> Any:
    answer = visitor.page.request.fetch(
        visitor.appliance.address + path,
        method=method,
        data=None if body is None else json.dumps(body),
        headers={"Origin": visitor.appliance.address, "Content-Type": "application/json"},
    )
    assert answer.ok, answer.text()
    return None if answer.status == 204 else answer.json()


def films(visitor: Visitor) -> dict[str, str]:
    """The ids of the films by their titles, once all are known with their pictures."""

    def known() -> dict[str, str] | None:
        found = {one["title"]: one["id"] for one in ask(visitor, "GET", "/api/library?type=movie")["items"]}
        if len(found) < 3 or not all(ask(visitor, "GET", f"/api/media/{film}")["video"] for film in found.values()):
            return None
        return found

    ask(visitor, "POST", "/api/scan", {})
    return visitor.wait(known, "three films", seconds=90) or {}


def take(visitor: Visitor, film: str, choice: str) -> None:
    visitor.go(f"/item/{film}")
    visitor.page.get_by_role("button", name="Take along").click()
    visitor.page.get_by_role("button", name=choice).click()


def test_what_was_taken_along_plays_without_a_network_and_the_place_is_told_afterwards(
    visit: Callable[..., Visitor], house: Appliance
) -> None:
    visitor = visit(house)
    page = visitor.page
    visitor.sign_in("/")
    known = films(visitor)
    take(visitor, known["Winter"], "As it is")
    expect(page.get_by_role("button", name="On this device")).to_be_visible()
    take(visitor, known["Older"], "480p")
    visitor.follow("/offline")
    expect(page.get_by_role("button", name="Remove Older from this device")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("left", exact=False).first).to_be_visible()
    visitor.wait_for(WHOLE_SHELL, seconds=60)

    page.context.set_offline(True)
    page.goto(f"{house.address}/films")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("button", name="Play Older").click()
    visitor.wait_for("document.querySelector('video')?.currentTime > 0.3")
    page.evaluate("document.querySelector('video').currentTime = 9")
    visitor.wait_for("document.querySelector('video')?.currentTime > 9.2")
    page.get_by_role("button", name="Play Winter").click()
    visitor.wait_for("document.querySelector('video')?.duration > 29")
    page.evaluate("document.querySelector('video').currentTime = 21")
    visitor.wait_for("document.querySelector('video')?.currentTime > 21.2")
    page.evaluate("document.querySelector('video').pause()")

    part = page.evaluate(
        """async (id) => {
            const answer = await fetch(`/offline-media/${id}`, { headers: { Range: "bytes=10-19" } });
            return [answer.status, answer.headers.get("Content-Range"), (await answer.arrayBuffer()).byteLength];
        }""",
        known["Winter"],
    )
    size = (house.folder / "media" / "movies" / "Winter (2020)" / "Winter (2020).mp4").stat().st_size
    assert part == [206, f"bytes 10-19/{size}", 10]

    page.context.set_offline(False)

    def told() -> bool:
        progress = ask(visitor, "GET", f"/api/media/{known['Winter']}")["progress"]
        return progress is not None and progress["position"] > 20

    visitor.wait(told, "the place was told", seconds=40)
    visitor.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_lost_line_costs_one_piece_and_every_byte_arrives(visit: Callable[..., Visitor], house: Appliance) -> None:
    visitor = visit(house)
    page = visitor.page
    visitor.sign_in("/")
    film = films(visitor)["Large"]
    asked: list[str] = []

    def cut(route: Any) -> None:
        asked.append(route.request.headers["range"])
        if len(asked) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/api/stream/**", cut)
    take(visitor, film, "As it is")
    expect(page.get_by_role("button", name="On this device")).to_be_visible(timeout=60_000)
    size = (house.folder / "media" / "movies" / "Large (2021)" / "Large (2021).mp4").stat().st_size
    assert size > PIECE, "the film must be larger than a piece"
    assert asked[0] == f"bytes=0-{PIECE - 1}"
    assert asked[1] == asked[2] == f"bytes={PIECE}-{2 * PIECE - 1}"
    visitor.wait_for("navigator.serviceWorker.controller !== null", seconds=60)
    same = page.evaluate(
        """async (id) => {
            const hash = async (url) => {
                const bytes = await (await fetch(url)).arrayBuffer();
                return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].join();
            };
            return (await hash(`/offline-media/${id}`)) === (await hash(`/api/download/${id}`));
        }""",
        film,
    )
    assert same
    visitor.forgive("ERR_FAILED")


def test_threat_118_nothing_but_the_programs_own_file_becomes_a_service_worker(
    visit: Callable[..., Visitor], house: Appliance
) -> None:
    visitor = visit(house)
    visitor.sign_in("/")
    film = films(visitor)["Winter"]
    paths = [
        f"/api/stream/{film}",
        f"/api/download/{film}",
        "/static/js/app.js",
        "/static/sw.js",
        "/offline-media/sw.js",
    ]
    for path in paths:
        refused = visitor.page.evaluate(
            """(path) => navigator.serviceWorker.register(path, { scope: "/" }).then(() => "taken", (e) => e.name)""",
            path,
        )
        assert refused in ("SecurityError", "TypeError"), path
    visitor.forgive("")  # the console says each time why


def test_threat_122_nothing_of_a_person_stays_after_they_signed_out(
    visit: Callable[..., Visitor], house: Appliance
) -> None:
    visitor = visit(house)
    page = visitor.page
    visitor.sign_in("/")
    known = films(visitor)
    if not any(one["username"] == "kim" for one in ask(visitor, "GET", "/api/users")["users"]):
        ask(visitor, "POST", "/api/users", {"username": "kim", "password": PASSWORD, "role": "member"})
    take(visitor, known["Winter"], "As it is")
    expect(page.get_by_role("button", name="On this device")).to_be_visible(timeout=60_000)
    visitor.follow("/settings/account")
    page.get_by_role("button", name="Sign out here").click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Sign out here").click()
    page.get_by_role("button", name="Sign out and remove").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    left = page.evaluate(
        """async (id) => {
            const cache = await caches.open("on-this-device");
            const found = await fetch(`/offline-media/${id}`);
            const stored = JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
            const type = found.headers.get("Content-Type") ?? "";
            return [(await cache.keys()).length, type.startsWith("video/"), stored];
        }""",
        known["Winter"],
    )
    assert left[:2] == [0, False]
    assert "Winter" not in left[2]
    kept = page.evaluate(
        """caches.keys().then(async (names) => {
            const found = [];
            for (const name of names) for (const one of await (await caches.open(name)).keys()) found.push(one.url);
            return found.filter((url) => new URL(url).pathname.startsWith("/api/"));
        })"""
    )
    assert kept == []
    visitor.forgive("status of 404")  # what was asked for above, where the worker has come already
    visitor.sign_in("/offline", name="kim")
    expect(page.get_by_text("Nothing is on this device")).to_be_visible()


def test_a_message_is_sealed_for_this_browser_and_opens_the_right_page(
    visit: Callable[..., Visitor], house: Appliance, service: PushService
) -> None:
    visitor = visit(house)
    page = visitor.page
    visitor.sign_in("/")
    page.context.grant_permissions(["notifications"], origin=house.address)
    ask(visitor, "PATCH", "/api/settings", {"downloads": {"allowed_hosts": [service.authority]}})
    browser = service.browser("chromium")
    wish = {**browser.subscription, "language": "en", "topics": ["job_failed"]}
    told = ask(visitor, "POST", "/api/me/push", wish)
    ask(visitor, "POST", "/api/me/push/test", {"id": told["id"]})
    assert [one["tag"] for one in service.messages(browser)] == ["test"]
    ask(visitor, "POST", "/api/downloads", {"url": "http://127.0.0.1:1/film.mp4"})
    message = visitor.wait(
        lambda: next((one for one in service.messages(browser) if one["topic"] == "job_failed"), None),
        "a message that the job failed",
        seconds=60,
    )
    assert message is not None
    assert str(message["url"]).startswith("/activity/")

    visitor.go("/settings/notifications")
    expect(page.get_by_role("heading", name="Notifications", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="End").first).to_be_visible()
    page.evaluate(
        "navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => true)"
    )
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda e: found.extend(r["registrationId"] for r in e["registrations"]),
    )
    session.send("ServiceWorker.enable")
    visitor.wait(lambda: found, "the worker")
    pushed = {"origin": house.address + "/", "registrationId": found[0], "data": json.dumps(message)}

    def shown() -> Any:
        # A worker that is not written to the disk yet gets nothing; the tag keeps it at one notification.
        session.send("ServiceWorker.deliverPushMessage", pushed)
        page.wait_for_timeout(200)
        return page.evaluate(
            """navigator.serviceWorker.ready.then(async (worker) =>
                (await worker.getNotifications()).map((one) => [one.title, one.body, one.data.url]))"""
        )

    visitor.wait(shown, "a notification")
    assert shown() == [[message["title"], message["body"], message["url"]]]
