"""What is spoken: silence passes faster and is counted, voices come nearer."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from media_library.models.media import Chapter
from tests.browser.appliance import Appliance
from tests.browser.listening_house import add_episode, write_speech
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
SECONDS = 45.0
TITLE = "The one about lighthouses"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A program of its own with an episode in which a voice and a longer silence take turns."""
    folder: Path = tmp_path_factory.mktemp("speech") / "house"
    box = Appliance(folder)
    try:
        box.wait_until_it_serves()
        chapters = (Chapter("Hello", 0, 15_000), Chapter("Lamps", 15_000, 30_000), Chapter("Bye", 30_000, 45_000))
        file = write_speech(folder / "media" / "podcasts" / "Small Talk" / "One.m4a", chapters, turns=10)
        add_episode(folder, TITLE, file, SECONDS, chapters)
        yield box
    finally:
        box.stop()


@pytest.fixture
def guest(house: Appliance, visit: Visit) -> Visitor:
    """Somebody who is signed in and listens to the episode."""
    visitor = visit(house, axe=True)
    visitor.sign_in("/")
    page = visitor.page
    media_id = page.evaluate("fetch('/api/library?type=podcast').then((a) => a.json()).then((all) => all.items[0].id)")
    # nobody has listened to it yet, whatever was tested before
    page.evaluate(f"fetch('/api/media/{media_id}/progress', {{ method: 'DELETE' }}).then((answer) => answer.status)")
    visitor.follow(f"/item/{media_id}")
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    page.locator("main button", has_text="Play").first.click()
    bar = page.get_by_role("region", name="Listening")
    expect(bar.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    return visitor


@pytest.mark.timeout(240)
def test_silence_passes_faster_and_what_it_saves_is_shown(guest: Visitor) -> None:
    """Of each turn of 4.5 s two thirds are silent; the speed that is shown stays that of the words."""
    page = guest.page
    bar = page.get_by_role("region", name="Listening")
    bar.get_by_role("button", name="Sound", exact=True).click()
    page.get_by_role("switch", name="Shorten silence").check()
    page.get_by_role("switch", name="Nearer voices").check()
    assert check(guest, "the sound of what is spoken") == []
    expect(page.get_by_text("seconds saved so far")).to_be_visible(timeout=40_000)
    saved = guest.wait_for("parseInt(document.querySelectorAll('.switch__hint')[1].textContent) >= 3", seconds=40)
    assert saved
    page.keyboard.press("Escape")
    expect(bar.get_by_title("Speed", exact=True)).to_contain_text("1×")
    assert guest.page.evaluate("fetch('/api/me/choices').then((a) => a.json())")["skip_silence"] is True


@pytest.mark.timeout(240)
def test_it_falls_asleep_at_the_end_of_the_chapter(guest: Visitor) -> None:
    page = guest.page
    bar = page.get_by_role("region", name="Listening")
    bar.get_by_role("button", name="Sleep timer").click()
    page.get_by_role("button", name="End of the chapter").click()
    expect(page.get_by_text("The sleep timer has stopped it. Good night.")).to_be_visible(timeout=60_000)
    expect(bar.get_by_role("button", name="Play", exact=True)).to_be_visible()
    place = float(bar.get_by_role("slider", name="Position").input_value())
    assert any(end - 1 < place < end + 1 for end in (15, 30)), place
