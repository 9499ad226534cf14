"""The page about what takes the room: disks, areas, and the way from an area to what lies in it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]


def test_an_empty_library_says_so_and_a_disk_says_how_much_is_free(appliance: Appliance, visit: Visit) -> None:
    for width, theme in ((390, "dark"), (1440, "light")):
        visitor = visit(appliance, width=width, theme=theme, axe=True)
        visitor.sign_in("/settings/storage")
        page = visitor.page
        expect(page.get_by_role("heading", name="Storage", level=1)).to_be_visible()
        expect(page.get_by_role("region", name="Disks")).to_contain_text("free of")
        expect(page.get_by_role("region", name="What the program keeps for itself")).to_contain_text("Database")
        assert check(visitor, f"storage at {width}") == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
