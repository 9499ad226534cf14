"""What takes the room: who brought what, and the days that are kept."""

from media_library.app_state import AppState
from media_library.models.content_job import DownloadOrder
from media_library.models.disc import DiscNames
from media_library.models.drive import DiscKind
from media_library.models.job import NewRip
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.storage import RoomSample, Which
from media_library.models.user import Role


def brought(state: AppState, name: str, job_id: str | None, by: str | None = None) -> str | None:
    """Who brought an item that a job put into the library."""
    library = state.ensure_library(LibraryKind.MOVIES, "Films", "movies")
    file = MediaFile(f"movies/{name}.mkv", 1000, 1, 1, "mkv", 1000)
    media = state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(name), file), job_id, added_by=by)
    [found] = [one for one in state.largest_media(Which(), limit=50) if one.media_id == media.id]
    return found.added_by


def test_whoever_asked_for_a_job_has_brought_what_it_brings(state: AppState) -> None:
    anna = state.add_user("anna", "Anna", "x", Role.ADMIN).id
    ben = state.add_user("ben", "Ben", "x", Role.MEMBER).id
    order = DownloadOrder("https://a.example/1")
    asked = state.queue_content(order, title="A", origin="url:1", url=order.url, requested_by=ben)
    followed = state.queue_content(order, title="B", origin="url:2", url=order.url)
    disc = state.see_disc("dvd:1", DiscKind.DVD, "FILM", DiscNames("Film"))
    rip = state.queue_rip(NewRip("Film", disc.id, "drive", requested_by=anna))
    assert brought(state, "asked", asked.id) == ben
    assert brought(state, "followed", followed.id) is None
    assert brought(state, "ripped", rip.id) == anna
    assert brought(state, "noted", None, by=ben) == ben
    assert brought(state, "scanned", None) is None
    assert state.weigh(Which(added_by=ben)).count == 2


def test_the_last_look_of_a_day_is_kept_and_old_days_are_forgotten(state: AppState) -> None:
    for free in (5, 7):
        state.add_room_samples([("media", RoomSample("2026-03-02", free, 10, 1))])
    state.add_room_samples(
        [("media", RoomSample("2024-01-01", 1, 10, 1)), ("other", RoomSample("2026-03-02", 2, 3, 0))]
    )
    assert state.room_samples("media", "2026-01-01") == [RoomSample("2026-03-02", 7, 10, 1)]
    state.forget_room_samples("2025-01-01")
    assert [one.day for one in state.room_samples("media", "0000")] == ["2026-03-02"]
