"""Files without an index: encoded the first time, and copied once it is known where they can be cut."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_library.adapters.ffmpeg.keyframe_scan import keyframe_times
from media_library.models.media import Media
from media_library.services.playback import Playback
from media_library.services.playback.keyframe_shelf import KeyframeShelf
from media_library.services.preferences import Preferences
from tests.conftest import wait_for
from tests.films import beeps, clapper, flashes
from tests.routes.house import House
from tests.routes.test_playback_sessions import Player, film_of, play, streams


@pytest.fixture(autouse=True)
def _ended(house: House) -> Iterator[None]:
    yield
    house.services.playback.sessions.end_all()


def without_cues(source: Path, target: Path) -> Path:
    """The same film as Matroska that was written where nobody could go back to add an index."""
    argv = ["ffmpeg", "-v", "error", "-i", str(source), "-c", "copy", "-f", "matroska", "-"]
    with target.open("wb") as file:
        pipe = subprocess.run(["sh", "-c", '"$@" | cat', "sh", *argv], check=True, stdout=subprocess.PIPE)
        file.write(pipe.stdout)
    return target


def shelf(house: House) -> Path:
    """Where it is kept what was found."""
    return house.settings.data_directory / "cache" / "keyframes"


def once_found(house: House, media: Media) -> Any:
    """How a film is played once it was read through."""
    wait_for(lambda: list(shelf(house).glob("*.json")), seconds=30)
    return play(house.member, media)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".flv", ("-bf", "2", "-ar", "44100", "-c:a", "aac")),
        (".avi", ("-bf", "0", "-c:a", "libmp3lame")),
        (".ts", ("-bf", "2", "-g", "250", "-c:a", "aac")),
        (".mkv", ("-bf", "2", "-c:a", "aac")),
    ],
)
def test_a_file_without_an_index_is_copied_from_the_second_time_on(
    house: House, tmp_path: Path, suffix: str, options: tuple[str, ...]
) -> None:
    source = clapper(f"a{suffix}", *options)
    if suffix == ".mkv":
        source = without_cues(source, tmp_path / "a.mkv")
    media = film_of(house, source)
    first = play(house.member, media)
    is_broadcast = suffix == ".ts"
    assert ("no_keyframes" in {one["code"] for one in first["reasons"]}) is not is_broadcast
    answer = once_found(house, media)
    assert answer["method"] == "remux" and answer["video"]["to"] is None and answer["encoder"] is None
    player = Player(house.member, answer)
    last = len(player.lengths) - 1
    joined = player.joined(tmp_path, [last, *range(last)])
    assert streams(joined)[0]["codec_name"] == "h264"
    seen, heard = flashes(joined), beeps(joined)
    assert [round(one) for one in seen] == list(range(16)) == [round(one) for one in heard]
    assert all(abs(flash - beep) < 0.09 for flash, beep in zip(seen, heard, strict=True)), (seen, heard)


def test_an_avi_that_hides_the_order_of_its_pictures_stays_encoded(house: House) -> None:
    media = film_of(house, clapper("a.avi", "-bf", "2", "-c:a", "libmp3lame"))
    for _ in range(2):
        answer = play(house.member, media)
        assert answer["encoder"] == "software"
    assert not shelf(house).exists()


def test_what_was_found_is_kept_and_belongs_to_the_bytes_of_the_file(house: House, tmp_path: Path) -> None:
    media = film_of(house, clapper("a.flv", "-ar", "44100", "-c:a", "aac"))
    assert play(house.member, media)["encoder"] == "software"
    assert once_found(house, media)["encoder"] is None
    with_memory = Playback(house.state, house.services.media_root, Preferences(house.state, house.settings))
    source = with_memory._sources.looked_into(media, with_memory._sources.film(media))
    assert len(with_memory._sources.borders(with_memory._sources.film(media), source)) > 3
    path = house.settings.media_root / media.file.path if media.file else tmp_path
    os.utime(path, ns=(1, 1))
    assert play(house.member, media)["encoder"] == "software"


def test_a_file_that_cannot_be_read_through_is_not_read_again(tmp_path: Path) -> None:
    shelf, file = KeyframeShelf(tmp_path / "shelf"), tmp_path / "a.flv"
    file.write_bytes(b"FLV no film")
    shelf.look_for("broken", file, 0)
    assert wait_for(lambda: shelf.known("broken") is not None) and shelf.known("broken") == ()
    shelf.look_for("gone", tmp_path / "gone.flv", 0)
    wait_for(lambda: not shelf._waiting)
    assert shelf.known("gone") is None


def test_the_table_of_keyframes_is_read_and_nothing_else() -> None:
    table = "#software: x\n#tb 0: 1/25\n0, 0, 2, 1, 9, 0x1\n0, 50, NOPTS, 1, 9, 0x1\nodd\n0, x, y\n"
    assert keyframe_times(table) == (0.08, 2.0)
    assert keyframe_times(table.replace("1/25", "1/0")) == () == keyframe_times("")
