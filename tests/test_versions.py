"""No package that is installed is older than the release that mended its last known hole."""

import json
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import apsw
import pytest

ROOT = Path(__file__).resolve().parents[1]

FLOORS: Mapping[str, str] = {
    "yt-dlp": "2026.07.04",
    "flask": "3.1.3",
    "werkzeug": "3.1.6",
    "python-engineio": "4.13.2",
    "python-socketio": "5.16.2",
    "gunicorn": "23",
    "urllib3": "2.7.0",
    "authlib": "1.6.11",
    "pillow": "13.0.0",
    "nh3": "0.3.7",
    "lxml-html-clean": "0.4.0",
    "trafilatura": "2",
    "feedparser": "6.0.12",
    "sqlite": "3.51.3",
}
"""The oldest versions that may be installed; a package that is not installed needs none."""


def below_floor(installed: Mapping[str, str]) -> list[str]:
    """The packages that are older than they may be, each with its version and the one it needs."""
    return [
        f"{name} {installed[name]} is older than {floor}"
        for name, floor in FLOORS.items()
        if name in installed and numbers(installed[name]) < numbers(floor)
    ]


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, filled up with zeros; last, -1 for one that came before the release itself."""
    release = re.match(r"\d+(?:\.\d+)*", version)
    assert release is not None, version
    parts = [int(part) for part in release[0].split(".")]
    early = re.match(r"[._-]?(?:a|b|rc|dev|alpha|beta)", version[release.end() :])
    return (*parts, *[0] * (8 - len(parts)), -1 if early else 0)


def installed_versions() -> dict[str, str]:
    """What is installed here, by normalised name, with the SQLite that is used."""
    packages = {normalised(package.metadata["Name"]): package.version for package in metadata.distributions()}
    return {**packages, "sqlite": apsw.sqlite_lib_version()}


def normalised(name: str) -> str:
    """A package name as the index compares it (https://peps.python.org/pep-0503/)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(*files: str) -> dict[str, str]:
    """The exact versions that the requirement files ask for."""
    lines = [line for file in files for line in (ROOT / file).read_text("utf-8").splitlines()]
    asked = [line.partition("#")[0].strip() for line in lines]
    return {
        normalised(name): version
        for name, _, version in (line.partition("==") for line in asked if line and not line.startswith("-r"))
    }


def test_no_installed_package_is_below_its_floor() -> None:
    assert below_floor(installed_versions()) == []


def test_no_pinned_package_is_below_its_floor() -> None:
    assert below_floor(pins("requirements.txt", "requirements-dev.txt")) == []


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("werkzeug", "3.1.5"),
        ("flask", "3.1.3rc1"),
        ("python-engineio", "4.9.1"),
        ("yt-dlp", "2026.6.30"),
        ("gunicorn", "22.0.0"),
        ("trafilatura", "1.12.2"),
        ("sqlite", "3.51.2"),
    ],
)
def test_an_old_version_is_found(name: str, old: str) -> None:
    assert below_floor({**installed_versions(), name: old}) == [f"{name} {old} is older than {FLOORS[name]}"]


@pytest.mark.parametrize("fine", ["23", "23.0.0", "23.0.1", "100", "23.1rc1"])
def test_a_version_at_or_above_its_floor_is_fine(fine: str) -> None:
    assert below_floor({"gunicorn": fine}) == []


def test_what_is_installed_is_what_was_pinned() -> None:
    installed = installed_versions()
    wanted = pins("requirements.txt", "requirements-dev.txt")
    assert {name: installed.get(name) for name in wanted} == wanted


def test_nothing_is_installed_that_was_not_pinned() -> None:
    brought_along = {"pip", "setuptools", "wheel", "media-library", "sqlite"}
    assert set(installed_versions()) - set(pins("requirements.txt", "requirements-dev.txt")) - brought_along == set()


def test_the_browser_libraries_bring_nothing_that_runs_outside_the_browser() -> None:
    """pdf.js names a native canvas for Node, whose builds are not there for every machine."""
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name in packages if "napi-rs" in name] == []
    assert "optionalDependencies" not in packages["node_modules/pdfjs-dist"]
