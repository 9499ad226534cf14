"""The same app in Firefox and in WebKit, where they are installed: its pages come, and a film plays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.appliance import PASSWORD, USERNAME, Appliance
from tests.browser.engines import Engine, Firefox, WebKit, is_installed
from tests.conftest import wait_for

PAGES = (
    "/",
    "/films",
    "/shows",
    "/music",
    "/podcasts",
    "/videos",
    "/articles",
    "/books",
    "/collections",
    "/library",
    "/add",
    "/search?q=winter",
    "/activity",
    "/review",
    "/settings/account",
    "/settings/libraries",
)
_SIGN_IN = """fetch("/api/login", {{
    method: "POST",
    headers: {{ "Content-Type": "application/json" }},
    body: JSON.stringify({{ username: "{name}", password: "{password}" }}),
}}).then((answer) => answer.status)"""


@pytest.fixture(
    params=[
        pytest.param(
            engine,
            id=engine.__name__,
            marks=pytest.mark.skipif(not is_installed(engine), reason=f"{engine.__name__} is not installed"),
        )
        for engine in (Firefox, WebKit)
    ]
)
def browser(request: pytest.FixtureRequest, tmp_path: Path, appliance: Appliance) -> Iterator[Engine]:
    engine: Engine = request.param(tmp_path)
    try:
        engine.go(f"{appliance.address}/login")
        assert engine.evaluate(_SIGN_IN.format(name=USERNAME, password=PASSWORD)) == 200
        yield engine
    finally:
        engine.end()


@pytest.mark.timeout(300)
def test_every_page_comes(browser: Engine, appliance: Appliance) -> None:
    for page in PAGES:
        browser.go(appliance.address + page)
        wait_for(
            lambda: browser.evaluate(
                "document.querySelector('.app:not([aria-hidden]) h1, .app:not([aria-hidden]) h2') !== null"
            ),
            seconds=20,
        )
        assert browser.evaluate("document.querySelector('.empty__mark--bad') === null"), page
        wide = browser.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page} scrolls sideways by {wide} px"
