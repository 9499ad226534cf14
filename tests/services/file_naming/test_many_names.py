"""A hundred thousand names out of every corner of Unicode (threats 57, 58, 62 and 63)."""

import os
import random
import unicodedata
from pathlib import Path

import pytest

from media_library.services.file_naming import is_same_name, name_key, safe_component

COUNT = 100_000
FORBIDDEN = frozenset('/\\:*?"<>|') | {chr(code) for code in range(32)} | {"\x7f"}
RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{name}{digit}" for name in ("COM", "LPT") for digit in "0123456789¹²³"}
PIECES = (
    "..", "/", "\\", ":", "CON", "nul.", "-rf", "~", ".hidden", "\u202e", "\u200d", "\u0000", "\n", "e\u0301", "\u00e9",
    "日本語", "中文", "العربية", "עברית", "ไทย", "हिन्दी", "\U0001f468\u200d\U0001f469", "İ", "ß", "ﬁ", "Å", "\u212b",
    "\ufeff", "\ud7a3", "\u1112\u1161\u11ab", " ", "   ", ".", "$(id)", "`id`", "'", '"', "%2e%2e%2f", "\ue000",
    "\u0378",
)  # fmt: skip


def names() -> list[str]:
    chosen = random.Random(4)
    found = []
    for _ in range(COUNT):
        if chosen.random() < 0.5:
            text = "".join(chosen.choice(PIECES) for _ in range(chosen.randint(0, 12)))
        else:
            top = chosen.choice((0x80, 0x800, 0xD7FF, 0x10FFFF))
            text = "".join(chr(chosen.randint(0, top)) for _ in range(chosen.randint(0, 40)))
        found.append(text * chosen.choice((1, 1, 1, 1, 1, 9)))
    return found


def test_threat_63_every_one_of_many_names_is_valid_on_ext4_apfs_and_ntfs_and_stays_as_it_is() -> None:
    for text in names():
        name = safe_component(text)
        assert 0 < len(name.encode()) <= 180, text
        assert not FORBIDDEN & set(name), text
        assert name[0] not in ".- ~" and name[-1] not in ". ", text
        assert name.partition(".")[0].upper() not in RESERVED, text
        assert unicodedata.is_normalized("NFC", name), text
        assert len(name.encode("utf-16-le")) // 2 <= 255
        assert safe_component(name) == name, (text, "a name that was made safe is safe")


def test_threat_57_hostile_names_stay_below_their_folder() -> None:
    for text in ("../../etc", "..", "/etc/passwd", "AC/DC", "CON", ":", "x" * 5000, "\u202egnp.exe", "a\nb", ""):
        name = safe_component(text)
        assert os.path.normpath(f"/library/{name}") == f"/library/{name}"
        assert name not in ("", ".", "..") and "/" not in name and "\n" not in name


def test_threat_58_names_of_every_script_stay_apart_and_never_begin_with_a_dash() -> None:
    kept = [safe_component(text) for text in ("日本語", "中文", "Ελληνικά", "עברית", "…", "ไทย")]
    assert len({name_key(name) for name in kept}) == len(kept)
    assert "Untitled" not in kept
    assert safe_component("-rf") == "rf"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Am\u00e9lie", "Ame\u0301lie"),
        ("FILE", "file"),
        ("straße", "STRASSE"),
        ("\u212bngstr\u00f6m", "\u00e5ngstro\u0308m"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ],
)
def test_threat_62_names_that_a_file_system_may_confuse_have_one_key(one: str, other: str) -> None:
    assert is_same_name(one, other)
    assert name_key(one) == name_key(other)
    assert not is_same_name(one, other + "2")


def test_many_names_can_really_be_created(tmp_path: Path) -> None:
    kept = {name_key(name): name for name in (safe_component(text) for text in names()[:3_000])}
    for name in kept.values():
        (tmp_path / f"{name}.mkv").touch(exist_ok=False)
    assert len(list(tmp_path.iterdir())) == len(kept)
