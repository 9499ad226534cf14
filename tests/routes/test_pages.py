"""What a browser opens: redirects, pages, static files and their headers."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from media_library.routes.pages import safe_next
from tests.routes.house import ADDRESS, House, Somebody

EVIL = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "http:evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "evil.example", "", " /films", "\t/films",
    "/\t/evil.example", "/\n/evil.example", "/\r\nSet-Cookie: a=b", "///evil.example", "/\\/evil.example",
    "\\/evil.example", "/films\\..\\evil", "/\x00/evil.example", "/\x7f", "%2f%2fevil.example",
    "/login", "/setup", "/login?next=//evil.example", "file:///etc/passwd", "?next=//evil.example", "#//evil.example",
    "/\u2028evil", "/\u200b/evil.example", "//evil.example/%2f..", "http://192.168.1.2:8096/", "//192.168.1.2:8096/",
    "/\x0b/evil.example", "/\x85/evil.example", "javascript://%0aalert(1)", "vbscript:x", "//@evil.example", "//%09/e",
]  # fmt: skip


@pytest.mark.parametrize("target", EVIL)
def test_threat_44_after_the_sign_in_one_stays_here(house: House, target: str) -> None:
    assert safe_next(target) == "/"
    answer = house.member.get(f"/login?next={quote(target)}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("target", ["/", "/films?sort=title", "/item/abc", "/search?q=a%20b", "/show/1#episodes"])
def test_after_the_sign_in_one_is_where_one_wanted_to_be(target: str) -> None:
    assert safe_next(target).replace("%25", "%") == target


def test_a_stranger_signs_in_first_and_comes_back(house: House) -> None:
    answer = house.stranger.get("/films?sort=title")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=%2Ffilms%3Fsort%3Dtitle")
    assert house.stranger.get("/").headers["Location"] == "/login"
    login = house.stranger.get("/login?next=%2Ffilms")
    assert login.status_code == 200 and 'name="password"' in login.text


def test_a_box_that_belongs_to_nobody_begins_with_the_setup(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.state._change("DELETE FROM facts WHERE key = 'claimed_at'")
    for path in ("/", "/films", "/login"):
        assert house.stranger.get(path).headers["Location"] == "/setup"
    assert house.stranger.get("/setup").status_code == 200
    house.state.claim()
    assert house.stranger.get("/setup").headers["Location"] == "/"
    house.close()


def test_every_page_of_the_web_app_is_the_same_page(house: House) -> None:
    for path in ("/", "/films", "/item/x", "/settings/people", "/a/b/c/d"):
        answer = house.member.get(path)
        assert answer.status_code == 200 and '<div id="app">' in answer.text


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/static", "/static/", "/socket.io", "/api/x/y/z"])
def test_what_is_no_page_is_not_found(house: House, path: str) -> None:
    answer = house.member.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/json")


def test_threat_117_a_page_runs_its_own_scripts_only(house: House) -> None:
    answer = house.member.get("/")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    nonce = re.search(r"'nonce-([\w-]{20,})'", policy["script-src"])
    assert nonce is not None and f'nonce="{nonce[1]}"' in answer.text
    assert policy["default-src"] == "'self'" and policy["script-src"] == f"'self' 'nonce-{nonce[1]}'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self' ws://192.168.1.2:8096 wss://192.168.1.2:8096"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert house.member.get("/").headers["Content-Security-Policy"] != answer.headers["Content-Security-Policy"]
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", answer.text)
    assert all(f'nonce="{nonce[1]}"' in attributes for attributes in inline)
    assert not re.search(r"\son\w+=|\sstyle=", answer.text)


@pytest.mark.parametrize(
    "path", ["/", "/login", "/api/me", "/api/nothing", "/api/healthz", "/static/js/app.js", "/api/users"]
)
def test_threat_121_every_answer_carries_the_security_headers(house: House, path: str) -> None:
    for somebody in (house.stranger, house.member):
        headers = somebody.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Access-Control-Allow-Origin" not in headers and "Service-Worker-Allowed" not in headers


def test_threat_9_only_static_files_may_be_kept_by_others(house: House) -> None:
    house.film("One")
    for rule in house.web.app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.rule.startswith("/static"):
            continue
        headers = house.member.get(rule.rule.split("<")[0].rstrip("/") or "/").headers
        assert headers["Cache-Control"].startswith("private") and headers["CDN-Cache-Control"] == "no-store", rule.rule


def test_a_worker_may_load_scripts_of_the_house_and_nothing_else(house: House) -> None:
    policy = house.stranger.get("/static/vendor/pdf/pdf.worker.js").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    other = house.stranger.get("/static/js/app.js").headers["Content-Security-Policy"]
    assert "script-src" not in other


def test_static_files_are_kept_for_ever_under_their_version_only(house: House) -> None:
    version = house.services.assets.version
    exact = house.stranger.get(f"/static/v/{version}/js/app.js")
    assert exact.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert exact.mimetype == "text/javascript"
    for other in ("/static/js/app.js", "/static/v/000000000000/js/app.js"):
        answer = house.stranger.get(other)
        assert (answer.status_code, answer.headers["Cache-Control"], answer.data) == (
            200,
            "public, no-cache",
            exact.data,
        )
        again = house.stranger.get(other, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert f"/static/v/{version}/" in house.member.get("/").text


@pytest.mark.parametrize(
    "path",
    ["../config.json", "..%2fconfig.json", "js/../../config.json", "/etc/passwd", "%2fetc%2fpasswd", "js", "js/",
     "nothing.js", "..\\config.json", "v/000000000000/../../../config.json", "js/app.js%00", ".../config.json",
     "v/../../config.json"],
)  # fmt: skip
def test_only_files_of_the_web_app_are_static(house: House, path: str) -> None:
    answer = house.stranger.get(f"/static/{path}")
    assert answer.status_code == 404 and "media_root" not in answer.text


def test_a_page_is_only_read(house: House) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        member = Somebody(house.web, session=house.member.session, origin=ADDRESS)
        answer = member.send(method, "/films", None if method == "DELETE" else {})
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
