"""Many things are taken along at once: the room is asked for first, a broken line costs little, the newest stay."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import internet
from tests.browser.appliance import Appliance
from tests.browser.listening_house import ALBUM, add_track, write_tone
from tests.browser.test_add import allow, feed
from tests.browser.test_every_page import check
from tests.browser.test_offline import ask
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
LITTLE_ROOM = "navigator.storage.estimate = async () => ({ quota: 1_000_000_000, usage: 1_000_000_000 - FREE });"
EPISODES = 4


@pytest.fixture(scope="module")
def web() -> Iterator[internet.Site]:
    with internet.serve() as site:
        yield site


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A program with an album of three tracks and a season of four episodes."""
    box = Appliance(tmp_path_factory.mktemp("many") / "house")
    season = box.folder / "media" / "shows" / "Waves" / "Season 01"
    season.mkdir(parents=True)
    for number in range(1, EPISODES + 1):
        make_episode(season / f"Waves S01E{number:02d}.mp4")
    try:
        box.wait_until_it_serves()
        for number in range(1, 4):
            file = box.folder / "media" / "music" / ALBUM / f"{number}.flac"
            add_track(box.folder, f"Tone {number}", number, write_tone(file, begin=0, end=8, hertz=200.0 * number), 8)
        yield box
    finally:
        box.stop()


def make_episode(file: Path) -> None:
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=5:d=4"),
            *("-f", "lavfi", "-i", "sine=d=4", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"),
            *("-movflags", "+faststart", str(file)),
        ],
        check=True,
    )


def season(visitor: Visitor) -> tuple[str, list[dict[str, Any]]]:
    """The key of the show and its episodes, once all are known with their pictures."""

    def known() -> tuple[str, list[dict[str, Any]]] | None:
        groups = ask(visitor, "GET", "/api/shows")["items"]
        shows = [ask(visitor, "GET", f"/api/shows/{one['key']}") for one in groups]
        episodes = [one for show in shows for some in show["seasons"] for one in some["episodes"]]
        is_whole = len(episodes) == EPISODES and all(
            ask(visitor, "GET", f"/api/media/{one['id']}")["video"] for one in episodes
        )
        return (shows[0]["key"], episodes) if is_whole else None

    ask(visitor, "POST", "/api/scan", {})
    return visitor.wait(known, "four episodes", seconds=90) or ("", [])


@pytest.mark.timeout(240)
def test_what_does_not_fit_is_said_with_figures_and_the_first_ones_are_taken(visit: Visit, house: Appliance) -> None:
    visitor = visit(house, axe=True)
    page = visitor.page
    files = sorted((house.folder / "media" / "music" / ALBUM).iterdir())
    # A twentieth of what is free is left alone.
    free = round((files[0].stat().st_size + files[1].stat().st_size) / 0.95) + 2000
    page.add_init_script(LITTLE_ROOM.replace("FREE", str(free)))
    visitor.sign_in("/")
    album = ask(visitor, "GET", "/api/albums")["items"][0]["key"]
    visitor.go(f"/music/{album}")
    page.get_by_role("button", name="Take along").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("3 things")
    expect(asked).to_contain_text("The first 2 fit")
    assert check(visitor, "taking many things along") == []
    asked.get_by_role("button", name="Take 2 along").click()
    visitor.follow("/offline")
    expect(page.get_by_role("button", name="Remove Tone")).to_have_count(2, timeout=60_000)
    titles = page.locator(".device-row__title").all_inner_texts()
    assert titles == ["Tone 1", "Tone 2"], "an album keeps its order"
    visitor.follow(f"/music/{album}")
    page.evaluate(LITTLE_ROOM.replace("FREE", "1000"))
    page.get_by_role("button", name="Take along").click()
    expect(asked).to_contain_text("2 more are on this device")
    expect(asked).to_contain_text("There is no room for it")
    expect(asked.get_by_role("button", name="Take along")).to_be_disabled()


@pytest.mark.timeout(240)
def test_a_show_comes_without_what_was_seen_and_goes_on_after_the_line_broke(visit: Visit, house: Appliance) -> None:
    visitor = visit(house, axe=True)
    page = visitor.page
    visitor.sign_in("/")
    show, episodes = season(visitor)
    ask(visitor, "POST", "/api/bulk/watched", {"ids": [episodes[0]["id"]], "seen": True})
    page.route("**/api/stream/**", lambda route: route.abort())
    visitor.go(f"/shows/{show}")
    page.get_by_role("button", name="Take along", exact=True).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("3 things")
    asked.get_by_role("button", name="Take along").click()

    visitor.follow("/offline")
    expect(page.get_by_text("0 of 3 here")).to_be_visible()
    assert check(visitor, "many things on their way") == []
    page.get_by_role("button", name="Pause Waves").click()
    page.get_by_role("button", name="Go on with Waves").first.click()
    page.get_by_role("button", name="Stop and remove what is still to come of Waves").click()
    expect(page.get_by_text("0 of 3 here")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("0 of 3 here")).to_be_visible()

    page.unroute("**/api/stream/**")
    # The app is opened anew: what was begun goes on by itself.
    visitor.go("/offline")
    expect(page.get_by_role("button", name=re.compile("^Remove "))).to_have_count(3, timeout=90_000)
    visitor.forgive("ERR_FAILED")


@pytest.mark.timeout(240)
def test_what_is_selected_in_a_list_is_taken_along(visit: Visit, house: Appliance) -> None:
    visitor = visit(house)
    page = visitor.page
    visitor.sign_in("/")
    season(visitor)
    visitor.follow("/shows")
    page.get_by_role("checkbox", name="Select Waves").click()
    page.get_by_role("region", name="What to do with the selection").get_by_role("button", name="Take along").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("things")
    asked.get_by_role("button", name="Take along").click()
    expect(page.get_by_text("on their way to this device")).to_be_visible()
    expect(page.get_by_role("region", name="What to do with the selection")).to_have_count(0)


@pytest.mark.timeout(300)
def test_the_newest_episodes_of_a_podcast_stay_on_this_device(
    visit: Visit, house: Appliance, web: internet.Site
) -> None:
    visitor = visit(house)
    page = visitor.page
    visitor.sign_in("/")
    allow(visitor, web)
    podcast = ask(visitor, "POST", "/api/podcasts", {"url": feed(web), "auto_download": "all"})["podcast"]["id"]

    def here() -> list[dict[str, Any]]:
        episodes = ask(visitor, "GET", f"/api/podcasts/{podcast}/episodes")["items"]
        return [one for one in episodes if one["state"] == "here"]

    visitor.wait(lambda: len(here()) == 2, "two episodes were fetched", seconds=120)
    visitor.go(f"/podcasts/{podcast}")
    page.get_by_role("button", name="Take along").click()
    asked = page.get_by_role("dialog")
    asked.get_by_role("radio", name="1", exact=True).check()
    asked.get_by_role("switch", name="Always keep the newest one here").click()
    expect(asked).to_contain_text("All of it is on this device or on its way")
    asked.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="The newest one is kept here")).to_be_visible()
    visitor.go("/offline")
    expect(page.get_by_role("button", name="Remove The ice from this device")).to_be_visible(timeout=60_000)
    # Somebody removes it and leaves the page in that moment: it goes, and does not come back by itself.
    page.get_by_role("button", name="Remove The ice from this device").click()
    visitor.go("/offline")
    expect(page.get_by_text("Nothing is on this device")).to_be_visible()
