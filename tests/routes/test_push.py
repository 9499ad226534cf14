"""A browser is told by its own wish only, at an address that can be one of a push service."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.push_service import PushService, push_service
from tests.routes.house import House, error_of


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


def wish(service: PushService, name: str = "one", **more: Any) -> dict[str, Any]:
    return {**service.browser(name).subscription, "language": "en", "topics": ["disc_done", "new_episode"], **more}


def test_a_browser_is_told_of_what_its_person_may_hear_and_chose(house: House, service: PushService) -> None:
    state: Any = house.kid.get("/api/me/push").json
    assert state["topics"] == ["new_episode"]
    assert state["browsers"] == []
    told: Any = house.kid.send("POST", "/api/me/push", wish(service)).json
    assert told["topics"] == ["new_episode"]
    changed: Any = house.kid.send("PUT", "/api/me/push", {"id": told["id"], "topics": ["disk_full"]}).json
    assert changed["topics"] == []
    assert error_of(house.member.send("PUT", "/api/me/push", {"id": told["id"], "topics": []})) == (404, "not_found")
    assert error_of(house.member.send("DELETE", f"/api/me/push/{told['id']}")) == (404, "not_found")
    assert house.kid.send("DELETE", f"/api/me/push/{told['id']}").status_code == 204
    state = house.kid.get("/api/me/push").json
    assert state["browsers"] == []


def test_signing_out_ends_the_messages_of_that_browser(house: House, service: PushService) -> None:
    assert house.member.send("POST", "/api/me/push", wish(service)).status_code == 200
    assert house.member.send("POST", "/api/logout", {}).status_code == 204
    assert house.state.pushes_of(house.people["ben"].id) == []


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://user@push.example/x"},
        {"p256dh": "AAAA"},
        {"auth": "AAAA"},
        {"auth": "!"},
        {"language": "xx"},
        {"topics": ["everything"]},
        {"more": 1},
    ],
)
def test_threat_78_what_can_be_no_browser_is_refused(
    house: House, service: PushService, change: dict[str, Any]
) -> None:
    assert error_of(house.admin.send("POST", "/api/me/push", wish(service, **change))) == (400, "bad_request")


def test_threat_77_a_message_to_try_it_reaches_a_host_that_an_admin_allowed_and_no_other(
    house: House, service: PushService
) -> None:
    told: Any = house.admin.send("POST", "/api/me/push", wish(service)).json
    refused = house.admin.send("POST", "/api/me/push/test", {"id": told["id"]})
    assert error_of(refused) == (409, "conflict")
    assert service.deliveries == []
    allowed = house.admin.send("PATCH", "/api/settings", {"downloads": {"allowed_hosts": [service.authority]}})
    assert allowed.status_code == 200, allowed.text
    assert house.admin.send("POST", "/api/me/push/test", {"id": told["id"]}).status_code == 204
    assert len(service.deliveries) == 1
    assert error_of(house.member.send("POST", "/api/me/push/test", {"id": told["id"]})) == (404, "not_found")
    service.status = 410
    assert error_of(house.admin.send("POST", "/api/me/push/test", {"id": told["id"]})) == (409, "conflict")
    state: Any = house.admin.get("/api/me/push").json
    assert state["browsers"] == []
