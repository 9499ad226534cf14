"""Versions to take along: made of a real film, playable anywhere, kept while there is room."""

import subprocess
import threading
from pathlib import Path

import pytest

from media_library.adapters import ffmpeg
from media_library.adapters.ffmpeg.portable import portable_command
from media_library.app_state import AppState
from media_library.config import Offline, Paths, Settings
from media_library.errors import InvalidInput, NotFound
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia, Streams, VideoTrack
from media_library.models.prepared import Prepared, PreparedQuality, PreparedState
from media_library.models.tool import result_of
from media_library.models.user import Role, User
from media_library.services.media_root import MediaRoot
from media_library.services.prepared import PreparedDesk, PreparedShelf, Preparing

SD = PreparedQuality.SD
STOP = threading.Event()


class Place:
    """A media folder with a film that no browser plays, and what prepares it."""

    def __init__(self, folder: Path, state: AppState, size_mb: int = 100) -> None:
        self.settings = Settings(
            paths=Paths(str(folder / "media"), str(folder / "state")), offline=Offline(prepared_size_mb=size_mb)
        )
        self.state = state
        self.media_root = MediaRoot(self.settings, state)
        self.media_root.prepare()
        self.shelf = PreparedShelf(self.settings, state)
        self.desk = PreparedDesk(state, self.shelf)
        self.making = Preparing(state, self.media_root, self.shelf)
        self.user: User = state.add_user("ann", "Ann", "", Role.ADMIN)

    def film(self, name: str, *, size: str = "640x512", seconds: int = 2, video: bool = True) -> Media:
        library = self.state.ensure_library(LibraryKind.MOVIES, "Films", "movies")
        file = self.settings.media_root / "movies" / f"{name}.mkv"
        file.parent.mkdir(parents=True, exist_ok=True)
        picture = f"testsrc2=s={size}:r=5:d={seconds},setsar=16/15"
        subprocess.run(
            [
                *("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi"),
                *("-i", f"sine=d={seconds}", "-c:v", "mpeg2video", "-c:a", "ac3", str(file)),
            ],
            check=True,
        )
        facts = file.stat()
        known = MediaFile(
            f"movies/{name}.mkv", facts.st_size, facts.st_mtime_ns, facts.st_ino, "matroska", seconds * 1000
        )
        streams = Streams(VideoTrack("mpeg2video", 640, 512, 5.0) if video else None)
        return self.state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(name), known, streams))

    def ask(self, media: Media) -> Prepared:
        return self.desk.ask(self.state.viewer(self.user), media.id, SD)


@pytest.fixture
def place(tmp_path: Path, state: AppState) -> Place:
    return Place(tmp_path, state)


def test_a_version_plays_in_every_browser_and_begins_before_it_is_whole(place: Place) -> None:
    media = place.film("Film")
    assert place.ask(media).state is PreparedState.WAITING
    place.making.step(STOP)
    ready = place.ask(media)
    assert (ready.state, ready.percent, ready.reason) == (PreparedState.READY, 100, None)
    with place.desk.open(place.state.viewer(place.user), media.id, SD).file as file:
        content = file.read()
    assert len(content) == ready.size_bytes
    assert 0 < content.index(b"moov") < content.index(b"mdat")
    found = result_of(ffmpeg.probe(place.shelf.place(media.id, SD)))
    assert found.streams.video is not None
    video = found.streams.video
    assert (video.codec, video.height) == ("h264", 480)
    assert abs(video.width - 480 * 640 / 512 * 16 / 15) <= 2
    assert [track.codec for track in found.streams.audio] == ["aac"]
    assert abs(found.duration_ms - 2000) < 300
    assert not list(place.shelf.place(media.id, SD).parent.glob(".*"))


def test_a_film_that_cannot_be_read_fails_with_a_sentence_and_can_be_asked_for_again(place: Place) -> None:
    media = place.film("Film")
    assert media.file is not None
    path = place.settings.media_root / media.file.path
    path.write_bytes(b"no film" * 100)
    place.ask(media)
    place.making.step(STOP)
    failed = place.state.prepared(media.id, SD)
    assert failed is not None
    assert failed.state is PreparedState.FAILED
    assert failed.reason
    assert place.ask(media).state is PreparedState.WAITING


def test_the_version_that_was_fetched_longest_ago_makes_room(tmp_path: Path, state: AppState) -> None:
    place = Place(tmp_path, state, size_mb=1)
    first, second = place.film("First"), place.film("The second")
    for media in (first, second):
        place.ask(media)
        place.making.step(STOP)
        state._connection().execute("UPDATE prepared SET size_bytes = 700000 WHERE media_id = ?", (media.id,))
    place.shelf.make_room()
    kept = [version.media_id for version in state.prepared_by_use()]
    assert kept == [second.id]
    assert not place.shelf.place(first.id, SD).exists()
    with pytest.raises(NotFound):
        place.desk.open(state.viewer(place.user), first.id, SD)


def test_what_was_cut_off_is_begun_anew_and_leaves_nothing_behind(place: Place) -> None:
    media = place.film("Film")
    place.ask(media)
    assert place.state.next_prepared() is not None  # and the program went down
    rest = place.shelf.place("0" * 32, SD)
    rest.write_bytes(b"half")
    Preparing(place.state, place.media_root, place.shelf).step(STOP)
    assert place.ask(media).state is PreparedState.READY
    assert not rest.exists()


def test_sound_is_taken_along_as_it_is_and_nobody_gets_what_they_may_not_see(place: Place) -> None:
    song, film = place.film("Song", video=False), place.film("Film")
    with pytest.raises(InvalidInput):
        place.ask(song)
    kid = place.state.add_user("kid", "Kid", "", Role.KID)
    place.state.grant_libraries(kid.id, [], all_libraries=False)
    viewer = place.state.viewer(place.state.get_user(kid.id))
    for act in (
        lambda: place.desk.ask(viewer, film.id, SD),
        lambda: place.desk.open(viewer, film.id, SD),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_bright_picture_is_made_to_fit_an_ordinary_screen() -> None:
    bright = portable_command(Path("a.mkv"), Path("b.mp4"), height=720, audio=1, is_hdr=True)
    plain = portable_command(Path("a.mkv"), Path("b.mp4"), height=720, audio=0, is_hdr=False)
    assert any("tonemap" in part for part in bright)
    assert not any("tonemap" in part for part in plain)
    assert "0:a:1?" in bright
