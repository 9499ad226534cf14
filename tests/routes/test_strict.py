"""Input: what is not plainly said is refused, quickly, and with the name of what is wrong."""

import time
from typing import Annotated
from urllib.parse import quote, urlencode

import msgspec
import pytest
from msgspec import Meta
from werkzeug.datastructures import MultiDict

from media_library.errors import InvalidInput
from media_library.models.api_key import Scope
from media_library.routes.helpers import Endpoint
from media_library.routes.strict import read_json, read_query
from tests.routes.house import House, error_of


class Body(msgspec.Struct, forbid_unknown_fields=True):
    """A body."""

    title: str
    year: int | None = None
    share: float = 0.0
    inner: list[int] = []  # msgspec copies it


class Query(msgspec.Struct, forbid_unknown_fields=True):
    """A query."""

    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    text: str = ""


def test_plain_json_is_read() -> None:
    assert read_json(b'{"title": "Elan\\u00e9", "year": 1999, "share": 1e3}', Body) == Body("Elané", 1999, 1000.0)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b'{"title": "a", "is_admin": true}', "is_admin"),
        (b'{"title": "a", "title": "b"}', "title"),
        (b'{"title": "a", "inner": [{"x": 1, "x": 2}]}', "x"),
        (b'{"year": 1999}', "title"),
        (b'{"title": 7}', "title"),
        (b'{"title": "a", "year": "1999"}', "year"),
        (b'{"title": "a", "year": true}', "year"),
        (b'{"title": "a", "year": 1999.0}', "year"),
        (b'{"title": "a", "inner": [1, "2"]}', "inner[1]"),
    ],
)
def test_threat_46_and_126_the_field_at_fault_is_named(data: bytes, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_json(data, Body)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b'"a"', b"null", b"7", b'{"title": "a"} x', b'{"title": "a",}', b"{'title': 'a'}",
        b"\xff\xfe",
        b'\xef\xbb\xbf{"title": "a"}', b'{"title": "\\ud800"}', b'{"title": "a", "share": NaN}',
        b'{"title": "a", "share": Infinity}', b'{"title": "a", "share": -Infinity}', b'{"title": "a", "share": 1e400}',
        b'{"title": "a", "year": 99999999999999999999999}', b'{"title": "a", "year": ' + b"9" * 400_000 + b"}",
        b"[" * 100_000, b'{"title": ' * 20_000, b'{"' + b"k" * 10_000_000 + b'": 1}', b'{"title": "\x01"}',
        '{"title": "a"}'.encode("utf-16"),
    ],
    ids=lambda data: repr(data[:24]),
)  # fmt: skip
def test_threat_126_json_bombs_are_refused_at_once(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(InvalidInput):
        read_json(data, Body)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "text", ["0", "-1", "201", "1000000000", "9223372036854775808", "1e3", "1.0", "true", "NaN", " 5", "5 ", "+5", "05",
             "0x10", "５", "", "5_0", "9" * 5000],
)  # fmt: skip
def test_threat_125_numbers_that_size_work_are_bounded(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_query(MultiDict([("limit", text)]), Query)
    assert caught.value.field == "limit"


@pytest.mark.parametrize("pairs", [[("limit", "1"), ("limit", "2")], [("sort", "x")], [("limit\x1b[2J", "1")]])
def test_unknown_and_repeated_parameters_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_query(MultiDict(pairs), Query)
    assert caught.value.field is not None and caught.value.field.isprintable()


def test_a_query_is_read() -> None:
    assert read_query(MultiDict([("limit", "7"), ("text", "007")]), Query) == Query(7, "007")


def bodies(house: House) -> list[tuple[str, str, int]]:
    """Every route that takes JSON: method, path, and how many bytes at most."""
    found = []
    for rule in house.web.app.url_map.iter_rules():
        endpoint = house.web.app.view_functions[rule.endpoint]
        assert isinstance(endpoint, Endpoint)
        if endpoint.method in ("POST", "PUT", "PATCH") and not endpoint.raw:
            found.append((endpoint.method, rule.rule.replace("<", "").replace(">", ""), endpoint.max_body))
    return found


def test_threat_46_no_body_takes_a_field_more(house: House) -> None:
    for method, path, _ in bodies(house):
        for name in ("role", "is_admin", "user_id", "owner_id", "library_ids", "__proto__", "constructor"):
            if (path, name) in (("/api/users", "role"), ("/api/users", "library_ids")) or path == "/api/users/user_id":
                continue  # there they are meant, for admins
            answer = house.admin.send(method, path, {name: "x"})
            assert error_of(answer) == (400, "bad_request"), (method, path, name, answer.text)


def test_threat_126_a_body_that_is_too_large_is_not_read(house: House) -> None:
    for method, path, most in bodies(house):
        answer = house.admin.send(method, path, data=b'{"title": "' + b"x" * (most + 1000) + b'"}')
        assert error_of(answer) == (413, "too_large"), (method, path)


def test_a_get_takes_no_parameter_that_it_does_not_know(house: House) -> None:
    for path in ("/api/me", "/api/stats", "/api/discs", "/api/library", "/api/settings", "/api/healthz"):
        assert error_of(house.admin.get(f"{path}?debug=1")) == (400, "bad_request")


def test_threat_125_and_123_the_limits_of_the_lists(house: House) -> None:
    for parameter in ("limit=0", "limit=-1", "limit=201", "limit=1e1", "limit=10000000000", "sort=password_hash",
                      "direction=sideways", "type=user", "cursor=x", "sort=added&sort=title", "page=-1",
                      "filter[users.x]=1", "sort=title;DROP", "cursor=" + "A" * 2000):  # fmt: skip
        assert error_of(house.member.get(f"/api/library?{parameter}")) == (400, "bad_request"), parameter


@pytest.mark.parametrize("value", [-1, 1e9, "5", None, True, [1], {"a": 1}])
def test_threat_125_a_position_is_a_bounded_number(house: House, value: object) -> None:
    media = house.film("The Salt Road")
    body = {"position": value, "duration": 60}
    assert error_of(house.member.send("PUT", f"/api/media/{media.id}/progress", body))[0] == 400


def test_threat_123_hostile_text_in_every_parameter_is_only_text(house: House) -> None:
    house.film("The Salt Road")
    hostile = ["' OR 1=1 --", '"; DROP TABLE media; --', "%", "_", "\\", "1' UNION SELECT password_hash FROM users --"]
    for text in hostile:
        for path in ("/api/media/{}", "/api/shows/{}", "/api/jobs/{}", "/api/stream/{}", "/api/poster/{}"):
            answer = house.admin.get(path.format(quote(text, safe="")))
            assert error_of(answer)[0] == 404, (path, text)
        assert house.admin.get(f"/api/search?{urlencode({'q': text})}").status_code == 200
    assert house.admin.get("/api/library").json["count"] == 1  # type: ignore[index]  # it is JSON


def test_threat_128_what_looks_like_a_reference_stays_text(house: House) -> None:
    media = house.film("The Salt Road")
    answer = house.admin.send("PATCH", f"/api/media/{media.id}/metadata", {"title": "${SECRET_KEY}"})
    assert answer.json is not None and answer.json["title"] == "${SECRET_KEY}"
    assert house.secret.decode() not in house.admin.get("/api/settings").text


def test_a_key_is_held_to_the_same(house: House) -> None:
    media = house.film("The Salt Road")
    answer = house.key(Scope.MANAGE).send("PATCH", f"/api/media/{media.id}/metadata", {"library_id": "x"})
    assert error_of(answer)[0] == 400
