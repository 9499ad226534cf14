"""Playing in any browser, from the question to the last part, over HTTP."""

import json
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from media_library.models.media import Media, MediaNames, MediaType
from tests.conftest import wait_for
from tests.films import H264_AC3_MKV, beeps, clapper, film, flashes
from tests.routes.house import House, Somebody, error_of

CHROME: dict[str, Any] = {
    "containers": ["mp4", "webm", "mp3", "flac", "ogg", "wav"],
    "video": [{"codec": "h264"}, {"codec": "vp9"}, {"codec": "av1"}],
    "audio": ["aac", "mp3", "opus", "vorbis", "flac", "pcm"],
    "hls": "mse",
}


@pytest.fixture(autouse=True)
def _ended(house: House) -> Iterator[None]:
    yield
    house.services.playback.sessions.end_all()


def film_of(house: House, source: Path, title: str = "The Salt Road") -> Media:
    """A film of the library with these bytes."""
    path = f"{title}/{title}{source.suffix}"
    return house.add(MediaType.MOVIE, MediaNames(title), path, source.read_bytes())


def play(somebody: Somebody, media: Media, **wish: Any) -> Any:
    """How it is played, by a browser like Chrome unless told otherwise."""
    body = {"device": CHROME, **wish}
    answer = somebody.send("POST", f"/api/media/{media.id}/playback", body)
    assert answer.status_code == 200, answer.text
    return answer.json


class Player:
    """Plays what the answer names, as a player would."""

    def __init__(self, somebody: Somebody, answer: Any, quality: str | None = None) -> None:
        self._somebody = somebody
        self.base = f"/api/playback/{answer['session']}"
        master = somebody.get(answer["url"])
        assert master.mimetype == "application/vnd.apple.mpegurl"
        self.forms = re.findall(r"^(\S+)/index\.m3u8$", master.text, re.MULTILINE)
        self.form = quality or self.forms[0]
        playlist = somebody.get(f"{self.base}/{self.form}/index.m3u8").text
        assert playlist.startswith("#EXTM3U\n#EXT-X-VERSION:7\n") and playlist.endswith("#EXT-X-ENDLIST\n")
        self.lengths = [float(one) for one in re.findall(r"#EXTINF:([\d.]+)", playlist)]
        self.init = self.get("init.mp4")

    def get(self, name: str) -> bytes:
        """A part; it must be there."""
        answer = self._somebody.get(f"{self.base}/{self.form}/{name}")
        assert answer.status_code == 200, answer.text
        content: bytes = answer.data
        return content

    def part(self, number: int) -> bytes:
        """A segment."""
        return self.get(f"{number}.m4s")

    def joined(self, folder: Path, numbers: list[int] | None = None) -> Path:
        """A file of these segments, asked for in this order, all of them if none are named."""
        wanted = numbers if numbers is not None else list(range(len(self.lengths)))
        parts = {number: self.part(number) for number in wanted}
        file = folder / "joined.mp4"
        file.write_bytes(self.init + b"".join(parts[number] for number in sorted(parts)))
        return file


def packets(file: Path, stream: str) -> list[float]:
    """The times of the packets of a stream, in the order in which they are shown."""
    found = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "json", file],
        check=True,
        capture_output=True,
    )
    return sorted(float(one["pts_time"]) for one in json.loads(found.stdout)["packets"])


def streams(file: Path) -> list[Any]:
    """The streams of a file as ffprobe tells them."""
    found = subprocess.run(
        ["ffprobe", "-v", "error", "-show_streams", "-of", "json", file], check=True, capture_output=True
    )
    return list(json.loads(found.stdout)["streams"])


def test_an_mp4_that_the_browser_plays_is_sent_as_it_is(house: House) -> None:
    media = film_of(house, film("a.mp4", "-pix_fmt", "yuv420p", "-c:a", "aac"))
    answer = play(house.member, media)
    assert (answer["method"], answer["session"], answer["reasons"]) == ("direct", None, [])
    assert answer["url"] == f"/api/stream/{media.id}"
    assert house.member.get(answer["url"]).status_code == 200


def test_a_matroska_film_with_ac3_plays_from_end_to_end(house: House, tmp_path: Path) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    answer = play(house.member, media)
    assert answer["method"] == "transcode" and answer["video"]["to"] is None
    assert {one["code"] for one in answer["reasons"]} == {"container", "audio_codec", "audio_channels"}
    assert answer["audio"]["to"] == {"codec": "aac", "channels": 2, "bit_rate": 192000}
    player = Player(house.member, answer)
    assert player.forms == ["original"]
    assert sum(player.lengths) == pytest.approx(12, abs=0.1)
    joined = player.joined(tmp_path)
    video, audio = streams(joined)
    assert (video["codec_name"], audio["codec_name"], audio["channels"]) == ("h264", "aac", 2)
    shown, heard = packets(joined, "v"), packets(joined, "a")
    # ffprobe tells pictures that are shown earlier than they are decoded two pictures too late
    assert len(shown) == 300 and shown[-1] == pytest.approx(11.96, abs=0.1)
    assert heard[0] == pytest.approx(0, abs=0.03) and heard[-1] == pytest.approx(12, abs=0.1)


def test_a_browser_that_decodes_ac3_gets_the_film_repacked(house: House, tmp_path: Path) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    answer = play(house.member, media, device={**CHROME, "audio": ["aac", "ac3"]})
    assert answer["method"] == "remux" and [one["code"] for one in answer["reasons"]] == ["container"]
    joined = Player(house.member, answer).joined(tmp_path)
    assert [one["codec_name"] for one in streams(joined)] == ["h264", "ac3"]


def test_a_session_ends_when_it_is_deleted_and_leaves_nothing(house: House) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    answer = play(house.member, media)
    player = Player(house.member, answer)
    assert house.member.send("DELETE", player.base).status_code == 204
    assert house.member.send("DELETE", player.base).status_code == 204
    assert error_of(house.member.get(f"{player.base}/original/0.m4s")) == (404, "not_found")
    folder = house.settings.data_directory / "cache" / "playback"
    wait_for(lambda: not list(folder.iterdir()))


@pytest.mark.parametrize("quality", ["original", "360p"])
@pytest.mark.parametrize("audio", [["aac"], ["aac", "ac3"]])
def test_picture_and_sound_stay_together_where_parts_of_several_runs_are_joined(
    house: House, tmp_path: Path, quality: str, audio: list[str]
) -> None:
    source = clapper("a.mkv", "-bf", "0", "-c:a", "ac3", "-vf", "scale=640:480")
    media = film_of(house, source)
    wish = {"quality": quality, "device": {**CHROME, "audio": audio}}
    player = Player(house.member, play(house.member, media, **wish))
    last = len(player.lengths) - 1
    order = [0, last - 1, last, *range(2, last - 1), 1]
    joined = player.joined(tmp_path, order)
    seen, heard = flashes(joined), beeps(joined)
    assert [round(one) for one in seen] == list(range(16)) == [round(one) for one in heard]
    assert all(abs(flash - second) < 0.045 for second, flash in enumerate(seen)), seen
    assert all(abs(beep - second) < 0.045 for second, beep in enumerate(heard)), heard
    times = packets(joined, "v")
    assert len(times) == 400 and max(b - a for a, b in pairwise(times)) < 0.05
    sound = packets(joined, "a")
    assert max(b - a for a, b in pairwise(sound)) < 0.06


def test_one_may_seek_anywhere_at_once(house: House) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV, seconds=60, size="64x36"))
    player = Player(house.member, play(house.member, media))
    for number in (len(player.lengths) - 1, 3, 10, 0):
        assert player.part(number)[4:8] == b"moof"
    for name in (f"{len(player.lengths)}.m4s", "-1.m4s", "1e3.m4s", "00000000001.m4s", "x.m4s"):
        assert house.member.get(f"{player.base}/original/{name}").status_code == 404
    assert house.member.get(f"{player.base}/4320p/index.m3u8").status_code == 404


def test_the_position_is_where_the_first_part_is_made(house: House) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV, seconds=60, size="64x36"))
    answer = play(house.member, media, position=40)
    folder = house.settings.data_directory / "cache" / "playback" / answer["session"] / "original"
    made = wait_for(lambda: sorted(int(one.stem) for one in folder.glob("*.m4s")))
    assert made[0] * 4 in (36, 40)


@pytest.mark.parametrize(
    ("name", "options", "reasons"),
    [
        ("a.mkv", ("-pix_fmt", "yuv420p10le", "-c:a", "aac"), {"ten_bit", "container"}),
        ("a.mp4", ("-pix_fmt", "yuv444p", "-c:a", "aac"), {"video_profile"}),
        ("a.avi", ("-c:v", "mpeg4", "-c:a", "libmp3lame"), {"video_codec", "container"}),
        ("a.avi", ("-c:v", "msmpeg4", "-c:a", "libmp3lame"), {"video_codec", "container"}),
        ("a.wmv", ("-c:v", "wmv2", "-c:a", "wmav2"), {"video_codec", "audio_codec", "container"}),
        ("a.vob", ("-c:v", "mpeg2video", "-c:a", "ac3"), {"video_codec", "audio_codec", "container"}),
        (
            "a.mkv",
            ("-c:v", "mpeg2video", "-vf", "setfield=tff", "-flags", "+ilme+ildct", "-c:a", "mp2"),
            {"video_codec", "audio_codec", "container", "interlaced"},
        ),
    ],
)
def test_what_the_browser_cannot_decode_becomes_h264(
    house: House, tmp_path: Path, name: str, options: tuple[str, ...], reasons: set[str]
) -> None:
    answer = play(house.member, film_of(house, film(name, *options, seconds=4)))
    assert answer["method"] == "transcode" and answer["encoder"] == "software"
    assert {one["code"] for one in answer["reasons"]} == reasons
    player = Player(house.member, answer)
    assert player.forms == ["360p"]
    video, sound = streams(player.joined(tmp_path))
    assert (video["codec_name"], video["pix_fmt"], video["height"]) == ("h264", "yuv420p", 180)
    assert video.get("field_order", "progressive") == "progressive" and sound["codec_type"] == "audio"
    assert len(packets(tmp_path / "joined.mp4", "v")) == pytest.approx(100, abs=3)


def test_a_broadcast_is_cut_without_an_index(house: House, tmp_path: Path) -> None:
    media = film_of(house, film("a.ts", "-g", "25", "-c:a", "aac", "-pix_fmt", "yuv420p", seconds=20, size="64x36"))
    answer = play(house.member, media)
    assert answer["method"] == "remux"
    joined = Player(house.member, answer).joined(tmp_path, [0, 2, 1])
    assert len(packets(joined, "v")) == 500


@pytest.mark.parametrize(("name", "codec"), [("a.m4a", "alac"), ("a.wma", "wmav2"), ("a.wv", "wavpack")])
def test_music_that_the_browser_cannot_decode_becomes_aac(house: House, tmp_path: Path, name: str, codec: str) -> None:
    media = film_of(house, film(name, "-c:a", codec, has_video=False, seconds=20))
    answer = play(house.member, media)
    assert answer["method"] == "transcode" and answer["video"] is None and answer["encoder"] is None
    player = Player(house.member, answer)
    joined = player.joined(tmp_path, [2, 0, 1])
    assert [one["codec_name"] for one in streams(joined)] == ["aac"]
    assert [round(one) for one in beeps(joined)] == list(range(20))


def test_hdr_becomes_sdr_that_is_neither_black_nor_white(house: House, tmp_path: Path) -> None:
    colours = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")
    codec = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le")
    marks = "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
    source = film("a.mkv", *codec, "-x265-params", marks, *colours, "-c:a", "aac", seconds=2)
    answer = play(house.member, film_of(house, source))
    assert "hdr" in {one["code"] for one in answer["reasons"]}
    assert answer["video"]["from"]["hdr"] == "HDR10"
    joined = Player(house.member, answer).joined(tmp_path)
    (video, _) = streams(joined)
    assert (video["color_transfer"], video["color_space"], video["pix_fmt"]) == ("bt709", "bt709", "yuv420p")
    grey = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", joined, "-frames:v", "1", "-vf", "format=gray", "-f", "rawvideo", "-"],
        check=True,
        capture_output=True,
    ).stdout
    assert 40 < sum(grey) / len(grey) < 200
    assert max(grey) > 150 and min(grey) < 60


def test_a_film_that_lies_on_its_side_is_turned_upright(house: House, tmp_path: Path) -> None:
    upright = film("a.mp4", "-pix_fmt", "yuv420p", "-c:a", "ac3", seconds=4)
    turned = tmp_path / "turned.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", upright, "-c", "copy", "-metadata:s:v", "rotate=90", turned], check=True
    )
    answer = play(house.member, film_of(house, turned))
    assert "rotated" in {one["code"] for one in answer["reasons"]}
    video, _ = streams(Player(house.member, answer).joined(tmp_path))
    assert (video["width"], video["height"]) == (180, 320)


def test_six_channels_stay_six_where_there_are_six_loudspeakers(house: House, tmp_path: Path) -> None:
    answer = play(house.member, film_of(house, film("a.mkv", *H264_AC3_MKV)), device={**CHROME, "channels": 6})
    assert "audio_channels" not in {one["code"] for one in answer["reasons"]}
    assert streams(Player(house.member, answer).joined(tmp_path, [0]))[1]["channels"] == 6


def test_another_audio_track_is_heard_when_it_is_chosen(house: House, tmp_path: Path) -> None:
    tracks = ("-map", "0:v", "-map", "1:a", "-map", "1:a", "-filter:a:1", "volume=0", "-c:a", "aac")
    media = film_of(house, film("a.mp4", *tracks, "-pix_fmt", "yuv420p", seconds=6))
    assert play(house.member, media)["method"] == "direct"
    answer = play(house.member, media, audio=2)
    assert answer["method"] == "remux" and [one["code"] for one in answer["reasons"]] == ["audio_track"]
    assert [one["selected"] for one in answer["audio_tracks"]] == [False, True]
    assert beeps(Player(house.member, answer).joined(tmp_path)) == []
    body = {"device": CHROME, "audio": 7}
    assert error_of(house.member.send("POST", f"/api/media/{media.id}/playback", body)) == (400, "bad_request")


def test_several_qualities_are_offered_and_one_is_encoded_at_a_time(house: House) -> None:
    media = film_of(house, film("a.mkv", "-c:v", "mpeg2video", "-c:a", "aac", size="1280x720", seconds=6))
    player = Player(house.member, play(house.member, media))
    assert player.forms == ["720p", "480p", "360p"]
    player.part(0)
    lower = Player(
        house.member, {"session": player.base.rpartition("/")[2], "url": f"{player.base}/master.m3u8"}, "360p"
    )
    assert lower.part(1)[4:8] == b"moof"
    (session,) = house.services.playback.sessions.list_sessions()
    runs = [one.run for one in session._renderings.values() if one.run is not None]
    wait_for(lambda: [run.ended for run in runs].count(False) <= 1)
    assert player.part(2)[4:8] == b"moof"


def test_who_is_away_gets_a_lower_picture(house: House) -> None:
    media = film_of(house, film("a.mp4", "-pix_fmt", "yuv420p", "-c:a", "aac", size="1920x1080", seconds=2))
    body = {"device": CHROME}
    path = f"/api/media/{media.id}/playback"
    for away in (
        house.member.send("POST", path, body, address="8.8.8.8"),
        house.member.send("POST", path, body, headers={"CF-Connecting-IP": "192.168.1.5"}),
        house.member.send("POST", path, body, address="2606:4700::1111"),
    ):
        answer: Any = away.json
        assert [one["code"] for one in answer["reasons"]] == ["away_cap"]
        assert answer["video"]["to"]["height"] == 720
        assert [one["id"] for one in answer["qualities"]] == ["720p", "480p", "360p"]
    assert play(house.member, media)["method"] == "direct"
    house.admin.send("PATCH", "/api/settings", {"playback": {"max_height_away": None}})
    answer = house.member.send("POST", path, body, address="8.8.8.8").json
    assert answer["method"] == "direct"
