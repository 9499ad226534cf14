"""Which file of a folder is there for what, in the layouts of Kodi, Jellyfin, Plex and release groups."""

import random
import time
from pathlib import PurePosixPath

import pytest

from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole
from media_library.services.file_roles import Listing, RoleOf, roles_of

GB = 1 << 30
MB = 1 << 20


def roles(folder: str, *files: str | tuple[str, int], kind: LibraryKind = LibraryKind.MOVIES) -> dict[str, RoleOf]:
    listed = tuple(file if isinstance(file, tuple) else (file, GB) for file in files)
    found = roles_of(Listing(PurePosixPath(folder), listed), kind)
    assert [one.name for one in found] == [name for name, _ in listed]
    return {one.name: one for one in found}


def test_versions_have_labels_and_the_one_that_is_called_like_the_folder_is_the_main_one() -> None:
    found = roles(
        "Arrival (2016) {tmdb-1}",
        "Arrival (2016) {tmdb-1} - 1080p.mkv",
        "Arrival (2016) {tmdb-1}.mkv",
        "Arrival (2016) {tmdb-1} - 2160p.mkv",
        "Arrival (2016) {tmdb-1} {edition-Final Cut}.mkv",
        "Arrival (2016) {tmdb-1} [Open Matte].mkv",
    )
    main = "Arrival (2016) {tmdb-1}.mkv"
    assert found[main].role is FileRole.MAIN
    others = [one for one in found.values() if one.name != main]
    assert {(one.role, one.main) for one in others} == {(FileRole.VERSION, main)}
    assert [one.label for one in others] == ["1080p", "2160p", "Final Cut", "Open Matte"]


def test_without_such_a_name_the_highest_resolution_is_the_main_version_and_3d_comes_last() -> None:
    found = roles(
        "Film (1999)",
        "Film.1999.720p.BluRay.mkv",
        "Film.1999.3D.2160p.mkv",
        "Film.1999.1080p.WEB-DL.mkv",
    )
    assert found["Film.1999.1080p.WEB-DL.mkv"].role is FileRole.MAIN
    assert found["Film.1999.720p.BluRay.mkv"].label == "720p"
    assert found["Film.1999.3D.2160p.mkv"].label == "2160p 3D"


def test_films_that_share_a_folder_are_no_versions() -> None:
    found = roles("Trilogy", "Rocky (1976).mkv", "Rocky II (1979).mkv", "Rocky III.mkv", "Rocky IV.mkv")
    assert {one.role for one in found.values()} == {FileRole.MAIN}


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("Heroes", [f"Heroes {number}.mkv" for number in range(1, 6)]),
        ("Heroes", [f"Heroes ({year}).mkv" for year in range(2007, 2012)]),
        ("Heroes", ["Heroes.mkv", "Heroes (2008).mkv", "Heroes (2011).mkv"]),
        ("Heroes", ["Heroes - Origins (2006).mkv", "Heroes - Finale (2007).mkv"]),
        ("H", ["Heroes 1.mkv", "Heroes 2.mkv"]),
        ("Mad Max", ["Mad Max.mkv", "Mad Max 2.mkv", "Mad Max Beyond Thunderdome.mkv"]),
    ],
)
def test_sequels_in_a_folder_with_their_name_are_films_of_their_own(folder: str, names: list[str]) -> None:
    assert {one.role for one in roles(folder, *names).values()} == {FileRole.MAIN}


@pytest.mark.parametrize(
    "rests",
    [
        [" - 1080p", " - [hsbs]", " [hsbs]", ""],
        ["", "-720p", "-test", "-bluray", "-3d", "-3d-hsbs", "[test]"],
        [" - first version", " - second version"],
        [" [Final Cut] [1080p HEVC AAC]", " [EE] [480p HEVC AAC,AAC]"],
        [" [1080p] Blu-ray.x264.DTS", " [2160p] Blu-ray.x265.AAC"],
        [" 720p", " 1080p"],
        [".720p.BluRay", ".1080p.WEB-DL"],
    ],
)
@pytest.mark.parametrize("film", ["Heroes Apocalypse (2016)", "Heroes Apocalypse"])
def test_what_follows_the_name_of_the_folder_tells_versions_apart(film: str, rests: list[str]) -> None:
    found = roles(film, *(f"{film}{rest}.mkv" for rest in rests)).values()
    assert [one.role for one in found].count(FileRole.MAIN) == 1
    assert [one.role for one in found].count(FileRole.VERSION) == len(rests) - 1


@pytest.mark.parametrize("form", ["-cd{}", ".part{}", " - pt {}", "-disc{}", " (Part {})", "_dvd{}"])
def test_parts_follow_the_first_in_their_order(form: str) -> None:
    names = [f"Film (1999){form.format(number)}.avi" for number in (2, 1, 3)]
    found = roles("Film (1999)", *names)
    assert [(found[name].role, found[name].position) for name in names] == [
        (FileRole.PART, 2),
        (FileRole.MAIN, 1),
        (FileRole.PART, 3),
    ]
    assert found[names[0]].main == names[1]


def test_parts_with_a_gap_are_no_parts() -> None:
    found = roles("Film (1999)", "Film (1999)-cd1.avi", "Film (1999)-cd3.avi")
    assert FileRole.PART not in {one.role for one in found.values()}


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("trailers", "trailer"),
        ("Behind The Scenes", "behind the scenes"),
        ("deleted scenes", "deleted scene"),
        ("Featurettes", "featurette"),
        ("interviews", "interview"),
        ("scenes", "scene"),
        ("Shorts", "short"),
        ("clips", "clip"),
        ("other", "extra"),
        ("Extras", "extra"),
    ],
)
def test_folders_of_extras_belong_to_the_film_above(folder: str, kind: str) -> None:
    extra = roles(f"Film (1999)/{folder}", "Something.mkv")["Something.mkv"]
    assert (extra.role, extra.extra_kind, extra.owner) == (FileRole.EXTRA, kind, PurePosixPath("Film (1999)"))


def test_a_show_that_is_called_extras_is_a_show() -> None:
    found = roles("Extras/Season 1", "Extras - S01E01.mkv", kind=LibraryKind.SHOWS)
    assert found["Extras - S01E01.mkv"].role is FileRole.MAIN


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("-trailer", "trailer"),
        (".trailer", "trailer"),
        ("_trailer", "trailer"),
        ("-trailer2", "trailer"),
        ("-behindthescenes", "behind the scenes"),
        ("-deleted", "deleted scene"),
        ("-featurette", "featurette"),
        ("-interview", "interview"),
        ("-scene", "scene"),
        ("-clip", "clip"),
        ("-short", "short"),
        ("-other", "extra"),
    ],
)
def test_suffixes_of_extras_belong_to_the_film_beside(suffix: str, kind: str) -> None:
    extra = roles("Film (1999)", "Film (1999).mkv", f"Film (1999){suffix}.mkv")[f"Film (1999){suffix}.mkv"]
    assert (extra.role, extra.extra_kind, extra.main) == (FileRole.EXTRA, kind, "Film (1999).mkv")


def test_a_sample_is_told_by_its_name_and_its_size() -> None:
    found = roles("Film.1999.1080p-GRP", "grp-film.mkv", ("grp-film-sample.mkv", 30 * MB), ("Sample.mkv", 30 * MB))
    assert [one.role for one in found.values()] == [FileRole.MAIN, FileRole.SAMPLE, FileRole.SAMPLE]
    assert roles("Film (1999)/Sample", ("film.mkv", MB))["film.mkv"].role is FileRole.SAMPLE
    assert roles("Sample (2010)", ("Sample (2010).mkv", 2 * GB))["Sample (2010).mkv"].role is FileRole.MAIN


@pytest.mark.parametrize(
    ("rest", "language", "forced", "sdh", "default"),
    [
        ("", "und", False, False, False),
        (".en", "eng", False, False, False),
        (".en.sdh", "eng", False, True, False),
        (".en.hi", "eng", False, True, False),
        (".hi", "hin", False, False, False),
        (".hi.forced", "hin", True, False, False),
        (".ger.forced", "deu", True, False, False),
        (".de.foreign", "deu", True, False, False),
        (".fre.cc", "fra", False, True, False),
        (".pt-BR", "por", False, False, False),
        (".zh-Hans", "zho", False, False, False),
        (".default.es", "spa", False, False, True),
        (".English", "eng", False, False, False),
        (".Deutsch", "deu", False, False, False),
    ],
)
def test_subtitles_have_a_language_and_flags(rest: str, language: str, forced: bool, sdh: bool, default: bool) -> None:
    name = f"Film (1999){rest}.srt"
    found = roles("Film (1999)", "Film (1999).mkv", name)[name]
    assert (found.role, found.main) == (FileRole.SUBTITLE, "Film (1999).mkv")
    assert (found.language, found.is_forced, found.is_sdh, found.is_default) == (language, forced, sdh, default)


def test_subtitles_of_versions_parts_and_folders_find_what_they_belong_to() -> None:
    found = roles(
        "Film (1999)", "Film (1999).mkv", "Film (1999) - 4K.mkv", "Film (1999) - 4K.en.Commentary.srt", "English.srt"
    )
    commentary = found["Film (1999) - 4K.en.Commentary.srt"]
    assert (commentary.main, commentary.label) == ("Film (1999) - 4K.mkv", "Commentary")
    assert (found["English.srt"].main, found["English.srt"].language) == ("Film (1999).mkv", "eng")
    below = roles("Film (1999)/Subs", "2_English.srt")["2_English.srt"]
    assert (below.owner, below.main, below.language) == (PurePosixPath("Film (1999)"), None, "eng")
    deeper = roles("Show.S01/Subs/Show.S01E02", "3_ger.srt", kind=LibraryKind.SHOWS)["3_ger.srt"]
    assert (deeper.owner, deeper.main_stem, deeper.language) == (PurePosixPath("Show.S01"), "show.s01e02", "deu")
    other = roles("Show/Season 1", "a.s01e01.mkv", "a.s01e02.mkv", "S01E02 en.srt", kind=LibraryKind.SHOWS)
    assert other["S01E02 en.srt"].main == "a.s01e02.mkv"


@pytest.mark.parametrize(
    ("name", "kind", "season"),
    [
        ("poster.jpg", "poster", None),
        ("Folder.JPG", "poster", None),
        ("cover.png", "poster", None),
        ("fanart.jpg", "backdrop", None),
        ("fanart2.jpg", "backdrop", None),
        ("backdrop.webp", "backdrop", None),
        ("clearlogo.png", "logo", None),
        ("landscape.jpg", "thumb", None),
        ("banner.jpg", "banner", None),
        ("season01-poster.jpg", "poster", 1),
        ("season-specials-poster.jpg", "poster", 0),
        ("Season 2.jpg", "poster", 2),
        ("season03-fanart.jpg", "backdrop", 3),
    ],
)
def test_pictures_are_told_by_their_names(name: str, kind: str, season: int | None) -> None:
    found = roles("Show (2001)", name, "tvshow.nfo", kind=LibraryKind.SHOWS)[name]
    assert (found.role, found.artwork, found.season) == (FileRole.ARTWORK, kind, season)
    assert (found.main, found.owner) == (None, PurePosixPath("Show (2001)"))


def test_pictures_and_nfo_files_of_a_name_belong_to_the_file_of_that_name() -> None:
    found = roles(
        "Show/Season 01",
        "Show - S01E01 - A.mkv",
        "Show - S01E02 - B.mkv",
        "Show - S01E01 - A-thumb.jpg",
        "Show - S01E02 - B.jpg",
        "Show - S01E02 - B.nfo",
        "season.nfo",
        "holiday.jpg",
        kind=LibraryKind.SHOWS,
    )
    assert (found["Show - S01E01 - A-thumb.jpg"].main, found["Show - S01E01 - A-thumb.jpg"].artwork) == (
        "Show - S01E01 - A.mkv",
        "thumb",
    )
    assert (found["Show - S01E02 - B.jpg"].main, found["Show - S01E02 - B.jpg"].artwork) == (
        "Show - S01E02 - B.mkv",
        "thumb",
    )
    assert found["Show - S01E02 - B.nfo"].main == "Show - S01E02 - B.mkv"
    assert (found["season.nfo"].role, found["season.nfo"].main) == (FileRole.NFO, None)
    assert found["holiday.jpg"].role is FileRole.OTHER


def test_episodes_have_versions_and_parts_too() -> None:
    found = roles(
        "Show/Season 01",
        "Show - S01E01.720p.mkv",
        "Show - S01E01.1080p.mkv",
        "Show - S01E02-part1.mkv",
        "Show - S01E02-part2.mkv",
        "Show - S01E03.mkv",
        kind=LibraryKind.SHOWS,
    )
    assert found["Show - S01E01.720p.mkv"].main == "Show - S01E01.1080p.mkv"
    assert (found["Show - S01E02-part2.mkv"].role, found["Show - S01E02-part2.mkv"].position) == (FileRole.PART, 2)
    assert found["Show - S01E03.mkv"].role is FileRole.MAIN


def test_a_disc_folder_is_its_largest_title() -> None:
    dvd = roles(
        "Film (1999)/VIDEO_TS",
        ("VIDEO_TS.IFO", 1000),
        ("VTS_01_0.VOB", MB),
        ("VTS_01_1.VOB", 100 * MB),
        ("VTS_02_0.VOB", MB),
        ("VTS_02_1.VOB", GB),
        ("VTS_02_2.VOB", GB // 2),
    )
    main = dvd["VTS_02_1.VOB"]
    assert (main.role, main.position, main.owner) == (FileRole.MAIN, 1, PurePosixPath("Film (1999)"))
    assert (dvd["VTS_02_2.VOB"].role, dvd["VTS_02_2.VOB"].position) == (FileRole.PART, 2)
    assert {dvd[name].role for name in ("VIDEO_TS.IFO", "VTS_01_1.VOB", "VTS_02_0.VOB")} == {FileRole.OTHER}
    bluray = roles("Film (1999)/BDMV/STREAM", ("00001.m2ts", MB), ("00800.m2ts", 20 * GB))
    assert bluray["00800.m2ts"].role is FileRole.MAIN
    assert bluray["00001.m2ts"].role is FileRole.OTHER


def test_music_has_lyrics_covers_and_nothing_else_to_play() -> None:
    found = roles(
        "Artist/Album",
        "01 - A.flac",
        "01 - A.lrc",
        "02 - B.flac",
        "02 - B.txt",
        "cover.jpg",
        "album.nfo",
        "Album.cue",
        "video.mkv",
        kind=LibraryKind.MUSIC,
    )
    assert [one.role.value for one in found.values()] == [
        *("main", "lyrics", "main", "lyrics", "artwork", "nfo", "other", "other")
    ]
    assert found["02 - B.txt"].main == "02 - B.flac" and found["cover.jpg"].main is None


def test_all_photos_and_videos_of_a_home_library_stand_for_themselves() -> None:
    names = ("IMG_0001.JPG", "poster.jpg", "VID-trailer.mp4", "sample.mp4", "DSC1.CR2", "IMG_2.heic")
    found = roles("2024/Holiday", *names, "Thumbs.db", kind=LibraryKind.HOME)
    assert {found[name].role for name in names} == {FileRole.MAIN}
    assert found["Thumbs.db"].role is FileRole.OTHER


def test_a_mixed_folder_holds_what_its_files_are() -> None:
    film = roles("Film (1999)", "Film (1999).mkv", "poster.jpg", "still.jpg", kind=LibraryKind.MIXED)
    assert [one.role.value for one in film.values()] == ["main", "artwork", "other"]
    photos = roles("Summer", "a.jpg", "b.jpg", "IMG_0001.mov", kind=LibraryKind.MIXED)
    assert {one.role for one in photos.values()} == {FileRole.MAIN}
    assert roles("Summer", "a.jpg", kind=LibraryKind.MIXED)["a.jpg"].role is FileRole.MAIN
    book = roles("Books", "Dune.epub", "cover.jpg", kind=LibraryKind.MIXED)
    assert [one.role.value for one in book.values()] == ["main", "artwork"]


def test_what_systems_leave_behind_is_nothing() -> None:
    found = roles("Film (1999)", "Film (1999).mkv", "._Film (1999).mkv", ".DS_Store", "RARBG.txt")
    assert [one.role.value for one in found.values()] == ["main", "other", "other", "other"]
    assert roles("Film (1999)/.actors", "Somebody.jpg")["Somebody.jpg"].role is FileRole.OTHER
    assert roles("@eaDir/Film", "a.mkv")["a.mkv"].role is FileRole.OTHER


@pytest.mark.parametrize("kind", LibraryKind)
def test_any_names_get_one_role_each_and_belong_to_files_that_are_there(kind: LibraryKind) -> None:
    source = random.Random(3)
    stems = [
        "Film (1999)",
        "Film (1999)-cd1",
        "Film (1999)-cd2",
        "Film-trailer",
        "sample",
        "S01E01",
        "S01E01-part2",
        "poster",
    ]
    stems += ["", " ", "x.en", "season01-poster", "(", "\n", "VTS_01_1", "é", "Film (1999) - 4K", "日本"]
    suffixes = ["mkv", "srt", "jpg", "nfo", "flac", "lrc", "vob", "idx", "sub", "epub", "xyz", "", "JPG"]
    folders = [".", "Film (1999)", "A/Subs", "A/extras", "A/VIDEO_TS", "Show/Season 1", "A/Sample", "A/Subs/x"]
    for _ in range(300):
        files = {
            f"{source.choice(stems)}{source.choice(['', ' 2', '.de'])}.{source.choice(suffixes)}": source.randrange(GB)
            for _ in range(source.randrange(12))
        }
        found = roles_of(Listing(PurePosixPath(source.choice(folders)), tuple(files.items())), kind)
        assert [one.name for one in found] == list(files)
        by_name = {one.name: one for one in found}
        for one in found:
            if one.main is not None:
                assert one.main in files and one.main != one.name
                assert by_name[one.main].role in (
                    FileRole.MAIN,
                    FileRole.VERSION,
                    FileRole.PART,
                    FileRole.EXTRA,
                    FileRole.SAMPLE,
                )
            if one.role is FileRole.MAIN:
                assert one.main is None


def test_a_folder_of_a_hundred_thousand_files_takes_seconds() -> None:
    stems = [f"Film {number} ({1900 + number % 100})" for number in range(25_000)]
    names = [f"{stem}{rest}" for stem in stems for rest in (".mkv", ".en.srt", "-poster.jpg", ".nfo")]
    started = time.process_time()
    found = roles_of(Listing(PurePosixPath("."), tuple((name, MB) for name in names)), LibraryKind.MOVIES)
    assert time.process_time() - started < 20
    assert found[4001].main == names[4000]
