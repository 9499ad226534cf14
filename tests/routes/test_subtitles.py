"""The subtitles of an item over HTTP."""

from pathlib import Path
from typing import Any

import pytest

from media_library.adapters import ffmpeg
from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.media import Media
from media_library.models.tool import result_of
from media_library.repositories.base import new_id
from tests.fixtures import subtitles as samples
from tests.routes.house import House, error_of
from tests.subtitled import add_film


@pytest.fixture
def film(house: House, tmp_path: Path) -> Media:
    """A film with English and Polish subtitles, and pictures in French."""
    folder = house.state.library_of_kind(LibraryKind.MOVIES).folder
    file = house.settings.media_root / folder / "Oz" / "Oz.mkv"
    file.parent.mkdir(parents=True)
    samples.write_film(file, {"e.srt": ("eng", samples.SRT.encode()), "p.sup": ("fre", samples.pgs())})
    streams = result_of(ffmpeg.probe(file)).streams
    return add_film(
        house.state,
        file,
        f"{folder}/Oz/Oz.mkv",
        "Oz",
        streams,
        {"Oz.pl.srt": "1\n00:00:01,000 --> 00:00:02,000\nŻółw\n".encode("cp1250")},
    )


def listed(house: House, media: Media) -> list[dict[str, Any]]:
    answer: Any = house.member.get(f"/api/media/{media.id}/subtitles").json
    found: list[dict[str, Any]] = answer["subtitles"]
    return found


def test_subtitles_are_listed_with_their_text_at_an_address(house: House, film: Media) -> None:
    english, pictures, polish = listed(house, film)
    assert english == {
        "id": "s2",
        "language": "eng",
        "language_name": "English",
        "title": None,
        "forced": False,
        "hearing_impaired": False,
        "default": False,
        "format": "srt",
        "is_text": True,
        "source": "embedded",
        "url": f"/api/media/{film.id}/subtitles/s2.vtt",
    }
    assert (pictures["is_text"], pictures["url"], pictures["format"]) == (False, None, "pgs")
    assert (polish["source"], polish["language"]) == ("file", "pol")
    answer = house.member.get(polish["url"])
    assert answer.content_type == "text/vtt; charset=utf-8" and "Żółw" in answer.text
    assert (
        "sandbox" in answer.headers["Content-Security-Policy"] and answer.headers["X-Content-Type-Options"] == "nosniff"
    )
    again = house.member.get(polish["url"], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_threat_52_a_kid_gets_neither_list_nor_text_of_what_is_not_for_it(house: House, film: Media) -> None:
    episode = house.episode("Show", 1, 1)
    for path in (f"/api/media/{episode.id}/subtitles", f"/api/media/{episode.id}/subtitles/s3.vtt"):
        assert error_of(house.kid.get(path)) == (404, "not_found")
    assert house.kid.get(f"/api/media/{film.id}/subtitles/s2.vtt").status_code == 200
    house.state.bin_media(film.id)
    assert error_of(house.member.get(f"/api/media/{film.id}/subtitles")) == (404, "not_found")
    assert error_of(house.member.get(f"/api/media/{film.id}/subtitles/s2.vtt")) == (404, "not_found")


def test_what_is_not_there_is_not_found(house: House, film: Media) -> None:
    for name in ("s3.vtt", "s99.vtt", "x.vtt", "f" + "0" * 32 + ".vtt", "s2.srt", "..%2f..%2fx.vtt"):
        assert house.member.get(f"/api/media/{film.id}/subtitles/{name}").status_code == 404, name
    assert error_of(house.member.get(f"/api/media/{film.id}/subtitles?file={'0' * 32}")) == (404, "not_found")
    assert error_of(house.member.get(f"/api/media/{film.id}/subtitles?file=x")) == (400, "bad_request")


def test_a_version_has_subtitles_of_its_own(house: House, film: Media) -> None:
    assert film.file is not None
    folder = next(one for one in house.state.list_folders() if one.library_id == film.library_id)
    place = house.settings.media_root / film.file.path
    version = place.with_name("Oz - small.mkv")
    samples.write_film(version, {"d.ass": ("ger", samples.ASS.encode())})
    facts = version.stat()
    streams, path = result_of(ffmpeg.probe(version)).streams, film.file.path.replace("Oz.mkv", "Oz - small.mkv")
    row = LibraryFile(
        new_id(), folder.id, path, facts.st_size, facts.st_mtime_ns, facts.st_ino, FileRole.VERSION, FileState.READY,
        media_id=film.id, streams=streams,
    )  # fmt: skip
    house.state.add_files([row])
    answer: Any = house.member.get(f"/api/media/{film.id}/subtitles?file={row.id}").json
    german = answer["subtitles"][0]
    assert (german["language"], german["url"]) == ("deu", f"/api/media/{film.id}/subtitles/s2.vtt?file={row.id}")
    assert "Steinweg" in house.member.get(german["url"]).text
    assert "Steinweg" not in house.member.get(f"/api/media/{film.id}/subtitles/s2.vtt").text
