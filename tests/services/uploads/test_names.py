"""What a sender calls a file is only shown, and shown safely."""

import random

import pytest

from media_library.errors import InvalidInput
from media_library.services.uploads import read_checksum, read_description, shown_folder, shown_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"), ("..\\..\\win.ini", "win.ini"), ("C:\\Films\\a.mkv", "a.mkv"),
        ("日本語.mkv", "日本語.mkv"), ("-rf.mp4", "-rf.mp4"), ("a\0b\r\n.mkv", "ab.mkv"), ("\u202egpj.exe", "gpj.exe"),
        ("e\u0301.mp3", "é.mp3"), (" a ", "a"), ("👨‍👩‍👧.jpg", "👨‍👩‍👧.jpg"), ("a" * 300, "a" * 255),
    ],
)  # fmt: skip
def test_threats_56_to_58_the_last_part_of_a_name_is_shown(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown


@pytest.mark.parametrize("nothing", ["", "/", "..", "\\", ". .", "\u200b", "a/..", "\0"])
def test_a_name_of_nothing_is_refused(nothing: str) -> None:
    if nothing == "a/..":
        assert shown_name(nothing) == "a"
        return
    with pytest.raises(InvalidInput):
        shown_name(nothing)


def test_threat_56_a_folder_never_leads_up_or_out() -> None:
    generator = random.Random(3)
    pieces = ["..", ".", "", "a", "Season 1", "C:", "~", "\0", "\u202e", "...", "%2e%2e", "…"]
    for _ in range(2_000):
        text = generator.choice(("/", "\\")).join(generator.choices(pieces, k=generator.randrange(1, 20)))
        parts = shown_folder(text).split("/")
        assert len(parts) <= 12 and not {"..", "."} & set(parts)
        assert shown_folder(text) == "" or all(part.strip(". ") and part.isprintable() for part in parts), text


def test_what_is_said_of_an_upload_is_read_and_the_rest_ignored() -> None:
    found = read_description("u", 5, "name RmlsbS5ta3Y=,folder QS9C,relativePath eA==, type dmlkZW8=,is_confidential")
    assert (found.name, found.folder, found.library_id, found.sha256) == ("Film.mkv", "A/B", None, None)
    assert read_checksum("sha1 " + "A" * 27 + "=") is not None
    assert read_checksum(None) is None
