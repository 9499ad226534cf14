"""Requests: what limits them."""

import pytest

from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient, PageMissing, RequestFailed, RequestRefused
from tests.music_service import music_service


def test_an_answer_is_read_up_to_its_limit() -> None:
    with music_service() as service:
        http = HttpClient(Egress(lambda: hosts_of(service.url)))
        service.answers["/a"] = (200, b"x" * 100)
        assert http.get(f"{service.url}/a", timeout_seconds=5, max_bytes=100).body == b"x" * 100
        with pytest.raises(RequestFailed, match="more than 99 bytes"):
            http.get(f"{service.url}/a", timeout_seconds=5, max_bytes=99)
        with pytest.raises(PageMissing):
            http.get(f"{service.url}/b", timeout_seconds=5, max_bytes=99)


def test_a_service_that_does_not_answer_is_given_up() -> None:
    with music_service() as service:
        http = HttpClient(Egress(lambda: hosts_of(service.url)))
        service.hold.clear()
        with pytest.raises(RequestFailed, match="within"):
            http.get(f"{service.url}/a", timeout_seconds=0.2, max_bytes=100)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "/etc/passwd", ""])
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(RequestRefused, match="not a web address"):
        HttpClient(Egress(lambda: ())).get(url, timeout_seconds=1, max_bytes=1)
