"""The way of files from a device: chosen, dropped, interrupted, paused, begun again after a reload."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
SOON = 60_000
"""How long something may take here, ms; the machine has other things to do, too."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A program of its own, because what is sent stays."""
    box = Appliance(tmp_path_factory.mktemp("uploads") / "house")
    try:
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.fixture
def guest(house: Appliance, visit: Visit) -> Visitor:
    visitor = visit(house, axe=True)
    visitor.sign_in("/add")
    expect(visitor.page.get_by_text("Drop files or folders anywhere")).to_be_visible()
    return visitor


def arrivals(page: Page) -> dict[str, dict[str, Any]]:
    """What the server says of the uploads, by their names."""
    found: list[dict[str, Any]] = page.evaluate("async () => (await (await fetch('/api/uploads')).json()).uploads")
    return {upload["name"]: upload for upload in found}


def line(visitor: Visitor, bytes_per_second: int) -> Callable[..., None]:
    """A line that is no faster than this; what is returned makes it another one, or none at all."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("Network.enable")

    def change(bytes_per_second: int, *, offline: bool = False) -> None:
        conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1}
        session.send("Network.emulateNetworkConditions", {**conditions, "uploadThroughput": bytes_per_second})

    change(bytes_per_second)
    return change


def noise(path: Path, size_bytes: int) -> Path:
    """A file that is no medium, of a size that takes its time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size_bytes)
    return path


def row(page: Page, name: str) -> Any:
    return page.get_by_role("region", name="From this device").locator(".job", has_text=name)


@pytest.mark.timeout(180)
def test_a_chosen_folder_goes_with_its_folders_and_without_litter(guest: Visitor, tmp_path: Path) -> None:
    holiday = tmp_path / "Holiday"
    for name in ("Day 1/a.bin", "Day 1/b.bin", "Day 2/deep/c.bin", ".DS_Store", "Day 1/._a.bin"):
        noise(holiday / name, 2000)
    page = guest.page
    page.locator(".dropzone input[type=file]").nth(1).set_input_files(holiday)
    expect(page.get_by_role("region", name="From this device")).to_be_visible()
    guest.wait(lambda: [one["offset"] for one in arrivals(page).values()] == [2000] * 3, "all of them")
    folders = {name: upload["folder"] for name, upload in arrivals(page).items()}
    assert folders == {"a.bin": "Holiday/Day 1", "b.bin": "Holiday/Day 1", "c.bin": "Holiday/Day 2/deep"}
    assert check(guest, "uploads") == []


@pytest.mark.timeout(180)
def test_dropped_files_and_folders_are_read_to_their_ends(guest: Visitor, tmp_path: Path) -> None:
    trip = tmp_path / "Trip"
    names = [f"{number:03}.bin" for number in range(120)]
    for name in names:
        noise(trip / "inside" / name, 10)
    alone = noise(tmp_path / "alone.bin", 10)
    page = guest.page
    guest.follow("/films")
    expect(page.get_by_role("heading", name="Films", level=1)).to_be_visible()
    drop(guest, [str(trip), str(alone)])
    guest.wait_for("location.pathname === '/add'")
    wanted = {*names, "alone.bin"}
    guest.wait(lambda: wanted <= {*arrivals(page)}, "all of them", seconds=90)
    assert arrivals(page)["007.bin"]["folder"] == "Trip/inside"
    assert arrivals(page)["alone.bin"]["folder"] == ""


def drop(visitor: Visitor, files: list[str]) -> None:
    """Let files of the disk go over the window, as a hand does."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    carried = {"items": [], "files": files, "dragOperationsMask": 1}

    def move(kind: str) -> None:
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 400, "data": carried})

    move("dragEnter")
    move("dragOver")
    expect(visitor.page.locator(".veil")).to_be_visible()
    # Only where the page has said that it takes what is held there does the browser let go of it.
    move("dragOver")
    move("drop")


@pytest.mark.timeout(180)
def test_a_lost_connection_costs_nothing_but_time(guest: Visitor, tmp_path: Path) -> None:
    page = guest.page
    change = line(guest, 4_000_000)
    file = noise(tmp_path / "long.bin", 12_000_000)
    page.locator(".dropzone input[type=file]").first.set_input_files(file)
    expect(row(page, "long.bin")).to_contain_text("MB/s", timeout=SOON)
    change(-1, offline=True)
    expect(row(page, "long.bin")).to_contain_text("The connection is gone", timeout=SOON)
    change(-1)
    guest.wait(lambda: arrivals(page)["long.bin"]["offset"] == 12_000_000, "the end", seconds=60)
    guest.forgive("ERR_INTERNET_DISCONNECTED")
    guest.forgive("WebSocket connection")


@pytest.mark.timeout(180)
def test_a_paused_upload_goes_on_after_a_reload_when_the_same_file_is_chosen(guest: Visitor, tmp_path: Path) -> None:
    page = guest.page
    change = line(guest, 3_000_000)
    file = noise(tmp_path / "paused.bin", 30_000_000)
    page.locator(".dropzone input[type=file]").first.set_input_files(file)
    guest.wait(lambda: arrivals(page).get("paused.bin", {}).get("offset"), "a part is there", seconds=30)
    page.get_by_role("button", name="Pause paused.bin").click()
    expect(row(page, "paused.bin")).to_contain_text("Paused")
    here = arrivals(page)["paused.bin"]["offset"]
    guest.go("/add")
    left = page.get_by_role("region", name="Not finished")
    expect(left).to_contain_text("paused.bin")
    sent: list[int] = []

    def note(request: Request) -> None:
        if request.method == "PATCH":
            sent.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    change(-1)
    page.locator(".dropzone input[type=file]").first.set_input_files(file)
    guest.wait(lambda: arrivals(page)["paused.bin"]["offset"] == 30_000_000, "the end", seconds=60)
    assert sent and sent[0] >= here > 0
    expect(left).to_have_count(0)


@pytest.mark.timeout(120)
def test_an_upload_that_is_given_up_is_gone_and_an_empty_file_says_so(guest: Visitor, tmp_path: Path) -> None:
    page = guest.page
    line(guest, 1_000_000)
    files = [noise(tmp_path / "given up.bin", 40_000_000), noise(tmp_path / "nothing.bin", 0)]
    page.locator(".dropzone input[type=file]").first.set_input_files(files)
    expect(page.get_by_role("alert")).to_contain_text("The file is empty", timeout=SOON)
    guest.wait(lambda: "given up.bin" in arrivals(page), "it has begun")
    page.get_by_role("button", name="Give up given up.bin").click()
    expect(row(page, "given up.bin")).to_have_count(0)
    guest.wait(lambda: "given up.bin" not in arrivals(page), "it is gone")
    # The last bytes were still being received when the server was first asked.
    guest.forgive("409 (CONFLICT)")


@pytest.mark.timeout(120)
def test_uploads_go_on_beside_other_pages_and_show_in_the_drawer(guest: Visitor, tmp_path: Path) -> None:
    page = guest.page
    line(guest, 2_000_000)
    page.locator(".dropzone input[type=file]").first.set_input_files(noise(tmp_path / "beside.bin", 10_000_000))
    guest.follow("/films")
    page.get_by_role("button", name="Activity").click()
    drawer = page.get_by_role("dialog", name="Activity")
    expect(drawer.locator(".job", has_text="beside.bin")).to_be_visible(timeout=SOON)
    assert check(guest, "the drawer with uploads") == []
    guest.wait(lambda: arrivals(page)["beside.bin"]["offset"] == 10_000_000, "the end", seconds=60)
