"""Names of files and folders: whatever a disc is called, every file system can hold it and nothing leads elsewhere."""

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_library.config import FileNaming
from media_library.errors import ConfigError
from media_library.models.media import MediaNames
from media_library.services.file_naming import Naming, Place, first_free, is_same_name, safe_component

NAMING = Naming(FileNaming())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alien", "Alien"),
        ("Mission: Impossible", "Mission - Impossible"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "Untitled"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("What?", "What"),
        ('a/b\\c*d"e<f>g|h', "a-b-cd'e(f)g-h"),
        ("line\nbreak\ttab\0nul", "line break tabnul"),
        ("right\u202eto\u2066left\u200b", "righttoleft"),
        ("ends. . ", "ends"),
        ("CON", "CON_"),
        ("aux.mkv", "aux_.mkv"),
        ("Console", "Console"),
        ("Amelie\u0301", "Amelié"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("", "Untitled"),
        ("\u200b\0", "Untitled"),
    ],
)
def test_a_name_is_made_safe(text: str, name: str) -> None:
    assert safe_component(text) == name


@given(st.text(max_size=400), st.sampled_from(["", " - S01E02"]))
def test_every_name_is_one_component_that_every_file_system_takes(text: str, tail: str) -> None:
    name = safe_component(text, tail=tail)
    assert 0 < len(name.encode()) <= 180
    assert name.endswith(tail)
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not name.startswith((".", "-", " "))
    assert not name.endswith((".", " "))
    assert all(char == "\N{ZERO WIDTH JOINER}" or unicodedata.category(char)[0] != "C" for char in name)
    assert unicodedata.is_normalized("NFC", name)
    assert len(PurePosixPath(name).parts) == 1


def test_a_long_name_is_cut_between_characters_and_keeps_its_end() -> None:
    assert safe_component("\U0001f3ac" * 100) == "\U0001f3ac" * 45
    assert safe_component("x" * 500, tail=" - S01E01").endswith("x - S01E01")
    assert len(safe_component("é" * 500, tail=" - S01E01").encode()) <= 180


def test_names_that_some_file_system_confuses_are_the_same() -> None:
    assert is_same_name("THE OFFICE", "The Office")
    assert is_same_name("Amelie\u0301", "AMELI\u00c9")
    assert not is_same_name("Alien", "Aliens")


def test_the_built_in_tree_is_that_of_other_media_servers() -> None:
    film = MediaNames("Arrival", 2016)
    assert NAMING.film(film).path == PurePosixPath("Arrival (2016)/Arrival (2016)")
    assert NAMING.film(MediaNames("Arrival")).path == PurePosixPath("Arrival/Arrival")
    extra = MediaNames("Arrival - Extra 1", 2016)
    assert NAMING.film_extra(extra, film).path == PurePosixPath("Arrival (2016)/extras/Arrival - Extra 1")
    episode = MediaNames("Episode 2", None, "The Office", 1, 2)
    assert NAMING.episode(episode).path == PurePosixPath("The Office/Season 01/The Office - S01E02")
    shown = MediaNames("Extra 1", None, "The Office")
    assert NAMING.episode(shown).path == PurePosixPath("The Office/extras/Extra 1")
    track = MediaNames(
        "Hey Jude", 1968, artist="X", album="1", album_artist="The Beatles", disc_number=2, track_number=3
    )
    assert NAMING.track(track, discs=1).path == PurePosixPath("The Beatles/1 (1968)/03 - Hey Jude")
    assert NAMING.track(track, discs=2).path == PurePosixPath("The Beatles/1 (1968)/2-03 - Hey Jude")


def test_what_has_the_same_name_is_numbered_with_its_folder() -> None:
    taken = {PurePosixPath("Arrival/Arrival"), PurePosixPath("Arrival (2)/Arrival (2)")}
    place = first_free(NAMING.film(MediaNames("Arrival")), lambda place: place.path not in taken)
    assert place.path == PurePosixPath("Arrival (3)/Arrival (3)")
    episode = NAMING.episode(MediaNames("Episode 1", None, "Show", 1, 1))
    assert episode.numbered(2).path == PurePosixPath("Show/Season 01/Show - S01E01 (2)")
    album = NAMING.track(MediaNames("T", artist="A", album="B", track_number=1), discs=1)
    assert album.numbered(2).path == PurePosixPath("A/B (2)/01 - T")
    long = Place(PurePosixPath("x" * 180, "x" * 180), 1).numbered(12)
    assert all(len(part) <= 180 and part.endswith(" (12)") for part in long.path.parts)


def test_templates_replace_the_built_in_tree() -> None:
    naming = Naming(FileNaming("{title} [{year}]/{title}", "{artist}/{track} {title}"))
    assert naming.film(MediaNames("Alien", 1979)).path == PurePosixPath("Alien [1979]/Alien")
    assert naming.film(MediaNames("Alien")).path == PurePosixPath("Alien/Alien")
    assert naming.film(MediaNames("../Alien")).path == PurePosixPath("Alien/Alien")
    assert naming.episode(MediaNames("E", None, "S", 1, 2)).path == PurePosixPath("S/Season 01/S - S01E02 - E")
    track = MediaNames("T", artist="A/B", album="C", track_number=4)
    assert naming.track(track, discs=1).path == PurePosixPath("A-B/04 T")
    episodes = Naming(FileNaming("{show}/{season}x{episode}", ""))
    assert episodes.episode(MediaNames("E", None, "S", 1, 2)).path == PurePosixPath("S/01x02")
    assert episodes.film(MediaNames("Alien")).path == PurePosixPath("Alien/Alien")


@pytest.mark.parametrize(
    "template",
    ["{nope}", "{title", "../{title}", "/{title}", "{title}/", "{title!r}", "{title.x}", "{title:>9}", "fixed"],
)
def test_a_bad_template_stops_the_start(template: str) -> None:
    with pytest.raises(ConfigError, match=r"file_naming\.video_template"):
        Naming(FileNaming(template, ""))


def test_a_web_video_is_an_episode_of_its_channel_on_its_day() -> None:
    names = MediaNames("A walk: by the sea", show_title="Sea/Channel")
    place = NAMING.web_video(names, 1_717_149_600_000)
    assert place.path == PurePosixPath("Sea-Channel/Season 2024/s2024e053101 - A walk - by the sea")
    again = NAMING.web_video(names, 1_717_149_600_000, number=2)
    assert again.path.name == "s2024e053102 - A walk - by the sea"


def test_a_web_video_without_a_date_lies_in_the_folder_of_its_channel() -> None:
    assert NAMING.web_video(MediaNames("Undated"), None).path == PurePosixPath("Unknown channel/Undated")


@given(title=st.text(max_size=600), channel=st.text(max_size=600), published=st.integers(0, 4_102_444_800_000))
def test_a_web_video_never_leaves_its_folder_whatever_it_is_called(title: str, channel: str, published: int) -> None:
    place = NAMING.web_video(MediaNames(title, show_title=channel), published)
    assert len(place.path.parts) == 3
    for part in place.path.parts:
        assert part not in ("", ".", "..") and not part.startswith((".", "-")) and len(part.encode()) <= 180
