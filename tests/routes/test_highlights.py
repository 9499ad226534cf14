"""Highlights over HTTP: one's own, in what one may see, on every device; and as Markdown."""

from typing import Any

import pytest

from media_library.models.library import LibraryKind
from media_library.models.media import MediaNames, MediaType, NewMedia
from tests.routes.house import House, error_of

PASSAGE = {"start": 4, "end": 9, "quote": "quick"}


def text_in(house: House, title: str = "On Foxes", kind: MediaType = MediaType.ARTICLE) -> str:
    library = house.state.library_of_kind(LibraryKind.ARTICLES)
    return house.state.add_media(NewMedia(kind, library.id, MediaNames(title, artist="A. Writer"), None)).id


def marked(house: House, media_id: str, **more: Any) -> Any:
    answer = house.member.send("POST", f"/api/media/{media_id}/highlights", PASSAGE | more)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_highlight_is_there_on_every_device_of_the_person_and_nobody_else_s(house: House) -> None:
    media_id = text_in(house)
    made = marked(house, media_id, note="why?", colour="blue")
    assert (made["chapter"], made["quote"], made["colour"], made["note"]) == (0, "quick", "blue", "why?")
    path = f"/api/media/{media_id}/highlights"
    assert house.member.get(path).json == {"highlights": [made]}
    assert house.admin.get(path).json == {"highlights": []}
    assert error_of(house.admin.send("PATCH", f"{path}/{made['id']}", {"note": "mine"}))[0] == 404
    assert error_of(house.admin.send("DELETE", f"{path}/{made['id']}"))[0] == 404
    assert house.stranger.get(path).status_code == 401


def test_colour_and_note_change_one_by_one(house: House) -> None:
    media_id = text_in(house)
    made = marked(house, media_id, note="why?")
    path = f"/api/media/{media_id}/highlights/{made['id']}"
    painted: Any = house.member.send("PATCH", path, {"colour": "pink"}).json
    assert (painted["colour"], painted["note"]) == ("pink", "why?")
    cleared: Any = house.member.send("PATCH", path, {"note": None}).json
    assert (cleared["colour"], cleared["note"]) == ("pink", None)
    assert house.member.get(f"/api/media/{media_id}/highlights").json == {"highlights": [cleared]}
    assert house.member.send("DELETE", path).status_code == 204
    assert error_of(house.member.send("DELETE", path))[0] == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": -1}, {"end": 4}, {"end": 3}, {"quote": ""}, {"quote": "x" * 10_001}, {"colour": "red"},
        {"chapter": -1},
        {"note": "x" * 10_001}, {"start": 1.5}, {"start": "4"}, {"end": 10**12}, {"user_id": "x"}, {"id": "x"},
    ],
)  # fmt: skip
def test_what_is_no_passage_is_refused(house: House, wrong: dict[str, Any]) -> None:
    media_id = text_in(house)
    assert house.member.send("POST", f"/api/media/{media_id}/highlights", PASSAGE | wrong).status_code in (400, 422)
    assert house.member.get(f"/api/media/{media_id}/highlights").json == {"highlights": []}


def test_only_what_is_read_is_marked_and_only_what_is_seen(house: House) -> None:
    film = text_in(house, "A Film", MediaType.MOVIE)
    assert error_of(house.member.send("POST", f"/api/media/{film}/highlights", PASSAGE))[0] == 400
    assert error_of(house.member.send("POST", "/api/media/none/highlights", PASSAGE))[0] == 404
    media_id = text_in(house)
    assert house.kid.send("POST", f"/api/media/{media_id}/highlights", PASSAGE).status_code in (201, 404)


def test_all_highlights_stand_by_text_the_last_marked_first(house: House) -> None:
    first, second = text_in(house, "First"), text_in(house, "Second")
    marked(house, second)
    marked(house, first, start=9, end=12, quote="fox", chapter=1)
    marked(house, first)
    answer: Any = house.member.get("/api/highlights").json
    texts = answer["texts"]
    assert {one["title"]: [mark["quote"] for mark in one["highlights"]] for one in texts} == {
        "First": ["quick", "fox"],
        "Second": ["quick"],
    }
    assert house.admin.get("/api/highlights").json == {"texts": []}


def test_markdown_quotes_the_passages_and_lets_none_of_them_be_markup(house: House) -> None:
    media_id = text_in(house, "On *Foxes* <script>")
    marked(house, media_id, quote="a [link](javascript:alert(1))\n\n# not a heading", note="- no list\n> no quote")
    other = text_in(house, "Other")
    marked(house, other)
    answer = house.member.get(f"/api/highlights.md?media_id={media_id}")
    assert answer.mimetype == "text/markdown"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.text == (
        "# On \\*Foxes\\* \\<script\\>\n\nA. Writer\n\n> a \\[link\\](javascript:alert(1))\n>\n> \\# not a heading\n\n"
        "\\- no list \\> no quote\n"
    )
    assert "# Other" in house.member.get("/api/highlights.md").text


def test_highlights_go_with_the_person(house: House) -> None:
    marked(house, text_in(house))
    house.admin.send("DELETE", f"/api/users/{house.people['ben'].id}")
    assert house.state._rows("SELECT count(*) FROM highlights") == [(0,)]
