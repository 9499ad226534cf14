"""Versions to take along over HTTP: asked for, and fetched in parts."""

from typing import Any

from media_library.models.prepared import PreparedQuality
from tests.routes.house import House, error_of


def test_a_version_is_asked_for_and_fetched_in_parts_once_it_is_ready(house: House) -> None:
    media = house.film("The Salt Road")
    asked: Any = house.kid.send("POST", f"/api/media/{media.id}/prepare", {"quality": "480p"}).json
    assert (asked["state"], asked["url"]) == ("waiting", None)
    url = f"/api/prepared/{media.id}/480p"
    assert error_of(house.kid.get(url)) == (404, "not_found")
    version = house.state.next_prepared()
    assert version is not None
    folder = house.settings.data_directory / "prepared"
    folder.mkdir(exist_ok=True)
    (folder / f"{media.id}-{PreparedQuality.SD}.mp4").write_bytes(b"0123456789")
    house.state.prepared_ready(version, 10)
    ready: Any = house.kid.send("POST", f"/api/media/{media.id}/prepare", {"quality": "480p"}).json
    assert (ready["state"], ready["url"], ready["size_bytes"]) == ("ready", url, 10)
    part = house.kid.get(url, headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert part.headers["Content-Type"] == "video/mp4"
    assert error_of(house.stranger.get(url)) == (401, "unauthenticated")
    assert error_of(house.kid.get(f"/api/prepared/{media.id}/4k")) == (404, "not_found")
    assert error_of(house.kid.send("POST", f"/api/media/{media.id}/prepare", {"quality": "4k"})) == (
        400,
        "bad_request",
    )


def test_what_one_may_not_see_cannot_be_taken_along(house: House) -> None:
    media = house.episode("The Lighthouse", 1, 1)
    answer = house.kid.send("POST", f"/api/media/{media.id}/prepare", {"quality": "480p"})
    assert error_of(answer) == (404, "not_found")
    assert error_of(house.kid.get(f"/api/prepared/{media.id}/480p")) == (404, "not_found")
