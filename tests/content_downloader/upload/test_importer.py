"""Uploads become items of the library, or stay out with a reason."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from media_library.errors import StorageError
from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaType
from media_library.models.upload import Upload, UploadState
from media_library.services.uploads import settle_uploads
from tests import tus
from tests.fixtures import books
from tests.import_worker import do_imports, do_scans
from tests.internet import media as clips
from tests.routes.house import House


def folder(house: House) -> Path:
    return house.settings.media_root / ".media-library" / "uploads"


def taken(house: House, content: bytes, **values: str) -> Upload:
    """The upload of a file, once its job was done."""
    upload_id = tus.upload(house.member, content, **values)
    do_imports(house.state, house.settings)
    return house.state.upload(upload_id)


def media_of(house: House, upload: Upload) -> Media:
    assert upload.state is UploadState.DONE, upload.reason
    assert upload.media_id is not None
    return house.state.media(upload.media_id)


def path_of(media: Media) -> str:
    assert media.file is not None
    return media.file.path


def test_a_film_that_was_dropped_is_in_the_library_and_waits_to_be_known(house: House) -> None:
    content = clips.video()
    upload = taken(house, content, name="The.Winter.Orchard.2019.1080p.mp4", sha256=hashlib.sha256(content).hexdigest())
    media = media_of(house, upload)
    assert (media.media_type, media.names.title, media.names.year) == (MediaType.MOVIE, "The Winter Orchard", 2019)
    assert path_of(media) == "movies/The Winter Orchard (2019)/The Winter Orchard (2019).mp4"
    assert (house.settings.media_root / path_of(media)).read_bytes() == content, "not a byte differs"
    assert media.streams.video is not None and media.duration_ms > 0
    assert media.has_still and media.placeholder is not None and media.placeholder.startswith("data:image/webp;base64,")
    assert list(folder(house).iterdir()) == []
    assert list((house.settings.media_root / ".media-library" / "staging").iterdir()) == []
    work = house.state.work(f"movie:{media.id}")
    assert work is not None and work.state == "pending"
    kinds = [job.kind for job in house.state.list_jobs([JobStatus.QUEUED], 10)]
    assert kinds == [JobKind.IDENTIFY]


def test_an_episode_goes_to_its_show_by_its_folder(house: House) -> None:
    upload = taken(house, clips.video("video.mkv"), name="S02E03 - The Fall.mkv", folder="Orchard Lane (2011)/Season 2")
    media = media_of(house, upload)
    assert media.media_type is MediaType.EPISODE
    assert (media.names.show_title, media.names.season, media.names.episode) == ("Orchard Lane", 2, 3)
    assert path_of(media).startswith("shows/Orchard Lane (2011)/Season 02/Orchard Lane (2011) - S02E03")


def test_a_track_is_named_by_its_tags(house: House) -> None:
    upload = taken(house, clips.sound(), name="zzz.mp3", folder="Ada Applewood/Orchards")
    media = media_of(house, upload)
    assert media.media_type is MediaType.TRACK
    assert path_of(media).startswith("music/") and path_of(media).endswith(".mp3")
    assert house.state.track_facts(media.id) is not None


def test_a_book_goes_to_the_shelf(house: House, tmp_path: Path) -> None:
    upload = taken(house, books.epub(tmp_path / "a.epub").read_bytes(), name="whatever.epub")
    media = media_of(house, upload)
    assert (media.media_type, media.names.title) == (MediaType.BOOK, "The Winter Orchard")
    assert house.state.book(media.id) is not None


def test_the_same_file_twice_is_the_item_that_is_there(house: House) -> None:
    first = media_of(house, taken(house, clips.video(), name="Film (2001).mp4"))
    again = taken(house, clips.video(), name="Another name (2002).mp4")
    assert media_of(house, again).id == first.id
    assert [path.suffix for path in (house.settings.media_root / "movies").rglob("*") if path.is_file()] == [".mp4"]
    assert list(folder(house).iterdir()) == []


def test_a_file_that_came_by_another_way_is_known_by_its_bytes(house: House) -> None:
    there = house.film("Found on a drive", clips.video())
    other = clips.video()[:-1] + b"?"
    house.film("As large, but another", other)
    assert media_of(house, taken(house, clips.video(), name="Sent (2001).mp4")).id == there.id
    assert f"sha256:{hashlib.sha256(clips.video()).hexdigest()}" in house.state.origins_of(there.id)


def test_what_is_in_the_bin_is_said_to_be_there(house: House) -> None:
    first = media_of(house, taken(house, clips.video(), name="Film (2001).mp4"))
    assert house.admin.send("DELETE", f"/api/media/{first.id}").status_code == 204
    upload = taken(house, clips.video(), name="Film (2001).mp4")
    assert (upload.state, "bin" in (upload.reason or "")) == (UploadState.FAILED, True)


def test_two_films_of_one_name_are_two_files(house: House) -> None:
    first = media_of(house, taken(house, clips.video(), name="Film (2001).mp4"))
    second = media_of(house, taken(house, clips.video(seconds=3), name="Film (2001).mp4"))
    assert first.id != second.id and path_of(first) != path_of(second)


def test_a_checksum_of_the_whole_that_differs_keeps_the_file_out(house: House) -> None:
    upload = taken(house, clips.video(), name="Film (2001).mp4", sha256="0" * 64)
    assert upload.state is UploadState.FAILED and "checksum" in (upload.reason or "")
    assert (folder(house) / upload.id).read_bytes() == clips.video(), "kept until it expires"
    assert list((house.settings.media_root / "movies").rglob("*")) == []


def bodies() -> dict[str, bytes]:
    """Files that are not what their names say, by what they are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.exe", b"MZ")
    return {
        "page": b"<!doctype html><html><script>alert(1)</script>",
        "xhtml": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
        "stylesheet": b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>",
        "program": b"\x7fELF\x02\x01\x01" + bytes(64),
        "windows": b"MZ\x90\x00" + bytes(64),
        "script": b"#!/bin/sh\nrm -rf /\n",
        "zip": packed.getvalue(),
        "gzip": b"\x1f\x8b\x08" + bytes(64),
        "drawing": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "drawing with a prefix": b"<?xml version='1.0'?>\n<!-- x -->\n<s:svg xmlns:s='http://www.w3.org/2000/svg'/>",
        "noise": bytes(range(1, 255)) * 4,
        "zeros": bytes(5000),
        "text": b"just some words",
    }


@pytest.mark.parametrize("suffix", ["mp4", "mp3", "jpg", "epub", "srt", "svg", "mkv", "nfo", "png"])
def test_threats_68_and_76_what_is_not_what_it_says_stays_out_with_a_reason(house: House, suffix: str) -> None:
    sent = {what: tus.upload(house.member, body, name=f"film (2001).{suffix}") for what, body in bodies().items()}
    do_imports(house.state, house.settings)
    for what, upload_id in sent.items():
        upload = house.state.upload(upload_id)
        assert upload.state is UploadState.FAILED and upload.reason, (what, suffix)
        assert upload.reason.endswith(".") and "/" not in upload.reason.replace("N/A", ""), upload.reason
        assert (folder(house) / upload_id).is_file(), "kept, out of the library, until it expires"
    found = [path for path in house.settings.media_root.rglob("*") if path.is_file()]
    assert all(".media-library" in path.parts for path in found)


def test_threat_69_a_file_that_is_two_things_is_served_as_the_one_that_we_say(house: House) -> None:
    page = b"<html><script>alert(1)</script></html>"
    upload = taken(house, clips.sound() + page, name="Song.html")
    media = media_of(house, upload)
    assert path_of(media).endswith(".mp3")
    answer = house.member.get(f"/api/stream/{media.id}")
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("audio/mpeg", "nosniff")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_threat_57_names_out_of_the_file_stay_in_the_library(house: House) -> None:
    names = [
        "../../etc/passwd (2001).mp4",
        "AC/DC.mp4",
        "CON.mp4",
        ":.mp4",
        "x" * 5000 + ".mp4",
        "\u202egpj.mp4",
        "..mp4",
    ]
    root = house.settings.media_root
    for name in names:
        upload = taken(house, clips.video() + (16).to_bytes(4, "big") + b"free" + os.urandom(8), name=name)
        media = media_of(house, upload)
        file = (root / path_of(media)).resolve()
        assert root.resolve() in file.parents and file.is_file()
        assert all(len(part.encode()) <= 255 for part in file.parts)


def test_a_file_that_ends_early_stays_out(house: House) -> None:
    content = clips.video()
    upload = taken(house, content[: len(content) // 3], name="Film (2001).mp4")
    assert upload.state is UploadState.FAILED and upload.reason


def test_a_cancelled_import_leaves_nothing_in_the_library(house: House) -> None:
    upload_id = tus.upload(house.member, clips.video(), name="Film (2001).mp4")
    (job,) = house.state.list_jobs([JobStatus.QUEUED], 10)
    assert house.member.send("DELETE", f"/api/upload/{upload_id}").status_code == 412
    assert tus.delete(house.member, f"/api/upload/{upload_id}").status_code == 204
    jobs: list[Job] = do_imports(house.state, house.settings)
    assert [one.status for one in jobs if one.id == job.id] == [JobStatus.CANCELLED]
    assert list((house.settings.media_root / "movies").rglob("*")) == []


def test_an_import_that_failed_can_be_retried(house: House) -> None:
    upload = taken(house, b"<html>", name="Film (2001).mp4")
    (job,) = [one for one in house.state.list_jobs(JobStatus, 10) if one.kind is JobKind.IMPORT]
    assert job.status is JobStatus.FAILED and job.error == upload.reason
    (folder(house) / upload.id).write_bytes(b"<HTML>")
    house.state.retry_job(job.id)
    do_imports(house.state, house.settings)
    assert house.state.upload(upload.id).state is UploadState.FAILED


def test_somebody_adds_only_to_what_they_may_see(house: House) -> None:
    films = next(one for one in house.state.list_libraries() if one.name == "Films")
    house.state.grant_libraries(house.people["ben"].id, [films.id], all_libraries=False)
    ben = house.browser(house.state.get_user(house.people["ben"].id))
    upload_id = tus.upload(ben, clips.sound(), name="a.mp3")
    do_imports(house.state, house.settings)
    upload = house.state.upload(upload_id)
    assert upload.state is UploadState.FAILED and "may not see" in (upload.reason or "")
    there = tus.upload(house.admin, clips.sound("other.mp3"), name="b.mp3")
    again = tus.upload(ben, clips.sound("other.mp3"), name="b.mp3")
    do_imports(house.state, house.settings)
    assert house.state.upload(there).state is UploadState.DONE
    refused = house.state.upload(again)
    assert (refused.state, refused.media_id) == (UploadState.FAILED, None), "not even that it is there is told"


def test_subtitles_wait_for_their_film_and_lie_beside_it(house: House) -> None:
    text = b"1\n00:00:00,000 --> 00:00:01,000\nSnow falls.\n"
    subtitles = tus.upload(house.member, text, name="Film (2001).en.srt", folder="Film (2001)")
    do_imports(house.state, house.settings)
    waiting = house.state.upload(subtitles)
    assert (waiting.state, "waits" in (waiting.reason or "")) == (UploadState.QUEUED, True)
    film = tus.upload(house.member, clips.video(), name="Film (2001).mp4", folder="Film (2001)")
    do_imports(house.state, house.settings)
    done = house.state.upload(subtitles)
    assert (done.state, done.media_id) == (UploadState.DONE, house.state.upload(film).media_id)
    files = sorted(path.name for path in (house.settings.media_root / "movies" / "Film (2001)").iterdir())
    assert files == ["Film (2001).eng.srt", "Film (2001).mp4"]


def photo(colour: str = "teal", taken: str | None = "2019:07:21 10:11:12") -> bytes:
    """A photo with its day and its place."""
    exif = Image.Exif()
    if taken is not None:
        exif.get_ifd(0x8769)[0x9003] = taken
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    written = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_a_photo_goes_to_its_day_and_is_no_film(house: House) -> None:
    upload = taken(house, photo(), name="Alien (1979).jpg", folder="Holiday")
    media = media_of(house, upload)
    assert media.media_type is MediaType.PHOTO
    assert path_of(media).startswith("home/") and "2019" in path_of(media) and path_of(media).endswith(".jpg")
    kept = house.state.photo(media.id)
    assert kept is not None and (kept.taken_on, kept.width, kept.height) == ("2019-07-21", 320, 240)
    assert media.has_still and media.placeholder is not None
    assert (house.settings.media_root / path_of(media)).read_bytes() == photo(), "the file itself stays as it is"


def test_threat_76_a_picture_that_is_none_stays_out(house: House) -> None:
    for content in (photo()[:100], b"\x89PNG\r\n\x1a\n" + bytes(100), b"GIF89a" + bytes(20)):
        upload = taken(house, content, name="x.jpg")
        assert upload.state is UploadState.FAILED and upload.reason


def test_a_video_of_the_family_is_no_film(house: House) -> None:
    upload = taken(house, clips.video(), name="VID_20190721_101112.mp4", folder="Camera")
    media = media_of(house, upload)
    assert media.media_type is MediaType.HOME_VIDEO and path_of(media).startswith("home/")
    assert house.state.photo(media.id) is not None


def test_a_dropped_folder_arrives_in_any_order_and_lies_as_others_read_it(house: House) -> None:
    film = clips.video()
    srt = b"1\n00:00:00,000 --> 00:00:01,000\nSnow.\n"
    nfo = b"<movie><title>Film</title></movie>"
    parts = {
        "Film (2001)/poster.jpg": photo("red", None),
        "Film (2001)/fanart.jpg": photo("blue", None),
        "Film (2001)/Film (2001).nfo": nfo,
        "Film (2001)/Subs/Film (2001).de.forced.srt": srt,
        "Film (2001)/Film (2001)-trailer.mp4": clips.video(seconds=2),
        "Film (2001)/Film (2001).mp4": film,
        "Film (2001)/Film (2001).en.srt": srt + b"\n",
    }
    sent = {
        name: tus.upload(house.member, content, name=Path(name).name, folder=str(Path(name).parent))
        for name, content in parts.items()
    }
    do_imports(house.state, house.settings)
    uploads = {name: house.state.upload(upload_id) for name, upload_id in sent.items()}
    states = {name: (one.state.value, one.reason) for name, one in uploads.items()}
    assert states == dict.fromkeys(parts, ("done", None))
    assert len({one.media_id for one in uploads.values()}) == 1
    media = media_of(house, uploads["Film (2001)/Film (2001).mp4"])
    folder = house.settings.media_root / "movies" / "Film (2001)"
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == [
        "Film (2001).deu.forced.srt", "Film (2001).eng.srt", "Film (2001).mp4", "Film (2001).nfo",
        "trailers/Film (2001)-trailer.mp4",
    ]  # fmt: skip
    pictures = house.state.artwork_of(media.id)
    assert {kind.value: one.source.value for kind, one in pictures.items()} == {
        "poster": "file", "backdrop": "file", "still": "frame",
    }  # fmt: skip
    assert any(job.kind is JobKind.SCAN for job in house.state.list_jobs([JobStatus.QUEUED], 20))
    do_scans(house.state, house.settings)
    films = house.state.files_of_media(media.id)
    assert {one.role.value for one in films} >= {"main", "subtitle", "nfo"}
    assert house.state.media(media.id).names == media.names and house.state.media(media.id).missing_since is None
    listed = house.member.get("/api/library?type=movie").get_json()
    assert [one["id"] for one in listed["items"]] == [media.id], "the scan finds what is there, and nothing twice"


def test_the_poster_of_a_show_is_that_of_the_show(house: House) -> None:
    tus.upload(house.member, photo("red", None), name="poster.jpg", folder="Orchard Lane")
    episode = tus.upload(house.member, clips.video("video.mkv"), name="S01E01.mkv", folder="Orchard Lane/Season 1")
    do_imports(house.state, house.settings)
    media = media_of(house, house.state.upload(episode))
    card = house.member.get(f"/api/media/{media.id}").get_json()
    assert house.member.get(f"/api/shows/{card['show_key']}/image").status_code == 200
    assert not house.state.media(media.id).has_poster


def test_a_sample_is_not_kept(house: House) -> None:
    film = tus.upload(house.member, clips.video(), name="Film (2001).mp4", folder="Film")
    sample = tus.upload(house.member, clips.video(seconds=2), name="film-sample.mp4", folder="Film")
    do_imports(house.state, house.settings)
    assert house.state.upload(film).state is UploadState.DONE
    refused = house.state.upload(sample)
    assert refused.state is UploadState.FAILED and "sample" in (refused.reason or "")


def test_a_file_that_went_missing_is_brought_back_by_sending_it_again(house: House) -> None:
    media = media_of(house, taken(house, clips.video(), name="Film (2001).mp4"))
    (house.settings.media_root / path_of(media)).unlink()
    house.state._change("UPDATE media SET missing_since = 1, deleted_at = 1 WHERE id = ?", (media.id,))
    again = media_of(house, taken(house, clips.video(), name="Film (2001).mp4"))
    assert (again.id, again.missing_since, again.deleted_at) == (media.id, None, None)
    assert (house.settings.media_root / path_of(again)).read_bytes() == clips.video()


def age(house: House, upload_id: str) -> None:
    """Let an upload be a quarter of an hour old."""
    house.state._change(
        "UPDATE uploads SET created_at = created_at - 900000, updated_at = updated_at - 900000 WHERE id = ?",
        (upload_id,),
    )


def test_a_file_whose_film_does_not_come_is_told_so_and_a_picture_is_a_photo_then(house: House) -> None:
    srt = b"1\n00:00:00,000 --> 00:00:01,000\nSnow.\n"
    waiting = {
        "srt": tus.upload(house.member, srt, name="Film.srt", folder="Film"),
        "jpg": tus.upload(house.member, photo(), name="poster.jpg", folder="Holiday"),
    }
    do_imports(house.state, house.settings)
    for upload_id in waiting.values():
        assert house.state.upload(upload_id).state is UploadState.QUEUED
        age(house, upload_id)
    under_way = tus.begun(house.member, 10, name="Film.mkv", folder="Film")
    settle_uploads(house.state, house.services.media_root)
    do_imports(house.state, house.settings)
    assert house.state.upload(waiting["srt"]).state is UploadState.QUEUED, "its film is still on its way"
    assert media_of(house, house.state.upload(waiting["jpg"])).media_type is MediaType.PHOTO
    tus.delete(house.member, under_way)
    age(house, waiting["srt"])
    settle_uploads(house.state, house.services.media_root)
    do_imports(house.state, house.settings)
    told = house.state.upload(waiting["srt"])
    assert (told.state, "did not come" in (told.reason or "")) == (UploadState.FAILED, True)


def test_the_parts_of_a_film_lie_side_by_side_as_parts(house: House) -> None:
    for number in (1, 2):
        name = f"Film (2001)-cd{number}.mp4"
        tus.upload(house.member, clips.video(seconds=2 + number), name=name, folder="Film (2001)")
    do_imports(house.state, house.settings)
    folder = house.settings.media_root / "movies" / "Film (2001)"
    assert sorted(file.name for file in folder.iterdir()) == ["Film (2001)-cd1.mp4", "Film (2001)-cd2.mp4"]
    assert len(house.state.media_of_job(house.state.list_jobs(JobStatus, 20)[-1].id)) == 1


def song(title: str, artist: str, album: str, number: int) -> bytes:
    """A track with tags; no two are alike."""
    return clips.tagged(f"{number}-{artist}.mp3", title=title, artist=artist, album=album, track=str(number))


def test_the_tracks_of_a_compilation_are_one_album(house: House) -> None:
    artists = ["Ada", "Ben", "Carla", "Dora"]
    addresses = []
    for number, artist in enumerate(artists, 1):
        content = song(f"Song {number}", artist, "Orchard Hits", number)
        name = f"{number:02d} {artist} - Song {number}.mp3"
        addresses.append((tus.begun(house.member, len(content), name=name, folder="Orchard Hits"), content))
    first, *others = addresses
    tus.part(house.member, first[0], 0, first[1])
    do_imports(house.state, house.settings)
    waiting = house.state.upload(first[0].rpartition("/")[2])
    assert (waiting.state, "rest of its album" in (waiting.reason or "")) == (UploadState.QUEUED, True)
    for address, content in others:
        tus.part(house.member, address, 0, content)
    do_imports(house.state, house.settings)
    uploads = [house.state.upload(address.rpartition("/")[2]) for address, _ in addresses]
    media = [media_of(house, upload) for upload in uploads]
    assert [one.names.artist for one in media] == artists
    assert {(one.names.album, one.names.album_artist) for one in media} == {("Orchard Hits", "Various Artists")}
    assert {Path(path_of(one)).parent.as_posix() for one in media} == {"music/Various Artists/Orchard Hits"}
    late = tus.upload(house.member, song("Song 5", "Emil", "Orchard Hits", 5), name="05.mp3", folder="Orchard Hits")
    do_imports(house.state, house.settings)
    assert media_of(house, house.state.upload(late)).names.album_artist == "Various Artists"


def test_an_import_waits_while_the_drive_is_unplugged(house: House) -> None:
    upload_id = tus.upload(house.member, clips.video(), name="Film (2001).mp4")
    root = house.settings.media_root
    root.rename(root.with_name("unplugged"))
    jobs = do_imports(house.state, house.settings, turns=1)
    assert [job.status for job in jobs] == [JobStatus.QUEUED]
    root.with_name("unplugged").rename(root)
    do_imports(house.state, house.settings)
    assert media_of(house, house.state.upload(upload_id)).media_type is MediaType.MOVIE


def further(house: House, kind: str, place: Path, *, read_only: bool = False) -> str:
    """One more library of a kind, in a folder beyond the media folder; its id."""
    place.mkdir(exist_ok=True)
    order = {"name": f"More {kind}", "kind": kind, "path": str(place), "read_only": read_only}
    answer = house.admin.send("POST", "/api/libraries", order)
    assert answer.status_code == 201 and answer.json is not None, answer.text
    do_scans(house.state, house.settings)
    return str(answer.json["id"])


def there(house: House, media: Media) -> Path:
    return house.services.media_root.path(path_of(media))


def files_in(place: Path) -> list[str]:
    """What lies there, but for the mark by which a folder is known."""
    found = sorted(str(one.relative_to(place)) for one in place.rglob("*") if one.is_file())
    return [one for one in found if one != ".media-library/folder-id"]


_MAY_MOUNT = sys.platform == "linux" and os.geteuid() == 0


@pytest.mark.parametrize(
    "volume",
    [
        "the same",
        pytest.param(
            "another", marks=pytest.mark.skipif(not _MAY_MOUNT, reason="only root on Linux can mount a small volume")
        ),
    ],
)
def test_files_go_into_the_library_that_was_chosen(house: House, tmp_path: Path, volume: str) -> None:
    place = tmp_path / "more"
    place.mkdir()
    if volume == "another":
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)], check=True)
    try:
        films, books_ = further(house, "movies", place / "films"), further(house, "books", place / "books")
        content = clips.video()
        film = media_of(house, taken(house, content, name="The.Winter.Orchard.2019.mp4", library=films))
        assert film.library_id == films
        assert files_in(place / "films") == ["The Winter Orchard (2019)/The Winter Orchard (2019).mp4"]
        assert there(house, film).read_bytes() == content
        again = media_of(
            house, taken(house, clips.video("video.mkv"), name="The.Winter.Orchard.2019.mp4", library=films)
        )
        assert there(house, again).name == "The Winter Orchard (2019).mkv"
        book = media_of(
            house, taken(house, books.epub(tmp_path / "b.epub").read_bytes(), name="b.epub", library=books_)
        )
        assert book.library_id == books_ and there(house, book).is_relative_to(place / "books")
        beside = taken(house, content + b"x", name="Song.S01E01.mp4", library=films)
        assert media_of(house, beside).library_id != films, "what the library does not take goes where it belongs"
        assert list(folder(house).iterdir()) == []
        do_scans(house.state, house.settings)
        assert house.state.media(film.id).missing_since is None
    finally:
        if volume == "another":
            subprocess.run(["umount", "-l", str(place)], check=True)


def test_what_belongs_to_a_film_goes_beside_it_also_in_another_library(house: House, tmp_path: Path) -> None:
    films = further(house, "movies", tmp_path / "more")
    film = tus.upload(house.member, clips.video(), name="Orchard (2019).mp4", folder="Orchard", library=films)
    words = b"1\n00:00:00,000 --> 00:00:01,000\nHello\n"
    text = tus.upload(house.member, words, name="Orchard (2019).en.srt", folder="Orchard", library=films)
    do_imports(house.state, house.settings)
    assert house.state.upload(film).state is UploadState.DONE
    assert house.state.upload(text).state is UploadState.DONE, house.state.upload(text).reason
    assert files_in(tmp_path / "more") == ["Orchard (2019)/Orchard (2019).eng.srt", "Orchard (2019)/Orchard (2019).mp4"]


def test_a_library_that_went_away_is_waited_for(house: House, tmp_path: Path) -> None:
    films = further(house, "movies", tmp_path / "more")
    (place,) = [one for one in house.state.list_folders() if one.library_id == films]
    viewer = house.state.viewer(house.people["ben"])
    destinations = house.services.uploads.destinations
    assert destinations.of_kind(viewer, LibraryKind.MOVIES, films).library.id == films
    house.state.note_folder_state(place.id, "Its drive is not there.")
    with pytest.raises(StorageError, match="drive"):  # a job is tried again later
        destinations.of_kind(viewer, LibraryKind.MOVIES, films)
    assert destinations.of_kind(viewer, LibraryKind.SHOWS, films).library.is_primary
