"""Plans of any size: made by a job, a piece at a time, with the same outcome as if all were looked at together."""

import random
import resource
import sys

import pytest

from media_library.errors import Conflict
from media_library.models.media import MediaNames, MediaType
from media_library.models.preferences import NamingPreferences
from media_library.models.rename import RenameScope, RenameState
from media_library.services.renaming.pieces import Pieces
from tests.services.renaming.house import House, no_report

MANY = 30_000


def test_a_plan_of_many_pieces_is_the_plan_of_all_together(house: House) -> None:
    for number in range(520):
        house.film(f"Film {number}", 2000, f"movies/{number:04}.film.mkv")
        house.write(f"movies/{number:04}.film.srt")
    house.film("Film 3", 2000, "movies/twice.mkv")
    house.write("movies/Film 5 (2000)/Film 5 (2000).mkv")
    seen: list[tuple[int, int]] = []
    scope = RenameScope()
    batch = house.state.begin_rename("All", None)
    house.plans.make(batch.id, scope, lambda done, count: seen.append((done, count)))
    made = house.state.rename(batch.id)
    assert (made.state, made.count, made.unchanged, made.problems) == (RenameState.PLANNED, 521, 0, 2)
    assert seen == sorted(seen) and seen[-1] == (1042, 1042)
    steps = house.state.rename_steps(batch.id, limit=1000)
    assert [step.position for step in steps] == list(range(1, 522))
    assert all(len(step.companions) == 1 for step in steps if step.problem is None)
    assert {step.old_path for step in steps if step.problem} == {"movies/twice.mkv", "movies/0005.film.mkv"}
    house.batches.apply(batch.id, no_report)
    assert house.state.rename(batch.id).state is RenameState.DONE
    assert "movies/Film 519 (2000)/Film 519 (2000).srt" in house.files()
    house.undo(made)
    assert "movies/0519.film.srt" in house.files()


def test_names_that_go_round_in_a_large_circle_stay_in_one_piece(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="{title}"))
    films = [house.film(f"{(number + 1) % 510:03}", None, f"movies/{number:03}.mkv") for number in range(510)]
    batch = house.planned()
    assert (batch.count, batch.problems) == (510, 0)
    house.batches.apply(batch.id, no_report)
    assert [house.path(film) for film in films] == [f"movies/{(number + 1) % 510:03}.mkv" for number in range(510)]


def test_a_plan_that_was_stopped_in_the_middle_is_begun_anew(house: House) -> None:
    for number in range(600):
        house.film(f"Film {number}", 2000, f"movies/{number}.mkv")
    batch = house.state.begin_rename("All", None)

    def stops(done: int, count: int) -> None:
        if done > count - 50:
            raise Conflict("stopped")

    with pytest.raises(Conflict):
        house.plans.make(batch.id, RenameScope(), stops)
    assert 0 < house.state.rename(batch.id).count < 600
    house.plans.make(batch.id, RenameScope(), no_report)
    assert house.state.rename(batch.id).count == 600
    house.state.remove_rename(batch.id)
    with pytest.raises(Conflict):
        house.plans.make(batch.id, RenameScope(), no_report)


def test_what_shares_a_folder_or_wants_to_is_one_piece_and_all_others_are_apart() -> None:
    pieces = Pieces()
    pieces.add("a", "m", "m/One/a.mkv", "m/Two/a.mkv")
    pieces.add("b", "m", "m/Three/b.mkv", "m/TWO/b.mkv")
    pieces.add("c", "m", "m/x.mkv", "m/Three/c.mkv")
    others = [f"film {number}" for number in range(1_000)]
    for number, other in enumerate(others):
        pieces.add(other, "m", f"m/{number}.mkv", f"m/Film {number}/{number}.mkv")
    found = list(pieces.in_turn())
    assert {"a", "b", "c"} <= set(found[0])
    assert sorted(media_id for piece in found for media_id in piece) == sorted(["a", "b", "c", *others])
    assert all(len(piece) <= 502 for piece in found)


def test_a_folder_of_very_many_is_split_by_what_is_in_it() -> None:
    pieces = Pieces()
    for number in range(10_000):
        pieces.add(f"{number}", "m", f"m/Films/{number % 5_000}/{number}.mkv", f"m/All/{number}.mkv")
    found = list(pieces.in_turn())
    assert sum(len(piece) for piece in found) == 10_000
    assert max(len(piece) for piece in found) < 600
    home = {media_id: at for at, piece in enumerate(found) for media_id in piece}
    assert all(home[f"{number}"] == home[f"{number + 5_000}"] for number in range(5_000)), "they share a folder"
    assert pieces.is_split("m/Films") and not pieces.is_split("m/Films/1")
    assert pieces.start_of("m", "m/Films/7/7.mkv") == "m/Films/7"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the unit of the figure differs")
def test_the_memory_of_a_plan_does_not_grow_with_what_is_planned() -> None:
    rng = random.Random(5)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pieces = Pieces()
    for number in range(MANY):
        name = f"some.film.{number}.{rng.random()}"
        pieces.add(f"{number:032}", "movies", f"movies/{name}/{name}.mkv", f"movies/Some {name}/Some {name}.mkv")
    assert sum(len(piece) for piece in pieces.in_turn()) == MANY
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kib * 1024 / MANY < 700, f"{grown_kib} KiB for {MANY} items"


def test_a_track_goes_with_its_album_whether_that_has_folders_for_its_discs_or_not(house: House) -> None:
    for disc in (1, 2):
        names = MediaNames("Song", 1973, None, None, None, "Band", "Songs", "Band", disc, 1)
        house.add(MediaType.TRACK, names, f"music/songs/CD{disc}/01.flac")
        house.write(f"music/songs/CD{disc}/rip.log")
    house.write("music/songs/cover.jpg")
    house.apply()
    folder = "music/Band/Songs (1973)"
    assert {f"{folder}/1-01 - Song.flac", f"{folder}/2-01 - Song.flac", f"{folder}/cover.jpg"} <= set(house.files())
    assert {f"{folder}/rip.log", f"{folder}/rip (2).log"} <= set(house.files()), "both come along"
    assert not (house.root / "music/songs").exists()
