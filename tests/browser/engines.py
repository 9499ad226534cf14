"""Other browsers than Chromium, as far as they are installed, each driven over its own protocol.

Firefox speaks WebDriver BiDi (w3c.github.io/webdriver-bidi) by itself; WebKitGTK brings a server for WebDriver
(www.w3.org/TR/webdriver2).
"""

import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Protocol

import websocket

from tests.conftest import wait_for
from tests.web_server.running import free_port

_QUIET_FIREFOX = """
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("browser.safebrowsing.downloads.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("dom.serviceWorkers.testing.enabled", true);
user_pref("media.autoplay.default", 0);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,");
user_pref("toolkit.telemetry.enabled", false);
"""
_PATIENCE = 60.0


class Engine(Protocol):
    """A browser with one page."""

    def go(self, address: str) -> None:
        """Open an address."""

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited if it is a promise."""

    def picture(self) -> bytes:
        """What is seen, as PNG."""

    def end(self) -> None:
        """Close the browser."""


class Firefox:
    """Firefox over WebDriver BiDi."""

    PROGRAMS = ("firefox-esr", "firefox")

    def __init__(self, folder: Path, *, width: int = 1440, height: int = 900) -> None:
        program = found(self.PROGRAMS)
        profile = folder / "firefox"
        profile.mkdir(parents=True)
        (profile / "user.js").write_text(_QUIET_FIREFOX)
        port = free_port()
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._number = 0
        self._socket = wait_for(lambda: self._connect(port), seconds=_PATIENCE)
        self._ask("session.new", {"capabilities": {}})
        (first, *_) = self._ask("browsingContext.getTree", {})["contexts"]
        self._context = first["context"]
        self._ask(
            "browsingContext.setViewport", {"context": self._context, "viewport": {"width": width, "height": height}}
        )

    def go(self, address: str) -> None:
        """Open an address."""
        self._ask("browsingContext.navigate", {"context": self._context, "url": address, "wait": "complete"})

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited if it is a promise; raises ``RuntimeError``."""
        answer = self._ask(
            "script.evaluate",
            {
                "expression": f"(async () => JSON.stringify(await ({expression})))()",
                "target": {"context": self._context},
                "awaitPromise": True,
            },
        )
        if answer["type"] != "success":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self._ask("browsingContext.captureScreenshot", {"context": self._context})["data"])

    def end(self) -> None:
        """Close the browser."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(20)

    def _connect(self, port: int) -> websocket.WebSocket | None:
        try:
            return websocket.create_connection(
                f"ws://127.0.0.1:{port}/session", timeout=_PATIENCE, suppress_origin=True
            )
        except OSError:
            return None

    def _ask(self, method: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]


class WebKit:
    """WebKitGTK over WebDriver, in a screen of its own."""

    PROGRAMS = ("WebKitWebDriver",)

    def __init__(self, folder: Path, *, width: int = 1440, height: int = 900) -> None:
        port = free_port()
        self._root = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [found(("xvfb-run",)), "-a", found(self.PROGRAMS), f"--port={port}", "--host=127.0.0.1"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"},
        )
        wait_for(lambda: self._is_there() or None, seconds=_PATIENCE)
        options = {
            "binary": _mini_browser(),
            "args": ["--automation", "--autoplay-policy=allow"],
        }
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._session = self._ask("POST", "/session", {"capabilities": capabilities})["sessionId"]
        self._ask("POST", f"/session/{self._session}/window/rect", {"width": width, "height": height})

    def go(self, address: str) -> None:
        """Open an address."""
        self._ask("POST", f"/session/{self._session}/url", {"url": address})

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited if it is a promise; raises ``RuntimeError``."""
        script = f"""
            const done = arguments[arguments.length - 1];
            (async () => await ({expression}))()
                .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));
        """
        answer = self._ask("POST", f"/session/{self._session}/execute/async", {"script": script, "args": []})
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def picture(self) -> bytes:
        """What is seen, as PNG."""
        return base64.b64decode(self._ask("GET", f"/session/{self._session}/screenshot"))

    def end(self) -> None:
        """Close the browser."""
        self._ask("DELETE", f"/session/{self._session}")
        self._process.terminate()
        self._process.wait(20)

    def _is_there(self) -> bool:
        try:
            return bool(self._ask("GET", "/status")["ready"])
        except OSError:
            return False

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._root + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()[:500]}") from error


def _mini_browser() -> str:
    """The browser that comes with WebKitGTK's server; the newest of them."""
    return str(sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))[-1])


def is_installed(engine: type[Firefox] | type[WebKit]) -> bool:
    """Whether a browser can be driven here."""
    return any(shutil.which(program) for program in engine.PROGRAMS)


def found(programs: tuple[str, ...]) -> str:
    """The first of some programs that is installed; raises ``RuntimeError``."""
    for program in programs:
        if path := shutil.which(program):
            return path
    raise RuntimeError(f"{programs[0]} is not installed.")
