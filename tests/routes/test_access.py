"""Who may call what: a table written by hand, held against every route there is."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.models.api_key import Scope
from media_library.routes.auth import POLICIES, Access
from media_library.routes.helpers import App, Endpoint
from media_library.web_server import create_web
from tests.routes.house import House, Somebody, error_of

ROUTES: dict[tuple[str, str], str] = {
    # "public": anybody · "watch": everybody here, keys that read · "manage": not kids, keys that manage
    # "admin": admins in a browser · "own": everybody in a browser · "here": the same, on a shared screen too
    # "choose": the same, also on a screen that nobody touched for long
    # "metrics": admins, keys for metrics
    ("GET", "/"): "public",
    ("GET", "/<page:path>"): "public",
    ("GET", "/login"): "public",
    ("GET", "/setup"): "public",
    ("GET", "/static/<path:name>"): "public",
    ("GET", "/sw.js"): "public",
    ("GET", "/api/healthz"): "public",
    ("GET", "/api/openapi.json"): "public",
    ("GET", "/api/setup"): "public",
    ("POST", "/api/setup"): "public",
    ("POST", "/api/login"): "public",
    ("POST", "/api/logout"): "choose",
    ("GET", "/api/me"): "here",
    ("PATCH", "/api/me"): "own",
    ("PUT", "/api/me/password"): "own",
    ("GET", "/api/me/push"): "own",
    ("POST", "/api/me/push"): "own",
    ("PUT", "/api/me/push"): "own",
    ("DELETE", "/api/me/push/<push_id>"): "own",
    ("POST", "/api/me/push/test"): "own",
    ("POST", "/api/media/<media_id>/prepare"): "watch",
    ("GET", "/api/prepared/<media_id>/<quality>"): "watch",
    ("GET", "/api/me/choices"): "here",
    ("PATCH", "/api/me/choices"): "here",
    ("PATCH", "/api/me/profile"): "own",
    ("PUT", "/api/me/picture"): "own",
    ("DELETE", "/api/me/picture"): "own",
    ("POST", "/api/me/picture/undo"): "own",
    ("PUT", "/api/me/pin"): "own",
    ("PUT", "/api/me/screen"): "here",
    ("GET", "/api/profiles"): "choose",
    ("POST", "/api/profiles/<user_id>/enter"): "choose",
    ("GET", "/api/profiles/<user_id>/picture"): "choose",
    ("POST", "/api/me/screen/touch"): "here",
    ("GET", "/api/screens"): "admin",
    ("PATCH", "/api/screens/<screen_id>"): "admin",
    ("POST", "/api/sign-in-codes"): "public",
    ("POST", "/api/sign-in-codes/poll"): "public",
    ("POST", "/api/sign-in-codes/look"): "own",
    ("POST", "/api/sign-in-codes/approve"): "own",
    ("POST", "/api/sign-in-codes/refuse"): "own",
    ("PUT", "/api/works/<key>/age"): "manage",
    ("GET", "/api/age-limits"): "manage",
    ("GET", "/api/me/sessions"): "own",
    ("DELETE", "/api/me/sessions/<session_id>"): "own",
    ("GET", "/api/keys"): "own",
    ("POST", "/api/keys"): "own",
    ("DELETE", "/api/keys/<key_id>"): "own",
    ("GET", "/api/users"): "admin",
    ("POST", "/api/users"): "admin",
    ("PATCH", "/api/users/<user_id>"): "admin",
    ("DELETE", "/api/users/<user_id>"): "admin",
    ("GET", "/api/libraries"): "admin",
    ("POST", "/api/libraries"): "admin",
    ("PATCH", "/api/libraries/<library_id>"): "admin",
    ("POST", "/api/libraries/<library_id>/folders"): "admin",
    ("GET", "/api/libraries/<library_id>/problems"): "manage",
    ("PATCH", "/api/folders/<folder_id>"): "admin",
    ("DELETE", "/api/folders/<folder_id>"): "admin",
    ("POST", "/api/folders/<folder_id>/restore"): "admin",
    ("GET", "/api/folders/choices"): "admin",
    ("POST", "/api/scan"): "manage",
    ("GET", "/api/missing"): "manage",
    ("DELETE", "/api/missing/<media_id>"): "admin",
    ("GET", "/api/library"): "watch",
    ("GET", "/api/library/letters"): "watch",
    ("GET", "/api/library/facets"): "watch",
    ("GET", "/api/library/ids"): "watch",
    ("GET", "/api/shows/letters"): "watch",
    ("GET", "/api/albums/letters"): "watch",
    ("GET", "/api/channels/letters"): "watch",
    ("GET", "/api/library/shelves"): "watch",
    ("GET", "/api/shows"): "watch",
    ("GET", "/api/shows/<key>"): "watch",
    ("GET", "/api/channels"): "watch",
    ("GET", "/api/channels/<key>"): "watch",
    ("POST", "/api/examine"): "manage",
    ("GET", "/api/albums"): "watch",
    ("GET", "/api/albums/<key>"): "watch",
    ("PATCH", "/api/albums/<key>"): "manage",
    ("POST", "/api/albums/<key>/identify"): "manage",
    ("GET", "/api/albums/<key>/tags"): "manage",
    ("POST", "/api/albums/<key>/tags"): "manage",
    ("GET", "/api/albums/<key>/loudness"): "watch",
    ("POST", "/api/loudness"): "manage",
    ("GET", "/api/artists"): "watch",
    ("GET", "/api/artists/<key>"): "watch",
    ("POST", "/api/media/<media_id>/identify"): "manage",
    ("GET", "/api/candidates"): "manage",
    ("GET", "/api/candidates/<source>/<reference>/picture"): "manage",
    ("POST", "/api/works/<key>/preview"): "manage",
    ("POST", "/api/works/<key>/apply"): "manage",
    ("POST", "/api/works/<key>/undo"): "manage",
    ("PUT", "/api/works/<key>/tags"): "manage",
    ("POST", "/api/identify"): "manage",
    ("GET", "/api/review"): "manage",
    ("POST", "/api/review/<key>/dismiss"): "manage",
    ("POST", "/api/review/<key>/restore"): "manage",
    ("GET", "/api/media/<media_id>/work"): "watch",
    ("GET", "/api/shows/<key>/work"): "watch",
    ("GET", "/api/albums/<key>/work"): "watch",
    ("GET", "/api/genres"): "watch",
    ("GET", "/api/persons/<person_id>"): "watch",
    ("GET", "/api/persons/<person_id>/image"): "watch",
    ("GET", "/api/stats"): "watch",
    ("GET", "/api/search"): "watch",
    ("GET", "/api/continue-watching"): "watch",
    ("GET", "/api/up-next"): "watch",
    ("PUT", "/api/media/<media_id>/hidden"): "watch",
    ("GET", "/api/media/<media_id>"): "watch",
    ("PUT", "/api/media/<media_id>/progress"): "watch",
    ("DELETE", "/api/media/<media_id>/progress"): "watch",
    ("GET", "/api/media/<media_id>/highlights"): "watch",
    ("POST", "/api/media/<media_id>/highlights"): "watch",
    ("PATCH", "/api/media/<media_id>/highlights/<highlight_id>"): "watch",
    ("DELETE", "/api/media/<media_id>/highlights/<highlight_id>"): "watch",
    ("GET", "/api/highlights"): "watch",
    ("GET", "/api/highlights.md"): "watch",
    ("GET", "/api/storage"): "admin",
    ("GET", "/api/storage/largest"): "admin",
    ("GET", "/api/storage/own"): "admin",
    ("POST", "/api/bulk/watched"): "watch",
    ("POST", "/api/bulk/watched/undo"): "watch",
    ("POST", "/api/bulk/remove"): "admin",
    ("POST", "/api/bulk/collect"): "manage",
    ("POST", "/api/bulk/collect/undo"): "manage",
    ("POST", "/api/bulk/tag"): "manage",
    ("POST", "/api/bulk/tag/undo"): "manage",
    ("POST", "/api/bulk/episodes/heard"): "watch",
    ("POST", "/api/bulk/episodes/starred"): "watch",
    ("GET", "/api/bin"): "admin",
    ("GET", "/api/bin/collections"): "manage",
    ("POST", "/api/bin/restore"): "admin",
    ("POST", "/api/bin/empty"): "admin",
    ("POST", "/api/collections/<collection_id>/restore"): "manage",
    ("GET", "/api/stream/<media_id>"): "watch",
    ("GET", "/api/media/<media_id>/subtitles"): "watch",
    ("GET", "/api/media/<media_id>/subtitles/<subtitle_id>.vtt"): "watch",
    ("GET", "/api/download/<media_id>"): "watch",
    ("GET", "/api/poster/<media_id>"): "watch",
    ("GET", "/api/still/<media_id>"): "watch",
    ("GET", "/api/episodes/<episode_id>"): "watch",
    ("POST", "/api/episodes/<episode_id>/download"): "manage",
    ("PUT", "/api/episodes/<episode_id>/heard"): "watch",
    ("PUT", "/api/episodes/<episode_id>/star"): "watch",
    ("GET", "/api/episodes/<episode_id>/transcript"): "watch",
    ("POST", "/api/import/playlist"): "manage",
    ("GET", "/api/collections"): "watch",
    ("POST", "/api/collections"): "manage",
    ("POST", "/api/collections/count"): "manage",
    ("GET", "/api/collections/<collection_id>"): "watch",
    ("PATCH", "/api/collections/<collection_id>"): "manage",
    ("DELETE", "/api/collections/<collection_id>"): "manage",
    ("GET", "/api/collections/<collection_id>/items"): "watch",
    ("PUT", "/api/collections/<collection_id>/items"): "manage",
    ("POST", "/api/collections/<collection_id>/items"): "manage",
    ("DELETE", "/api/collections/<collection_id>/items/<entry_id>"): "manage",
    ("PUT", "/api/collections/<collection_id>/subscription"): "manage",
    ("DELETE", "/api/collections/<collection_id>/subscription"): "manage",
    ("POST", "/api/collections/<collection_id>/refresh"): "manage",
    ("GET", "/api/collections/<collection_id>/tracks"): "manage",
    ("PUT", "/api/collections/<collection_id>/tracks/<position>"): "manage",
    ("POST", "/api/collections/<collection_id>/match"): "manage",
    ("GET", "/api/collections/<collection_id>/export"): "manage",
    ("GET", "/api/podcasts"): "watch",
    ("POST", "/api/podcasts"): "manage",
    ("DELETE", "/api/podcasts/<podcast_id>"): "manage",
    ("GET", "/api/podcasts/<podcast_id>"): "watch",
    ("PATCH", "/api/podcasts/<podcast_id>"): "manage",
    ("GET", "/api/podcasts/<podcast_id>/episodes"): "watch",
    ("GET", "/api/podcasts/<podcast_id>/episodes/letters"): "watch",
    ("GET", "/api/podcasts/<podcast_id>/image"): "watch",
    ("POST", "/api/podcasts/<podcast_id>/move"): "manage",
    ("POST", "/api/podcasts/<podcast_id>/refresh"): "manage",
    ("GET", "/api/podcasts/opml"): "manage",
    ("POST", "/api/podcasts/opml"): "manage",
    ("GET", "/api/playback"): "admin",
    ("POST", "/api/media/<media_id>/playback"): "watch",
    ("DELETE", "/api/playback/<session_id>"): "watch",
    ("POST", "/api/playback/<session_id>/alive"): "watch",
    ("GET", "/api/playback/<session_id>/master.m3u8"): "watch",
    ("GET", "/api/playback/<session_id>/<quality>/index.m3u8"): "watch",
    ("GET", "/api/playback/<session_id>/<quality>/init.mp4"): "watch",
    ("GET", "/api/playback/<session_id>/<quality>/<number>.m4s"): "watch",
    ("POST", "/api/articles"): "manage",
    ("GET", "/api/articles/<media_id>"): "watch",
    ("GET", "/api/articles/<media_id>/epub"): "watch",
    ("GET", "/api/articles/<media_id>/images/<name>"): "watch",
    ("GET", "/api/articles/<media_id>/page"): "watch",
    ("POST", "/api/articles/<media_id>/refresh"): "manage",
    ("POST", "/api/books"): "manage",
    ("POST", "/api/books/file"): "manage",
    ("GET", "/api/media/<media_id>/artwork"): "watch",
    ("GET", "/api/media/<media_id>/timeline"): "watch",
    ("GET", "/api/media/<media_id>/lyrics"): "watch",
    ("GET", "/api/media/<media_id>/trickplay/<sheet>"): "watch",
    ("PUT", "/api/media/<media_id>/markers"): "manage",
    ("DELETE", "/api/media/<media_id>/markers"): "manage",
    ("POST", "/api/media/<media_id>/artwork"): "manage",
    ("DELETE", "/api/media/<media_id>/artwork"): "manage",
    ("POST", "/api/media/<media_id>/artwork/undo"): "manage",
    ("GET", "/api/shows/<key>/image"): "watch",
    ("DELETE", "/api/shows/<key>/seasons/<season>/image"): "manage",
    ("GET", "/api/shows/<key>/seasons/<season>/image"): "watch",
    ("POST", "/api/shows/<key>/seasons/<season>/image"): "manage",
    ("POST", "/api/shows/<key>/seasons/<season>/image/undo"): "manage",
    ("GET", "/api/albums/<key>/image"): "watch",
    ("POST", "/api/albums/undo"): "manage",
    ("OPTIONS", "/api/upload"): "manage",
    ("POST", "/api/upload"): "manage",
    ("HEAD", "/api/upload/<upload_id>"): "manage",
    ("PATCH", "/api/upload/<upload_id>"): "manage",
    ("DELETE", "/api/upload/<upload_id>"): "manage",
    ("GET", "/api/naming"): "manage",
    ("PATCH", "/api/naming"): "admin",
    ("POST", "/api/naming/preview"): "manage",
    ("GET", "/api/renames"): "manage",
    ("POST", "/api/renames"): "manage",
    ("GET", "/api/renames/<batch_id>"): "manage",
    ("DELETE", "/api/renames/<batch_id>"): "manage",
    ("POST", "/api/renames/<batch_id>/apply"): "manage",
    ("POST", "/api/renames/<batch_id>/undo"): "manage",
    ("GET", "/api/home"): "watch",
    ("GET", "/api/home/ids"): "watch",
    ("GET", "/api/home/months"): "watch",
    ("GET", "/api/photos/<media_id>"): "watch",
    ("GET", "/api/photos/<media_id>/picture"): "watch",
    ("GET", "/api/uploads"): "manage",
    ("DELETE", "/api/uploads/done"): "manage",
    ("GET", "/api/books/<media_id>"): "watch",
    ("GET", "/api/books/<media_id>/parts/<number>"): "watch",
    ("GET", "/api/books/<media_id>/files/<path:name>"): "watch",
    ("GET", "/api/books/<media_id>/pages/<number>"): "watch",
    ("GET", "/api/books/<media_id>/file"): "watch",
    ("PATCH", "/api/media/<media_id>/metadata"): "manage",
    ("DELETE", "/api/media/<media_id>"): "admin",
    ("POST", "/api/media/<media_id>/restore"): "admin",
    ("GET", "/api/discs"): "manage",
    ("PATCH", "/api/discs/<disc_id>"): "manage",
    ("POST", "/api/discs/<disc_id>/rip"): "manage",
    ("POST", "/api/drives/<drive_id>/eject"): "manage",
    ("GET", "/api/jobs"): "manage",
    ("GET", "/api/jobs/<job_id>"): "manage",
    ("DELETE", "/api/jobs/<job_id>"): "manage",
    ("POST", "/api/jobs/<job_id>/retry"): "manage",
    ("GET", "/api/settings"): "admin",
    ("PATCH", "/api/settings"): "admin",
    ("POST", "/api/downloads"): "manage",
    ("GET", "/api/downloader"): "manage",
    ("POST", "/api/downloader/update"): "admin",
    ("GET", "/api/sites"): "admin",
    ("GET", "/api/sites/<host>/cookies"): "admin",
    ("PUT", "/api/sites/<host>/cookies"): "admin",
    ("DELETE", "/api/sites/<host>/cookies"): "admin",
    ("GET", "/api/metrics"): "metrics",
}

MAY: dict[str, frozenset[str]] = {
    "public": frozenset({"stranger", "kid", "member", "admin", "screen", "lapsed", "read", "manage", "rip", "metrics"}),
    "watch": frozenset({"kid", "member", "admin", "screen", "read"}),
    "manage": frozenset({"member", "admin", "manage"}),
    "admin": frozenset({"admin"}),
    "own": frozenset({"kid", "member", "admin"}),
    "here": frozenset({"kid", "member", "admin", "screen"}),
    "choose": frozenset({"kid", "member", "admin", "screen", "lapsed"}),
    "metrics": frozenset({"admin", "metrics"}),
}


def everybody(house: House) -> dict[str, Somebody]:
    keys = {scope.value: house.key(scope) for scope in Scope}
    return {
        "stranger": house.stranger,
        "kid": house.kid,
        "member": house.member,
        "admin": house.browser(house.people["ann"]),
        "screen": house.browser(house.people["ann"], is_shared=True),
        "lapsed": left_alone(house),
        **keys,
    }


def left_alone(house: House) -> Somebody:
    """A shared screen that nobody touched for longer than it waits."""
    screen = house.browser(house.people["ann"], is_shared=True)
    newest = "SELECT id FROM sessions ORDER BY created_at DESC, rowid DESC LIMIT 1"
    house.state._change(f"UPDATE sessions SET touched_at = 1 WHERE id = ({newest})")
    return screen


def declared(house: House) -> list[Endpoint]:
    return [view for view in house.web.app.view_functions.values() if isinstance(view, Endpoint)]


def address(endpoint: Endpoint) -> str:
    """An address of a route, with ids that do not exist."""
    return re.sub(r"<[^>]*>", lambda part: "1" if part[0].startswith("<int:") else "x", endpoint.path)


def test_threat_48_every_route_stands_in_the_table_with_its_policy(house: House) -> None:
    assert {(one.method, one.path) for one in declared(house)} == set(ROUTES)
    assert {rule.endpoint for rule in house.web.app.url_map.iter_rules()} == {one.name for one in declared(house)}


def test_threat_48_a_route_without_a_policy_cannot_be_registered() -> None:
    app = App("test", static_folder=None)
    with pytest.raises(TypeError, match="policy"):
        app.add_url_rule("/api/open", "open", lambda: "open")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: " ".join(route))
def test_threat_39_and_47_who_may_call_a_route(house: House, route: tuple[str, str]) -> None:
    method = route[0]
    endpoint = next(one for one in declared(house) if (one.method, one.path) == route)
    for name, somebody in everybody(house).items():
        response = somebody.send(method, address(endpoint), {} if method in ("POST", "PUT", "PATCH") else None)
        allowed = name in MAY[ROUTES[route]]
        denied = 401 if name in ("stranger", "lapsed") else 403
        if not allowed:
            status = response.status_code if method == "HEAD" else error_of(response)[0]
            assert status == denied, (name, response.text)
        elif ROUTES[route] != "public":
            assert response.status_code not in (401, 403, 500), (name, response.text)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_threat_48_a_stranger_learns_nothing_by_another_method(house: House, method: str) -> None:
    for one in declared(house):
        if one.method == "GET" and ROUTES[one.method, one.path] != "public":
            assert house.stranger.send(method, address(one)).status_code == 401, one.path


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_a_kid_learns_nothing_by_another_method(house: House, method: str) -> None:
    for one in declared(house):
        if one.method == "GET" and ROUTES[one.method, one.path] in ("manage", "admin", "metrics"):
            assert house.kid.send(method, address(one)).status_code == 403, one.path


def test_a_key_decides_even_beside_the_cookie_of_an_admin(house: House) -> None:
    both = Somebody(house.web, session=house.admin.session, key=house.key(Scope.METRICS).key)
    assert error_of(both.get("/api/library"))[0] == 403
    assert both.get("/api/metrics").status_code == 200


def test_threat_51_a_token_is_worth_nothing_in_another_place(house: House) -> None:
    key, session = house.key(Scope.READ).key, house.admin.session
    assert key is not None and session is not None
    assert error_of(Somebody(house.web, session=key).get("/api/library"))[0] == 401
    assert error_of(Somebody(house.web, key=session).get("/api/library"))[0] == 401
    cookie = {"Cookie": f"device={session}; __Host-session={session}"}
    assert error_of(house.stranger.get("/api/library", headers=cookie))[0] == 401


def test_threat_41_a_token_in_the_address_is_no_token(house: House) -> None:
    for name in ("token", "session", "key", "api_key", "access_token"):
        for token in (house.admin.session, house.key(Scope.READ).key):
            assert error_of(house.stranger.get(f"/api/library?{name}={token}"))[0] == 401


@pytest.mark.parametrize(
    "path",
    [
        "/api/library?r=/api/setup", "/api/library;a=b", "/api/x/..%2flibrary", "//api/library", "/API/library",
        "/api/library%00", "/api/library.", "/api/library/", "/api/%6cibrary", "/api/%256cibrary", "/api//library",
        "/./api/library", "/api/../api/library", "/static/../api/library", "/static/..%2f..%2fapi/library",
        "/%2fapi/library", "/\\api/library", "/api\\library", "/login/../api/library", "/socket.io/../api/library",
    ],
)  # fmt: skip
def test_threat_49_no_way_of_writing_an_address_leads_past_the_policy(house: House, path: str) -> None:
    canary = house.film("Canary of the house").names.title
    response = house.stranger.get(path)
    assert response.status_code in (302, 400, 401, 404), response.status_code
    assert canary not in response.text
    if response.status_code == 302:
        assert response.headers["Location"].startswith("/login")


def test_threat_1_no_header_makes_a_stranger_anybody(house: House) -> None:
    names = [
        "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP",
        "X-Forwarded-Host", "X-Forwarded-User", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override",
    ]  # fmt: skip
    for name in names:
        for value in (
            "127.0.0.1",
            "::1",
            "192.168.1.10",
            "::ffff:127.0.0.1",
            "127.0.0.1, 1.2.3.4",
            "ann",
            "/api/setup",
        ):
            assert error_of(house.stranger.get("/api/users", headers={name: value}))[0] == 401
            assert error_of(house.kid.get("/api/users", headers={name: value}))[0] == 403


def test_threat_29_a_session_that_ended_is_refused_at_once(house: House) -> None:
    assert house.member.get("/api/library").status_code == 200
    house.state.disable_user(house.people["ben"].id, disabled=True)
    assert error_of(house.member.get("/api/library"))[0] == 401


def test_without_signing_in_only_this_machine_is_the_admin(tmp_path: Path) -> None:
    house = House(tmp_path)
    try:
        closed = replace(house.settings, auth=replace(house.settings.auth, enabled=False))
        open_door = Somebody(create_web(house.state, closed))
        assert open_door.get("/api/users", address="127.0.0.1").status_code == 200
        assert error_of(open_door.get("/api/users", address="192.168.1.9"))[0] == 401
        # no cookie proves who sends it, so a page of another site must not be able to
        body = {"discs": {"auto_rip": False}}
        assert error_of(open_door.send("PATCH", "/api/settings", body, address="127.0.0.1"))[0] == 403
        mine = {"Origin": "http://192.168.1.2:8096"}
        assert open_door.send("PATCH", "/api/settings", body, address="127.0.0.1", headers=mine).status_code == 200
    finally:
        house.close()


def test_every_policy_is_written_down() -> None:
    assert set(POLICIES) == set(Access) - {Access.PUBLIC}
    for policy in POLICIES.values():
        assert policy.by_session or policy.scope is not None


def test_threat_16_an_error_tells_nothing_about_the_program(house: House) -> None:
    house.state.close()  # everything that needs the state fails from now on
    (house.settings.data_directory / "media-library.db").write_bytes(random.Random(1).randbytes(4096))
    for path in ("/api/library", "/api/me", "/api/media/x", "/api/stream/x"):
        response = house.admin.get(path)
        assert error_of(response) == (500, "internal")
        text = response.text.lower()
        for word in ("apsw", "sqlite", "traceback", "/", "media_library", "python", "notadb", "malformed"):
            assert word not in text, (word, text)
