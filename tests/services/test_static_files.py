"""The static files as they are sent."""

import gzip
import os
from pathlib import Path

import pytest

from media_library.errors import NotFound
from media_library.services.assets import ROOT
from media_library.services.static_files import FIRST_STYLE, StaticFiles


def test_text_is_packed_for_those_who_understand_it(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("let a = 1;" * 100)
    files = StaticFiles(tmp_path)
    packed, plain = files.read("a.js", may_pack=True), files.read("a.js", may_pack=False)
    assert packed.is_packed and not plain.is_packed
    assert gzip.decompress(packed.data) == plain.data == (tmp_path / "a.js").read_bytes()
    assert len(packed.data) < len(plain.data) / 5
    assert packed.tag != plain.tag


def test_pictures_are_sent_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    assert StaticFiles(tmp_path).read("a.png", may_pack=True).data == b"\x89PNG"


def test_a_changed_file_is_packed_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_text("a{}")
    files = StaticFiles(tmp_path)
    before = files.read("a.css", may_pack=True)
    file.write_text("b{}")
    os.utime(file, ns=(1, 1))
    after = files.read("a.css", may_pack=True)
    assert gzip.decompress(after.data) == b"b{}"
    assert before.tag != after.tag


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.js").write_text("secret")
    static = tmp_path / "static"
    static.mkdir()
    (static / "link.js").symlink_to(tmp_path / "secret.js")
    files = StaticFiles(static)
    for name in (
        "../secret.js",
        "link.js",
        "a\0.js",
        "",
        ".",
        "nothing.js",
        "../../etc/passwd",
        str(tmp_path / "secret.js"),
    ):
        for may_pack in (True, False):
            with pytest.raises(NotFound):
                files.read(name, may_pack=may_pack)


def test_the_style_of_the_first_page_is_all_its_sheets_in_order() -> None:
    sent = StaticFiles(ROOT / "static").read(FIRST_STYLE, may_pack=False).data.decode()
    sheets = [(ROOT / "static" / "css" / name).read_text("utf-8") for name in ("tokens.css", "base.css", "layout.css")]
    assert sent.startswith("".join(sheets))
    assert "@import" not in sent  # it would be ignored behind other rules
