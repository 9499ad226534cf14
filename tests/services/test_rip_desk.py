"""The rip desk over the state: who gets which job, and what a person sees of it."""

from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict
from media_library.models.disc import Disc, DiscContent, DiscNames, DiscTitle, TitleRole
from media_library.models.drive import DiscKind, DriveKind, DriveState, DriveStatus
from media_library.models.job import Job, JobProgress, JobStage, JobStatus, NewRip
from media_library.models.notice import Topic
from media_library.ripper import RipOrder, Ripped, RipPlan
from tests.ripping import House, build_house

TITLE = DiscTitle(1, 60_000, role=TitleRole.FEATURE, chosen=True)


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> House:
    return build_house(tmp_path, state)


def publish(house: House, order: RipOrder, title: DiscTitle = TITLE) -> None:
    """What the ripper does with a finished title."""
    staged = house.media_root.staging(order.job_id) / f"title-{title.index}.mp4"
    staged.write_bytes(b"film")
    house.desk.publish(order, Ripped(title, staged, "mp4", 60_000))
    staged.parent.rmdir()


def waiting(house: House, number: int, *, drive: str | None = None) -> tuple[Disc, Job]:
    """A disc in a drive of its own, and its job in the queue."""
    place = drive or f"drive-{number}"
    disc = house.state.see_disc(f"dvd:{number}", DiscKind.DVD, f"FILM_{number}", DiscNames(f"Film {number}"))
    house.state.save_drive(
        DriveStatus(place, DriveKind.IMAGE, place, DriveState.READY, None, disc.id, f"/discs/{number}.iso", 0)
    )
    return disc, house.state.queue_rip(NewRip(disc.names.title, disc.id, place, (3,)))


def test_a_claim_says_what_is_to_be_ripped_and_where_it_is(house: House) -> None:
    disc, job = waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    assert (order.job_id, order.disc.id, order.source, order.titles) == (job.id, disc.id, "/discs/1.iso", (3,))
    assert house.desk.source(order) == "/discs/1.iso"
    assert house.desk.claim("worker") is None


def test_no_more_rips_run_at_once_than_preferred(house: House) -> None:
    house.prefer(simultaneous_rips=2)
    for number in (1, 2, 3):
        waiting(house, number)
    assert house.desk.claim("one") is not None
    second = house.desk.claim("two")
    assert second is not None
    assert house.desk.claim("three") is None
    house.desk.finish(second)
    assert house.desk.claim("three") is not None


def test_a_disc_that_left_its_drive_has_no_place(house: House) -> None:
    waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    house.state.forget_drive("drive-1")
    assert house.desk.source(order) is None


def test_what_comes_after_a_cancel_is_refused(house: House) -> None:
    _, job = waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    house.state.cancel_job(job.id)
    with pytest.raises(Conflict):
        house.desk.require_running(order)
    with pytest.raises(Conflict):
        house.desk.progress(order, JobProgress(JobStage.RIP, 50.0))
    with pytest.raises(Conflict):
        house.desk.planned(order, RipPlan(DiscContent.FILM, (TITLE,)))
    staged = house.media_root.staging(job.id) / "x.mp4"
    staged.write_bytes(b"film")
    with pytest.raises(Conflict):
        house.desk.publish(order, Ripped(TITLE, staged, "mp4", 60_000))
    assert not (house.settings.media_root / "movies").exists()
    with pytest.raises(Conflict):
        house.desk.finish(order)
    assert house.state.get_disc(order.disc.id).ripped_at is None


def test_a_disc_that_was_named_during_the_rip_is_published_under_that_name(house: House) -> None:
    disc, _ = waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    house.desk.planned(order, RipPlan(DiscContent.FILM, (TITLE,)))
    house.state.name_disc(disc.id, DiscNames("The Right Name", 1999, by_hand=True))
    publish(house, order)
    assert house.files() == ["movies/The Right Name (1999)/The Right Name (1999).mp4"]


def test_two_discs_of_the_same_label_get_two_folders(house: House) -> None:
    for number in (1, 2):
        disc, _ = waiting(house, number)
        house.state.name_disc(disc.id, DiscNames("The Same"))
        order = house.desk.claim("worker")
        assert order is not None
        house.desk.planned(order, RipPlan(DiscContent.FILM, (TITLE,)))
        publish(house, order)
        house.desk.finish(order)
    assert house.files() == ["movies/The Same (2)/The Same (2).mp4", "movies/The Same/The Same.mp4"]


def test_extras_lie_beside_their_film(house: House) -> None:
    (house.settings.media_root / "movies" / "Film 1").mkdir(parents=True)
    (house.settings.media_root / "movies" / "Film 1" / "mine.txt").touch()
    waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    extra = DiscTitle(2, 60_000, role=TitleRole.EXTRA, chosen=True)
    house.desk.planned(order, RipPlan(DiscContent.FILM, (TITLE, extra)))
    publish(house, order)
    publish(house, order, extra)
    assert house.files()[:2] == [
        "movies/Film 1 (2)/Film 1 (2).mp4",
        "movies/Film 1 (2)/extras/Film 1 - Extra 1.mp4",
    ]


def test_a_retry_is_told_what_is_in_the_library_already(house: House) -> None:
    _, job = waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    assert order.published == frozenset()
    house.desk.planned(order, RipPlan(DiscContent.FILM, (TITLE,)))
    publish(house, order)
    house.desk.fail(order, "It broke.", ())
    house.state.retry_job(job.id)
    again = house.desk.claim("worker")
    assert again is not None
    assert again.published == {1}


def test_a_name_that_only_differs_in_case_is_another_folder(house: House) -> None:
    (house.settings.media_root / "movies" / "FILM 1").mkdir(parents=True)
    (house.settings.media_root / "movies" / "FILM 1" / "mine.txt").touch()
    waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    house.desk.planned(order, RipPlan(DiscContent.FILM, (TITLE,)))
    publish(house, order)
    assert "movies/Film 1 (2)/Film 1 (2).mp4" in house.files()


def test_a_disc_stays_in_when_that_is_preferred(house: House) -> None:
    house.prefer(auto_eject=False, notify=False)
    waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    house.desk.finish(order)
    assert house.state.take_wanted_ejects() == []
    assert house.notified == []


def test_a_failure_is_told_with_the_last_forty_lines(house: House) -> None:
    _, job = waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    house.desk.fail(order, "It broke.", tuple(f"line {number}" for number in range(100)))
    failed = house.state.get_job(job.id)
    assert (failed.status, failed.error) == (JobStatus.FAILED, "It broke.")
    assert failed.tool_output == tuple(f"line {number}" for number in range(60, 100))
    assert house.notified == [("Film 1 was not ripped", "It broke.")]


def test_an_album_that_was_found_names_its_disc_unless_a_person_did(house: House) -> None:
    disc, job = waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    plan = RipPlan(DiscContent.MUSIC, (), None, DiscNames("The Album", 1999, artist="The Band"))
    house.desk.planned(order, plan)
    assert house.state.get_disc(disc.id).names.artist == "The Band"
    assert house.state.get_job(job.id).title == "The Album"
    house.state.name_disc(disc.id, DiscNames("By Hand", by_hand=True))
    house.desk.planned(order, plan)
    assert house.state.get_disc(disc.id).names.title == "By Hand"


def test_a_disc_that_is_done_is_told_of_and_one_that_is_unclear_asks_for_somebody(house: House) -> None:
    for number, reason in ((1, None), (2, "It could be two films.")):
        waiting(house, number)
        order = house.desk.claim("worker")
        assert order is not None
        house.desk.planned(order, RipPlan(DiscContent.FILM, (TITLE,), review_reason=reason))
        publish(house, order)
        house.desk.finish(order)
    done, unclear = house.state.notices_after(0, 10)
    assert (done.topic, done.facts.title, done.facts.kind) == (Topic.DISC_DONE, "Film 1", "film")
    assert done.facts.media_id is not None
    assert (unclear.topic, unclear.facts.title, unclear.facts.page) == (Topic.DISC_NEEDS_YOU, "Film 2", "/review")


def test_a_disc_that_was_not_ripped_is_told_of_with_the_reason(house: House) -> None:
    _, job = waiting(house, 1)
    order = house.desk.claim("worker")
    assert order is not None
    house.desk.fail(order, "It is scratched.", ())
    (notice,) = house.state.notices_after(0, 10)
    assert (notice.topic, notice.facts.title, notice.facts.text) == (Topic.JOB_FAILED, "Film 1", "It is scratched.")
    assert notice.facts.page == f"/activity/{job.id}"
