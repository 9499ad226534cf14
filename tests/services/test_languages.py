"""Which language the web app speaks to whom."""

import json
import re
from pathlib import Path

import pytest

from media_library.services.assets import ROOT, find_assets
from media_library.services.languages import find_languages

LANGUAGES = find_languages(ROOT / "static", ROOT / "templates")


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ((), "en"), (("",), "en"), (("de",), "de"), (("de-AT", "en"), "de"), (("DE_ch",), "de"),
        (("en-US", "de"), "en"), (("xx", "", "de"), "de"), (("", "xx"), "en"), (("*",), "en"),
        (("../../etc/passwd", "<script>", "de-" * 999), "de"),
    ],
)  # fmt: skip
def test_the_first_language_that_there_is_is_spoken(wanted: tuple[str, ...], spoken: str) -> None:
    assert LANGUAGES.choose(wanted).code == spoken


def test_english_comes_first_and_needs_no_catalogues_of_its_own() -> None:
    english, *others = LANGUAGES.all
    assert (english.code, english.catalogues, english.folder, english.direction) == ("en", (), "", "ltr")
    assert [(one.code, one.folder) for one in others] == [("de", "de/")]


def test_the_pages_of_the_server_have_every_word_in_every_language() -> None:
    english, *others = LANGUAGES.all
    for one in others:
        assert one.words.keys() == english.words.keys()
        assert all(value.strip() for value in one.words.values())
        assert {key for key, value in one.words.items() if value == english.words[key]} <= {"login.name"}


def test_a_new_language_is_only_new_files(tmp_path: Path) -> None:
    (tmp_path / "static" / "js" / "ar").mkdir(parents=True)
    (tmp_path / "static" / "js" / "ar" / "strings.js").write_text("")
    (tmp_path / "static" / "js" / "app.js").write_text("")
    (tmp_path / "templates" / "words").mkdir(parents=True)
    for code, name in (("ar", "العربية"), ("en", "English")):
        (tmp_path / "templates" / "words" / f"{code}.json").write_text(json.dumps({"language": name}))
    arabic = find_assets(tmp_path).languages.choose(["ar-EG"])
    assert (arabic.name, arabic.direction, arabic.catalogues) == ("العربية", "rtl", ("strings.js",))


def test_the_app_offers_the_languages_that_there_are() -> None:
    offered = re.findall(r'code: "(\w+)", name: "(\w+)"', (ROOT / "static" / "js" / "languages.js").read_text())
    assert offered == [(one.code, one.name) for one in LANGUAGES.all]
