"""One item: what is known of it, editing, the bin."""

from typing import Any

import pytest

from media_library.models.library import LibraryKind
from media_library.models.media import MediaNames, MediaType, NewMedia
from tests.conftest import file_of
from tests.routes.house import House, error_of


def test_an_item_tells_all_that_is_known_of_it(house: House) -> None:
    media = house.film("The Salt Road", b"x" * 77, year=1999)
    item: Any = house.member.get(f"/api/media/{media.id}").json
    assert (item["title"], item["year"], item["duration"], item["size_bytes"]) == ("The Salt Road", 1999, 60.0, 77)
    assert (item["path"], item["container"], item["mime"]) == (file_of(media).path, "mp4", "video/mp4")
    assert item["library"] == {"id": media.library_id, "name": "Films"}
    assert item["video"] == {"codec": "h264", "width": 720, "height": 576, "frame_rate": 25.0}
    assert [(one["language"], one["language_name"]) for one in item["audio"]] == [("eng", "English"), ("deu", "German")]
    assert item["subtitles"][0]["language_name"] == "French"
    assert item["chapters"][1] == {"title": "Two", "start": 30.0, "end": 60.0}
    assert (item["source"], item["progress"], item["locked"]) == (None, None, [])


def test_an_episode_knows_its_neighbours_across_seasons(house: House) -> None:
    last = house.episode("Harbour Lights", 2, 1)
    first, second = house.episode("Harbour Lights", 1, 1), house.episode("Harbour Lights", 1, 2)
    house.episode("Another Show", 1, 1)
    house.film("Harbour Lights")

    def neighbours(media_id: str) -> tuple[str | None, str | None]:
        item: Any = house.member.get(f"/api/media/{media_id}").json
        return item["neighbours"]["previous"], item["neighbours"]["next"]

    assert neighbours(first.id) == (None, second.id)
    assert neighbours(second.id) == (first.id, last.id)
    assert neighbours(last.id) == (second.id, None)


def test_a_film_has_no_neighbours(house: House) -> None:
    house.film("One")
    item: Any = house.member.get(f"/api/media/{house.film('Two').id}").json
    assert item["neighbours"] == {"previous": None, "next": None}


def test_an_edit_locks_what_it_touches_and_answers_the_question(house: House) -> None:
    media = house.add(MediaType.MOVIE, MediaNames("SALT_ROAD"), "a.mp4", b"x", review_reason="Two titles are alike.")
    item: Any = house.member.send("PATCH", f"/api/media/{media.id}/metadata", {"title": " The Salt Road "}).json
    assert (item["title"], item["locked"], item["needs_review"]) == ("The Salt Road", ["title"], False)
    item = house.member.send("PATCH", f"/api/media/{media.id}/metadata", {"year": None}).json
    assert (item["title"], item["year"], item["locked"]) == ("The Salt Road", None, ["title", "year"])


def test_a_name_that_was_set_by_hand_is_let_go_of(house: House) -> None:
    media = house.film("The Salt Road")
    path = f"/api/media/{media.id}/metadata"
    house.member.send("PATCH", path, {"title": "Salt", "year": 1999})
    item: Any = house.member.send("PATCH", path, {"unlock": ["title"]}).json
    assert (item["title"], item["year"], item["locked"]) == ("Salt", 1999, ["year"])
    item = house.member.send("PATCH", path, {"title": "Salt Road", "unlock": ["title", "year"]}).json
    assert (item["title"], item["locked"]) == ("Salt Road", [])


def test_a_correction_is_taken_back_with_its_values_and_locks(house: House) -> None:
    film, episode = house.film("The Salt Road"), house.episode("Harbour Lights", 1, 1)
    house.member.send("PATCH", f"/api/media/{film.id}/metadata", {"year": 1999})
    before: Any = house.member.get(f"/api/media/{film.id}").json
    path = f"/api/media/{film.id}/metadata"
    wish = {"title": "Salt", "edition": "Final Cut", "min_age": 12, "unlock": ["year"]}
    assert house.member.send("PATCH", path, wish).status_code == 200
    back = {"title": "The Salt Road", "edition": None, "min_age": None, "year": 1999}
    after: Any = house.member.send("PATCH", path, back | {"unlock": ["title", "edition", "min_age"]}).json
    assert after == before and after["locked"] == ["year"]
    answer = house.member.send("PATCH", f"/api/media/{episode.id}/metadata", {"show_title": None})
    assert error_of(answer) == (400, "bad_request"), "an episode belongs to a show"


def test_a_channel_that_a_video_did_not_have_is_taken_away_again(house: House) -> None:
    library = house.state.ensure_library(LibraryKind.VIDEOS, "Web videos", "videos")
    video = house.state.add_media(NewMedia(MediaType.VIDEO, library.id, MediaNames("Talk"), None))
    path = f"/api/media/{video.id}/metadata"
    assert house.member.send("PATCH", path, {"show_title": "Talks"}).json["show_title"] == "Talks"  # type: ignore[index]
    item: Any = house.member.send("PATCH", path, {"show_title": None, "unlock": ["show_title"]}).json
    assert (item["show_title"], item["show_key"], item["locked"]) == (None, None, [])


@pytest.mark.parametrize(
    "edit",
    [
        {"title": None}, {"title": ""}, {"title": "  "}, {"title": "a\nb"}, {"title": "a\n"}, {"title": "a\0"},
        {"title": "x" * 301}, {"year": 0}, {"year": 10_000}, {"year": "1999"}, {"season": 1}, {"show_title": "x"},
        {"artist": "x"}, {"locked": []}, {"id": "x"}, {"library_id": "x"}, {"path": "/etc/passwd"},
        {"unlock": ["path"]}, {"unlock": ["season"]}, {"unlock": "title"},
    ],
)  # fmt: skip
def test_an_edit_that_makes_no_sense_is_refused(house: House, edit: dict[str, object]) -> None:
    media = house.film("The Salt Road")
    answer = house.member.send("PATCH", f"/api/media/{media.id}/metadata", edit)
    assert error_of(answer) == (400, "bad_request")
    assert answer.json is not None and answer.json["error"]["field"] == next(iter(edit))
    assert house.state.media(media.id) == media


def test_threat_47_what_one_may_not_see_one_may_not_edit(house: House) -> None:
    episode = house.episode("Harbour Lights", 1, 1)
    user = house.people["ben"]
    house.state.grant_libraries(user.id, [], all_libraries=False)
    answer = house.browser(house.state.get_user(user.id)).send(
        "PATCH", f"/api/media/{episode.id}/metadata", {"title": "Mine"}
    )
    assert error_of(answer) == (404, "not_found")


def test_an_item_goes_to_the_bin_and_comes_back(house: House) -> None:
    media = house.film("The Salt Road")
    file = house.settings.media_root / file_of(media).path
    assert house.admin.send("DELETE", f"/api/media/{media.id}").status_code == 204
    assert not file.exists()
    assert error_of(house.admin.get(f"/api/media/{media.id}"))[0] == 404
    listed: Any = house.admin.get("/api/library").json
    assert listed["count"] == 0
    assert error_of(house.admin.send("DELETE", f"/api/media/{media.id}"))[0] == 404
    item: Any = house.admin.send("POST", f"/api/media/{media.id}/restore", {}).json
    assert item["id"] == media.id and file.read_bytes() == b"0123456789"
    assert error_of(house.admin.send("POST", f"/api/media/{media.id}/restore", {}))[0] == 404


def test_threat_115_text_with_markup_stays_text(house: House) -> None:
    media = house.film("The Salt Road")
    markup = "</script><img src=x onerror=alert(1)>"
    answer = house.member.send("PATCH", f"/api/media/{media.id}/metadata", {"title": markup})
    assert answer.json is not None and answer.json["title"] == markup
    assert answer.mimetype == "application/json" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert markup not in house.member.get(f"/item/{media.id}").text
