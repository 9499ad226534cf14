"""Getting in: the first run with the console token, and signing in afterwards."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.appliance import PASSWORD, USERNAME, Appliance
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]


def test_whoever_has_the_console_token_claims_the_box_and_is_invited_to_insert_a_disc(
    tmp_path: Path, visit: Visit
) -> None:
    box = Appliance(tmp_path / "fresh", claimed=False)
    try:
        box.wait_until_it_serves()
        visitor = visit(box)
        visitor.go("/")
        page = visitor.page
        expect(page.get_by_role("heading", name="Make it yours")).to_be_visible()

        page.get_by_label("Setup token").fill("wrong")
        page.get_by_label("Your name").fill("anna")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_role("alert")).not_to_be_empty()
        visitor.forgive("Failed to load resource")

        page.get_by_label("Setup token").fill(box.token())
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_role("heading", name="Insert a disc")).to_be_visible()
    finally:
        box.stop()


def test_a_stranger_signs_in_and_lands_where_they_wanted_to_go(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.go("/films?sort=title")
    page = visitor.page
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()

    page.get_by_label("Name").fill(USERNAME)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    visitor.forgive("Failed to load resource")

    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Films", level=1)).to_be_visible()
    assert page.url == f"{appliance.address}/films?sort=title"


def test_signing_in_never_leads_to_another_site(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("//example.org/")
    assert visitor.page.url == f"{appliance.address}/"


def test_signing_out_closes_the_door(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/settings/account")
    visitor.page.get_by_role("button", name="Sign out here").click()
    expect(visitor.page.get_by_role("heading", name="Welcome back")).to_be_visible()
    visitor.go("/films")
    expect(visitor.page.get_by_role("heading", name="Welcome back")).to_be_visible()
