"""HandBrakeCLI, the real one on tiny discs: what it lists, what it makes, and every way in which it fails."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.adapters import ffmpeg, handbrake, process
from media_library.adapters.handbrake.blocks import BlockReader
from media_library.adapters.handbrake.command import command
from media_library.adapters.handbrake.encode import arguments
from media_library.adapters.handbrake.preset import single_pass
from media_library.errors import DiscUnreadable, MediaLibraryError, ToolFailed, ToolMissing
from media_library.models.disc import DiscAudio, DiscSubtitle
from media_library.models.tool import ToolProgress, result_of
from tests.fixtures import damage
from tests.programs import write_program
from tests.ripping import ENDLESS, MIN_SECONDS, QUICK, film, first_in_path

ENGLISH, FRENCH = DiscAudio(1, "eng", "ac3", 2), DiscAudio(2, "fra", "ac3", 2)
SUBTITLES = (DiscSubtitle(1, "eng", "VOBSUB"), DiscSubtitle(2, "fra", "VOBSUB"))


def order(folder: Path, **changes: object) -> handbrake.EncodeOrder:
    base = handbrake.EncodeOrder(
        source=str(film()),
        title=1,
        target=folder / "out.mp4",
        scratch=folder,
        container="mp4",
        preset=QUICK.preset,
        video_encoder="x264",
        quality=20,
        audio_encoder="av_aac",
        audio_bitrate=160,
        audio=(ENGLISH, FRENCH),
        subtitles=SUBTITLES,
        min_seconds=MIN_SECONDS,
        additional_options=QUICK.additional_options,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # the names are those of the record


def failure(encode: handbrake.EncodeOrder) -> MediaLibraryError:
    with pytest.raises(MediaLibraryError) as caught:
        result_of(handbrake.encode(encode))
    return caught.value


def block(name: str, content: object) -> bytes:
    return f"{name}: {json.dumps(content, indent=4)}\n".encode()


def test_blocks_are_found_among_other_text_in_pieces_of_any_size() -> None:
    output = (
        b"libdvdread: Encrypted DVD support unavailable.****"
        + block("Version", {"Name": "HandBrake"})
        + b"libdvdnav: DVD Title: \xff\xfe{\n"
        + block("Progress", {"State": "WORKING", "text": "a } b { Progress: {"})
        + b"the end"
    )
    for size in (1, 3, 7, 64, len(output)):
        reader = BlockReader()
        found = [one for at in range(0, len(output), size) for one in reader.feed(output[at : at + size])]
        assert [name for name, _ in found] == ["Version", "Progress"]
        assert reader.lines[0] == "libdvdread: Encrypted DVD support unavailable.****"
        assert found[1][1] == {"State": "WORKING", "text": "a } b { Progress: {"}


def test_a_block_that_was_cut_off_does_not_hide_the_next() -> None:
    reader = BlockReader()
    output = b'Progress: {"State": "WORK\n' + block("Progress", {"State": "WORKDONE"})
    assert [content for _, content in reader.feed(output)] == [{"State": "WORKDONE"}]


def test_a_scan_lists_titles_with_chapters_and_languages() -> None:
    scan = result_of(handbrake.scan(str(film()), min_seconds=3))
    assert [round(title.duration_ms / 1000) for title in scan.titles] == [16, 5, 4]
    main = scan.titles[0]
    assert main.index == 1
    assert len(main.chapters) == 4
    assert main.audio == (ENGLISH, FRENCH)
    assert main.subtitles == SUBTITLES
    assert (main.width, main.height) == (352, 288)


def test_a_scan_leaves_out_what_is_too_short() -> None:
    scan = result_of(handbrake.scan(str(film()), min_seconds=MIN_SECONDS))
    assert [title.index for title in scan.titles] == [1]


@pytest.mark.parametrize("content", [b"", b"not a disc" * 4096])
def test_a_file_that_is_no_disc_has_no_titles(tmp_path: Path, content: bytes) -> None:
    image = tmp_path / "disc.iso"
    image.write_bytes(content)
    assert result_of(handbrake.scan(str(image), min_seconds=1)).titles == ()


def test_an_encode_keeps_languages_subtitles_and_chapters_and_its_progress_only_grows(tmp_path: Path) -> None:
    seen = [step.fraction for step in handbrake.encode(order(tmp_path)) if isinstance(step, ToolProgress)]
    assert seen
    assert seen == sorted(seen)
    assert seen[-1] <= 1
    found = result_of(ffmpeg.probe(tmp_path / "out.mp4"))
    assert [track.language for track in found.streams.audio] == ["eng", "fra"]
    assert [track.codec for track in found.streams.audio] == ["aac", "aac"]
    assert [track.language for track in found.streams.subtitles] == ["eng", "fra"]
    assert len(found.streams.chapters) == 4
    assert abs(found.duration_ms - 16_000) < 200


def test_progress_over_passes_never_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [(1, -1, 0.5), (1, -1, 1.0), (2, 0, 0.25), (2, 0, 0.1), (9, 0, 7.0), (2, 0, 0.5)]
    blocks = [
        {"State": "WORKING", "Working": {"Pass": run, "PassCount": 2, "PassID": kind, "Progress": part}}
        for run, kind, part in steps
    ]
    program = write_program(
        tmp_path / "bin",
        "HandBrakeCLI",
        f"""
        import json
        for block in {blocks!r}:
            print("Progress:", json.dumps(block, indent=4))
        """,
    )
    monkeypatch.setenv("PATH", str(Path(program).parent), prepend=":")
    steps_seen = handbrake.encode(order(tmp_path))
    seen: list[float] = []
    with pytest.raises(ToolFailed):
        seen.extend(step.fraction for step in steps_seen if step is not None)
    assert seen == [0.25, 0.5, 0.625, 0.625, 1.0, 1.0]


def test_an_encode_reads_the_title_once(tmp_path: Path) -> None:
    told = arguments(order(tmp_path), result_of(single_pass(QUICK.preset, tmp_path)))
    finished = process.run(command(*told), timeout_seconds=60)
    assert b'"PassCount": 1' in finished.stdout
    assert b'"PassCount": 2' not in finished.stdout


def test_a_preset_that_cannot_be_written_is_named_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = write_program(
        tmp_path / "bin",
        "HandBrakeCLI",
        f"""
        import sys
        open({str(tmp_path / "calls")!r}, "a").write(" ".join(sys.argv[1:]) + "\\n")
        """,
    )
    monkeypatch.setenv("PATH", str(Path(program).parent), prepend=":")
    assert "without making a file" in str(failure(order(tmp_path)))
    assert "--preset Very Fast 480p30 -e" in (tmp_path / "calls").read_text().splitlines()[-1]


def test_copied_sound_keeps_its_codec(tmp_path: Path) -> None:
    result_of(handbrake.encode(order(tmp_path, audio_encoder="copy", audio=(FRENCH,), subtitles=())))
    found = result_of(ffmpeg.probe(tmp_path / "out.mp4"))
    assert [(track.language, track.codec) for track in found.streams.audio] == [("fra", "ac3")]
    assert found.streams.subtitles == ()


def test_every_track_is_named_in_the_command_and_no_pass_option_is() -> None:
    told = " ".join(arguments(order(Path("/staging")), ("--preset", "P")))
    assert "-a 1,2 -E av_aac,av_aac -B 160,160 -6 stereo,stereo" in told
    assert "-s 1,2 --subtitle-burned=none --subtitle-default=none" in told
    assert told.endswith("--encoder-preset ultrafast")
    assert "pass" not in told
    mono = replace(ENGLISH, channels=1)
    assert "-6 mono" in " ".join(arguments(order(Path("/staging"), audio=(mono,)), ()))
    assert "-a none" in " ".join(arguments(order(Path("/staging"), audio=()), ()))


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"preset": "No such preset"}, ToolFailed, "no preset “No such preset”"),
        ({"video_encoder": "nope"}, ToolFailed, "encoder nope"),
        ({"additional_options": ("--no-such-option",)}, ToolFailed, "handbrake.additional_options"),
        ({"title": 77}, DiscUnreadable, "no title 77"),
        ({"source": "/nonexistent.iso"}, DiscUnreadable, "no title 1"),
        ({"target": Path("/nonexistent/folder/out.mp4")}, ToolFailed, "could not start to encode"),
    ],
)
def test_a_failure_says_what_happened(
    tmp_path: Path, changes: dict[str, object], kind: type[MediaLibraryError], words: str
) -> None:
    error = failure(order(tmp_path, **changes))
    assert isinstance(error, kind)
    assert words in str(error)
    assert isinstance(error, ToolFailed | DiscUnreadable)
    assert error.output


def test_a_disc_that_ends_too_soon_is_unreadable(tmp_path: Path) -> None:
    image = tmp_path / "cut.iso"
    damage.truncate(film(), image, 0.6)
    error = failure(order(tmp_path, source=str(image)))
    assert isinstance(error, DiscUnreadable)
    assert "Clean it" in str(error) or "finds no title" in str(error)


@pytest.mark.parametrize(
    ("fake", "words"),
    [("HandBrakeCLI_nothing", "does not know one of"), ("HandBrakeCLI_crashes", "could not start to encode")],
)
def test_an_end_without_a_file_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: str, words: str
) -> None:
    monkeypatch.setenv("PATH", first_in_path(tmp_path / "bin", fake, "HandBrakeCLI"))
    assert words in str(failure(order(tmp_path)))


def test_closing_an_encode_ends_handbrake_within_two_seconds(tmp_path: Path) -> None:
    encode = handbrake.encode(order(tmp_path, additional_options=ENDLESS.additional_options))
    for step in encode:
        if step is not None:
            break
    began = time.monotonic()
    encode.close()
    assert time.monotonic() - began < 2


def test_a_missing_handbrake_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="HandBrakeCLI is not installed"):
        result_of(handbrake.scan(str(film()), min_seconds=1))


def test_the_build_tells_what_it_is_and_can_do() -> None:
    assert handbrake.version()
    assert "x264" in handbrake.encoders()
    assert {"--encoder-preset", "--decomb", "-q"} <= handbrake.options()
