"""A push service on loopback, and browsers that open what it was given with their own keys (RFC 8291)."""

import datetime
import ipaddress
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from media_library.adapters.web_push.base64url import decoded, encoded
from tests.adapters.host import page, web_host


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the service was given: where, with which headers, and the sealed body."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Browser:
    """One that subscribed: its keys, and its address at the service."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self._secret = bytes(range(16))

    @property
    def p256dh(self) -> str:
        """Its public key."""
        return encoded(self._point)

    @property
    def auth(self) -> str:
        """Its secret."""
        return encoded(self._secret)

    @property
    def subscription(self) -> dict[str, str]:
        """What the web app hands over."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}

    def open(self, body: bytes) -> bytes:
        """The message in a sealed body; raises what the library raises when it is not for this browser."""
        salt, length = body[:16], body[20]
        point, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
        keying = _hkdf(shared, self._secret, b"WebPush: info\0" + self._point + point, 32)
        key = _hkdf(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(keying, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")


@dataclass(slots=True)
class PushService:
    """Its address, the host as an admin would allow it, what it was given, and what it answers (201)."""

    url: str
    certificate: Path
    deliveries: list[Delivery] = field(default_factory=list)
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def authority(self) -> str:
        """Host and port."""
        return self.url.removeprefix("https://")

    def browser(self, name: str = "one") -> Browser:
        """A browser that is reached here."""
        return Browser(f"{self.url}/push/{name}")

    def messages(self, browser: Browser) -> list[dict[str, object]]:
        """What a browser was told, opened."""
        path = browser.endpoint.removeprefix(self.url)
        return [json.loads(browser.open(one.body)) for one in self.deliveries if one.path == path]


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """Run one; whoever sends must trust its certificate (``SSL_CERT_FILE``)."""
    certificate, key = _certificate(folder)
    with web_host(certificate=certificate, key=key) as host:
        service = PushService(f"https://localhost:{host.url.rpartition(':')[2]}", certificate)

        class Any(dict[str, object]):
            def get(self, path: str, default: object = None) -> object:
                def answer(handler: BaseHTTPRequestHandler) -> None:
                    body = handler.rfile.read(int(handler.headers["Content-Length"]))
                    service.deliveries.append(Delivery(path, dict(handler.headers), body))
                    page(b"", service.status, **service.headers)(handler)

                return answer

        host.pages = Any()  # type: ignore[assignment]  # it answers at every path
        yield service


def is_signed(header: str) -> dict[str, object]:
    """The claims of an Authorization header whose signature fits its key (RFC 8292)."""
    fields = dict(part.strip().split("=", 1) for part in header.removeprefix("vapid ").split(","))
    signed, _, signature = fields["t"].rpartition(".")
    raw = decoded(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(fields["k"]))
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims: dict[str, object] = json.loads(decoded(signed.split(".")[1]))
    return claims


def _hkdf(material: bytes, salt: bytes, context: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, context).derive(material)


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "push-service.pem", folder / "push-service.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private
