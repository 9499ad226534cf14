"""DVDs and Blu-rays from the disc to the row in the library, with the real HandBrakeCLI."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import DiscDetection
from media_library.models.disc import DiscContent, TitleRole
from media_library.models.job import Job, JobStatus
from media_library.models.media import MediaType
from tests.conftest import file_of, wait_for
from tests.fixtures import bluray, damage
from tests.ripping import ENDLESS, House, build_house, film, first_in_path, show


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> House:
    return build_house(tmp_path, state)


def with_min_seconds(house: House, tmp_path: Path, seconds: float) -> House:
    return build_house(
        tmp_path, house.state, replace(house.settings, disc_detection=DiscDetection(min_title_seconds=seconds))
    )


@pytest.fixture(scope="module")
def ripped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Job]]:
    """A house in which the film was ripped."""
    folder = tmp_path_factory.mktemp("ripped")
    state = AppState.open(folder / "state.db")
    house = build_house(folder, state)
    yield house, house.rip(film())
    state.close()


def test_a_film_becomes_a_file_with_its_row(ripped: tuple[House, Job]) -> None:
    house, job = ripped
    assert (job.status, job.error, job.percent) == (JobStatus.DONE, None, 100)
    assert house.files() == ["movies/Test Movie/Test Movie.mp4"]
    [media] = house.state.media_of_disc(job.disc_id or "")
    assert (media.media_type, media.names.title, file_of(media).container) == (MediaType.MOVIE, "Test Movie", "mp4")
    assert [track.language for track in media.streams.audio] == ["eng", "fra"]
    assert [track.language for track in media.streams.subtitles] == ["eng", "fra"]
    assert len(media.streams.chapters) == 4
    assert abs(file_of(media).duration_ms - 16_000) < 1000
    assert house.state.media_of_job(job.id) == [media.id]
    assert house.unfinished() == []


def test_a_film_gets_a_still(ripped: tuple[House, Job]) -> None:
    house, job = ripped
    [media] = house.state.media_of_disc(job.disc_id or "")
    assert media.has_still
    assert (house.settings.data_directory / "artwork" / f"{media.id}.still.jpg").stat().st_size > 1000


def test_a_finished_disc_is_remembered_announced_and_ejected(ripped: tuple[House, Job]) -> None:
    house, job = ripped
    disc = house.state.get_disc(job.disc_id or "")
    assert disc.ripped_at is not None
    assert disc.content is DiscContent.FILM
    assert [title.role for title in disc.titles if title.chosen] == [TitleRole.FEATURE]
    assert house.state.take_wanted_ejects() == ["drive"]
    assert house.notified == [("Test Movie", "The film is in the library.")]


def test_a_person_may_choose_another_title(house: House, tmp_path: Path) -> None:
    other = with_min_seconds(house, tmp_path, 3)
    job = other.rip(film(), titles=(3,))
    assert job.status is JobStatus.DONE, job.error
    [media] = other.state.media_of_disc(job.disc_id or "")
    assert media.disc_title == 3
    assert file_of(media).path == "movies/Test Movie/Test Movie.mp4"
    assert round(file_of(media).duration_ms / 1000) == 4


def test_preferences_narrow_the_languages(house: House) -> None:
    house.prefer(audio_languages=("fra",), subtitle_languages=("none",))
    job = house.rip(film())
    [media] = house.state.media_of_disc(job.disc_id or "")
    assert [track.language for track in media.streams.audio] == ["fra"]
    assert media.streams.subtitles == ()


def test_a_disc_that_is_ripped_anew_keeps_id_and_history_and_the_old_file_goes_to_the_bin(house: House) -> None:
    first = house.rip(film())
    [before] = house.state.media_of_disc(first.disc_id or "")
    second = house.rip(film())
    [after] = house.state.media_of_disc(first.disc_id or "")
    assert second.status is JobStatus.DONE
    assert (after.id, file_of(after).path) == (before.id, file_of(before).path)
    assert file_of(after).inode != file_of(before).inode
    [binned, kept] = house.files()
    assert binned.startswith(f".media-library/bin/{before.id}.")
    assert kept == file_of(before).path


def test_no_label_leads_out_of_the_library(house: House) -> None:
    label = '../../etc/a\\b:c*d?e"f<g>h|i\nj\0\u202e' + "\U0001f3ac" * 130
    job = house.rip(film(), label=label)
    assert job.status is JobStatus.DONE, job.error
    [name] = house.files()
    folder, title, file = name.split("/")
    assert folder == "movies"
    assert file == f"{title}.mp4"
    assert title.isprintable()
    assert len(file.encode()) <= 255


def test_a_cancelled_rip_ends_within_two_seconds_and_leaves_nothing(house: House, tmp_path: Path) -> None:
    endless = build_house(tmp_path, house.state, replace(house.settings, handbrake=ENDLESS))
    job = endless.queue(endless.insert(film()))
    worker = threading.Thread(target=endless.work)
    worker.start()
    wait_for(lambda: endless.state.get_job(job.id).percent > 2, seconds=30)
    endless.state.cancel_job(job.id)
    worker.join(2)
    assert not worker.is_alive()
    assert endless.state.get_job(job.id).status is JobStatus.CANCELLED
    assert endless.unfinished() == []
    assert endless.files() == []


def test_a_stopping_program_gives_the_job_back_and_leaves_nothing(house: House, tmp_path: Path) -> None:
    endless = build_house(tmp_path, house.state, replace(house.settings, handbrake=ENDLESS))
    job = endless.queue(endless.insert(film()))
    stop = threading.Event()
    worker = threading.Thread(target=endless.work, args=(stop,))
    worker.start()
    wait_for(lambda: endless.state.get_job(job.id).percent > 2, seconds=30)
    stop.set()
    worker.join(2)
    assert not worker.is_alive()
    given_back = endless.state.get_job(job.id)
    assert (given_back.status, given_back.attempts) == (JobStatus.QUEUED, 0)
    assert endless.unfinished() == []
    assert endless.files() == []


def test_episodes_are_ripped_in_order_and_an_interrupted_show_goes_on_where_it_was(house: House) -> None:
    job = house.queue(house.insert(show()))
    worker = threading.Thread(target=house.work)
    worker.start()
    wait_for(lambda: house.state.media_of_job(job.id), seconds=30)
    house.state.cancel_job(job.id)
    worker.join(10)
    [first, *_] = house.state.media_of_disc(job.disc_id or "")
    house.state.retry_job(job.id)
    house.work()
    assert house.state.get_job(job.id).status is JobStatus.DONE
    found = house.state.media_of_disc(job.disc_id or "")
    assert found[0] == first
    assert [(media.names.season, media.names.episode) for media in found] == [(1, 1), (1, 2), (1, 3)]
    assert [round(file_of(media).duration_ms / 1000) for media in found] == [10, 11, 12]
    assert house.files() == [f"shows/Test Show/Season 01/Test Show - S01E0{number}.mp4" for number in (1, 2, 3)]


@pytest.mark.parametrize("fake", ["HandBrakeCLI_hangs", "HandBrakeCLI_stalls_deaf"])
def test_a_tool_that_stands_still_is_ended_and_says_so(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: str
) -> None:
    monkeypatch.setenv("PATH", first_in_path(tmp_path / "bin", fake, "HandBrakeCLI"))
    job = house.queue(house.insert(film()))
    house.work(stall_seconds=1.5)
    failed = house.state.get_job(job.id)
    assert failed.status is JobStatus.FAILED
    assert "made no progress" in (failed.error or "")
    assert house.files() == []
    assert house.unfinished() == []


@pytest.mark.parametrize(
    ("fake", "words"),
    [
        ("HandBrakeCLI_short", "but the title on the disc 0:00:16"),
        ("HandBrakeCLI_nothing", "does not know one of handbrake.additional_options"),
    ],
)
def test_what_only_looks_finished_does_not_enter_the_library(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: str, words: str
) -> None:
    monkeypatch.setenv("PATH", first_in_path(tmp_path / "bin", fake, "HandBrakeCLI"))
    job = house.rip(film())
    assert job.status is JobStatus.FAILED
    assert words in (job.error or "")
    assert house.files() == []
    assert house.state.take_wanted_ejects() == [], "a disc that failed stays in its drive"
    assert house.state.get_disc(job.disc_id or "").ripped_at is None


def test_a_failed_job_keeps_the_last_lines_of_the_tool(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", first_in_path(tmp_path / "bin", "HandBrakeCLI_crashes", "HandBrakeCLI"))
    job = house.rip(film())
    assert any("Encode failed (error 3)" in line for line in job.tool_output)
    assert len(job.tool_output) <= 40


def test_a_missing_handbrake_is_told_on_the_job(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    job = house.rip(film())
    assert job.status is JobStatus.FAILED
    assert "HandBrakeCLI is not installed" in (job.error or "")


def test_a_disc_that_is_pulled_out_fails_with_a_sentence(house: House, tmp_path: Path) -> None:
    endless = build_house(tmp_path, house.state, replace(house.settings, handbrake=ENDLESS))
    image = tmp_path / "pulled.iso"
    shutil.copyfile(film(), image)
    job = endless.queue(endless.insert(image))
    worker = threading.Thread(target=endless.work)
    worker.start()
    wait_for(lambda: endless.state.get_job(job.id).percent > 2, seconds=30)
    image.unlink()
    endless.state.forget_drive("drive")
    worker.join(5)
    assert not worker.is_alive()
    assert endless.state.get_job(job.id).error == (
        "The disc was taken out while it was being ripped. Put it back in and retry."
    )
    assert endless.unfinished() == []


def test_a_truncated_image_fails_and_loses_nothing(house: House, tmp_path: Path) -> None:
    image = tmp_path / "cut.iso"
    shutil.copyfile(film(), image)
    job = house.queue(house.insert(image))
    os.truncate(image, image.stat().st_size // 2)
    house.work()
    job = house.state.get_job(job.id)
    assert job.status is JobStatus.FAILED
    assert "cut off" in (job.error or "")
    assert house.files() == []
    assert house.unfinished() == []


def test_a_protected_dvd_names_what_could_open_it_and_writes_nothing(house: House, tmp_path: Path) -> None:
    image = tmp_path / "protected.iso"
    damage.scramble(film(), image, garble=True)
    job = house.rip(image)
    assert job.status is JobStatus.FAILED
    assert "libdvdcss" in (job.error or "")
    assert "the disc stays in the drive" in (job.error or "")
    assert house.files() == []


def test_an_encrypted_bluray_needs_makemkv(house: House, tmp_path: Path) -> None:
    job = house.rip(bluray.build(tmp_path / "bluray", aacs=True, tiny=True))
    assert job.status is JobStatus.FAILED
    assert "needs MakeMKV" in (job.error or "")
    assert house.files() == []


def test_makemkv_opens_what_is_protected(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = tmp_path / "protected.iso"
    damage.scramble(film(), image)
    monkeypatch.setenv("PATH", first_in_path(tmp_path / "bin", "makemkvcon", "makemkvcon"))
    job = house.rip(image)
    assert job.status is JobStatus.DONE, (job.error, job.tool_output)
    [media] = house.state.media_of_disc(job.disc_id or "")
    assert file_of(media).path.startswith("movies/")
    assert abs(file_of(media).duration_ms - 16_000) < 1000
    assert len(media.streams.audio) == 2


def test_a_copy_of_makemkv_that_failed_is_not_taken_for_a_film(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = tmp_path / "protected.iso"
    damage.scramble(film(), image)
    monkeypatch.setenv("PATH", first_in_path(tmp_path / "bin", "makemkvcon", "makemkvcon"))
    (tmp_path / "bin" / "state" / "makemkv").write_text("titles_fail")
    job = house.rip(image)
    assert job.status is JobStatus.FAILED
    assert "could not copy" in (job.error or "")
    assert house.files() == []
