"""Which hosts are answered to, and from which pages something may be changed."""

from pathlib import Path

import pytest
from werkzeug.test import Client

from media_library.config import Settings, WebServer
from media_library.models.api_key import Scope
from media_library.routes.origins import Origins, split_host
from tests.routes.house import House, Somebody, error_of

PUBLIC = "https://media.example.org"
NAME_CHANGE = ("PATCH", "/api/me", {"display_name": "Changed"})
FOREIGN = [
    "https://evil.example", "null", "", "http://192.168.1.2", "https://192.168.1.2:8096", "http://192.168.1.2:80960",
    "http://192.168.1.2:8096.evil.example", "http://evil.192.168.1.2:8096", "http://192.168.1.22:8096",
    "http://192.168.1.2:8096@evil.example", "http://192.168.1.2:8096/", "file://", "http://192.168.1.2:8096, null",
    "ws://192.168.1.2:8096", "HTTP://192.168.1.2:8096\t", "http://192.168.1.2:8097",
]  # fmt: skip


@pytest.fixture
def public_house(tmp_path: Path) -> House:
    return House(tmp_path, public_url=PUBLIC)


@pytest.mark.parametrize(
    "host",
    [
        "192.168.1.2", "192.168.1.2:8096", "127.0.0.1", "[::1]:8096", "[fe80::1]", "localhost:8096", "mediabox",
        "MediaBox.local", "tv.lan:80", "box.home.arpa", "nas.home", "nas.internal", "media.example.org",
        "MEDIA.example.org.", "other.example.net:8443",
    ],
)  # fmt: skip
def test_names_of_the_house_and_configured_names_are_answered(host: str) -> None:
    server = WebServer(public_url=PUBLIC + "/", cors_allowed_origins="https://other.example.net:8443")
    assert Origins(Settings(web_server=server)).is_trusted_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "", "evil.example", "media.example.org.evil.example", "notmedia.example.org", "local.evil.example", "[::1",
        "192.168.1.2.evil.example", "evil.example:8096", "a b", "x/y", "x?y", "user@localhost", "localhost:99999",
        "localhost:8096:1", "localhost, evil.example", "[evil.example]", ".", "0x7f.1", "é.example", "localhost\x00",
    ],
)  # fmt: skip
def test_threat_3_a_foreign_host_is_refused(public_house: House, host: str) -> None:
    assert not public_house.services.gatekeeper.origins.is_trusted_host(host)
    environ = {"HTTP_HOST": host}
    response = Client(public_house.web.app).get("/api/setup", environ_overrides=environ)
    assert error_of(response) == (400, "bad_request")
    assert "evil" not in response.text and "evil" not in str(response.headers)


def test_threat_3_a_request_without_a_path_is_refused(house: House) -> None:
    environ = {"RAW_URI": "http://evil.example/api/setup", "HTTP_HOST": "localhost"}
    assert error_of(Client(house.web.app).get("/api/setup", environ_overrides=environ)) == (400, "bad_request")


def test_threat_3_a_forwarded_host_is_not_looked_at(house: House) -> None:
    response = house.stranger.get("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert response.status_code == 302 and response.headers["Location"] == "/login"


@pytest.mark.parametrize("origin", FOREIGN)
def test_threat_31_a_foreign_page_changes_nothing(house: House, origin: str) -> None:
    response = house.admin.send(*NAME_CHANGE, headers={"Origin": origin})
    assert error_of(response) == (403, "forbidden")
    assert house.state.get_user(house.people["ann"].id).display_name == "Ann"


@pytest.mark.parametrize("origin", FOREIGN)
def test_threat_31_a_foreign_page_cannot_sign_in_either(house: House, origin: str) -> None:
    who = {"username": "ann", "password": "x"}
    assert error_of(house.stranger.send("POST", "/api/login", who, headers={"Origin": origin})) == (403, "forbidden")


def test_threat_31_a_cookie_without_an_origin_changes_nothing(house: House) -> None:
    silent = Somebody(house.web, session=house.admin.session)
    assert error_of(silent.send(*NAME_CHANGE)) == (403, "forbidden")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_threat_31_a_browser_that_names_a_foreign_site_is_believed(house: House, site: str) -> None:
    who = {"username": "ann", "password": "x"}
    response = house.stranger.send("POST", "/api/login", who, headers={"Sec-Fetch-Site": site})
    assert error_of(response) == (403, "forbidden")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonx",
     "text/json", "application/json; charset=utf-7", "application/csp-report"],
)  # fmt: skip
def test_threat_31_only_json_is_read(house: House, content_type: str) -> None:
    response = house.admin.send("PATCH", "/api/me", data=b'{"display_name": "Changed"}', content_type=content_type)
    assert error_of(response) == (415, "unsupported_media_type")


def test_threat_31_every_way_of_writing_needs_our_own_page(house: House) -> None:
    for rule in house.web.app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            path = rule.rule.replace("<", "").replace(">", "")
            for headers in ({"Origin": "https://evil.example"}, {}):
                silent = Somebody(house.web, session=house.admin.session)
                response = silent.send(method, path, {} if method != "DELETE" else None, headers=headers)
                assert error_of(response) == (403, "forbidden"), (method, path)


def test_a_page_of_this_address_may_change_things(house: House) -> None:
    assert house.admin.send(*NAME_CHANGE).status_code == 200


def test_a_page_of_a_configured_address_may_change_things(public_house: House) -> None:
    admin = public_house.admin
    assert admin.send(*NAME_CHANGE, headers={"Origin": PUBLIC}).status_code == 200


def test_a_default_port_is_the_same_origin(house: House) -> None:
    response = house.admin.send(*NAME_CHANGE, base_url="http://mediabox:80", headers={"Origin": "http://mediabox"})
    assert response.status_code == 200


def test_a_key_needs_neither_cookie_nor_origin(house: House) -> None:
    media = house.film("The Salt Road")
    path, body = f"/api/media/{media.id}/metadata", {"year": 1999}
    assert house.key(Scope.MANAGE).send("PATCH", path, body).status_code == 200
    anywhere = {"Origin": "https://somewhere.example"}
    assert house.key(Scope.MANAGE).send("PATCH", path, body, headers=anywhere).status_code == 200


def test_threat_30_over_https_only_the_host_bound_cookie_counts(public_house: House) -> None:
    token = public_house.session_token(public_house.people["ann"])
    here = {"base_url": "http://media.example.org"}  # as a proxy that ends TLS hands it on
    plain = public_house.stranger.get("/api/me", headers={"Cookie": f"session={token}"}, **here)
    assert error_of(plain) == (401, "unauthenticated")
    nameless = public_house.stranger.get("/api/me", headers={"Cookie": f"=__Host-session={token}"}, **here)
    assert error_of(nameless) == (401, "unauthenticated")
    bound = public_house.stranger.get("/api/me", headers={"Cookie": f"__Host-session={token}"}, **here)
    assert bound.status_code == 200
    in_the_house = public_house.stranger.get("/api/me", headers={"Cookie": f"__Host-session={token}"})
    assert error_of(in_the_house) == (401, "unauthenticated")


@pytest.mark.parametrize(("host", "expected"), [("A.b:80", ("a.b", 80)), ("[::1]", ("[::1]", None)), ("a:b", None)])
def test_a_host_header_is_taken_apart(host: str, expected: tuple[str, int | None] | None) -> None:
    assert split_host(host) == expected


def test_threat_32_reading_changes_nothing(house: House) -> None:
    media = house.film("The Salt Road")

    def facts() -> list[object]:
        state = house.state
        rooms = frozenset({"jobs", f"user:{house.people['ann'].id}", f"library:{media.library_id}"})
        positions = state.room_positions(rooms)
        return [state.list_users(), state.media(media.id), state.list_audit(1000), state.list_drives(), positions]

    before = facts()
    for rule in house.web.app.url_map.iter_rules():
        if "GET" in (rule.methods or set()):
            for arguments in (f"/{media.id}", "/x"):
                path = rule.rule.split("<")[0].rstrip("/") + (arguments if "<" in rule.rule else "")
                house.admin.get(path or "/")
    assert facts() == before
