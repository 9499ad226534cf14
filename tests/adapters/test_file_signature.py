"""What a file is by how it begins: real files of every form, and many that are none."""

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from media_library.adapters.file_signature import HEAD_BYTES, FileForm, SignatureRefused, signature_of
from tests.fixtures import books
from tests.fixtures.tools import run

_QUIET = ("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y")
_PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=64x36:r=25:d=1")
_SOUND = ("-f", "lavfi", "-i", "sine=440:d=1")
VIDEOS = {
    "a.mp4": ".mp4", "a.m4v": ".m4v", "a.mov": ".mov", "a.mkv": ".mkv", "a.webm": ".webm", "a.avi": ".avi",
    "a.ts": ".ts", "a.m2ts": ".m2ts", "a.mpg": ".mpg", "a.flv": ".flv", "a.wmv": ".wmv", "a.3gp": ".3gp",
}  # fmt: skip
SOUNDS = {
    "a.mp3": ".mp3", "a.flac": ".flac", "a.ogg": ".ogg", "a.opus": ".opus", "a.m4a": ".m4a", "a.wav": ".wav",
    "a.aiff": ".aiff", "a.aac": ".aac", "a.wv": ".wv", "a.mp2": ".mp2",
}  # fmt: skip


def head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(HEAD_BYTES)


@pytest.mark.parametrize(("name", "suffix"), VIDEOS.items())
def test_a_video_is_known_by_its_beginning(tmp_path: Path, name: str, suffix: str) -> None:
    size = ("-s", "176x144") if name.endswith("3gp") else ()
    codec = ("-c:v", "h263") if name.endswith("3gp") else ("-c:v", "flv1") if name.endswith("flv") else ()
    run([*_QUIET, *_PICTURE, *size, *codec, name], cwd=tmp_path)
    found = signature_of(head(tmp_path / name))
    assert found.form is FileForm.VIDEO and found.suffix_for(f"Film{suffix}") == suffix
    assert found.suffix_for("Film.exe") == found.suffixes[0] == found.suffix_for("Film")


@pytest.mark.parametrize(("name", "suffix"), SOUNDS.items())
def test_sound_is_known_by_its_beginning(tmp_path: Path, name: str, suffix: str) -> None:
    codec = {"a.aac": ("-c:a", "aac", "-f", "adts"), "a.mp3": ("-write_id3v1", "0")}.get(name, ())
    run([*_QUIET, *_SOUND, *codec, name], cwd=tmp_path)
    found = signature_of(head(tmp_path / name))
    assert found.form is FileForm.AUDIO and found.suffix_for(f"Song{suffix}") == suffix


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF"])
def test_a_picture_is_known_by_its_beginning(kind: str) -> None:
    written = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(written, kind)
    assert signature_of(written.getvalue()[:HEAD_BYTES]).form is FileForm.PICTURE


def test_books_subtitles_lyrics_and_nfo_are_known(tmp_path: Path) -> None:
    assert signature_of(head(books.epub(tmp_path / "a.epub"))).form is FileForm.BOOK
    assert signature_of(head(books.pdf(tmp_path / "a.pdf"))).form is FileForm.BOOK
    cue = "1\r\n00:00:01,000 --> 00:00:02,500\r\nGrüße\r\n"
    texts = {
        "srt": [cue.encode(), cue.encode("utf-8-sig"), cue.encode("latin-1"), cue.encode("utf-16")],
        "vtt": [b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "\ufeffWEBVTT\n".encode()],
        "ass": [b"[Script Info]\nTitle: x\n"],
        "lrc": [b"[ti:Song]\n[00:12.00]Words\n"],
        "nfo": [b"<?xml version='1.0'?><movie><title>x</title></movie>", b"https://www.themoviedb.org/movie/348\n"],
    }
    for suffix, contents in texts.items():
        for content in contents:
            assert signature_of(content).suffixes[0] == f".{suffix}", content


def test_threats_68_and_76_what_is_none_of_these_is_refused_with_a_reason() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", "b")
    refused = [
        b"", b"\x7fELF" + bytes(60), b"MZ" + bytes(60), b"#!/bin/sh\n", b"\xca\xfe\xba\xbe" + bytes(9),
        b"\0asm\1\0\0\0", b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c", gzip.compress(b"<svg/>"), b"BZh91AY",
        bytes(4096), b"<!DOCTYPE html>", b"  \n<HTML>", b"<script>1</script>", b"<svg>", b"<?xml version='1.0'?><svg/>",
        "<svg onload='x'>".encode("utf-16"), b"\xef\xbb\xbf<svg/>", b"<!--x--><s:svg xmlns:s='x'>",
        b"<a xmlns='http://www.w3.org/1999/xhtml'/>", b"<?xml-stylesheet href='x'?><movie/>",
        b"<movie><svg/></movie>", b"WEBVTT\n<script>alert(1)</script>", b"just words", b"{\"a\": 1}", b"a,b\n1,2\n",
        b"SQLite format 3\0" + bytes(80), b"\xff\xfe\xff\xff", b"\0\1\2\3",
    ]  # fmt: skip
    for content in refused:
        with pytest.raises(SignatureRefused) as caught:
            signature_of(content)
        assert str(caught.value).endswith("It was kept out of the library."), content
    assert signature_of(packed.getvalue()).form is FileForm.BOOK, "whether it is one is for the reader of books to say"


def test_noise_is_hardly_ever_taken_for_something_and_never_an_error() -> None:
    generator, taken = random.Random(7), 0
    for _ in range(3_000):
        content = generator.randbytes(generator.choice((1, 4, 12, 200, HEAD_BYTES)))
        try:
            signature_of(content)
            taken += 1
        except SignatureRefused:
            pass
    assert taken < 30, taken
