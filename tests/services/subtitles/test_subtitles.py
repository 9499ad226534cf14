"""The subtitles of films: which there are, whose they are, and their text."""

from pathlib import Path

import pytest

from media_library.errors import NotFound
from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.media import Media, Streams, SubtitleTrack
from media_library.models.subtitle import SubtitleChoice
from media_library.services.subtitles import one_of_each_language
from media_library.services.subtitles.choices import beside, embedded
from tests.fixtures import subtitles as samples
from tests.subtitled import Cinema


@pytest.fixture
def cinema(tmp_path: Path) -> Cinema:
    return Cinema(tmp_path)


def by_id(cinema: Cinema, media: Media) -> dict[str, SubtitleChoice]:
    return {one.id: one for one in cinema.subtitles.of(media)}


def test_a_film_lists_what_is_in_it_and_beside_it(cinema: Cinema) -> None:
    media = cinema.film(
        "Oz",
        {
            "eng.srt": ("eng", samples.SRT.encode()),
            "ger.ass": ("ger", samples.ASS.encode()),
            "forced.srt": ("eng", samples.HELLO.encode()),
            "sdh.srt": ("eng", samples.SRT.encode()),
            "pictures.sup": ("fre", samples.pgs()),
        },
        {"Oz.pl.srt": samples.SRT.encode(), "Oz.en.forced.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nSign\n"},
    )
    inside, outside = cinema.subtitles.of(media)[:5], cinema.subtitles.of(media)[5:]
    assert [(one.id, one.language, one.format, one.is_text, one.forced, one.hearing_impaired) for one in inside] == [
        ("s2", "eng", "srt", True, False, False),
        ("s3", "deu", "ass", True, False, False),
        ("s4", "eng", "srt", True, True, False),
        ("s5", "eng", "srt", True, False, True),
        ("s6", "fra", "pgs", False, False, False),
    ]
    assert [(one.language, one.format, one.forced, one.stream_index) for one in outside] == [
        ("eng", "webvtt", True, None),
        ("pol", "srt", False, None),
    ]
    assert all(one.path is not None and one.id.startswith("f") for one in outside)


def test_text_is_handed_out_as_webvtt_and_made_once(cinema: Cinema) -> None:
    media = cinema.film("Oz", {"eng.srt": ("eng", samples.SRT.encode()), "ger.ass": ("ger", samples.ASS.encode())})
    assert b"We are" not in cinema.subtitles.webvtt(media, None, "s2")
    assert b"I think we are <i>not</i> in Kansas" in cinema.subtitles.webvtt(media, None, "s2")
    german = cinema.subtitles.webvtt(media, None, "s3")
    assert b"Steinweg, <i>Dorothy</i>!" in german and b"100 0" not in german
    made = sorted(cinema.folder.glob("data/cache/subtitles/*/*.vtt"))
    assert [file.name for file in made] == ["s2.vtt", "s3.vtt"]  # both at once: the film is read once
    made[0].write_bytes(b"kept")
    assert cinema.subtitles.webvtt(media, None, "s2") == b"kept"


def test_mov_text_in_an_mp4_is_text(cinema: Cinema) -> None:
    media = cinema.film("Oz", {"eng.srt": ("eng", samples.SRT.encode())}, suffix=".mp4", codec="mov_text")
    [one] = cinema.subtitles.of(media)
    assert (one.format, one.is_text) == ("mov_text", True)
    assert b"yellow brick road" in cinema.subtitles.webvtt(media, None, one.id)


def test_a_file_beside_it_is_read_in_its_encoding_and_again_once_it_changes(cinema: Cinema) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nZażółć gęślą jaźń\n"
    media = cinema.film("Oz", {}, {"Oz.pl.srt": text.encode("cp1250")})
    [one] = cinema.subtitles.of(media)
    assert "Zażółć gęślą jaźń" in cinema.subtitles.webvtt(media, None, one.id).decode()
    (cinema.place / "Oz" / "Oz.pl.srt").write_text(text.replace("jaźń", "noc"))
    assert "gęślą noc" in cinema.subtitles.webvtt(media, None, one.id).decode()


def test_pictures_and_what_is_not_there_are_no_text(cinema: Cinema) -> None:
    media = cinema.film("Oz", {"x.sup": ("fre", samples.pgs())}, {"Oz.en.srt": b"no subtitles at all"})
    [picture, broken] = cinema.subtitles.of(media)
    assert not picture.is_text and picture.format == "pgs"
    for name in (picture.id, broken.id, "s99", "f" + "0" * 32, "", "../x"):
        with pytest.raises(NotFound):
            cinema.subtitles.webvtt(media, None, name)


def test_a_link_beside_a_film_leads_nowhere(cinema: Cinema, tmp_path: Path) -> None:
    (tmp_path / "secret.srt").write_text(samples.SRT)
    media = cinema.film("Oz", {}, {"Oz.en.srt": samples.SRT.encode()})
    [one] = cinema.subtitles.of(media)
    (cinema.place / "Oz" / "Oz.en.srt").unlink()
    (cinema.place / "Oz" / "Oz.en.srt").symlink_to(tmp_path / "secret.srt")
    with pytest.raises(NotFound):
        cinema.subtitles.webvtt(media, None, one.id)


def test_a_film_cut_short_gives_what_stands_before(cinema: Cinema) -> None:
    many = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\nLine {n}\n\n" for n in range(1, 40))
    media = cinema.film("Oz", {"eng.srt": ("eng", many.encode())}, seconds=40, cut=0.6)
    text = cinema.subtitles.webvtt(media, None, "s2").decode()
    assert "Line 3\n" in text and "Line 39" not in text


def test_the_cache_keeps_to_its_room_and_drops_the_oldest(cinema: Cinema) -> None:
    media = cinema.film("Oz", {"eng.srt": ("eng", samples.SRT.encode())})
    cinema.subtitles.webvtt(media, None, "s2")
    assert cinema.subtitles.cache.prune() == 0
    assert cinema.subtitles.cache.prune(most_bytes=10) == 1
    assert b"Kansas" in cinema.subtitles.webvtt(media, None, "s2")


def test_one_track_of_each_language_is_not_the_forced_one_nor_that_for_the_hard_of_hearing() -> None:
    streams = Streams(
        subtitles=(
            SubtitleTrack(2, "eng", "subrip", True),
            SubtitleTrack(3, "eng", "subrip", False, "English SDH"),
            SubtitleTrack(4, "eng", "subrip", False),
            SubtitleTrack(5, "deu", "subrip", True),
            SubtitleTrack(6, "fra", "hdmv_pgs_subtitle", False),
            SubtitleTrack(7, "spa", "eia_608", False),
        )
    )
    choices = embedded(streams)
    assert [one.id for one in choices] == ["s2", "s3", "s4", "s5", "s6"]
    assert [one.id for one in one_of_each_language(choices)] == ["s4", "s5"]


def test_subtitles_of_a_part_are_for_that_part_and_an_index_stands_for_its_pictures() -> None:
    files = [
        _file("a/Film.mkv", FileRole.MAIN),
        _file("a/Film-cd2.mkv", FileRole.PART),
        _file("a/Film - 720p.mkv", FileRole.VERSION),
        _file("a/Film.en.srt", FileRole.SUBTITLE),
        _file("a/Film-cd2.en.srt", FileRole.SUBTITLE),
        _file("a/Film.idx", FileRole.SUBTITLE),
        _file("a/Film.sub", FileRole.SUBTITLE),
        _file("a/Film.ttml", FileRole.SUBTITLE),
        _file("a/Film.de.srt", FileRole.SUBTITLE, FileState.MISSING),
    ]
    assert [one.path for one in beside(files, "a/Film.mkv")] == ["a/Film.en.srt", "a/Film.idx"]
    assert [one.path for one in beside(files, "a/Film - 720p.mkv")] == ["a/Film.en.srt", "a/Film.idx"]
    assert [one.path for one in beside(files, "a/Film-cd2.mkv")] == ["a/Film-cd2.en.srt"]


def test_a_list_that_calls_itself_a_film_leads_to_no_other_file(cinema: Cinema) -> None:
    media = cinema.film("Oz", {"eng.srt": ("eng", samples.SRT.encode())})
    file = cinema.place / "Oz" / "Oz.mkv"
    (cinema.place / "Oz" / "secret.mkv").write_bytes(file.read_bytes())
    file.write_text("ffconcat version 1.0\nfile secret.mkv\n")  # the same inode: it counts as the same file
    assert cinema.subtitles.webvtt(media, None, "s2") == b"WEBVTT\n"


def _file(path: str, role: FileRole, state: FileState = FileState.READY) -> LibraryFile:
    return LibraryFile("0" * 32, "", path, 1, 1, 1, role, state)
