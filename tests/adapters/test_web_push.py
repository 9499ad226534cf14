"""Messages to browsers: sealed as the RFC says, signed, and handed to nobody inside the house."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient, RequestFailed, RequestRefused
from media_library.adapters.web_push import PushGone, PushKey, WebPush, require_push_address, seal
from media_library.adapters.web_push.base64url import decoded, encoded
from media_library.errors import InvalidInput
from tests.adapters.hosts import REFUSED, sentinel
from tests.push_service import PushService, is_signed, push_service

CONTACT = "mailto:house@example.org"

# RFC 8291, appendix A
MESSAGE = b"When I grow up, I want to be a watermelon"
OWN_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
THEIR_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


def sender(service: PushService) -> WebPush:
    return WebPush(HttpClient(Egress(lambda: (service.authority,))), PushKey.new(), CONTACT)


def test_the_example_of_the_rfc_comes_out_byte_for_byte() -> None:
    own = ec.derive_private_key(int.from_bytes(decoded(OWN_KEY)), ec.SECP256R1())
    sealed = seal(MESSAGE, decoded(THEIR_POINT), decoded(SECRET), own_key=own, salt=decoded(SALT))
    assert encoded(sealed) == SEALED


def test_only_the_browser_opens_what_was_sealed_for_it(service: PushService) -> None:
    browser, other = service.browser(), service.browser("other")
    sealed = seal(b"hello", decoded(browser.p256dh), decoded(browser.auth))
    assert browser.open(sealed) == b"hello"
    with pytest.raises(InvalidTag):
        other.open(sealed)
    assert sealed != seal(b"hello", decoded(browser.p256dh), decoded(browser.auth))


@pytest.mark.parametrize("key", [b"", b"\x04" + bytes(64), bytes(65), b"\x02" + bytes(32), b"\x04" * 66])
def test_what_is_no_key_seals_nothing(key: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        seal(b"hello", key, bytes(16))


def test_a_message_is_handed_over_with_a_signature_for_this_service_only(service: PushService) -> None:
    browser = service.browser()
    sender(service).send(browser.endpoint, browser.p256dh, browser.auth, b'{"a":1}', urgent=True)
    assert service.messages(browser) == [{"a": 1}]
    headers = service.deliveries[0].headers
    assert (headers["Content-Encoding"], headers["Ttl"], headers["Urgency"]) == ("aes128gcm", "86400", "high")
    claims = is_signed(headers["Authorization"])
    assert (claims["aud"], claims["sub"]) == (service.url, CONTACT)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_no_more_is_told_from_a_service_in_trouble(service: PushService, status: int) -> None:
    browser = service.browser()
    service.status = status
    with pytest.raises(PushGone):
        sender(service).send(browser.endpoint, browser.p256dh, browser.auth, b"x")
    service.status, service.headers = 429, {"Retry_After": "120"}
    with pytest.raises(RequestFailed) as failed:
        sender(service).send(browser.endpoint, browser.p256dh, browser.auth, b"x")
    assert failed.value.retry_after_seconds == 120


def test_threat_81_a_push_service_leads_nowhere_else(service: PushService) -> None:
    browser = service.browser()
    service.status, service.headers = 307, {"Location": f"{service.url}/elsewhere"}
    with pytest.raises(RequestFailed):
        sender(service).send(browser.endpoint, browser.p256dh, browser.auth, b"x")
    assert [one.path for one in service.deliveries] == ["/push/one"]


def test_threats_77_to_79_no_address_in_the_house_is_a_push_service() -> None:
    push = WebPush(HttpClient(Egress(tuple)), PushKey.new(), CONTACT)
    with sentinel() as watching:
        for host in REFUSED:
            with pytest.raises((RequestRefused, InvalidInput)):
                push.send(f"https://{host}/push", THEIR_POINT, SECRET, b"x")
        assert watching.hits == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x",
        "HTTPS://push.example/x",
        "ftp://push.example/x",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@push.example/x",
        "https://push.example/\r\nHost: other",
        "https://push.example/" + "x" * 2048,
        "https://[::1/x",
        "",
    ],
)
def test_threat_78_only_a_plain_https_address_is_one_of_a_push_service(endpoint: str) -> None:
    with pytest.raises(InvalidInput):
        require_push_address(endpoint)


def test_a_key_is_the_same_after_it_was_put_away() -> None:
    key = PushKey.new()
    assert PushKey.read(key.written()) == key
    assert len(decoded(key.public())) == 65
    for text in ("", "x", "é", key.written()[:-2], encoded(bytes(32))):
        with pytest.raises(ValueError, match=r".+"):
            PushKey.read(text)
