"""Long lists: selected and taken back, entered by letter, narrowed; smart collections, the bin, what comes next."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.photo import Photo
from media_library.models.podcast import NewEpisode, NewPodcast, PodcastPolicy
from media_library.models.preferences import AutoDownload
from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
MANY = 2_600
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A program of its own with a hundred films to each letter and two episodes of a show."""
    folder = tmp_path_factory.mktemp("lists") / "house"
    box = Appliance(folder)
    try:
        box.wait_until_it_serves()
        fill(folder / "state" / "media-library.db")
        yield box
    finally:
        box.stop()


def fill(database: Path) -> None:
    state = AppState(database)
    films, shows, articles, home = (
        state.library_of_kind(kind)
        for kind in (LibraryKind.MOVIES, LibraryKind.SHOWS, LibraryKind.ARTICLES, LibraryKind.HOME)
    )
    with state.transaction():
        for number in range(MANY):
            title = f"{LETTERS[number % 26]}{'abcdefghij'[number // 26 % 10]} Film {number}"
            file = MediaFile(f"movies/{title}.mp4", 1, number, number, "mp4", 5_400_000)
            names = MediaNames(title, 1950 + number % 70)
            # what has a file comes back from the bin only with it
            state.add_media(NewMedia(MediaType.MOVIE, films.id, names, None if title.startswith("Zj") else file))
        for episode in (1, 2):
            file = MediaFile(f"shows/{episode}.mkv", 1, episode, MANY + episode, "mkv", 1_000_000)
            names = MediaNames(f"Part {episode}", show_title="Harbour Lights", season=1, episode=episode)
            state.add_media(NewMedia(MediaType.EPISODE, shows.id, names, file))
        for number in range(130):
            day = datetime(2026, 10, 15, tzinfo=UTC) - timedelta(days=10 * number)
            at, names = int(day.timestamp() * 1000), MediaNames(f"Letter {number:03d}", show_title="North")
            state.add_media(NewMedia(MediaType.ARTICLE, articles.id, names, None, published_at=at))
            picture = state.add_media(NewMedia(MediaType.PHOTO, home.id, MediaNames(f"IMG {number:03d}"), None))
            state.put_photo(picture.id, Photo(at, day.date().isoformat(), 4000, 3000))
        nothing = PodcastPolicy(AutoDownload.NONE)
        podcast = state.add_podcast(NewPodcast("https://talk.example/feed", "Harbour Talk", nothing, check_at=2**50))
        state.add_episodes(podcast.id, [episode_of(number) for number in range(130)])
    state.close()


def episode_of(number: int) -> NewEpisode:
    """An episode that nobody fetched, one for each ten days."""
    at = int((datetime(2026, 10, 15, tzinfo=UTC) - timedelta(days=10 * number)).timestamp() * 1000)
    address = f"https://talk.example/{number}.mp3"
    return NewEpisode(
        guid=f"g{number}",
        digest="",
        title=f"Talk {number:03d}",
        overview="",
        notes="",
        published_at=at,
        duration_ms=60_000,
        season=None,
        episode=None,
        enclosure_url=address,
        enclosure_key=address,
        enclosure_type="audio/mpeg",
        enclosure_bytes=1,
        image_url=None,
        chapters_url=None,
        transcript_url=None,
        transcript_type=None,
    )


def seen(visitor: Visitor) -> int:
    """How many films the person has seen, as the server knows."""
    whole = visitor.page.evaluate("fetch('/api/library?type=movie&limit=1').then((one) => one.json())")
    left = visitor.page.evaluate("fetch('/api/library?type=movie&limit=1&unfinished=true').then((one) => one.json())")
    return int(whole["count"]) - int(left["count"])


@pytest.mark.timeout(240)
def test_many_films_are_selected_marked_and_the_marks_taken_back(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/films?sort=title")
    page = visitor.page
    boxes = page.get_by_role("checkbox", name="Select ")
    expect(boxes.first).to_be_attached()
    boxes.nth(1).click()
    boxes.nth(5).click(modifiers=["Shift"])
    bar = page.get_by_role("region", name="What to do with the selection")
    expect(bar.get_by_text("5 selected")).to_be_visible()
    assert check(visitor, "a selection") == []
    bar.get_by_role("button", name="Mark as watched").click()
    expect(page.get_by_text("5 items are marked as watched.")).to_be_visible()
    expect(bar).to_have_count(0)
    visitor.wait(lambda: seen(visitor) == 5, "five films that were seen")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("All is as it was.")).to_be_visible()
    assert seen(visitor) == 0
    boxes.first.click()
    page.keyboard.press("ControlOrMeta+a")
    expect(bar.get_by_text("2,600 selected")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)


@pytest.mark.timeout(240)
def test_a_letter_leads_far_into_a_list_which_stays_short_on_the_page(house: Appliance, visit: Visit) -> None:
    visitor = visit(house)
    visitor.sign_in("/films?sort=title")
    page = visitor.page
    rail = page.get_by_role("navigation", name="Jump to a letter")
    rail.get_by_role("button", name="To X").click()
    expect(page.get_by_role("link", name="Xa Film").first).to_be_visible()
    assert page.locator(".grid__item").count() < 150
    rail.get_by_role("button", name="To X").press("ArrowUp")
    expect(page.get_by_role("link", name="Wa Film").first).to_be_visible()
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Years").select_option("1960")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Without “1960s”")).to_be_visible()
    assert "decade=1960" in page.url
    page.reload()
    expect(page.get_by_role("button", name="Without “1960s”")).to_be_visible()
    expect(page.get_by_text("370 films").first).to_be_visible()


@pytest.mark.timeout(240)
def test_a_smart_collection_counts_while_it_is_written_and_fills_itself(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/collections")
    page = visitor.page
    page.get_by_role("button", name="New smart collection").click()
    dialog = page.get_by_role("dialog", name="New smart collection")
    expect(dialog.get_by_text("2,600 items fit")).to_be_visible()
    dialog.get_by_role("button", name="One more condition").click()
    dialog.get_by_label("What", exact=True).nth(2).select_option("year")
    dialog.get_by_label("How", exact=True).nth(2).select_option("is")
    dialog.get_by_label("Value", exact=True).nth(2).fill("1950")
    expect(dialog.get_by_text("38 items fit")).to_be_visible()
    assert check(visitor, "a rule") == []
    dialog.get_by_label("Name", exact=True).fill("Of 1950")
    dialog.get_by_role("button", name="Make the collection").click()
    expect(page.get_by_role("heading", name="Of 1950", level=1)).to_be_visible()
    expect(page.get_by_text("38 entries").first).to_be_visible()
    first = _json(visitor, "/api/library?type=movie&year=1950&limit=1")["items"][0]
    visitor.page.evaluate(
        "(id) => fetch('/api/bulk/watched', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify({ids: [id], seen: true})})",
        first["id"],
    )
    page.reload()
    expect(page.get_by_text("37 entries").first).to_be_visible()


@pytest.mark.timeout(240)
def test_what_was_removed_lies_in_the_bin_and_comes_back(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/films")
    visitor.go("/films?sort=title&direction=desc")
    page = visitor.page
    boxes = page.get_by_role("checkbox", name="Select Zj Film")
    boxes.first.click()
    boxes.nth(1).click()
    page.get_by_role("region", name="What to do with the selection").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("2 items are in the bin.")).to_be_visible()
    expect(page.get_by_text("2,598 films").first).to_be_visible()
    visitor.follow("/bin")
    rows = page.get_by_role("list", name="Items").get_by_role("listitem")
    expect(rows).to_have_count(2)
    assert check(visitor, "the bin") == []
    rows.first.get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("1 item is back.")).to_be_visible()
    expect(rows).to_have_count(1)
    page.get_by_role("checkbox", name="Select Zj Film").click()
    page.get_by_role("button", name="Bring back · 1 selected").click()
    expect(page.get_by_role("heading", name="The bin is empty")).to_be_visible()
    assert _json(visitor, "/api/library?type=movie&limit=1")["count"] == MANY


@pytest.mark.timeout(240)
def test_the_next_episode_stands_at_home_until_it_is_left_out(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/shows")
    page = visitor.page
    page.get_by_role("link", name="Harbour Lights").click()
    expect(page.get_by_role("heading", name="Harbour Lights", level=1)).to_be_visible()
    first = _json(visitor, "/api/library?type=episode&sort=title")["items"][0]
    visitor.page.evaluate(
        "(id) => fetch(`/api/media/${id}/progress`, {method: 'PUT', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify({position: 1000, duration: 1000})})",
        first["id"],
    )
    page.keyboard.press("g")
    page.keyboard.press("h")
    shelf = page.get_by_role("region", name="Up next")
    expect(shelf.get_by_role("link")).to_have_count(1)
    shelf.get_by_role("listitem").first.hover()
    shelf.get_by_role("button", name="Leave out “Harbour Lights”").click()
    expect(shelf).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(shelf.get_by_role("link")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert check(visitor, "the keys") == []
    visitor.forgive("/api/photos/")  # there are no files behind those at home


@pytest.mark.timeout(240)
def test_articles_are_entered_by_month_read_in_one_go_and_told_apart(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/articles?sort=published")
    page = visitor.page
    rail = page.get_by_role("navigation", name="Jump to a month")
    rail.get_by_role("button", name="To August 2024").press("Enter")
    expect(page.get_by_role("link", name="Letter 078")).to_be_visible()
    assert check(visitor, "articles by month") == []
    page.get_by_role("checkbox", name="Select Letter 078").click()
    page.get_by_role("checkbox", name="Select Letter 080").click(modifiers=["Shift"])
    bar = page.get_by_role("region", name="What to do with the selection")
    bar.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("3 texts are marked as read.")).to_be_visible()
    page.get_by_role("radio", name="Read", exact=True).check()
    expect(page.get_by_text("3 articles", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Nothing here fits the filter")).to_be_visible()
    page.get_by_role("radio", name="Unread").check()
    expect(page.get_by_text("130 articles", exact=True)).to_be_visible()


@pytest.mark.timeout(240)
def test_photos_are_entered_by_month_and_removed_together(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/home-media")
    page = visitor.page
    rail = page.get_by_role("navigation", name="Jump to a month")
    rail.get_by_role("button", name="To August 2024").press("Enter")
    expect(page.get_by_role("button", name="From the beginning again, not from August 2024 on")).to_be_visible()
    boxes = page.get_by_role("checkbox", name="Select Photo, ")
    expect(boxes.first).to_have_accessible_name("Select Photo, Mon, 26 Aug 2024, IMG 078")
    assert check(visitor, "photos by month") == []
    boxes.first.click()
    boxes.nth(2).click(modifiers=["Shift"])
    page.get_by_role("region", name="What to do with the selection").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("3 items are in the bin.")).to_be_visible()
    expect(boxes.first).to_have_accessible_name(re.compile("IMG 081"))
    page.get_by_role("button", name="Undo").click()
    expect(boxes.first).to_have_accessible_name(re.compile("IMG 078"))
    page.get_by_label("Sort by").select_option("oldest")
    page.get_by_role("button", name="From the beginning again, not from August 2024 on").click()
    expect(boxes.first).to_have_accessible_name(re.compile("IMG 129"))
    page.get_by_role("radio", name="Videos").check()
    expect(page.get_by_role("heading", name="Nothing of this kind yet")).to_be_visible()
    visitor.forgive("/api/photos/")  # there are no files behind them


@pytest.mark.timeout(240)
def test_episodes_are_entered_by_month_and_heard_together(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/podcasts")
    page = visitor.page
    page.get_by_role("link", name="Harbour Talk").click()
    rail = page.get_by_role("navigation", name="Jump to a month")
    rail.get_by_role("button", name="To August 2024").press("Enter")
    expect(page.get_by_role("link", name="Talk 078")).to_be_visible()
    assert check(visitor, "episodes by month") == []
    page.get_by_role("checkbox", name="Select Talk 078").click()
    page.get_by_role("checkbox", name="Select Talk 081").click(modifiers=["Shift"])
    bar = page.get_by_role("region", name="What to do with the selection")
    expect(bar.get_by_role("button", name="Add to a collection")).to_have_count(0)  # none of their files is here
    bar.get_by_role("button", name="Mark as heard").click()
    expect(page.get_by_text("4 episodes are marked as heard.")).to_be_visible()
    expect(page.get_by_text("126 unheard")).to_be_attached()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("130 unheard")).to_be_attached()
    boxes = page.get_by_role("checkbox", name="Select Talk ")
    page.get_by_label("Sort by").select_option("oldest")
    expect(page.get_by_role("link", name="Talk 129")).to_be_visible()
    boxes.first.click()
    bar.get_by_role("button", name="Star, to keep").click()
    expect(page.get_by_text("1 episode is starred, and its file is kept.")).to_be_visible()
    page.get_by_role("radio", name="Starred").check()
    expect(boxes).to_have_count(1)


@pytest.mark.timeout(240)
def test_what_is_dragged_goes_where_it_is_dropped_and_can_be_taken_back(house: Appliance, visit: Visit) -> None:
    visitor = visit(house, axe=True)
    visitor.sign_in("/films?sort=title")
    page = visitor.page
    boxes = page.get_by_role("checkbox", name="Select ")
    expect(boxes.first).to_be_attached()
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    tray = _drag(visitor, page.locator(".choosable--chosen a").first)
    expect(tray.get_by_text("Drop all 3 on a collection")).to_be_visible()
    assert check(visitor, "the tray") == []
    _drop(visitor, tray.get_by_text("New collection"))
    dialog = page.get_by_role("dialog", name="New collection")
    dialog.get_by_role("textbox").fill("Rainy evenings")
    dialog.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("3 items are in “Rainy evenings” now.")).to_be_visible()
    expect(page.locator(".choosable--chosen")).to_have_count(0)
    tray = _drag(visitor, page.locator(".choosable a").nth(5))
    _drop(visitor, tray.get_by_text("Rainy evenings"))
    expect(page.get_by_text("1 item is in “Rainy evenings” now.")).to_be_visible()
    expect(tray).to_have_count(0)
    assert _held(visitor) == 4
    page.get_by_role("button", name="Undo").last.click()
    visitor.wait(lambda: _held(visitor) == 3, "the last one taken out again")
    tray = _drag(visitor, page.locator(".choosable a").nth(5))
    page.mouse.move(900, 700)
    page.mouse.up()
    page.mouse.move(890, 690)  # the list may have come anew, and then nobody says that the drag is over
    expect(tray).to_have_count(0)
    assert _held(visitor) == 3


def _drag(visitor: Visitor, card: Locator) -> Locator:
    """Pick a card up, and wait for the tray that comes for it."""
    page = visitor.page
    visitor.wait_for("performance.getEntriesByType('resource').some((one) => one.name.endsWith('/js/carrying.js'))")
    tray = page.get_by_role("region", name="Collections to drop on")
    box = card.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.down()
    for step in (4, 12, 30):
        page.mouse.move(box["x"] + box["width"] / 2 + step, box["y"] + 40 + step)
    expect(tray).to_be_visible()
    return tray


def _drop(visitor: Visitor, place: Locator) -> None:
    box = place.bounding_box()
    assert box is not None
    visitor.page.mouse.move(box["x"] + 8, box["y"] + 4)
    visitor.page.mouse.move(box["x"] + 10, box["y"] + 6)
    visitor.page.mouse.up()


def _held(visitor: Visitor) -> int:
    """How many entries the one collection has that was made by hand."""
    (one,) = [one for one in _json(visitor, "/api/collections")["collections"] if one["kind"] == "manual"]
    return int(one["count"])


def _json(visitor: Visitor, path: str) -> Any:
    return visitor.page.evaluate("(path) => fetch(path).then((answer) => answer.json())", path)
