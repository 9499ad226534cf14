"""Playing in any browser, from the question to the last part, over HTTP."""

import json
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from media_library.models.api_key import Scope
from media_library.models.media import (
    AudioTrack,
    Media,
    MediaNames,
    MediaType,
    NewMedia,
    Streams,
    SubtitleTrack,
    VideoTrack,
)
from tests.conftest import wait_for
from tests.films import H264_AC3_MKV, beeps, brightest_at, clapper, dark_film_with, film, flashes
from tests.fixtures.pgs import white_block
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


def film_of(house: House, source: Path, title: str = "The Salt Road", streams: Streams | None = None) -> Media:
    """A film of the library with these bytes; ``streams`` are what the library knows of it."""
    path = f"{title}/{title}{source.suffix}"
    media = house.add(MediaType.MOVIE, MediaNames(title), path, source.read_bytes())
    if streams is not None:
        house.state.remove_media(media.id)
        media = house.state.add_media(NewMedia(MediaType.MOVIE, media.library_id, media.names, media.file, streams))
    return media


def play(somebody: Somebody, media: Media, **wish: Any) -> Any:
    """How it is played, by a browser like Chrome unless told otherwise."""
    body = {"device": CHROME, **wish}
    answer = somebody.send("POST", f"/api/media/{media.id}/playback", body)
    assert answer.status_code == 200, answer.text
    return answer.json


ASS = b"""[Script Info]
ScriptType: v4.00+
PlayResX: 320
PlayResY: 180
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,DejaVu Sans,40,&H00FFFFFF,5
[Events]
Format: Layer, Start, End, Style, Text
Dialogue: 0,0:00:01.00,0:00:03.00,Default,WORDS
"""


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


def test_a_part_tells_how_long_it_had_to_be_waited_for(house: House) -> None:
    media = film_of(house, film("a.mkv", "-c:v", "mpeg2video", "-c:a", "aac", size="640x360", seconds=12))
    player = Player(house.member, play(house.member, media))
    place = f"{player.base}/{player.form}/5.m4s"

    def waited() -> float:
        found = re.fullmatch(r"made;dur=(\d+)", house.member.get(place).headers["Server-Timing"])
        assert found is not None
        return float(found[1])

    began = time.monotonic()
    first = waited()
    assert 5 < first <= (time.monotonic() - began) * 1000
    assert waited() < first / 2 + 5


def test_a_file_that_is_gone_while_it_plays_is_told_so(house: House) -> None:
    media = film_of(house, film("a.avi", "-c:v", "mpeg4", "-c:a", "libmp3lame", seconds=120, size="64x36"))
    player = Player(house.member, play(house.member, media))
    place = house.settings.media_root / (media.file.path if media.file else "")
    place.rename(place.with_suffix(".away"))
    answer = house.member.get(f"{player.base}/{player.form}/55.m4s")
    assert error_of(answer) == (409, "conflict")
    assert "not there any more" in answer.text and "try again" in answer.text
    place.with_suffix(".away").rename(place)
    assert player.part(50)[4:8] == b"moof"


def test_the_position_is_where_the_first_part_is_made(house: House) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV, seconds=60, size="64x36"))
    answer = play(house.member, media, position=40)
    folder = house.settings.data_directory / "cache" / "playback" / answer["session"] / "original"
    made = wait_for(lambda: sorted(int(one.stem) for one in folder.glob("*.m4s")))
    assert made[0] * 4 in (36, 40)


def test_a_picture_that_ends_before_the_sound_stands_still_until_the_end(house: House, tmp_path: Path) -> None:
    source = film("a.mkv", "-c:v", "mpeg2video", "-af", "apad=pad_dur=5", "-c:a", "aac", seconds=6, size="64x36")
    player = Player(house.member, play(house.member, film_of(house, source)))
    assert sum(player.lengths) == pytest.approx(11, abs=0.3)
    joined = player.joined(tmp_path, [len(player.lengths) - 1, *range(len(player.lengths) - 1)])
    assert packets(joined, "v")[-1] == pytest.approx(11, abs=0.3)


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


def test_music_of_which_the_library_knows_nothing_is_looked_into(house: House) -> None:
    source = film("a.m4a", "-c:a", "alac", has_video=False, seconds=20)
    assert play(house.member, film_of(house, source, streams=Streams()))["method"] == "transcode"
    known = Streams(audio=(AudioTrack(0, "und", "aac", 2, True),))
    answer = play(house.member, film_of(house, source, "Known", streams=known))
    assert answer["method"] == "direct" and answer["audio"]["from"]["codec"] == "aac"


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
    assert len(list((house.settings.data_directory / "cache" / "playback").glob("*/360p/init.mp4"))) == 1
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


@pytest.mark.parametrize(
    ("subtitles", "suffix"),
    [(white_block((320, 180), 1, 3), ".sup"), (white_block((640, 480), 1, 3), ".sup"), (ASS, ".ass")],
)
def test_subtitles_are_drawn_into_the_picture_when_asked_for(
    house: House, tmp_path: Path, subtitles: bytes, suffix: str
) -> None:
    codec = {".sup": "hdmv_pgs_subtitle", ".ass": "ass"}[suffix]
    held = Streams(VideoTrack("h264", 320, 180, 25.0), (), (SubtitleTrack(1, "eng", codec, False),))
    media = film_of(house, dark_film_with(subtitles, suffix), streams=held)
    plain = Player(house.member, play(house.member, media)).joined(tmp_path)
    assert max(brightest_at(plain, 2)) < 60
    answer = play(house.member, media, subtitle="s1", burn=True)
    assert "subtitle_burned" in {one["code"] for one in answer["reasons"]}
    assert [(one["id"], one["burned"]) for one in answer["subtitles"]] == [("s1", True)]
    drawn = Player(house.member, answer).joined(tmp_path)
    before, while_said, after = brightest_at(drawn, 0.4, 2, 4)
    assert before < 60 < 200 < while_said and after < 60
    assert not any(one["burned"] for one in play(house.member, media, subtitle="s1")["subtitles"])
    body = {"device": CHROME, "subtitle": "s9", "burn": True}
    assert error_of(house.member.send("POST", f"/api/media/{media.id}/playback", body)) == (400, "bad_request")


def test_threat_48_parts_are_for_who_began_the_session_only(house: House) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    player = Player(house.member, play(house.member, media))
    assert re.fullmatch("/api/playback/[0-9a-f]{32}", player.base)
    paths = [
        f"{player.base}/{name}"
        for name in ("master.m3u8", *(f"original/{n}" for n in ("index.m3u8", "init.mp4", "0.m4s")))
    ]
    key = house.key(Scope.READ, owner="ben")
    for path in paths:
        assert house.member.get(path).status_code == 200
        assert key.get(path).status_code == 200
        assert error_of(house.stranger.get(path)) == (401, "unauthenticated")
        for other in (house.admin, house.kid, house.key(Scope.READ, owner="ann")):
            assert error_of(other.get(path)) == (404, "not_found")
        assert house.key(Scope.METRICS).get(path).status_code == 403
        assert house.member.get(path.replace(player.base[-32:], "0" * 32)).status_code == 404
    for other in (house.admin, house.kid):
        assert other.send("POST", f"{player.base}/alive", {}).status_code == 404
        assert other.send("DELETE", player.base).status_code == 204
    assert house.member.send("POST", f"{player.base}/alive", {"position": 3}).json == {"ends_in": 60.0}
    listed: Any = house.admin.get("/api/playback").json
    assert [(one["user"], one["title"], one["position"]) for one in listed["sessions"]] == [("Ben", "The Salt Road", 3)]
    assert house.kid.get("/api/playback").status_code == 403


def test_a_session_ends_with_the_right_to_watch(house: House) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    player = Player(house.kid, play(house.kid, media))
    user = house.people["cleo"]
    house.state.grant_libraries(user.id, [], all_libraries=False)
    fresh = house.browser(user)
    for path in ("master.m3u8", "original/0.m4s"):
        assert fresh.get(f"{player.base}/{path}").status_code in (401, 404)
    stop = threading.Event()
    stop.set()
    house.services.playback.sessions.step(stop)
    assert house.services.playback.sessions.list_sessions() == []


@pytest.mark.parametrize("how", ["signed out", "disabled", "session ended"])
def test_a_session_ends_when_its_viewer_signs_out_or_is_shut_out(house: House, how: str) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    play(house.member, media)
    sessions, stop = house.services.playback.sessions, threading.Event()
    stop.set()
    sessions.step(stop)
    assert len(sessions.list_sessions()) == 1
    user = house.people["ben"]
    if how == "signed out":
        assert house.member.send("POST", "/api/logout", {}).status_code == 204
    elif how == "disabled":
        house.state.disable_user(user.id, disabled=True)
    else:
        (session,) = house.state.list_sessions(user)
        house.state.end_session(session.id, user.id)
    sessions.step(stop)
    assert sessions.list_sessions() == []
    folder = house.settings.data_directory / "cache" / "playback"
    wait_for(lambda: not list(folder.iterdir()))


def test_only_so_many_pictures_are_encoded_at_a_time(house: House) -> None:
    films = [
        film_of(house, film("a.avi", "-c:v", "mpeg4", "-c:a", "libmp3lame", seconds=4), f"Film {n}") for n in range(3)
    ]
    repacked = film_of(house, film("a.mkv", *H264_AC3_MKV), "Repacked")
    first, _ = play(house.member, films[0]), play(house.admin, films[1])
    path, body = f"/api/media/{films[2].id}/playback", {"device": CHROME}
    refused = house.kid.send("POST", path, body)
    assert error_of(refused) == (429, "too_many_transcodes") and int(refused.headers["Retry-After"]) > 0
    message = (refused.json or {})["error"]["message"]
    assert "2 other films" in message and message.endswith(".")
    assert play(house.kid, repacked)["session"]
    again = play(house.member, films[0], quality="360p")
    assert again["session"] and house.member.get(first["url"]).status_code == 404
    assert house.member.send("DELETE", f"/api/playback/{again['session']}").status_code == 204
    assert play(house.kid, films[2])["session"]
    house.admin.send("PATCH", "/api/settings", {"playback": {"simultaneous": 1}})
    assert house.member.send("POST", path, body).status_code == 429


def test_one_person_has_only_so_many_sessions(house: House) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    begun = [play(house.member, media)["session"] for _ in range(8)]
    there = {one.id for one in house.services.playback.sessions.list_sessions()}
    assert there == set(begun[-6:])


def test_what_is_no_film_is_refused_in_a_sentence(house: House, tmp_path: Path) -> None:
    file = tmp_path / "a.mkv"
    file.write_bytes(b"no film at all")
    media = film_of(house, file)
    answer = house.member.send("POST", f"/api/media/{media.id}/playback", {"device": CHROME})
    assert error_of(answer) == (409, "conflict")
    assert "damaged" in (answer.json or {})["error"]["message"]
    none = house.member.send(
        "POST", f"/api/media/{film_of(house, film('a.avi', '-c:v', 'mpeg4'), 'B').id}/playback", {"device": {}}
    )
    assert error_of(none) == (409, "conflict")


@pytest.mark.parametrize(
    "name",
    [
        "-y.mkv",
        "concat:a|b.mkv",
        "http:x.mkv",
        "subfile,,start,0,end,9,,:a.mkv",
        "%03d.mkv",
        '"x" -f null.mkv',
        "a'b;c,[d]=e.mkv",
    ],
)
def test_threats_98_and_99_a_name_is_only_a_name(house: House, tmp_path: Path, name: str) -> None:
    source = film("a.mkv", *H264_AC3_MKV)
    media = house.add(MediaType.MOVIE, MediaNames("Odd"), f"Odd/{name}", source.read_bytes())
    before = {one.name for one in house.settings.media_root.rglob("*")}
    for wish in ({}, {"quality": "360p"}):
        player = Player(house.member, play(house.member, media, **wish))
        assert player.part(1)[4:8] == b"moof"
    assert {one.name for one in house.settings.media_root.rglob("*")} == before


@pytest.mark.parametrize("quality", ["-y", "1080p -f null", "../../x", "4k", 720])
def test_threat_98_only_what_the_vocabulary_has_is_taken(house: House, quality: object) -> None:
    media = film_of(house, film("a.mkv", *H264_AC3_MKV))
    path = f"/api/media/{media.id}/playback"
    for body in (
        {"device": CHROME, "quality": quality},
        {"device": CHROME, "audio": "1 -f null"},
        {"device": CHROME, "subtitle": "s1;x", "burn": True},
        {"device": CHROME, "file": "../x"},
        {"device": {**CHROME, "video": [{"codec": "-i /etc/passwd"}]}},
        {"device": CHROME, "encoder": "libx264 -f null"},
        {"device": CHROME, "position": 1e300},
    ):
        assert error_of(house.member.send("POST", path, body)) == (400, "bad_request")


def test_threat_100_a_playlist_in_disguise_opens_nothing(house: House) -> None:
    secret = house.settings.media_root / "secret.ts"
    secret.write_bytes(film("a.ts", "-c:a", "aac").read_bytes())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        web = f"http://127.0.0.1:{listener.getsockname()[1]}/x.ts"
        texts = [
            f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{where}\n#EXT-X-ENDLIST\n"
            for where in (web, secret, f"file:{secret}")
        ]
        texts += [f"ffconcat version 1.0\nfile '{secret}'\n", f"# mpv EDL v0\n{secret}\n"]
        texts += [f"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video {listener.getsockname()[1]} RTP/AVP 96\n"]
        texts += [f'<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>{web}</BaseURL></Period></MPD>']
        for number, text in enumerate(texts):
            for suffix in ("mkv", "mp4", "ts"):
                path = f"Disguise/{number}.{suffix}"
                media = house.add(MediaType.MOVIE, MediaNames(f"{number}{suffix}"), path, text.encode())
                body = {"device": {**CHROME, "containers": []}}
                answer = house.member.send("POST", f"/api/media/{media.id}/playback", body)
                assert error_of(answer) == (409, "conflict"), text
        with pytest.raises(TimeoutError):
            listener.accept()


def test_threat_101_a_decoder_that_is_not_well_kept_is_not_used(house: House) -> None:
    media = film_of(house, film("a.avi", "-c:v", "magicyuv", "-c:a", "aac", seconds=2))
    body = {"device": CHROME}
    answer = house.member.send("POST", f"/api/media/{media.id}/playback", body)
    if answer.status_code == 200:
        form = f"/api/playback/{(answer.json or {})['session']}/360p/0.m4s"
        answer = house.member.get(form)
    assert error_of(answer) == (409, "conflict")
