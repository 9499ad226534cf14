"""The language of templates: fields, digits, parts that vanish, and mistakes that are named with their place."""

from pathlib import PurePosixPath

import pytest

from media_library.config import FileNaming
from media_library.models.media import MediaNames
from media_library.models.preferences import IdStyle
from media_library.models.work import WorkIds
from media_library.services.file_naming import (
    BUILT_IN,
    EXAMPLES,
    BadTemplate,
    NamedKind,
    NameFacts,
    Naming,
    NamingChoices,
    part_suffix,
    read,
    subtitle_suffix,
    version_suffix,
)
from media_library.services.file_naming.template import Value, read_template

FIELDS = ("title", "year", "season", "disc", "artist", "tmdb")


def filled(template: str, **values: str | int) -> str:
    known = {name: Value(number=value) if isinstance(value, int) else Value(value) for name, value in values.items()}
    return str(read_template(template, FIELDS, needed=("title",)).fill(known))


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{title}", "Alien"),
        ("{title} ({year})", "Alien (1979)"),
        ("{title} [{tmdb}]", "Alien"),
        ("{title} {season:02}", "Alien 03"),
        ("{title} {season:1}", "Alien 3"),
        ("{title} {season:004}", "Alien 0003"),
        ("{title}< - {tmdb}>", "Alien"),
        ("{title}< - {year}>", "Alien - 1979"),
        ("{title}<[{year}< {tmdb}>]>", "Alien[1979]"),
        ("{artist|Nobody}/{title}", "Nobody/Alien"),
        ("{artist}/{title}", "Alien"),
        ("<Disc {disc}/>{title}", "Alien"),
        ("<Part {season}/>{title}", "Part 3/Alien"),
        ("{{tmdb-{year}}} {title}", "{tmdb-1979} Alien"),
        ("({year}) {title}", "(1979) Alien"),
        ("({title} {tmdb}) {title}", "Alien"),
    ],
)
def test_a_template_is_filled_and_what_stands_around_an_empty_field_vanishes(template: str, path: str) -> None:
    if template.count("{season:004}"):
        with pytest.raises(BadTemplate):
            filled(template, title="Alien")
        return
    assert filled(template, title="Alien", year=1979, season=3) == path


@pytest.mark.parametrize(
    ("template", "position", "words"),
    [
        ("{nope}", 1, "{nope} is not one of {artist}"),
        ("{title} {Year}", 9, "{Year}"),
        ("{title", 1, "never closed"),
        ("{title} ({year}", 9, "Add “)”"),
        ("{title} <{year}", 9, "Add “>”"),
        ("{title}) x", 8, "closes nothing"),
        ("{title}}", 8, "closes nothing"),
        ("{title} ({year}/x)", 16, "within brackets"),
        ("/{title}", 1, "is no folder"),
        ("../{title}", 3, "is no folder"),
        ("{title}/", 8, "is no folder"),
        ("{title}//{title}", 8, "is no folder"),
        ("{title}: {year}", 8, "cannot stand in a file name"),
        ("{title}\n", 8, "cannot stand in a file name"),
        ("{title} {season:99}", 9, "{season:99}"),
        ("{title} {season:02", 9, "never closed"),
        ("{title!r}", 1, "{title!r}"),
        ("{title.x}", 1, "{title.x}"),
        ("fixed", 5, "needs {title}"),
        ("", 1, "cannot be empty"),
        ("x" * 500 + "{title}", 401, "Shorten it"),
        ("<" * 9 + "{title}" + ">" * 9, 7, "nested too deeply"),
        ("a/b/c/d/e/f/g/h/i/{title}", 25, "at most 8 folders"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_do(template: str, position: int, words: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        read_template(template, FIELDS, needed=("title",))
    assert words in str(caught.value)
    assert caught.value.position == position
    assert str(caught.value).count(". ") >= 1, "what happened, and what to do"


def test_no_template_leads_out_of_its_folder_whatever_fills_it() -> None:
    for value in ("..", "../..", "/etc/passwd", "a/../../b", ".", "\0", "C:\\Windows", "~root"):
        path = PurePosixPath(filled("{artist|x}/{title}", title=value, artist=value))
        assert not path.is_absolute() and ".." not in path.parts and len(path.parts) <= 2


def test_every_built_in_template_uses_only_the_fields_of_its_kind_and_all_of_these_have_an_example() -> None:
    assert set(BUILT_IN) == set(EXAMPLES) == set(NamedKind)
    for kind in NamedKind:
        assert read(kind, "").fields <= set(EXAMPLES[kind])


def test_a_film_has_its_id_in_the_form_that_was_chosen() -> None:
    film = NameFacts(MediaNames("Arrival", 2016, edition="Final Cut"), WorkIds(tmdb=329865, imdb="tt2543164"))

    def place(style: IdStyle) -> str:
        return str(Naming.of(NamingChoices({}, style)).place(NamedKind.MOVIE, film).path)

    plex = "Arrival (2016) {tmdb-329865}"
    assert place(IdStyle.PLEX) == f"{plex}/{plex} {{edition-Final Cut}}"
    jellyfin = "Arrival (2016) [tmdbid-329865]"
    assert place(IdStyle.JELLYFIN) == f"{jellyfin}/{jellyfin} - Final Cut"
    assert place(IdStyle.NONE) == "Arrival (2016)/Arrival (2016) - Final Cut"


def test_an_episode_has_its_range_its_title_and_the_id_of_its_show() -> None:
    naming = Naming(FileNaming())
    facts = NameFacts(
        MediaNames("Half Loop", None, "Severance", 1, 2, episode_end=3), WorkIds(tvdb=371980), show_year=2022
    )
    assert str(naming.episode(facts.names, facts).path) == (
        "Severance (2022) {tvdb-371980}/Season 01/Severance (2022) - S01E02-E03 - Half Loop"
    )
    special = MediaNames("Pilot", None, "Severance", 0, 1)
    assert str(naming.episode(special).path) == "Severance/Season 00/Severance - S00E01 - Pilot"
    absolute = MediaNames("Episode 1071", None, "One Piece", None, 1071)
    assert str(naming.episode(absolute).path) == "One Piece/Season 01/One Piece - S01E1071"


def test_a_daily_episode_is_named_by_its_day() -> None:
    facts = NameFacts(MediaNames("Somebody Calls", None, "The Late Show"), published_at=1_717_149_600_000)
    assert str(Naming(FileNaming()).episode(facts.names, facts).path) == (
        "The Late Show/Season 2024/The Late Show - 2024-05-31 - Somebody Calls"
    )


def test_photos_lie_by_year_and_day() -> None:
    naming = Naming(FileNaming())
    assert str(naming.photo(MediaNames("IMG_0042"), 1_717_149_600_000).path) == "2024/2024-05-31/IMG_0042"
    assert str(naming.photo(MediaNames("IMG_0042"), None).path) == "Undated/IMG_0042"


def test_a_long_title_is_cut_alike_in_the_folder_and_the_file_and_keeps_the_numbers() -> None:
    for title in ("x" * 500, "é" * 400, "\U0001f3ac" * 200, "a: " * 300, "日本語" * 90):
        film = NameFacts(MediaNames(title, 2016), WorkIds(tmdb=329865))
        folder, file = Naming(FileNaming()).place(NamedKind.MOVIE, film).path.parts
        assert folder == file and folder.endswith(" (2016) {tmdb-329865}") and len(folder.encode()) <= 180
        episode = Naming(FileNaming()).episode(MediaNames(title, None, title[1:], 12, 345)).path
        assert " - S12E345 - " in episode.name and len(episode.name.encode()) <= 180
        assert len(episode.name.encode()) > 150, "no more is cut than must be"


def test_what_was_chosen_in_the_web_app_counts_before_the_configuration_file() -> None:
    chosen: dict[NamedKind, str] = {}
    naming = Naming(FileNaming("{title}", ""), lambda: NamingChoices(chosen))
    alien = MediaNames("Alien", 1979)
    assert str(naming.film(alien).path) == "Alien"
    chosen[NamedKind.MOVIE] = "{year}/{title}"
    assert str(naming.film(alien).path) == "1979/Alien"
    still = naming.fixed()
    chosen.clear()
    assert str(naming.film(alien).path) == "Alien"
    assert str(still.film(alien).path) == "1979/Alien"


def test_versions_parts_and_subtitles_have_the_suffixes_that_players_read() -> None:
    assert version_suffix("1080p") == " - 1080p"
    assert version_suffix("../4K: HDR") == " - 4K - HDR"
    assert part_suffix(2) == "-cd2"
    assert subtitle_suffix("en", ("sdh",), ".srt") == ".en.sdh.srt"
    assert subtitle_suffix("pt-BR", ("foreign", "default"), ".ass") == ".pt-BR.default.forced.ass"
    assert subtitle_suffix("eng", ("hi",), ".srt") == ".eng.sdh.srt"
    assert subtitle_suffix("und", (), ".vtt") == ".vtt"
    assert subtitle_suffix("../x", (), ".vtt") == ".vtt"
