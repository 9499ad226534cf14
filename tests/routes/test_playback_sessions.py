"""Playing in any browser, from the question to the last part, over HTTP."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_library.models.media import Media, MediaNames, MediaType
from tests.conftest import wait_for
from tests.films import H264_AC3_MKV, film
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
