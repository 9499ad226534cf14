"""Adding videos, the downloader and the cookies of sites, over HTTP."""

import pytest

from media_library.models.content_job import DownloadOrder, LiveChoice, Reading
from media_library.models.job import JobKind
from media_library.models.user import Role
from tests.conftest import wait_for
from tests.routes.house import House

COOKIE = ".example.com\tTRUE\t/\tTRUE\t1999999999\tsid\ttopsecret"


def order_of(house: House) -> DownloadOrder:
    """What the content worker would be asked for next."""
    job = house.state.claim_content("test", per_host=2)
    assert job is not None and isinstance(job.order, DownloadOrder)
    return job.order


def test_an_address_is_queued_with_the_choices_of_the_settings(house: House) -> None:
    answer = house.member.send("POST", "/api/downloads", {"url": "https://video.example/watch?v=1"})
    assert answer.status_code == 202
    assert answer.json is not None
    assert answer.json["job"]["kind"] == JobKind.DOWNLOAD
    assert answer.json["existing"] is False
    assert order_of(house) == DownloadOrder("https://video.example/watch?v=1")


def test_choices_of_the_moment_come_before_those_of_the_settings(house: House) -> None:
    body = {"url": "https://video.example/1", "audio_only": True, "live": "record", "reading": "file"}
    assert house.member.send("POST", "/api/downloads", body).status_code == 202
    order = order_of(house)
    assert (order.audio_only, order.live, order.reading) == (True, LiveChoice.RECORD, Reading.FILE)


@pytest.mark.parametrize(
    ("path", "reading"),
    [
        ("/a/film.mp4", "file"),
        ("/a/SONG.MP3?x=1", "file"),
        ("/watch", "site"),
        ("/a.m3u8", "site"),
        ("/a.html", "site"),
    ],
)
def test_an_address_that_ends_like_a_media_file_is_read_as_one(house: House, path: str, reading: str) -> None:
    house.member.send("POST", "/api/downloads", {"url": f"https://video.example{path}"})
    assert order_of(house).reading == reading


def test_the_same_address_twice_is_one_job(house: House) -> None:
    first = house.member.send("POST", "/api/downloads", {"url": "https://video.example/1?utm_source=x"})
    again = house.member.send("POST", "/api/downloads", {"url": "https://VIDEO.example/1#t=5"})
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json is not None and first.json is not None
    assert again.json["existing"] and again.json["job"]["id"] == first.json["job"]["id"]


@pytest.mark.parametrize(
    "url",
    [
        *("", "no address", "-o", "--exec=id", "file:///etc/passwd", "javascript:alert(1)", "ytsearch:cats"),
        *("https://user:pass@example.com/", "https://exa mple.com", "https://example.com/\n--exec", "data:video/mp4,x"),
        *("gopher://example.com", "https://" + "a" * 3000, "http://[::1", "ftp://example.com/a.mp4", "\u202ehttps://a"),
    ],
)
def test_threat_91_what_is_no_web_address_is_refused_with_its_field(house: House, url: str) -> None:
    answer = house.member.send("POST", "/api/downloads", {"url": url})
    assert answer.status_code == 400
    assert answer.json is not None and answer.json["error"]["field"] == "url"
    assert house.state.claim_content("test", per_host=2) is None


def test_who_may_not_see_web_videos_cannot_add_one(house: House) -> None:
    dan = house.person("dan", Role.MEMBER, [])
    answer = dan.send("POST", "/api/downloads", {"url": "https://video.example/1"})
    assert answer.status_code == 403


def test_the_version_of_the_downloader_and_its_age_are_shown(house: House) -> None:
    answer = house.member.get("/api/downloader")
    assert answer.json is not None
    assert answer.json["version"] == "2026.10.26"
    assert answer.json["age_days"] >= 0
    assert answer.json["update"] == {"state": "idle", "message": ""}


def test_an_update_that_fails_says_why(house: House) -> None:
    answer = house.admin.send("POST", "/api/downloader/update", {})
    assert answer.status_code == 202

    def update() -> dict[str, str] | None:
        told = house.admin.get("/api/downloader").json
        return told["update"] if told is not None and told["update"]["state"] == "failed" else None

    assert wait_for(update)["message"]


def test_cookies_are_taken_listed_and_forgotten_but_never_shown(house: House) -> None:
    put = house.admin.send("PUT", "/api/sites/www.example.com/cookies", {"text": COOKIE})
    assert put.status_code == 200
    shown = [
        put,
        house.admin.get("/api/sites"),
        house.admin.get("/api/sites/example.com/cookies"),
        house.admin.get("/api/settings"),
    ]
    assert [answer.status_code for answer in shown] == [200] * 4
    assert not [answer for answer in shown if "topsecret" in answer.text]
    assert shown[1].json is not None and [site["host"] for site in shown[1].json["sites"]] == ["example.com"]
    assert house.admin.send("DELETE", "/api/sites/example.com/cookies").status_code == 204
    assert house.admin.get("/api/sites/example.com/cookies").status_code == 404
    audit = [(entry.action, entry.subject) for entry in house.state.list_audit(10)]
    assert ("put_site_cookies", "example.com") in audit


@pytest.mark.parametrize(
    ("host", "text"),
    [
        ("example.org", COOKIE),
        ("com", COOKIE),
        ("example.com", "no cookies"),
        ("example.com", "x" * 262_145),
    ],
)
def test_cookies_that_are_not_the_sites_are_refused(house: House, host: str, text: str) -> None:
    answer = house.admin.send("PUT", f"/api/sites/{host}/cookies", {"text": text})
    assert answer.status_code == 400
    answer = house.admin.get("/api/sites")
    assert answer.json == {"sites": []}
