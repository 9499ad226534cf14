"""Addresses of feeds as people paste them."""

import pytest

from media_library.errors import InvalidInput
from media_library.models.podcast import Credentials
from media_library.services.podcasts.addresses import credentials, feed_address, is_same_host, is_same_origin


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://x.example/feed", "https://x.example/feed"),
        (" x.example/feed ", "https://x.example/feed"),
        ("feed://x.example/feed", "https://x.example/feed"),
        ("feed:https://x.example/feed", "https://x.example/feed"),
        ("feed:http://x.example/feed", "http://x.example/feed"),
        ("itpc://x.example/feed", "https://x.example/feed"),
        ("PODCAST://X.example/Feed#top", "https://x.example/Feed"),
    ],
)
def test_schemes_of_podcast_programs_are_understood(text: str, url: str) -> None:
    address, found = feed_address(text)
    assert (address.url, found) == (url, None)


@pytest.mark.parametrize(
    "text",
    ["", "/etc/passwd", "file:///etc/passwd", "feed:file:///etc/passwd", "feed:/etc/passwd", "C:\\x", "-rf",
     "javascript:x", "feed:feed:file:///x", "http://", "https://a b/", "https://x.example/\x00",
     "ftp://x.example/", "https://[::1/"],
)  # fmt: skip
def test_threat_83_a_path_is_no_address_of_a_feed(text: str) -> None:
    with pytest.raises(InvalidInput):
        feed_address(text)


def test_a_name_and_a_password_are_taken_out_of_the_address() -> None:
    address, found = feed_address("https://an%40n:p%3Aw@x.example:8443/feed")
    assert address.url == "https://x.example:8443/feed"
    assert found == Credentials("an@n", "p:w")


def test_credentials_that_no_server_takes_are_refused() -> None:
    assert credentials("", "") is None
    assert credentials(None, None) is None
    assert credentials("ann", None) == Credentials("ann", "")
    for username, password in (("", "x"), ("a:b", "x"), ("a\r\nHost: x", "x"), ("a", "x\n"), ("a" * 300, "x")):
        with pytest.raises(InvalidInput):
            credentials(username, password)


def test_a_password_goes_to_one_origin_only() -> None:
    home = "https://x.example/feed"
    assert is_same_origin(home, "https://X.example:443/other")
    for other in (
        "http://x.example/",
        "https://x.example:8443/",
        "https://y.example/",
        "https://x.example.evil.example/",
        "x",
    ):
        assert not is_same_origin(home, other)


def test_a_move_within_the_host_keeps_the_encryption() -> None:
    assert is_same_host("http://x.example/feed", "https://x.example/feed2")
    assert is_same_host("https://x.example/feed", "https://x.example/feed2")
    assert not is_same_host("https://x.example/feed", "http://x.example/feed")
    assert not is_same_host("https://x.example/feed", "https://www.x.example/feed")
