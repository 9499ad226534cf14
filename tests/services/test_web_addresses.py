"""Addresses that people paste: what is taken, what is refused, and when two are the same."""

import pytest

from media_library.errors import InvalidInput
from media_library.services.web_addresses import origin_of, parse_address


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "hello", "two words.org", "-o/etc/passwd", "--exec=id", "file:///etc/passwd", "javascript:alert(1)",
        "ftp://example.org/x", "data:text/html,x", "https://", "http:///path", "https://user:secret@example.org/",
        "https://user@example.org/", "https://example.org/a\nb", "https://example.org/\x00", "https://exa mple.org/",
        "https://example.org:99999/", "https://example.org:x/", "https://[::1/", "https://a" + "b" * 2100,
        "ytsearch:cats", "https://exam\u202eple.org/", "https://-x/", "\\\\server\\share", "https://a\\b/",
    ],
)  # fmt: skip
def test_threat_91_what_is_no_plain_web_address_is_refused_with_the_field_at_fault(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_address(text)
    assert refused.value.field == "url"
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "url", "host", "port"),
    [
        ("https://example.org/watch?v=1", "https://example.org/watch?v=1", "example.org", 443),
        ("  HTTP://Example.ORG:80/a#part ", "http://example.org/a", "example.org", 80),
        ("example.org/x", "https://example.org/x", "example.org", 443),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/", "127.0.0.1", 8080),
        ("http://[::1]:8080/", "http://[::1]:8080/", "::1", 8080),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4", "xn--bcher-kva.example", 443),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb", "example.org", 443),
    ],
)
def test_an_address_is_read(text: str, url: str, host: str, port: int) -> None:
    address = parse_address(text)
    assert (address.url, address.host, address.port) == (url, host, port)


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/watch?v=1&t=2",
        "https://EXAMPLE.org:443/watch?t=2&v=1#comments",
        "https://example.org/watch/?v=1&t=2&utm_source=mail&fbclid=x",
    ],
)
def test_the_same_address_has_the_same_key_however_it_is_written(other: str) -> None:
    assert parse_address(other).key == parse_address("https://example.org/watch?v=1&t=2").key


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/watch?v=2",
        "https://example.org:8443/watch?v=1",
        "https://example.org/Watch?v=1",
        "https://www.example.org/watch?v=1",
    ],
)
def test_other_addresses_have_other_keys(other: str) -> None:
    assert parse_address(other).key != parse_address("https://example.org/watch?v=1").key


def test_what_a_page_says_of_itself_may_be_no_address() -> None:
    assert origin_of("javascript:alert(1)") is None
    assert origin_of("https://example.org/a?utm_campaign=x") == "url:https://example.org/a"
