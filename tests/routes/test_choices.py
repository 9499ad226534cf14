"""How a person likes things: theirs alone, on every device."""

from typing import Any

import pytest

from tests.routes.house import House, error_of

FIRST = {
    "language": "", "audio_language": "", "subtitle_language": "", "subtitles": "auto", "autoplay_next": True,
    "skip_intros": False, "quality": "auto", "voice_boost": False, "skip_silence": False, "gapless": True,
    "replay_gain": "album",
}  # fmt: skip


def test_everybody_begins_with_the_same_choices(house: House) -> None:
    for somebody in (house.admin, house.member, house.kid):
        assert somebody.get("/api/me/choices").json == FIRST


def test_a_choice_is_one_person_s_on_every_device_and_leaves_the_others_alone(house: House) -> None:
    wish = {"language": "de", "audio_language": "deu", "skip_intros": True, "replay_gain": "off"}
    answer: Any = house.kid.send("PATCH", "/api/me/choices", wish).json
    assert answer == FIRST | wish
    assert house.kid.send("PATCH", "/api/me/choices", {"quality": "720p"}).json == FIRST | wish | {"quality": "720p"}
    elsewhere: Any = house.browser(house.people["cleo"]).get("/api/me/choices").json
    assert elsewhere["audio_language"] == "deu"
    assert house.member.get("/api/me/choices").json == FIRST
    assert house.kid.send("PATCH", "/api/me/choices", {}).json == FIRST | wish | {"quality": "720p"}


def test_choices_go_with_the_person(house: House) -> None:
    house.kid.send("PATCH", "/api/me/choices", {"gapless": False})
    house.admin.send("DELETE", f"/api/users/{house.people['cleo'].id}")
    assert house.state._rows("SELECT * FROM user_settings") == []


@pytest.mark.parametrize(
    "wish",
    [
        {"language": "fr"}, {"language": None}, {"audio_language": "de"}, {"audio_language": "DEU"}, {"gapless": 1},
        {"audio_language": "deu\n"}, {"subtitles": "sometimes"}, {"quality": "9000p"}, {"user_id": "x"},
        {"role": "admin"},
    ],
)  # fmt: skip
def test_threat_46_what_is_no_choice_is_refused(house: House, wish: dict[str, object]) -> None:
    assert error_of(house.member.send("PATCH", "/api/me/choices", wish)) == (400, "bad_request")
    assert house.member.get("/api/me/choices").json == FIRST
