"""Files with subtitles of every format and encoding become cues that are safe to show."""

import time

import pytest

from media_library.adapters.subtitle_files import plain_of, read_subtitles, webvtt_of
from tests.fixtures import subtitles as samples
from tests.fixtures.scripts import PAYLOADS


def texts(content: bytes, **more: str) -> list[str]:
    return [plain_of(cue.payload) for cue in read_subtitles(content, **more)]  # type: ignore[arg-type]  # a language


def test_subrip_keeps_its_times_and_its_italics() -> None:
    first, second = read_subtitles(samples.SRT.encode())
    assert (first.start_ms, first.end_ms) == (1_000, 2_500)
    assert first.payload == "I think we are <i>not</i> in Kansas any more."
    assert plain_of(second.payload) == "Follow the yellow brick road!"


def test_a_script_loses_drawings_effects_and_comments_and_is_put_in_order() -> None:
    first, second = read_subtitles(samples.ASS.encode())
    assert first.payload == "Ich glaube, wir sind nicht mehr in Kansas."
    assert second.payload == "Folge dem gelben\nSteinweg, <i>Dorothy</i>!"
    assert (second.start_ms, second.settings) == (3_000, "line:0")


def test_webvtt_keeps_its_places_and_loses_styles_notes_and_voices() -> None:
    text = (
        "WEBVTT - by somebody\n\nSTYLE\n::cue { background: url(http://evil.example/) }\n\nNOTE --x\nnothing\n\n"
        "one\n00:01.000 --> 00:02.000 line:10% align:start region:x onload:1\n<v Ann>Hello <c.red>there</c>\n"
    )
    [cue] = read_subtitles(text.encode())
    assert (cue.start_ms, cue.payload, cue.settings) == (1_000, "Hello there", "line:10% align:start")


def test_frames_are_counted_by_the_rate_of_the_file_else_by_that_of_the_film() -> None:
    [cue] = read_subtitles(b"{1}{1}25.000\n{25}{75}Hello|{y:i}there\n")
    assert (cue.start_ms, cue.end_ms, cue.payload) == (1_000, 3_000, "Hello\n<i>there</i>")
    [cue] = read_subtitles(b"{100}{200}Hello\n", frame_rate=50.0)
    assert (cue.start_ms, cue.end_ms) == (2_000, 4_000)


def test_tenths_and_clocks_of_other_players_are_read() -> None:
    assert [(cue.start_ms, cue.payload) for cue in read_subtitles(b"[10][25]/Hello|there\n")] == [
        (1_000, "<i>Hello</i>\nthere")
    ]
    text = b"[INFORMATION]\n[SUBTITLE]\n00:00:01.00,00:00:02.50\nHello[br]there\n"
    assert [(cue.end_ms, cue.payload) for cue in read_subtitles(text)] == [(2_500, "Hello\nthere")]


@pytest.mark.parametrize(
    ("encoding", "language", "words"),
    [
        ("utf-8", "und", "Ça va, Zoë? — 東京"),
        ("utf-8-sig", "und", "Ça va, Zoë? — 東京"),
        ("utf-16", "und", "Ça va, Zoë? — 東京"),
        ("utf-16-le", "und", "Where are you going, Zoë, so late in the evening?"),
        ("utf-16-be", "und", "Where are you going, Zoë, so late in the evening?"),
        ("cp1252", "fra", "Où est-ce que tu étais passé, chérie? À la maison."),
        ("cp1250", "pol", "Zażółć gęślą jaźń, proszę pana."),
        ("cp1251", "rus", "Съешь же ещё этих мягких французских булок."),
        (
            "cp1251",
            "und",
            "Съешь же ещё этих мягких французских булок, да выпей чаю. Мы идём домой, потому что уже поздно.",
        ),
        ("cp932", "jpn", "東京へようこそ"),
        ("cp1253", "ell", "Πού πηγαίνεις;"),
        ("cp1255", "heb", "לאן אתה הולך"),
    ],
)
def test_text_is_read_in_whatever_encoding_it_was_written(encoding: str, language: str, words: str) -> None:
    content = f"1\r\n00:00:01,000 --> 00:00:02,000\r\n{words}\r\n\r\n".encode(encoding)
    assert texts(content, language=language) == [words]


def test_blocks_without_empty_lines_between_them_are_told_apart() -> None:
    times = "00:00:0{0},000 --> 00:00:0{0},900\n{1}\n"
    text = "1\n" + times.format(1, "One") + "2\n" + times.format(3, "Two") + times.format(5, "Three")
    assert texts(text.encode()) == ["One", "Two", "Three"]


def test_threats_111_to_115_no_markup_but_three_tags_leaves_a_cue() -> None:
    wrappers = (
        "1\n00:00:01,000 --> 00:00:02,000\n{}\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n",
        "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,x,,0,0,0,,{}\n",
        "{{1}}{{50}}{}\n",
    )
    seen = 0
    for payload in (
        *PAYLOADS,
        "a --> b",
        "<b onclick=x>&lt;script&gt;</b>",
        "<<i>script>",
        "<i><b>x</i>y",
        "< b>",
        "a<",
    ):
        for wrapper in wrappers:
            for cue in read_subtitles(wrapper.format(payload.replace("\n", " ")).encode()):
                seen += 1
                bare = cue.payload
                for tag in ("<b>", "</b>", "<i>", "</i>", "<u>", "</u>"):
                    bare = bare.replace(tag, "")
                assert "<" not in bare and ">" not in bare, (payload, cue.payload)
                for tag in "biu":
                    assert cue.payload.count(f"<{tag}>") == cue.payload.count(f"</{tag}>"), cue.payload
                assert "-->" not in cue.payload and "\n\n" not in cue.payload
    assert seen > 300


def test_what_is_written_is_read_again_as_it_was() -> None:
    cues = read_subtitles(samples.ASS.encode())
    assert read_subtitles(webvtt_of(cues).encode()) == cues
    assert webvtt_of(()).startswith("WEBVTT\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1_000_000,
        b"<" * 3_000_000,
        b"{" * 3_000_000,
        b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<i" * 1_000_000,
        b"1\n00:00:01,000 --> 00:00:02,000\n" + b"a\n" * 1_000_000,
        b"00:00:01,000 --> 00:00:02,000\nx\n" * 150_000,
        b"99999999999:99:99,999 --> 0:0:0,0\nx\n" * 50_000,
        b"[Events]\n" + b"Dialogue: 0,0:00:01.00,0:00:02.00,x,,0,0,0,," + b"{\\i1" * 500_000,
        b"[Events]\nFormat: " + b"," * 1_000_000 + b"\nDialogue: " + b"," * 1_000_000,
        b"{1}{1}0.000001\n{1}{2}x\n" * 50_000,
        bytes(range(256)) * 20_000,
        b"\xff\xfe" + b"\xd8" * 999_999,
        b"-->" * 1_000_000,
        b"WEBVTT\n" + b"NOTE\n" * 500_000,
    ],
)
def test_hostile_files_are_read_within_bounds(content: bytes) -> None:
    started = time.process_time()
    cues = read_subtitles(content)
    assert time.process_time() - started < 8
    assert len(cues) <= 50_000 and all(len(cue.payload) < 30_000 and cue.start_ms < cue.end_ms for cue in cues)
