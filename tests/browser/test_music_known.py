"""Music without tags: heard, known and shown as albums with covers; what two albums share is left to a person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.known_house import ask, tell
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.fixtures.music import write_track
from tests.internet.music import KEY, MusicWorld, Release, Track, music_world
from tests.music_house import fingerprint
from tests.music_service import cover

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.timeout(300)
SOON = 90_000
"""How long something may take here, ms; the services are asked at their own pace."""

TIDES = Release(
    "tides",
    "Tidewater",
    "Juniper Quartet",
    ((Track("Low Water", 4.0), Track("Slack", 5.0), Track("Undertow", 4.5)),),
    date="2012-03-02",
)
CLOCKS = Release(
    "clocks", "Clockwork", "Teal Room", ((Track("Escapement", 4.0), Track("Mainspring", 4.5)),), date="1998"
)
BEST = replace(CLOCKS, name="best", title="The Best of Teal Room", group="The Best of Teal Room", date="2004")


@dataclass(frozen=True, slots=True)
class Listening:
    """A program, and the services that know its music."""

    box: Appliance
    world: MusicWorld


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    folder = tmp_path_factory.mktemp("music-known") / "house"
    with music_world() as world:
        for release in (TIDES, CLOCKS, BEST):
            world.add(release)
            world.draw(release.id, cover())
        urls = dict.fromkeys(("musicbrainz_url", "acoustid_url", "cover_art_url"), world.url)
        box = Appliance(folder, services=urls, environment={"ACOUSTID_API_KEY": KEY})
        try:
            write(folder / "media" / "music" / "rip 7", TIDES, world)
            write(folder / "media" / "music" / "rip 8", CLOCKS, world)
            box.wait_until_it_serves()
            yield Listening(box, world)
        finally:
            box.stop()


def write(folder: Path, release: Release, world: MusicWorld) -> None:
    """Write the files of a release without a word in them, and let the services know how they sound."""
    for number, track in enumerate(release.media[0], 1):
        file = write_track(folder / f"{number:02}.flac", seed=number + 3 * len(release.artist), seconds=track.seconds)
        world.hear(fingerprint(file), release.recording_id(track))


def test_music_without_a_word_is_heard_and_what_is_in_doubt_is_settled(house: Listening, visit: Visit) -> None:
    visitor = visit(house.box, width=1440, axe=True)
    visitor.sign_in("/")
    page = visitor.page
    tell(visitor, "PATCH", "/api/settings", {"downloads": {"allowed_hosts": [urlsplit(house.world.url).netloc]}})
    tell(visitor, "POST", "/api/scan", {})
    visitor.wait(
        lambda: any(one["title"] == "Tidewater" for one in ask(visitor, "/api/albums")["items"]),
        "an album that was heard",
        seconds=SOON / 1000,
    )
    visitor.wait(lambda: ask(visitor, "/api/review")["count"] == 1, "one to be settled", seconds=SOON / 1000)
    assert house.world.asked_of("/v2/lookup"), "the files were heard"

    visitor.follow("/music")
    page.get_by_role("link", name="Tidewater").first.click()
    expect(page.get_by_role("heading", name="Tidewater", level=1)).to_be_visible()
    expect(page.get_by_text("Juniper Quartet").first).to_be_visible()
    for track in TIDES.media[0]:
        expect(page.get_by_role("button", name=f"Play {track.title}")).to_be_visible()
    visitor.wait_for("document.querySelector('.detail__cover img')?.naturalWidth > 0")
    assert check(visitor, "an album that was heard") == []

    visitor.follow("/review")
    expect(page.get_by_text("1 to settle")).to_be_visible()
    expect(page.locator(".proposal")).to_have_count(2)
    expect(page.get_by_text("Clockwork").first).to_be_visible()
    assert check(visitor, "an album in doubt") == []
    chosen = page.locator(".proposal", has_text="The Best of Teal Room")
    with page.expect_response(lambda answer: answer.url.endswith("/apply") and answer.ok, timeout=SOON):
        chosen.click()
    expect(page.get_by_text("You have settled")).to_be_visible()
    assert check(visitor, "an album that was settled") == []

    visitor.follow("/music")
    page.get_by_role("link", name="The Best of Teal Room").first.click()
    expect(page.get_by_role("heading", name="The Best of Teal Room", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Play Mainspring")).to_be_visible()
    visitor.wait_for("document.querySelector('.detail__cover img')?.naturalWidth > 0", seconds=60)
    assert ask(visitor, "/api/review")["count"] == 0
