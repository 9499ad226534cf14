"""Cookies of sites: of a text only the site's own are kept, sealed, and given to its hosts alone."""

import stat

import pytest

from media_library.app_state import AppState
from media_library.errors import InvalidInput, NotFound, StorageError
from media_library.services.site_cookies import SiteCookies, cookie_file, jar_of, site_of
from media_library.services.vault import Vault
from tests.fetching import admin


def line(domain: str, name: str = "sid", value: str = "secret") -> str:
    """A cookie of a domain."""
    return f"{domain}\tTRUE\t/\tTRUE\t1999999999\t{name}\t{value}"


@pytest.fixture
def cookies(state: AppState) -> SiteCookies:
    """The jars of a house."""
    return SiteCookies(state, Vault(b"a secret"))


def test_of_a_text_only_the_cookies_of_the_site_are_kept() -> None:
    own = [line(".example.com"), line("www.example.com"), f"#HttpOnly_{line('.example.com', 'b')}"]
    foreign = [line("example.org"), line("notexample.com"), line(".com"), line("example.com.evil.org"), "# a comment"]
    jar = jar_of("\n".join([*own, *foreign]), "example.com")
    assert jar.splitlines() == ["# Netscape HTTP Cookie File", *own]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "session=1",
        line("example.com").replace("\t", " "),
        line("example.com") + "\textra",
        line("example.com").replace("/", "relative"),
        line("example.com").replace("1999999999", "soon"),
        line("example.com", value="a\x1b[31m"),
        line("example.com", value="ü"),
        line("example.com").replace("TRUE", "maybe", 1),
    ],
)
def test_what_is_no_cookie_of_the_site_is_refused(bad: str) -> None:
    with pytest.raises(InvalidInput):
        jar_of(bad, "example.com")


def test_too_much_is_refused() -> None:
    with pytest.raises(InvalidInput, match="256 KB"):
        jar_of(line("example.com", value="x" * 300_000), "example.com")
    with pytest.raises(InvalidInput, match="1000"):
        jar_of("\n".join(line("example.com", str(number)) for number in range(1001)), "example.com")


@pytest.mark.parametrize(
    "host", ["", "com", "*.example.com", "exa mple.com", "-o", "https://example.com", "a/b", "é.com"]
)
def test_what_is_no_name_of_a_site_is_refused(host: str) -> None:
    with pytest.raises(InvalidInput):
        site_of(host)


def test_a_jar_is_for_the_hosts_of_its_site_only(cookies: SiteCookies, state: AppState) -> None:
    cookies.put(admin(state), "www.Example.com", line(".example.com"))
    for host in ("example.com", "www.example.com", "m.WWW.example.com"):
        assert cookies.jar_for(host) is not None
    for host in ("example.org", "notexample.com", "com", "example.com.evil.org", ""):
        assert cookies.jar_for(host) is None


def test_cookies_lie_sealed_in_the_state(cookies: SiteCookies, state: AppState) -> None:
    cookies.put(admin(state), "example.com", line("example.com", value="topsecret"))
    sealed = state.sealed_site_cookies("example.com")
    assert sealed is not None and "topsecret" not in sealed
    with pytest.raises(StorageError):
        SiteCookies(state, Vault(b"another secret")).jar_for("example.com")


def test_the_use_of_cookies_is_noted_and_new_ones_begin_anew(cookies: SiteCookies, state: AppState) -> None:
    ann = admin(state)
    cookies.put(ann, "example.com", line("example.com"))
    assert cookies.site("example.com").used_at is None
    cookies.jar_for("www.example.com")
    assert cookies.site("example.com").used_at is not None
    cookies.put(ann, "example.com", line("example.com"))
    assert cookies.site("example.com").used_at is None
    cookies.remove(ann, "example.com")
    assert cookies.list_sites() == []
    with pytest.raises(NotFound):
        cookies.remove(ann, "example.com")


def test_the_file_of_a_jar_is_private_and_gone_afterwards() -> None:
    with cookie_file("jar") as file:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert file.read_text() == "jar"
    assert not file.exists()
