"""A small household for the tests of accounts: the real routes over a real state, and browsers of its people."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from media_library.app_state import AppState
from media_library.config import Auth, Paths, Settings, WebServer
from media_library.services import setup_token
from media_library.services.accounts import Accounts
from media_library.services.media_root import MediaRoot
from media_library.services.passwords import Passwords
from media_library.services.throttle import Throttle
from media_library.web_server import create_web

PASSWORD = "correct horse"
HOME = "192.168.1.5"
HOUSE = "http://192.168.1.2:8096"
PUBLIC = "https://media.example.org"
CHROME = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36"


class Clock:
    """Seconds that pass when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered; ``json`` is ``None`` if it is not JSON."""

    status_code: int
    headers: Headers
    text: str
    json: Any


class Browser:
    """A browser at an address of the house, on a page of ``origin``."""

    def __init__(self, client: FlaskClient, origin: str, address: str) -> None:
        self.client = client
        self.origin = origin
        self.address = address

    def send(
        self, method: str, path: str, body: object | None = None, *, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send a request as a page of the web app would."""
        named = {"Origin": self.origin, "User-Agent": CHROME} if method != "GET" else {"User-Agent": CHROME}
        extra: dict[str, Any] = {} if body is None else {"json": body}
        response = self.client.open(
            path,
            method=method,
            base_url=self.origin,
            headers={**named, **(headers or {})},
            environ_overrides={"REMOTE_ADDR": self.address},
            **extra,
        )
        return answer_of(response)

    def cookie(self, name: str) -> str | None:
        """The value of a cookie that the browser holds."""
        host = self.origin.partition("://")[2].partition(":")[0]
        cookie = self.client.get_cookie(name, domain=host)
        return None if cookie is None else cookie.value


class Household:
    """The app and its state."""

    def __init__(self, folder: Path, *, public_url: str = "", auth: bool = True, cost: int = 4) -> None:
        self.settings = Settings(
            paths=Paths(str(folder / "media"), str(folder / "state")),
            web_server=WebServer(public_url=public_url, library_name="Our films"),
            auth=Auth(enabled=auth),
        )
        self.state = AppState.open(folder / "state" / "media-library.db")
        self.clock = Clock()
        self.accounts = Accounts(
            self.state,
            self.settings,
            b"a secret of thirty-two bytes, ok",
            passwords=Passwords(cost),
            throttle=Throttle(self.clock),
        )
        MediaRoot(self.settings, self.state).prepare()
        self.app = create_web(self.state, self.settings, accounts=self.accounts).app

    def browser(self, origin: str = HOUSE, address: str = HOME) -> Browser:
        """A browser in which nobody is signed in."""
        return Browser(self.app.test_client(), origin, address)

    def bare_client(self, origin: str = HOUSE) -> Browser:
        """A client that keeps no cookies, so that a test can send a Cookie header of its own."""
        return Browser(self.app.test_client(use_cookies=False), origin, HOME)

    def claimed(self) -> Browser:
        """The browser of the admin ``root``, who has just claimed the box."""
        browser = self.browser()
        token = setup_token.renew(self.settings)
        answer = browser.send("POST", "/api/setup", {"token": token, "username": "root", "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return browser

    def person(self, admin: Browser, username: str, role: str) -> Browser:
        """The browser of somebody whom ``admin`` adds."""
        new = {"username": username, "password": PASSWORD, "role": role}
        answer = admin.send("POST", "/api/users", new)
        assert answer.status_code == 201, answer.text
        browser = self.browser()
        assert sign_in(browser, username).status_code == 200
        return browser


def answer_of(response: TestResponse) -> Answer:
    """The answer in a test client's response."""
    return Answer(response.status_code, response.headers, response.text, response.json if response.is_json else None)


def sign_in(browser: Browser, username: str, password: str = PASSWORD) -> Answer:
    """Sign somebody in."""
    return browser.send("POST", "/api/login", {"username": username, "password": password})


def error_of(answer: Answer) -> dict[str, str]:
    """The one shape of an error."""
    assert set(answer.json) == {"error"} and {"code", "message"} <= set(answer.json["error"])
    error: dict[str, str] = answer.json["error"]
    return error
