"""The commands for the console: adding what is at an address."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library import console
from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.errors import InvalidInput
from media_library.models.content_job import ArticleOrder, DownloadOrder
from media_library.models.preferences import DownloadPreferences
from media_library.models.user import Role
from media_library.services.state_file import open_state
from tests.internet import Page, Site, serve, shapes

PAGE = "<html><head><title>Tides</title></head><body><article>{}</article></body></html>"


@pytest.fixture
def web() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def settings(tmp_path: Path, web: Site) -> Settings:
    """A prepared box of Ann, who allowed the host in the house."""
    settings = Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data")))
    assert console.prepare(settings, argparse.Namespace(mode="full")) == 0
    state = open_state(settings)
    state.add_user("ann", "Ann", "hash", Role.ADMIN)
    state.add_user("kim", "Kim", "hash", Role.KID)
    state.change_download_preferences(replace(DownloadPreferences(), allowed_hosts=(web.authority,)))
    state.close()
    return settings


def add(settings: Settings, url: str, *, read_as: str | None = None, user: str | None = None) -> int:
    arguments = argparse.Namespace(command="add", url=url, read_as=read_as, audio_only=False, user=user)
    return console.run(settings, arguments)


def orders(settings: Settings) -> list[object]:
    state: AppState = open_state(settings)
    try:
        found: list[object] = []
        while (job := state.claim_content("test", per_host=9)) is not None:
            found.append(job.order)
        return found
    finally:
        state.close()


def test_an_address_is_added_as_what_it_is_and_only_once(
    settings: Settings, web: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    url = shapes.video_page(web)
    assert add(settings, url) == 0 and "Added as video." in capsys.readouterr().out
    assert add(settings, url) == 0 and "already" in capsys.readouterr().out
    assert orders(settings) == [DownloadOrder(url)]


def test_a_person_may_choose_another_reading(settings: Settings, web: Site) -> None:
    url = web.put("/tides", Page(PAGE.format("<p>The tide comes in and goes out.</p>" * 30).encode()))
    add(settings, url, read_as="article", user="ann")
    assert orders(settings) == [ArticleOrder(url)]
    with pytest.raises(InvalidInput, match="cannot be read as book"):
        add(settings, url, read_as="book")


@pytest.mark.parametrize("user", ["kim", "nobody"])
def test_who_may_not_add_is_told_so(settings: Settings, web: Site, user: str) -> None:
    with pytest.raises(InvalidInput, match="--user"):
        add(settings, shapes.video_page(web), user=user)
    assert orders(settings) == []
