"""Renaming by plan: everything that belongs to an item goes along, nothing is overwritten, and there is a way back."""

import os
from pathlib import Path

import pytest

from media_library.errors import Conflict, NotFound
from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole
from media_library.models.media import MediaNames, MediaType
from media_library.models.nfo import Nfo, NfoKind
from media_library.models.preferences import IdStyle, LibraryPreferences, NamingPreferences
from media_library.models.rename import RenameState, StepState
from media_library.models.work import WorkFacts, WorkIds, movie_key, show_work_key
from media_library.repositories.media_repo.keys import show_key
from media_library.services.sidecars import nfo_text
from media_library.services.sidecars.writing import marked_picture
from tests.services.renaming.house import House, no_report, stories


def test_a_plan_moves_nothing_and_tells_what_would_be(house: House) -> None:
    film = house.film("Arrival", 2016, "movies/arrival.2016.1080p.mkv")
    right = house.film("Alien", 1979, "movies/Alien (1979)/Alien (1979).mkv")
    batch = house.plan(film, right)
    assert (batch.state, batch.count, batch.unchanged, batch.problems) == (RenameState.PLANNED, 1, 1, 0)
    [step] = house.steps(batch)
    assert (step.old_path, step.new_path) == (
        "movies/arrival.2016.1080p.mkv",
        "movies/Arrival (2016)/Arrival (2016).mkv",
    )
    assert house.files() == ["movies/Alien (1979)/Alien (1979).mkv", "movies/arrival.2016.1080p.mkv"]


def test_a_film_goes_with_all_that_is_its_own_and_comes_back(house: House) -> None:
    film = house.film("Arrival", 2016, "movies/Arrival.2016/arrival.mkv")
    trailer = house.add(
        MediaType.EXTRA, MediaNames("Trailer"), "movies/Arrival.2016/trailers/one.mkv", parent_id=film.id
    )
    for name in (
        "arrival.en.srt",
        "arrival.nfo",
        "arrival-poster.jpg",
        "poster.jpg",
        "fanart.jpg",
        "Subs/2_English.srt",
        "Thumbs.db",
    ):
        house.write(f"movies/Arrival.2016/{name}", name.encode())
    before = house.files()
    told = stories(house, [film, trailer])
    batch = house.apply(film)
    assert batch.state is RenameState.DONE
    base = "movies/Arrival (2016)"
    assert house.files() == sorted(
        f"{base}/{name}"
        for name in (
            "Arrival (2016).mkv",
            "Arrival (2016).en.srt",
            "Arrival (2016).nfo",
            "Arrival (2016)-poster.jpg",
            "poster.jpg",
            "fanart.jpg",
            "Subs/2_English.srt",
            "Thumbs.db",
            "trailers/one.mkv",
        )
    )
    assert house.path(film) == f"{base}/Arrival (2016).mkv"
    assert house.path(trailer) == f"{base}/trailers/one.mkv"
    assert stories(house, [film, trailer]) == told
    assert not (house.root / "movies/Arrival.2016").exists(), "the folder left behind was ours, and empty"
    assert house.undo(batch).state is RenameState.UNDONE
    assert house.files() == before
    assert stories(house, [film, trailer]) == told
    assert not (house.root / base).exists()


def test_versions_parts_and_subtitles_get_the_names_that_players_read(house: House) -> None:
    film = house.film("Arrival", 2016, "movies/a/arrival one.mkv")
    for name in ("arrival two.mkv", "arrival one.en.srt", "Subs/3.srt"):
        house.write(f"movies/a/{name}")
    house.know("movies/a/arrival one.mkv", FileRole.MAIN, film, position=1)
    house.know("movies/a/arrival two.mkv", FileRole.PART, film, position=2)
    house.know("movies/a/Subs/3.srt", FileRole.SUBTITLE, film, language="deu", flags=("forced",))
    house.apply(film)
    name = "movies/Arrival (2016)/Arrival (2016)"
    assert house.files() == [
        f"{name}-cd1.deu.forced.srt",
        f"{name}-cd1.en.srt",
        f"{name}-cd1.mkv",
        f"{name}-cd2.mkv",
    ]
    other = house.film("Alien", 1979, "movies/b/alien.mkv")
    house.write("movies/b/alien 4k.mkv")
    house.know("movies/b/alien.mkv", FileRole.MAIN, other)
    house.know("movies/b/alien 4k.mkv", FileRole.VERSION, other, label="2160p")
    house.apply(other)
    assert "movies/Alien (1979)/Alien (1979) - 2160p.mkv" in house.files()
    assert house.path(other) == "movies/Alien (1979)/Alien (1979).mkv"


def test_the_rows_of_the_files_follow_so_that_a_scan_finds_nothing_new(house: House) -> None:
    film = house.film("Arrival", 2016, "movies/arrival.mkv")
    house.write("movies/arrival.srt")
    house.know("movies/arrival.mkv", FileRole.MAIN, film)
    house.know("movies/arrival.srt", FileRole.SUBTITLE, film)
    batch = house.apply(film)
    known = {file.path for file in house.state.files_of_media(film.id)}
    assert known == {"movies/Arrival (2016)/Arrival (2016).mkv", "movies/Arrival (2016)/Arrival (2016).srt"}
    house.undo(batch)
    assert {file.path for file in house.state.files_of_media(film.id)} == {"movies/arrival.mkv", "movies/arrival.srt"}


def test_the_id_of_the_service_stands_in_the_names(house: House) -> None:
    film = house.film("Arrival", 2016, "movies/arrival.mkv")
    episode = house.episode("Severance", 1, 2, "shows/sev/s01e02.mkv", "Half Loop")
    key = show_key(episode.names)
    assert key is not None
    house.state.put_work_pending([movie_key(film.id), show_work_key(key)])
    house.state.describe_work(movie_key(film.id), WorkFacts(year=2016), WorkIds(tmdb=329865))
    house.state.describe_work(show_work_key(key), WorkFacts(year=2022), WorkIds(tvdb=371980))
    house.prefer(LibraryPreferences(id_style=IdStyle.JELLYFIN))
    house.apply()
    assert house.files() == [
        "movies/Arrival (2016) [tmdbid-329865]/Arrival (2016) [tmdbid-329865].mkv",
        "shows/Severance (2022) [tvdbid-371980]/Season 01/Severance (2022) - S01E02 - Half Loop.mkv",
    ]


def test_a_show_goes_with_the_pictures_and_texts_of_the_show_and_its_seasons(house: House) -> None:
    for number in (1, 2):
        house.episode("The Office", 1, number, f"shows/office/S1/office.1x0{number}.mkv")
        house.write(f"shows/office/S1/office.1x0{number}-thumb.jpg")
    house.episode("The Office", 2, 1, "shows/office/S2/office.2x01.mkv")
    for name in ("tvshow.nfo", "poster.jpg", "season01-poster.jpg", "S1/season.nfo", "extras/blooper.mp4"):
        house.write(f"shows/office/{name}")
    before = house.files()
    batch = house.apply()
    show = "shows/The Office"
    assert house.files() == sorted(
        [
            f"{show}/Season 01/The Office - S01E01-thumb.jpg",
            f"{show}/Season 01/The Office - S01E01.mkv",
            f"{show}/Season 01/The Office - S01E02-thumb.jpg",
            f"{show}/Season 01/The Office - S01E02.mkv",
            f"{show}/Season 01/season.nfo",
            f"{show}/Season 02/The Office - S02E01.mkv",
            f"{show}/extras/blooper.mp4",
            f"{show}/poster.jpg",
            f"{show}/season01-poster.jpg",
            f"{show}/tvshow.nfo",
        ]
    )
    house.undo(batch)
    assert house.files() == before


def test_a_flat_folder_of_episodes_gets_seasons_and_the_show_keeps_its_pictures(house: House) -> None:
    house.episode("The Office", 1, 1, "shows/office/a.mkv")
    house.episode("The Office", 2, 1, "shows/office/b.mkv")
    house.write("shows/office/tvshow.nfo")
    house.write("shows/office/poster.jpg")
    house.apply()
    assert house.files() == [
        "shows/The Office/Season 01/The Office - S01E01.mkv",
        "shows/The Office/Season 02/The Office - S02E01.mkv",
        "shows/The Office/poster.jpg",
        "shows/The Office/tvshow.nfo",
    ]


def test_what_belongs_to_others_stays_where_it_is(house: House) -> None:
    film = house.film("Arrival", 2016, "movies/stuff/arrival.mkv")
    house.film("Alien", 1979, "movies/stuff/alien.mkv")
    for name in ("arrival.srt", "alien.srt", "poster.jpg", "backup.zip"):
        house.write(f"movies/stuff/{name}")
    house.apply(film)
    assert house.files() == [
        "movies/Arrival (2016)/Arrival (2016).mkv",
        "movies/Arrival (2016)/Arrival (2016).srt",
        "movies/stuff/alien.mkv",
        "movies/stuff/alien.srt",
        "movies/stuff/backup.zip",
        "movies/stuff/poster.jpg",
    ]
    house.apply()
    assert "movies/stuff/backup.zip" in house.files(), "what no film brings along is nobody's"
    assert "movies/Alien (1979)/poster.jpg" in house.files(), "the last one takes what is left"


def test_two_that_want_one_name_are_told_and_the_first_gets_it(house: House) -> None:
    house.film("Alien", 1979, "movies/a.mkv")
    house.film("ALIEN", 1979, "movies/b.mkv")
    batch = house.apply()
    assert batch.problems == 1
    [problem] = house.problems(batch)
    assert "Another item of this batch gets the name" in problem
    assert house.files() == ["movies/Alien (1979)/Alien (1979).mkv", "movies/b.mkv"]


def test_a_file_that_is_there_is_never_overwritten_not_even_one_that_came_after_the_plan(house: House) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    house.write("movies/Alien (1979)/ALIEN (1979).mkv", b"somebody else's")
    batch = house.apply(film)
    [problem] = house.problems(batch)
    assert "is there already" in problem
    (house.root / "movies/Alien (1979)/ALIEN (1979).mkv").unlink()
    batch = house.plan(film)
    house.write("movies/Alien (1979)/Alien (1979).mkv", b"somebody else's")
    house.batches.apply(batch.id, no_report)
    [problem] = house.problems(batch)
    assert "Another file has this name by now" in problem
    assert (house.root / "movies/Alien (1979)/Alien (1979).mkv").read_bytes() == b"somebody else's"
    assert house.path(film) == "movies/a.mkv" and (house.root / "movies/a.mkv").exists()


def test_a_companion_whose_name_is_taken_keeps_everything_together(house: House) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    house.write("movies/a.srt")
    batch = house.plan(film)
    house.write("movies/Alien (1979)/Alien (1979).srt", b"other")
    house.batches.apply(batch.id, no_report)
    assert "Another file" in house.problems(batch)[0]
    assert house.files() == ["movies/Alien (1979)/Alien (1979).srt", "movies/a.mkv", "movies/a.srt"]


def test_an_item_in_the_bin_keeps_its_place(house: House) -> None:
    binned = house.film("Alien", 1979, "movies/Alien (1979)/Alien (1979).mkv")
    house.state.bin_media(binned.id)
    (house.root / "movies/Alien (1979)/Alien (1979).mkv").unlink()
    film = house.film("Alien", 1979, "movies/a.mkv")
    assert "is there already" in house.problems(house.apply(film))[0]


def test_files_that_swap_their_names_and_chains_of_them(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="{title}"))
    films = [
        house.film("B", None, "movies/A.mkv"),
        house.film("A", None, "movies/B.mkv"),
        house.film("D", None, "movies/C.mkv"),
        house.film("E", None, "movies/D.mkv"),
        house.film("F", None, "movies/E.mkv"),
        house.film("H", None, "movies/G.mkv"),
        house.film("I", None, "movies/H.mkv"),
        house.film("G", None, "movies/I.mkv"),
    ]
    for name in "AB":
        house.write(f"movies/{name}.srt", name.encode())
    before = house.files()
    told = stories(house, films)
    batch = house.apply()
    assert (batch.problems, batch.count) == (0, 8)
    assert {Path(house.path(film)).stem for film in films} == set("ABDEFGHI")
    assert all(Path(house.path(film)).stem == film.names.title for film in films)
    assert stories(house, films) == told
    assert (house.root / "movies/B.srt").read_bytes() == b"A"
    assert all(not step.old_path.rpartition("/")[2].startswith(".") for step in house.steps(batch))
    house.undo(batch)
    assert house.files() == before
    assert stories(house, films) == told


def test_a_name_that_changes_only_its_case_is_changed(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="{title}"))
    film = house.film("Alien", None, "movies/ALIEN.mkv")
    batch = house.apply(film)
    assert house.files() == ["movies/Alien.mkv"]
    house.undo(batch)
    assert house.files() == ["movies/ALIEN.mkv"]


def test_a_folder_that_is_there_keeps_its_spelling(house: House) -> None:
    house.write("shows/the office/readme.zip")
    house.episode("The Office", 1, 1, "shows/x.mkv")
    house.apply()
    assert "shows/the office/Season 01/The Office - S01E01.mkv" in house.files()


def test_names_of_255_bytes_are_planned_around(house: House) -> None:
    film = house.film("x" * 400, 2016, "movies/a.mkv")
    house.write(f"movies/a.{'y' * 100}.srt")
    batch = house.apply(film)
    assert "would be too long" in house.problems(batch)[0]
    (house.root / f"movies/a.{'y' * 100}.srt").rename(house.root / "movies/a.en.srt")
    assert house.apply(film).problems == 0
    assert len(Path(house.path(film)).name) <= 184


def test_nothing_in_a_read_only_folder_is_renamed(house: House, tmp_path: Path) -> None:
    folder = house.elsewhere(tmp_path / "other", is_read_only=True)
    library = house.state.library(house.state.library_folder(folder).library_id)
    film = house.add(MediaType.MOVIE, MediaNames("Alien", 1979), f"@{folder}/a.mkv", library=library)
    assert "read-only" in house.problems(house.apply(film))[0]
    assert (tmp_path / "other/a.mkv").exists()
    house.state.set_folder_read_only(folder, is_read_only=False)
    batch = house.plan(film)
    house.state.set_folder_read_only(folder, is_read_only=True)
    house.batches.apply(batch.id, no_report)
    assert "read-only" in house.problems(batch)[0]
    house.state.set_folder_read_only(folder, is_read_only=False)
    house.apply(film)
    assert (tmp_path / "other/Alien (1979)/Alien (1979).mkv").exists(), "it stays in its own library folder"
    assert house.path(film) == f"@{folder}/Alien (1979)/Alien (1979).mkv"


def test_what_is_offline_is_told_and_the_others_go_on(house: House, tmp_path: Path) -> None:
    folder = house.elsewhere(tmp_path / "other")
    library = house.state.library(house.state.library_folder(folder).library_id)
    away = house.add(MediaType.MOVIE, MediaNames("Alien", 1979), f"@{folder}/a.mkv", library=library)
    here = house.film("Arrival", 2016, "movies/b.mkv")
    (tmp_path / "other").rename(tmp_path / "unplugged")
    batch = house.apply(away, here)
    assert "Connect its drive" in house.problems(batch)[0]
    assert house.path(here) == "movies/Arrival (2016)/Arrival (2016).mkv"


def test_what_changed_since_the_plan_was_made_is_told(house: House) -> None:
    moved, gone, fine = (house.film(f"Film {n}", 2000 + n, f"movies/{n}.mkv") for n in (1, 2, 3))
    batch = house.plan(moved, gone, fine)
    house.apply(moved)
    (house.root / "movies/2.mkv").unlink()
    house.batches.apply(batch.id, no_report)
    problems = house.problems(batch)
    assert len(problems) == 2
    assert any("was moved to" in problem for problem in problems) and any("not there" in one for one in problems)
    assert house.path(fine) == "movies/Film 3 (2003)/Film 3 (2003).mkv"


def test_what_can_no_longer_be_undone_is_told_and_the_rest_comes_back(house: House) -> None:
    films = [house.film(f"Film {n}", 2000 + n, f"movies/{n}.mkv") for n in (1, 2, 3, 4)]
    batch = house.apply(*films)
    house.write("movies/1.mkv", b"taken by somebody else")
    house.state.bin_media(films[1].id)
    house.prefer(naming=NamingPreferences(movie="{title}"))
    house.apply(films[2])
    batch = house.undo(batch)
    assert batch.state is RenameState.UNDONE and batch.problems == 3
    problems = {step.title: step.problem or "" for step in house.steps(batch)}
    assert "Another file" in problems["Film 1"]
    assert "not in the library any more" in problems["Film 2"]
    assert "was moved to movies/Film 3.mkv" in problems["Film 3"]
    assert problems["Film 4"] == "" and house.path(films[3]) == "movies/4.mkv"
    assert (house.root / "movies/1.mkv").read_bytes() == b"taken by somebody else"


def test_what_was_laid_beside_a_file_since_goes_back_with_it(house: House) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    batch = house.apply(film)
    house.write("movies/Alien (1979)/Alien (1979).de.srt")
    house.undo(batch)
    assert house.files() == ["movies/a.de.srt", "movies/a.mkv"]


def test_a_cancel_stops_between_two_steps_but_never_in_the_middle_of_a_swap(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="{title}"))
    films = [house.film("B", None, "movies/A.mkv"), house.film("A", None, "movies/B.mkv")]
    others = [house.film(f"Y{n}", None, f"movies/X{n}.mkv") for n in range(3)]
    for allowed in range(7):
        batch = house.plan(*films, *others)
        calls = iter(range(100))

        def report(done: int, count: int, calls: object = calls, allowed: int = allowed) -> None:
            if next(calls) >= allowed:  # type: ignore[call-overload]  # an iterator of numbers
                raise Conflict("cancelled")

        try:
            house.batches.apply(batch.id, report)
        except Conflict:
            pass
        assert not [path for path in house.files() if "/." in path], allowed
        after = house.state.rename(batch.id)
        assert after.state is RenameState.DONE
        states = {step.state for step in house.steps(after)}
        assert states <= {StepState.DONE, StepState.SKIPPED}
        house.undo(after)
        assert sorted(house.files()) == [f"movies/{name}.mkv" for name in ("A", "B", "X0", "X1", "X2")], allowed


def test_ids_history_and_lists_stay(house: House) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    before = house.state.media(film.id)
    house.apply(film)
    after = house.state.media(film.id)
    assert (after.id, after.names, after.added_at, after.library_id) == (
        before.id,
        before.names,
        before.added_at,
        before.library_id,
    )
    assert after.file is not None and before.file is not None
    assert (after.file.size_bytes, after.file.mtime_ns) == (before.file.size_bytes, before.file.mtime_ns)


def test_other_kinds_have_their_trees(house: House) -> None:
    day = 1_717_149_600_000
    for disc, number in ((1, 1), (2, 1)):
        names = MediaNames(
            f"Song {disc}", 1968, artist="X", album="1/2", album_artist="The Beatles", disc_number=disc,
            track_number=number,
        )  # fmt: skip
        house.add(MediaType.TRACK, names, f"music/rip/{disc}{number}.flac")
    house.write("music/rip/cover.jpg")
    for number in (1, 2):
        names = MediaNames("Walk", 2024, "Sea Channel")
        house.add(MediaType.VIDEO, names, f"videos/v{number}.mp4", published_at=day)
    house.add(MediaType.PODCAST, MediaNames("Pilot", show_title="Talk"), "podcasts/p.mp3", published_at=day)
    house.add(MediaType.BOOK, MediaNames("Emma", 1815, artist="Jane Austen"), "books/emma.epub")
    batch = house.apply()
    assert house.problems(batch) == []
    assert house.files() == [
        "books/Jane Austen/Emma/Emma - Jane Austen.epub",
        "music/The Beatles/1-2 (1968)/1-01 - Song 1.flac",
        "music/The Beatles/1-2 (1968)/2-01 - Song 2.flac",
        "music/The Beatles/1-2 (1968)/cover.jpg",
        "podcasts/Talk/2024-05-31 - Pilot.mp3",
        "videos/Sea Channel/Season 2024/s2024e053101 - Walk.mp4",
        "videos/Sea Channel/Season 2024/s2024e053102 - Walk.mp4",
    ]
    assert house.plan().count == 0, "what is named by the templates keeps its name"


def test_a_mixed_library_gets_a_folder_for_each_kind(house: House, tmp_path: Path) -> None:
    folder = house.elsewhere(tmp_path / "all", LibraryKind.MIXED)
    library = house.state.library(house.state.library_folder(folder).library_id)
    house.add(MediaType.MOVIE, MediaNames("Alien", 1979), f"@{folder}/alien.mkv", library=library)
    house.add(MediaType.EPISODE, MediaNames("Pilot", None, "Show", 1, 1), f"@{folder}/x/s.mkv", library=library)
    (tmp_path / "all/x/tvshow.nfo").write_text("x")
    house.apply()
    found = sorted(str(path.relative_to(tmp_path / "all")) for path in (tmp_path / "all").rglob("*") if path.is_file())
    assert found == [
        "Movies/Alien (1979)/Alien (1979).mkv",
        "Shows/Show/Season 01/Show - S01E01 - Pilot.mkv",
        "Shows/Show/tvshow.nfo",
    ]


def test_a_hard_link_and_a_symlink_beside_a_film_are_left_alone(house: House) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    os.link(house.root / "movies/a.mkv", house.root / "movies/b.mkv")
    (house.root / "movies/a.srt").symlink_to("/etc/passwd")
    house.apply(film)
    assert (house.root / "movies/b.mkv").exists()
    assert (house.root / "movies/a.srt").is_symlink()
    assert house.path(film) == "movies/Alien (1979)/Alien (1979).mkv"


def test_what_was_identified_is_renamed_only_if_people_want_that(house: House, tmp_path: Path) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    assert house.renaming.rename_identified([film.id]) is None
    house.prefer(LibraryPreferences(rename_new=True))
    batch = house.renaming.rename_identified([film.id, "gone"])
    assert batch is not None and batch.state is RenameState.DONE
    assert house.path(film) == "movies/Alien (1979)/Alien (1979).mkv"
    assert house.state.renames(9) == [], "nobody needs to look at that"
    house.prefer(LibraryPreferences(rename_new=False))
    upload = house.film("Arrival", 2016, "movies/upload.mkv")
    assert house.renaming.rename_identified([upload.id], provisional=True) is not None
    assert house.path(upload) == "movies/Arrival (2016)/Arrival (2016).mkv"
    folder = house.elsewhere(tmp_path / "other")
    library = house.state.library(house.state.library_folder(folder).library_id)
    theirs = house.add(MediaType.MOVIE, MediaNames("Alien", 1979), f"@{folder}/a.mkv", library=library)
    assert house.renaming.rename_identified([theirs.id], provisional=True) is None


def test_plans_are_for_libraries_items_or_works_and_can_be_removed_until_they_are_carried_out(house: House) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    episode = house.episode("Show", 1, 1, "shows/b.mkv")
    key = show_key(episode.names)
    movies = house.state.library_of_kind(LibraryKind.MOVIES)
    actor = house.actor()
    assert house.planned(library_id=movies.id).count == 1
    assert house.planned(keys=[f"show:{key}"]).count == 1
    assert house.planned(keys=[movie_key(film.id)]).count == 1
    assert house.planned().count == 2
    with pytest.raises(NotFound):
        house.renaming.plan(actor, library_id="nowhere")
    batch = house.plan(film)
    house.state.remove_rename(batch.id)
    with pytest.raises(NotFound):
        house.state.rename(batch.id)
    done = house.apply(film)
    with pytest.raises(Conflict):
        house.state.remove_rename(done.id)
    with pytest.raises(Conflict):
        house.renaming.apply(actor, done.id)
    with pytest.raises(Conflict):
        house.renaming.undo(actor, house.plan(episode).id)


def test_on_the_way_back_our_own_files_do_not_keep_a_folder_alive_but_those_of_others_do(house: House) -> None:
    film = house.film("Alien", 1979, "movies/a.mkv")
    batch = house.apply(film)
    folder = "movies/Alien (1979)"
    house.write(f"{folder}/movie.nfo", nfo_text([Nfo(NfoKind.MOVIE, title="Alien")]))
    house.write(f"{folder}/poster.jpg", marked_picture(b"\xff\xd8\xff\xdb"))
    house.undo(batch)
    assert house.files() == ["movies/a.mkv"]
    assert not (house.root / folder).exists()
    batch = house.apply(film)
    house.write(f"{folder}/poster.jpg", b"\xff\xd8 theirs")
    house.undo(batch)
    assert house.files() == [f"{folder}/poster.jpg", "movies/a.mkv"]


def test_photos_are_only_renamed_when_they_are_meant(house: House) -> None:
    photo = house.add(MediaType.PHOTO, MediaNames("IMG_1"), "home/x/IMG_1.jpg", published_at=1_717_149_600_000)
    assert house.plan().count == 0
    assert house.plan(photo).count == 1
