"""What is read off the labels of discs as studios, players and people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_library.services.disc_labels import UNKNOWN_TITLE, parse_label

# label, title, season, disc number
LABELS = [
    ("MOVIE_DISC_1", "Movie", None, 1),
    ("ROCKY_2", "Rocky 2", None, None),
    ("ROCKY_IV", "Rocky IV", None, None),
    ("ROCKY_BALBOA_D1", "Rocky Balboa", None, 1),
    ("STAR_TREK_DISCOVERY_S1_DISC_2", "Star Trek Discovery", 1, 2),
    ("TEST_SHOW_S01_D1", "Test Show", 1, 1),
    ("DISCOVERY_CHANNEL", "Discovery Channel", None, None),
    ("SEVEN", "Seven", None, None),
    ("SE7EN", "Se7en", None, None),
    ("D2_THE_MIGHTY_DUCKS", "D2 the Mighty Ducks", None, None),
    ("S1M0NE", "S1m0ne", None, None),
    ("FRIENDS_SEASON_3_D4", "Friends", 3, 4),
    ("BREAKING_BAD_S2D1", "Breaking Bad", 2, 1),
    ("24_S01_D03", "24", 1, 3),
    ("THE_GODFATHER_PART_II", "The Godfather Part II", None, None),
    ("LORD_OF_THE_RINGS_DISC_A", "Lord of the Rings", None, 1),
    ("LORD_OF_THE_RINGS_DISC_B", "Lord of the Rings", None, 2),
    ("BLADE_RUNNER_2049", "Blade Runner 2049", None, None),
    ("2012", "2012", None, None),
    ("300", "300", None, None),
    ("1917_UK", "1917", None, None),
    ("CASABLANCA_16X9", "Casablanca", None, None),
    ("DIE_HARD_WS", "Die Hard", None, None),
    ("GHOSTBUSTERS_NTSC_R1", "Ghostbusters", None, None),
    ("AMELIE_PAL", "Amelie", None, None),
    ("HOT_FUZZ_UK", "Hot Fuzz", None, None),
    ("THE_LAST_OF_US_S1_D2", "The Last of Us", 1, 2),
    ("THE_OFFICE_US_SEASON_TWO_DISC_THREE", "The Office Us", 2, 3),
    ("SOPRANOS_SEASON_1_DISC_1_OF_4", "Sopranos", 1, 1),
    ("PLANET_EARTH_DISC_2OF4", "Planet Earth", None, 2),
    ("PLANET_EARTH_D2OF4", "Planet Earth", None, 2),
    ("HEIMAT_STAFFEL_1_DVD_3", "Heimat", 1, 3),
    ("LES_REVENANTS_SAISON_2_DISQUE_1", "Les Revenants", 2, 1),
    ("HOUSE_MD_SEASON_1_PART_2_DISC_3", "House MD Part 2", 1, 3),
    ("DOCTOR_WHO_SERIES_5_VOL_2", "Doctor Who Vol 2", 5, None),
    ("GOT_S8_D1_BD", "Got", 8, 1),
    ("MAD_MEN_SEASON03_DISC02", "Mad Men", 3, 2),
    ("AVATAR_3D_BLU_RAY", "Avatar", None, None),
    ("INCEPTION_BD50", "Inception", None, None),
    ("KILL_BILL_VOLUME_1", "Kill Bill Volume 1", None, None),
    ("HARRY_POTTER_7_PART_1", "Harry Potter 7 Part 1", None, None),
    ("OCEAN_S_ELEVEN", "Ocean's Eleven", None, None),
    ("BRIDGET_JONES_S_DIARY", "Bridget Jones's Diary", None, None),
    ("DON_T_LOOK_NOW", "Don't Look Now", None, None),
    ("AGENTS_OF_S_H_I_E_L_D_S1_D1", "Agents of S.H.I.E.L.D.", 1, 1),
    ("SPIDER-MAN", "Spider-Man", None, None),
    ("X-MEN_2", "X-Men 2", None, None),
    ("MALCOLM_X", "Malcolm X", None, None),
    ("V_FOR_VENDETTA", "V for Vendetta", None, None),
    ("GONE_WITH_THE_WIND_D1", "Gone with the Wind", None, 1),
    ("CSI_S4_D6", "CSI", 4, 6),
    ("JFK", "JFK", None, None),
    ("MR_BEAN", "Mr Bean", None, None),
    ("20TH_CENTURY_WOMEN", "20th Century Women", None, None),
    ("9_TO_5", "9 to 5", None, None),
    ("TheMatrix", "The Matrix", None, None),
    ("IronMan2", "Iron Man 2", None, None),
    ("iRobot", "iRobot", None, None),
    ("The Empire Strikes Back", "The Empire Strikes Back", None, None),
    ("the_big_lebowski", "The Big Lebowski", None, None),
    ("The.Third.Man.DVD", "The Third Man", None, None),
    ("S.W.A.T.", "S.W.A.T.", None, None),
    ("Eyes Open", "Eyes Open", None, None),
    ("Twin Peaks - Season 2 - Disc 3", "Twin Peaks", 2, 3),
    ("LA_LA_LAND", "La La Land", None, None),
    ("JOURNEY_TO_THE_FAR_SIDE_OF_THE_SUN", "Journey to the Far Side of the Sun", None, None),
    ("DISCO_FEVER", "Disco Fever", None, None),
    ("MOVIE_D2_BD50", "Movie", None, 2),
    ("SEASON_OF_THE_WITCH", "Season of the Witch", None, None),
    ("S_CLUB_7", "S Club 7", None, None),
    ("THE_A_TEAM", "The A Team", None, None),
    ("WALL-E_D1", "Wall-E", None, 1),
    ("FAST_&_FURIOUS", "Fast & Furious", None, None),
    ("LEON_DEL_1", "Leon Del 1", None, None),
    ("MURDER_ONE", "Murder One", None, None),
    ("PAL_JOEY", "Pal Joey", None, None),
    ("千と千尋の神隠し", "千と千尋の神隠し", None, None),
    ("ВОЙНА_И_МИР_D2", "Война И Мир", None, 2),
    ("AMÉLIE", "Amélie", None, None),
    ("MOVIE 🎬 NIGHT", "Movie 🎬 Night", None, None),
    ("../../etc/passwd", "Etc Passwd", None, None),
    ('NEW\nLINE\tTAB\x00NUL_"QUOTED"', "New Line Tab Nul Quoted", None, None),
]


@pytest.mark.parametrize(("label", "title", "season", "disc"), LABELS)
def test_a_label_is_read_by_its_tokens(label: str, title: str, season: int | None, disc: int | None) -> None:
    parsed = parse_label(label)
    assert (parsed.names.title, parsed.names.season, parsed.names.disc_number) == (title, season, disc)
    assert not parsed.generic


@pytest.mark.parametrize(
    ("label", "disc"),
    [
        ("DVD_VIDEO", None), ("LOGICAL_VOLUME_ID", None), ("DVDVOLUME", None), ("DVD_VOLUME", None), ("", None),
        ("   ", None), ("___", None), ("UNTITLED", None), ("UNDEFINED", None), ("BDROM", None), ("Audio CD", None),
        ("DVD_VIDEO_RECORDER", None), ("CD1", 1), ("DISC_1", 1), ("DVD_2", 2), ("DISC2", 2), ("20051123_1530", None),
        ("00000", None), ("VIDEO_TS", None), ("\u202e\u200f", None), ("....", None), ("DVD", None), ("???", None),
    ],
)  # fmt: skip
def test_a_label_that_names_no_work_is_generic(label: str, disc: int | None) -> None:
    parsed = parse_label(label)
    assert (parsed.names.title, parsed.names.disc_number, parsed.generic) == (UNKNOWN_TITLE, disc, True)


@pytest.mark.parametrize(
    ("label", "title", "year"),
    [
        ("Solaris (1972)", "Solaris", 1972),
        ("Solaris [2002] DVD", "Solaris", 2002),
        ("2001 A Space Odyssey (1968)", "2001 A Space Odyssey", 1968),
        ("DEATH_RACE_2000", "Death Race 2000", None),
    ],
)
def test_only_a_year_in_brackets_is_the_year(label: str, title: str, year: int | None) -> None:
    names = parse_label(label).names
    assert (names.title, names.year) == (title, year)


def test_a_long_label_becomes_a_title_that_ends_at_a_word() -> None:
    title = parse_label("VERY_LONG_NAME_" * 34).names.title
    assert 100 < len(title) <= 120
    assert title.split()[-1].casefold() in {"very", "long", "name"}


@given(st.text(max_size=600))
def test_any_label_gives_one_sane_line(label: str) -> None:
    parsed = parse_label(label)
    title = parsed.names.title
    assert 0 < len(title) <= 120
    assert title == " ".join(title.split())
    assert title.isprintable()
    assert not set(title) & set('/\\:*?"<>|')
    assert ".." not in title
    assert parsed.generic == (title == UNKNOWN_TITLE)
