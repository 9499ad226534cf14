"""Keeps the cookies of sites that an admin gave, sealed; a download gets them only when the site asks who is there.

They come as text in the form that browsers' extensions export and yt-dlp reads (Netscape's cookies.txt): lines of
seven fields with tabs between them. Of a text only the lines of the site's own domain are kept.
"""

import ipaddress
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from media_library.app_state import AppState
from media_library.errors import InvalidInput, NotFound
from media_library.models.identity import Identity
from media_library.models.site_cookies import SiteCookieFile
from media_library.services.vault import Vault

MOST_BYTES = 256 * 1024

_PURPOSE = "site cookies"
_HEAD = "# Netscape HTTP Cookie File"
_HTTP_ONLY = "#HttpOnly_"
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_MOST_COOKIES = 1000
_FIELDS = 7


class SiteCookies:
    """The jars, one for each site."""

    def __init__(self, state: AppState, vault: Vault) -> None:
        self._state = state
        self._vault = vault

    def list_sites(self) -> list[SiteCookieFile]:
        """The sites of which there are cookies; never the cookies themselves."""
        return self._state.list_site_cookies()

    def put(self, actor: Identity, host: str, text: str) -> SiteCookieFile:
        """Keep the cookies of a site, in place of those before; raises ``InvalidInput``."""
        site = site_of(host)
        jar = jar_of(text, site)
        with self._state.transaction():
            kept = self._state.put_site_cookies(site, self._vault.seal(jar, f"{_PURPOSE} {site}"))
            self._state.record_audit(actor.user.username, "put_site_cookies", site)
        return kept

    def remove(self, actor: Identity, host: str) -> None:
        """Forget the cookies of a site; raises ``NotFound``."""
        site = site_of(host)
        with self._state.transaction():
            self._state.delete_site_cookies(site)
            self._state.record_audit(actor.user.username, "delete_site_cookies", site)

    def site(self, host: str) -> SiteCookieFile:
        """When the cookies of a site came and were used; raises ``NotFound``."""
        site = site_of(host)
        for kept in self.list_sites():
            if kept.host == site:
                return kept
        raise NotFound("There are no cookies of this site.")

    def jar_for(self, host: str) -> str | None:
        """The cookies for a host, its own or those of a domain around it, as text; their use is noted."""
        labels = host.lower().rstrip(".").split(".")
        for first in range(len(labels)):
            site = ".".join(labels[first:])
            sealed = self._state.sealed_site_cookies(site)
            if sealed is not None:
                jar = self._vault.open(sealed, f"{_PURPOSE} {site}")
                self._state.touch_site_cookies(site)
                return jar
        return None


def site_of(host: str) -> str:
    """A host name as cookies are kept under; raises ``InvalidInput``."""
    name = host.strip().lower().rstrip(".").removeprefix("www.")
    if not _HOST.fullmatch(name):
        raise InvalidInput("This is not the name of a site. Write it like example.com.", "host")
    if "." not in name and name != "localhost":
        raise InvalidInput("This is not the name of a single site. Write it like example.com.", "host")
    return name


def jar_of(text: str, site: str) -> str:
    """The lines of ``text`` that are cookies of ``site`` or of hosts below it; raises ``InvalidInput`` without any."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise InvalidInput(f"These are more than {MOST_BYTES // 1024} KB of cookies. Export those of one site.", "text")
    kept = [line for raw in text.splitlines() if (line := _cookie(raw, site)) is not None]
    if not kept:
        raise InvalidInput(
            f"There is no cookie of {site} in this text. Export the cookies as cookies.txt while you are signed in"
            " there.",
            "text",
        )
    if len(kept) > _MOST_COOKIES:
        raise InvalidInput(f"These are more than {_MOST_COOKIES} cookies of one site.", "text")
    return "\n".join((_HEAD, *kept, ""))


@contextmanager
def cookie_file(jar: str) -> Iterator[Path]:
    """Cookies as a file that only the program's own user may read, for as long as they are needed."""
    with TemporaryDirectory(prefix="jar-") as folder:
        file = Path(folder) / "cookies.txt"
        file.touch(mode=0o600)
        file.write_text(jar, "utf-8")
        yield file


def _cookie(raw: str, site: str) -> str | None:
    line = raw.rstrip("\r\n")
    bare = line.removeprefix(_HTTP_ONLY)
    fields = bare.split("\t")
    if len(fields) != _FIELDS or bare.startswith("#") or not all(field.isascii() for field in fields):
        return None
    domain, below, path, secure, expires, name, value = fields
    owner = domain.lower().lstrip(".")
    if owner != site and not (owner.endswith(f".{site}") and not _is_address(site)):
        return None
    if not _HOST.fullmatch(owner) or {below, secure} - {"TRUE", "FALSE"} or not path.startswith("/"):
        return None
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?|", expires) or not f"{name}{value}{path}".isprintable():
        return None
    return line


def _is_address(site: str) -> bool:
    try:
        ipaddress.ip_address(site)
    except ValueError:
        return False
    return True
