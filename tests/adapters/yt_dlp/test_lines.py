"""What yt-dlp writes, and what a site makes it write: bounded, clamped, never believed."""

import json

import pytest

from media_library.adapters.yt_dlp.description import Part, clean_text, read_entry, read_list, read_video
from media_library.adapters.yt_dlp.lines import Lines, Meter, speed_text
from media_library.errors import ToolFailed


def progress(**told: object) -> str:
    """A line of progress of the format "18"."""
    return f'"18" {json.dumps({"status": "downloading", **told})}'


def test_lines_are_put_together_from_pieces() -> None:
    lines = Lines()
    assert [*lines.feed(b"one\ntw")] == ["one"]
    assert [*lines.feed("oé\n".encode()[:2])] == []
    assert [*lines.feed("oé\n".encode()[2:] + b"\xff\n")] == ["twoé", "\ufffd"]


def test_a_line_without_end_is_given_up() -> None:
    lines = Lines()
    assert list(lines.feed(b"x" * 4_000_000)) == []
    with pytest.raises(ToolFailed):
        list(lines.feed(b"x" * 5_000_000))


def test_two_files_are_one_progress_that_never_goes_back() -> None:
    meter = Meter((Part("137", 900), Part("140", 100)))
    fractions = []
    for name, loaded, total in (("137", 450, 900), ("137", 900, 900), ("140", 50, 100), ("140", 10, 100)):
        reached = meter.read(f'"{name}" {json.dumps({"downloaded_bytes": loaded, "total_bytes": total})}')
        assert reached is not None
        fractions.append(round(reached.fraction, 3))
    assert fractions == [0.45, 0.9, 0.95, 0.95]


def test_fragments_count_where_bytes_are_not_known() -> None:
    reached = Meter((Part("18", None),)).read(progress(downloaded_bytes=5000, fragment_index=1, fragment_count=4))
    assert reached is not None and reached.fraction == 0.25


@pytest.mark.parametrize(
    "told",
    [
        {"downloaded_bytes": -5, "total_bytes": 10},
        {"downloaded_bytes": 1e308, "total_bytes": 1e-308},
        {"downloaded_bytes": 10, "total_bytes": -10, "eta": -1, "speed": -1},
        {"downloaded_bytes": 10, "total_bytes": 0, "eta": 1e300, "speed": 1e300},
        {"fragment_index": 9, "fragment_count": 3},
        {"eta": None, "speed": None},
    ],
)
def test_threat_110_numbers_are_clamped(told: dict[str, object]) -> None:
    reached = Meter((Part("18", None),)).read(progress(**told))
    assert reached is not None
    assert 0 <= reached.fraction <= 1
    assert reached.eta_seconds is None or 0 <= reached.eta_seconds <= 7 * 86_400
    assert (speed_text(reached.bytes_per_second) or "")[:4].strip("0123456789. GMkB/s") == ""


@pytest.mark.parametrize(
    "line", ["", "18 {}", '"18"', '"18" {"speed": NaN}', '"18" [1]', '"18" {"eta": "soon"}', '"99" {}', "\x1b[31m"]
)
def test_threat_110_what_is_no_progress_is_passed_over(line: str) -> None:
    assert Meter((Part("18", None),)).read(line) is None


def test_a_video_is_read_from_what_its_site_says() -> None:
    told = {
        "id": "dQw4w9WgXcQ", "title": "T", "channel": "C", "duration": 212.5, "upload_date": "20091025",
        "extractor_key": "Youtube", "webpage_url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "language": "en",
        "chapters": [{"start_time": 60, "end_time": 212.5, "title": "B"}, {"start_time": 0.0, "end_time": 60}],
        "requested_formats": [{"format_id": "137", "filesize": 1000}, {"format_id": "140", "tbr": 128.0}],
    }  # fmt: skip
    video = read_video(json.dumps(told))
    assert video is not None
    assert (video.key, video.channel, video.duration_ms) == ("yt:youtube:dQw4w9WgXcQ", "C", 212_500)
    assert video.published_at == 1_256_428_800_000
    assert [(one.title, one.start_ms) for one in video.chapters] == [("Chapter 2", 0), ("B", 60_000)]
    assert video.parts == (Part("137", 1000), Part("140", 3_400_000))
    assert video.size_bytes == 3_401_000


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"title": None, "duration": "NaN"},
        {"title": "x", "duration": -5, "timestamp": 1e300, "upload_date": "99999999", "chapters": []},
        {"title": "x" * 100_000, "description": "y" * 3_000_000, "language": "../../etc"},
        {"title": "\u202eevil\x1b[31m\n", "channel": "\0", "webpage_url": "javascript:alert(1)"},
        {"title": "x", "chapters": [{"start_time": -1}, {"start_time": 1e300}, {"start_time": 5, "end_time": 4}]},
        {"title": "x", "webpage_url": "file:///etc/passwd", "thumbnail": "http://a/\n", "url": "x" * 9000},
        {"title": "x", "requested_formats": [{"format_id": "1", "filesize": -1, "tbr": 1e308}] * 50},
    ],
)
def test_whatever_a_site_says_of_a_video_stays_within_bounds(told: dict[str, object]) -> None:
    video = read_video(json.dumps(told))
    if video is None:
        return
    assert video.title and len(video.title) <= 500 and video.title.isprintable()
    assert video.description is None or len(video.description) <= 200_000
    assert video.url is None or video.url.startswith("http")
    assert video.thumbnail is None
    assert video.duration_ms is None and video.published_at is None and video.chapters == ()
    assert video.language is None
    assert len(video.parts) <= 4 and video.size_bytes is None


@pytest.mark.parametrize("line", ["", "[]", "null", "{", "[" * 100_000, '{"title": 5', '{"chapters": 7}', '{"id": {}}'])
def test_what_is_no_video_is_none(line: str) -> None:
    assert read_video(line) is None
    assert read_list(line) is None or line == '{"chapters": 7}'


def test_an_entry_of_a_list_leads_to_its_own_address_without_what_is_hidden_in_it() -> None:
    told = {"_type": "url", "url": "https://a.example/1.mp4#__youtubedl_smuggle=%7B%7D", "title": "One", "id": "1"}
    entry = read_entry(json.dumps({**told, "extractor_key": "Generic"}))
    assert entry is not None
    assert (entry.url, entry.key) == ("https://a.example/1.mp4", None)
    assert read_entry('{"title": "no address"}') is None
    assert read_entry('{"url": "ytsearch:x", "_type": "url"}') is None


def test_a_list_that_carries_the_name_of_its_channel_is_the_channel() -> None:
    listed = read_list('{"title": "Sea - Videos", "channel": "Sea", "playlist_count": 7}')
    assert listed is not None and listed.is_channel and listed.count == 7
    other = read_list('{"title": "Best of", "channel": "Sea", "playlist_count": -1}')
    assert other is not None and not other.is_channel and other.count is None


def test_text_to_show_has_lines_only_where_it_may() -> None:
    assert clean_text("a\r\nb\tc\x07\u202ed", 100) == "a b cd"
    assert clean_text("a\r\nb", 100, lines=True) == "a\nb"
