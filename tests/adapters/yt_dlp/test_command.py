"""The command lines of yt-dlp: a fixed vocabulary, whatever people and sites say."""

import random
import subprocess
from pathlib import Path

import pytest

from media_library.adapters import yt_dlp
from media_library.adapters.yt_dlp.command import VideoOrder as Order
from media_library.adapters.yt_dlp.command import (
    download_arguments,
    environment,
    examine_arguments,
    is_format,
)
from media_library.errors import InvalidInput

PROGRAM = yt_dlp.bundled()
STAGING = Path("/media/.media-library/staging/100%(title)s")


def order(url: str = "https://example.com/watch?v=1", **more: object) -> Order:
    """An order with everything in it."""
    wanted: dict[str, object] = {
        "subtitles": ("en", "pt-BR"),
        "automatic_subtitles": True,
        "sponsorblock": True,
        "cookies": Path("/tmp/jar/cookies.txt"),
        "max_height": 1080,
    }
    return Order(url, STAGING, "http://ml:pw@127.0.0.1:1", **{**wanted, **more})  # type: ignore[arg-type]


def known_options() -> set[str]:
    """The options that the yt-dlp in use has."""
    told = subprocess.run([*PROGRAM.argv, "--help"], capture_output=True, text=True, check=True).stdout
    return {word.strip(",") for line in told.splitlines() for word in line.split() if word.startswith("--")}


def test_threat_90_it_reads_no_configuration_no_plug_ins_and_no_cache() -> None:
    for argv in (
        download_arguments(PROGRAM, order(), Path("/g")),
        examine_arguments(PROGRAM, "https://a.b", most_entries=5),
    ):
        assert argv[1:4] == ["-I", "-m", "yt_dlp"]
        for option in ("--ignore-config", "--no-plugin-dirs", "--no-cache-dir", "--no-remote-components", "--no-exec"):
            assert option in argv
        assert not [word for word in argv if word.startswith(("--exec", "--config", "--netrc", "--enable-file-urls"))]


def test_every_option_exists() -> None:
    known = known_options()
    argv = [
        *download_arguments(PROGRAM, order(), Path("/g")),
        *download_arguments(PROGRAM, order(audio_only=True), Path("/g")),
        *examine_arguments(PROGRAM, "https://a.b", most_entries=5, cookies=Path("/c")),
    ]
    assert {word.partition("=")[0] for word in argv if word.startswith("--") and word != "--"} <= known


def test_the_address_comes_last_behind_two_dashes() -> None:
    url = "https://example.com/?a=--exec"
    assert download_arguments(PROGRAM, order(url), Path("/g"))[-2:] == ["--", url]
    assert examine_arguments(PROGRAM, url, most_entries=5)[-2:] == ["--", url]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "--exec=id",
            "-o",
            "ytsearch:cats",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://a b",
            "x\nhttps://a",
        ),
        *("https://a\n--exec=id", "https://a\0b", "", "ftp://a/b", " https://a", "https://" + "a" * 3000),
    ],
)
def test_threat_91_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        download_arguments(PROGRAM, order(url), Path("/g"))
    with pytest.raises(InvalidInput):
        examine_arguments(PROGRAM, url, most_entries=5)


def test_threat_98_no_word_of_people_or_sites_becomes_an_option() -> None:
    generator = random.Random(7)
    alphabet = "-=oexc '\"$`;|&\n%()[]{}<>/\\:~abcé\u202e0123"
    template = {word.partition("=")[0] for word in download_arguments(PROGRAM, order(), Path("/g")) if word[0] == "-"}
    for _ in range(300):
        word = "".join(generator.choice(alphabet) for _ in range(generator.randint(1, 12)))
        for more in ({"subtitles": (word,)}, {"format": word}, {"url": f"https://example.com/{word}"}):
            try:
                argv = download_arguments(PROGRAM, order(**more), Path("/g"))
            except InvalidInput:
                continue
            assert argv.count("--") == 1
            options = argv[: argv.index("--")]
            assert {one.partition("=")[0] for one in options if one.startswith("-")} <= template


def test_a_bad_format_is_refused_and_a_bad_language_left_out() -> None:
    with pytest.raises(InvalidInput):
        download_arguments(PROGRAM, order(format="best\n--exec"), Path("/g"))
    argv = download_arguments(PROGRAM, order(subtitles=("en", ".*", "-o", "e" * 99)), Path("/g"))
    assert [word for word in argv if word.startswith("--sub-langs")] == ["--sub-langs=en(-[A-Z][A-Za-z0-9]*)?"]
    assert is_format("bv*[height<=1080]+ba/b") and not is_format("-x")


def test_a_folder_with_a_percent_sign_is_taken_literally() -> None:
    argv = download_arguments(PROGRAM, order(), STAGING / "gate")
    assert f"--output={str(STAGING).replace('%', '%%')}/media.%(ext)s" in argv
    assert f"{str(STAGING).replace('%', '%%')}/gate" in argv


def test_the_height_of_the_settings_is_a_number_in_the_order_of_formats() -> None:
    argv = download_arguments(PROGRAM, order(max_height=720), Path("/g"))
    assert any(word.startswith("--format-sort=res:720,") for word in argv)
    argv = download_arguments(PROGRAM, order(max_height=None), Path("/g"))
    assert any(word.startswith("--format-sort=res,") for word in argv)


def test_the_proxy_with_its_password_is_told_by_the_environment_not_by_arguments() -> None:
    assert set(environment("http://ml:pw@127.0.0.1:1").values()) == {"http://ml:pw@127.0.0.1:1"}
    assert not [word for word in download_arguments(PROGRAM, order(), Path("/g")) if "pw@" in word]
