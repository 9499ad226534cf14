"""Sending files in parts by tus: what a client may do, and what happens to one that lies."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_library.config import Uploads
from media_library.models.job import JobKind, JobStatus
from media_library.models.upload import NewUpload
from media_library.models.user import Role
from media_library.repositories.base import now_ms
from media_library.services.uploads import CHUNK_BYTES, settle_uploads
from tests import tus
from tests.routes.house import House, Somebody, error_of


@pytest.fixture
def small(tmp_path: Path) -> Iterator[House]:
    """A house that takes files of at most 2 MB, and 3 MB of a person at a time."""
    house = House(tmp_path / "small", uploads=Uploads(max_upload_size_mb=2, user_quota_mb=3))
    yield house
    house.close()


def error_text(answer: Any) -> str:
    return str(answer.get_json()["error"]["message"])


def limits(who: Somebody) -> dict[str, int]:
    found = who.get("/api/uploads").get_json()["limits"]
    assert isinstance(found, dict)
    return found


def folder(house: House) -> Path:
    return house.settings.media_root / ".media-library" / "uploads"


def listed(who: Somebody) -> list[dict[str, Any]]:
    uploads = who.get("/api/uploads").get_json()["uploads"]
    assert isinstance(uploads, list)
    return uploads


def test_a_server_says_what_of_the_protocol_it_understands(house: House) -> None:
    answer = house.member.send("OPTIONS", "/api/upload")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) >= {"creation", "expiration", "checksum", "termination"}
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer.headers["Tus-Max-Size"] == str(51_200 << 20)


def test_a_file_comes_in_parts_and_waits_for_its_job(house: House) -> None:
    content = bytes(range(256)) * 1000
    address = tus.begun(house.member, len(content), name="Film (2020).mkv", folder="Films/Film (2020)")
    for offset in range(0, len(content), 100_000):
        answer = tus.part(house.member, address, offset, content[offset : offset + 100_000])
        assert (answer.status_code, answer.headers["Tus-Resumable"]) == (204, "1.0.0")
        assert answer.headers["Upload-Offset"] == str(min(offset + 100_000, len(content)))
    upload_id = address.rpartition("/")[2]
    assert (folder(house) / upload_id).read_bytes() == content
    (one,) = listed(house.member)
    assert (one["id"], one["name"], one["folder"]) == (upload_id, "Film (2020).mkv", "Films/Film (2020)")
    assert (one["state"], one["offset"], one["size_bytes"]) == ("queued", len(content), len(content))
    (job,) = house.state.list_jobs([JobStatus.QUEUED], 10)
    assert (job.kind, job.id) == (JobKind.IMPORT, one["job_id"])


def test_an_upload_tells_where_it_stands(house: House) -> None:
    address = tus.begun(house.member, 10)
    answer = tus.head(house.member, address)
    assert (answer.status_code, answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == (200, "0", "10")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "GMT" in answer.headers["Upload-Expires"]
    tus.part(house.member, address, 0, b"0123")
    assert tus.head(house.member, address).headers["Upload-Offset"] == "4"


def test_the_first_part_may_come_with_the_beginning(house: House) -> None:
    headers = {**tus.VERSION, "Upload-Length": "6", "Upload-Metadata": tus.metadata(name="a.bin")}
    answer = house.member.send("POST", "/api/upload", data=b"abc", content_type=tus.PART, headers=headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "3")
    assert tus.part(house.member, answer.headers["Location"], 3, b"def").status_code == 204


def test_a_first_part_that_is_longer_than_its_file_begins_nothing(house: House) -> None:
    headers = {**tus.VERSION, "Upload-Length": "2", "Upload-Metadata": tus.metadata(name="a.bin")}
    answer = house.member.send("POST", "/api/upload", data=b"abc", content_type=tus.PART, headers=headers)
    assert error_of(answer) == (413, "too_large") and listed(house.member) == []


def test_a_first_part_that_arrives_damaged_leaves_an_upload_that_goes_on(house: House) -> None:
    headers = {**tus.VERSION, "Upload-Length": "3", "Upload-Metadata": tus.metadata(name="a.bin")}
    headers["Upload-Checksum"] = tus.checksum(b"xyz")
    answer = house.member.send("POST", "/api/upload", data=b"abc", content_type=tus.PART, headers=headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")
    assert tus.part(house.member, answer.headers["Location"], 0, b"abc").status_code == 204


def test_every_request_says_which_version_it_speaks(house: House) -> None:
    address = tus.begun(house.member, 10)
    for method, path in (("POST", "/api/upload"), ("PATCH", address), ("HEAD", address), ("DELETE", address)):
        for headers in ({}, {"Tus-Resumable": "0.2.2"}):
            kind = tus.PART if method == "PATCH" else ""
            data = b"x" if method == "PATCH" else None
            sent = {"Upload-Length": "5", **headers}
            answer = house.member.send(method, path, headers=sent, data=data, content_type=kind)
            assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_only_bytes_are_taken_for_a_part(house: House) -> None:
    address = tus.begun(house.member, 10)
    for kind in ("application/json", "application/octet-stream", "multipart/form-data", "text/plain", ""):
        headers = {**tus.VERSION, "Upload-Offset": "0"}
        answer = house.member.send("PATCH", address, data=b"{}", content_type=kind, headers=headers)
        assert error_of(answer) == (415, "unsupported_media_type"), kind


def test_threat_73_an_offset_that_is_not_the_end_is_refused(house: House) -> None:
    address = tus.begun(house.member, 10)
    tus.part(house.member, address, 0, b"0123")
    for wrong in (0, 3, 5, 9, 10, 1000):
        answer = tus.part(house.member, address, wrong, b"x")
        assert (error_of(answer), answer.headers["Upload-Offset"]) == ((409, "misplaced"), "4")
    for nonsense in ("-1", "4.0", "", "0x4", "９", "1" * 40):
        sent = {**tus.VERSION, "Upload-Offset": nonsense}
        answer = house.member.send("PATCH", address, data=b"x", content_type=tus.PART, headers=sent)
        assert error_of(answer)[0] == 400, nonsense
    assert tus.part(house.member, address, 4, b"456789").status_code == 204


def test_threat_73_nothing_goes_beyond_the_promised_end(house: House) -> None:
    address = tus.begun(house.member, 10)
    assert error_of(tus.part(house.member, address, 0, b"x" * 11)) == (413, "too_large")
    tus.part(house.member, address, 0, b"0123")
    assert error_of(tus.part(house.member, address, 4, b"x" * 7)) == (413, "too_large")
    assert (folder(house) / address.rpartition("/")[2]).read_bytes() == b"0123"
    for length in ("-5", "ten", "", "1" * 30):
        headers = {**tus.VERSION, "Upload-Length": length, "Upload-Metadata": tus.metadata(name="a")}
        assert error_of(house.member.send("POST", "/api/upload", headers=headers))[0] == 400, length


def test_threat_73_the_upload_of_somebody_else_is_not_there(house: House) -> None:
    address = tus.begun(house.member, 10)
    for other in (house.admin, house.browser(house.state.add_user("dora", "Dora", "", Role.MEMBER))):
        assert error_of(tus.part(other, address, 0, b"x"))[0] == 404
        assert tus.head(other, address).status_code == 404
        assert error_of(tus.delete(other, address))[0] == 404
        assert listed(other) == []
    assert error_of(tus.part(house.member, "/api/upload/../../etc", 0, b"x"))[0] in (404, 405)
    assert error_of(tus.part(house.member, f"/api/upload/{'0' * 32}", 0, b"x"))[0] == 404
    assert error_of(tus.begin(house.kid, 5))[0] == 403
    assert error_of(tus.begin(house.stranger, 5))[0] == 401
    foreign = {"Origin": "https://evil.example"}
    assert error_of(tus.begin(house.member, 5, headers=foreign))[0] == 403
    assert tus.head(house.member, address).headers["Upload-Offset"] == "0"


def test_threat_73_of_a_part_with_a_wrong_checksum_nothing_is_kept(house: House) -> None:
    content = b"0123456789" * 1000
    address = tus.begun(house.member, len(content) * 2)
    for algorithm in ("sha1", "sha256"):
        before = int(tus.head(house.member, address).headers["Upload-Offset"])
        wrong = tus.checksum(b"something else", algorithm)
        answer = tus.part(house.member, address, before, content, Upload_Checksum=wrong)
        assert (error_of(answer), answer.headers["Upload-Offset"]) == ((460, "wrong_checksum"), str(before))
        assert (folder(house) / address.rpartition("/")[2]).stat().st_size == before
        right = tus.checksum(content, algorithm)
        assert tus.part(house.member, address, before, content, Upload_Checksum=right).status_code == 204
    for nonsense in ("md5 aaaa", "sha1", "sha1 !", "sha1 YWJj", "sha256 " + "A" * 28):
        address = tus.begun(house.member, 10)
        assert error_of(tus.part(house.member, address, 0, b"x", Upload_Checksum=nonsense))[0] == 400, nonsense


def test_threat_73_an_upload_expires_and_its_room_is_free_again(house: House) -> None:
    address = tus.begun(house.member, 10)
    tus.part(house.member, address, 0, b"0123")
    upload_id = address.rpartition("/")[2]
    house.state.advance_upload(upload_id, 4, now_ms() - 1)
    assert error_of(tus.part(house.member, address, 4, b"456789")) == (410, "expired")
    assert tus.head(house.member, address).status_code == 410
    settle_uploads(house.state, house.services.media_root)
    assert list(folder(house).iterdir()) == []
    assert error_of(tus.part(house.member, address, 4, b"456789"))[0] == 404


def test_threat_73_ten_thousand_empty_uploads_end_at_a_limit(house: House) -> None:
    assert error_of(tus.begin(house.member, 0))[0] == 400, "an empty file is nothing to keep"
    first = tus.begin(house.member, 1)
    assert first.status_code == 201
    owner = house.people["ben"].id
    with house.state.transaction():
        for number in range(4_998):
            house.state.add_upload(NewUpload(owner, f"{number}.bin", 1), now_ms() + 60_000)
    assert tus.begin(house.member, 1).status_code == 201
    for _ in range(3):
        refused = tus.begin(house.member, 1)
        assert error_of(refused) == (429, "too_many_requests") and int(refused.headers["Retry-After"]) > 0
    assert len(list(folder(house).iterdir())) == 2
    assert tus.begin(house.admin, 1).status_code == 201, "others are not concerned"


def test_threat_75_nobody_has_more_on_the_way_than_the_quota(small: House) -> None:
    assert error_of(tus.begin(small.member, (2 << 20) + 1)) == (413, "too_large")
    first = tus.begun(small.member, 2 << 20)
    answer = tus.begin(small.member, 2 << 20)
    assert error_of(answer) == (413, "too_large") and "3 MB" in error_text(answer)
    assert limits(small.member)["quota_left_bytes"] == 1 << 20
    assert tus.begin(small.member, 1 << 20).status_code == 201
    assert tus.begin(small.admin, 2 << 20).status_code == 201, "each has a quota"
    assert tus.delete(small.member, first).status_code == 204
    assert tus.begin(small.member, 2 << 20).status_code == 201


def test_threat_75_what_others_were_promised_is_not_promised_twice(tmp_path: Path) -> None:
    house = House(tmp_path, uploads=Uploads(max_upload_size_mb=1 << 30, user_quota_mb=1 << 30))
    try:
        free = limits(house.member)["free_bytes"]
        tus.begun(house.member, free - (1 << 30))
        assert limits(house.admin)["free_bytes"] <= 1 << 30
        for who in (house.admin, house.member):
            answer = tus.begin(who, 4 << 30)
            assert error_of(answer) == (507, "no_room") and "room" in error_text(answer)
        house.state.add_user("x", "X", "", Role.MEMBER)  # what remembers all this can still be written
    finally:
        house.close()


def test_threat_7_a_request_of_101_mb_is_refused_with_a_word_for_people(house: House) -> None:
    big = b"x" * (101 << 20)
    headers = {**tus.VERSION, "Upload-Length": str(len(big)), "Upload-Metadata": tus.metadata(name="a.mkv")}
    for kind in (tus.PART, "multipart/form-data; boundary=x", "application/octet-stream"):
        answer = house.member.send("POST", "/api/upload", data=big, content_type=kind, headers=headers)
        assert error_of(answer) == (413, "too_large"), kind
        assert "50 MB" in error_text(answer)
    address = tus.begun(house.member, len(big))
    answer = tus.part(house.member, address, 0, big[: CHUNK_BYTES + 1])
    assert error_of(answer) == (413, "too_large") and "50 MB" in error_text(answer)
    assert tus.part(house.member, address, 0, big[:CHUNK_BYTES]).status_code == 204


def test_threat_74_a_form_of_many_parts_is_never_read(house: House) -> None:
    body = b"".join(b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" for _ in range(100_000))
    for path in ("/api/upload", "/api/login"):
        answer = house.member.send(
            "POST", path, data=body, content_type="multipart/form-data; boundary=x", headers=tus.VERSION
        )
        assert error_of(answer)[0] in (413, 415), path


def test_threats_56_to_58_files_lie_under_their_ids_whatever_they_are_called(house: House) -> None:
    names = [
        "../../etc/passwd", "..\\..\\win.ini", "%2e%2e%2fx", "....//x", "/etc/shadow", "\\\\host\\share\\x",
        "C:\\x.mkv", "x.mkv:stream", "a\0b.mkv", "日本語.mkv", "中文.mkv", "…", "-rf.mp4", "CON", "nul.txt",
        "\u202egpj.exe", "a\r\nX: y", "x" * 300, "~root", "$(id)", "`id`", "'; DROP TABLE uploads;--", "<img src=x>",
    ]  # fmt: skip
    for name in names:
        for field in ("name", "folder"):
            answer = tus.begin(house.member, 1, None, **{"name": "x.bin", field: name})
            assert answer.status_code == 201, (name, answer.text)
    uploads = listed(house.member)
    assert {file.name for file in folder(house).iterdir()} == {one["id"] for one in uploads}
    for one in uploads:
        assert one["name"].isprintable() and "/" not in one["name"] and len(one["name"]) <= 255
        assert not {"..", "."} & set(one["folder"].split("/")) and not one["folder"].startswith("/")
    shown = [one["name"] for one in uploads]
    assert {"日本語.mkv", "中文.mkv", "-rf.mp4"} <= set(shown)
    for nothing in ("", "..", "/", "\u200b"):
        assert error_of(tus.begin(house.member, 1, name=nothing))[0] == 400


def test_a_description_that_cannot_be_read_is_refused(house: House) -> None:
    for text in ("name !!!", "name YQ==,name YQ==", "name /w==", "x" * 10_000, "sha256 YWJj,name YQ=="):
        headers = {**tus.VERSION, "Upload-Length": "5", "Upload-Metadata": text}
        assert error_of(house.member.send("POST", "/api/upload", headers=headers))[0] == 400, text
    assert tus.begin(house.member, 5, filetype="video/mp4", relativePath="x").status_code == 201, (
        "other clients say more"
    )


def test_a_library_that_the_person_may_not_see_is_not_there(house: House) -> None:
    films = next(one for one in house.state.list_libraries() if one.name == "Films")
    music = next(one for one in house.state.list_libraries() if one.name == "Music")
    user = house.state.add_user("emil", "Emil", "", Role.MEMBER)
    emil = house.browser(house.state.grant_libraries(user.id, [films.id], all_libraries=False))
    assert tus.begin(emil, 5, library=films.id).status_code == 201
    for wrong in (music.id, "nonsense"):
        assert error_of(tus.begin(emil, 5, library=wrong))[0] == 404


def test_an_upload_names_a_library_that_is_there_and_takes_files(house: House, tmp_path: Path) -> None:
    def add(name: str, *, read_only: bool = False) -> str:
        (tmp_path / name).mkdir()
        order = {"name": name, "kind": "movies", "path": str(tmp_path / name), "read_only": read_only}
        answer = house.admin.send("POST", "/api/libraries", order)
        assert answer.status_code == 201 and answer.json is not None, answer.text
        return str(answer.json["id"])

    more, locked, away = add("more"), add("locked", read_only=True), add("away")
    (folder_of_away,) = [one for one in house.state.list_folders() if one.library_id == away]
    house.state.note_folder_state(folder_of_away.id, "It is not plugged in.")
    podcasts = next(one for one in house.state.list_libraries() if one.name == "Podcasts")
    assert tus.begin(house.member, 5, library=more).status_code == 201
    for wrong, status, word in ((locked, 403, "read-only"), (away, 503, "plugged in"), (podcasts.id, 403, "web")):
        answer = tus.begin(house.member, 5, library=wrong)
        assert answer.status_code == status and word in answer.text, answer.text
    told = house.member.get("/api/uploads").get_json()["libraries"]
    names = [one["name"] for one in told]
    assert "more" in names and "Films" in names and not {"locked", "away", "Podcasts", "Articles"} & set(names)
    assert [one["is_primary"] for one in told if one["kind"] == "movies"] == [True, False]
    user = house.state.add_user("emil", "Emil", "", Role.MEMBER)
    emil = house.browser(house.state.grant_libraries(user.id, [more], all_libraries=False))
    assert [one["id"] for one in emil.get("/api/uploads").get_json()["libraries"]] == [more]


def test_an_upload_is_given_up_with_all_that_is_there_of_it(house: House) -> None:
    address = tus.begun(house.member, 10)
    tus.part(house.member, address, 0, b"0123")
    assert tus.delete(house.member, address).status_code == 204
    assert list(folder(house).iterdir()) == [] and listed(house.member) == []
    complete = tus.upload(house.member, b"0123")
    assert tus.delete(house.member, f"/api/upload/{complete}").status_code == 204
    assert list(folder(house).iterdir()) == []
    (job,) = house.state.list_jobs(JobStatus, 10)
    assert job.status is JobStatus.CANCELLED


def test_a_complete_upload_takes_nothing_more(house: House) -> None:
    upload_id = tus.upload(house.member, b"0123")
    assert error_of(tus.part(house.member, f"/api/upload/{upload_id}", 4, b"x"))[0] == 409
    assert tus.head(house.member, f"/api/upload/{upload_id}").headers["Upload-Offset"] == "4"


def test_uploads_can_be_switched_off(tmp_path: Path) -> None:
    house = House(tmp_path, uploads=Uploads(enabled=False))
    try:
        answer = tus.begin(house.member, 5)
        assert error_of(answer) == (403, "forbidden") and "uploads.enabled" in error_text(answer)
    finally:
        house.close()


def test_a_media_folder_that_is_gone_takes_nothing_and_forgets_nothing(house: House) -> None:
    address = tus.begun(house.member, 10)
    tus.part(house.member, address, 0, b"0123")
    root = house.settings.media_root
    root.rename(root.with_name("unplugged"))
    house.services.media_root._checked_at = -10.0
    assert error_of(tus.part(house.member, address, 4, b"x"))[0] == 503
    assert error_of(tus.begin(house.member, 10))[0] == 503
    assert limits(house.member)["free_bytes"] == 0 and len(listed(house.member)) == 1
    settle_uploads(house.state, house.services.media_root)
    root.with_name("unplugged").rename(root)
    house.services.media_root._checked_at = -10.0
    assert tus.part(house.member, address, 4, b"456789").status_code == 204


def test_what_a_crash_left_behind_what_was_sure_is_sent_again(house: House) -> None:
    content = bytes(range(200))
    address = tus.begun(house.member, len(content), sha256=hashlib.sha256(content).hexdigest())
    tus.part(house.member, address, 0, content[:100])
    file = folder(house) / address.rpartition("/")[2]
    with file.open("ab") as opened:
        opened.write(b"never flushed, perhaps torn" * 10)
    assert tus.head(house.member, address).headers["Upload-Offset"] == "100"
    assert tus.part(house.member, address, 100, content[100:]).status_code == 204
    assert file.read_bytes() == content


def test_a_file_that_lost_its_end_goes_on_from_what_is_there(house: House) -> None:
    address = tus.begun(house.member, 10)
    tus.part(house.member, address, 0, b"0123")
    file = folder(house) / address.rpartition("/")[2]
    file.write_bytes(b"01")
    assert tus.head(house.member, address).headers["Upload-Offset"] == "2"
    assert tus.part(house.member, address, 2, b"23456789").status_code == 204
    assert file.read_bytes() == b"0123456789"


def test_what_is_in_the_library_can_be_forgotten(house: House) -> None:
    tus.upload(house.member, b"0123")
    assert house.member.send("DELETE", "/api/uploads/done").status_code == 204
    assert len(listed(house.member)) == 1, "it only waits"
