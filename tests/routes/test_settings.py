"""What can be tuned while the program runs."""

from typing import Any

import pytest

from media_library.services.disc_desk import first_preferences
from tests.routes.house import House, error_of


def change(house: House, **discs: object) -> Any:
    return house.admin.send("PATCH", "/api/settings", {"discs": discs}).json


def test_the_first_values_come_from_the_configuration(house: House) -> None:
    answer: Any = house.admin.get("/api/settings").json
    assert answer["discs"]["auto_rip"] is True and answer["discs"]["simultaneous_rips"] == 2
    assert answer["output"] == {
        "format": "mp4", "video_encoder": "x264", "quality": 20.0, "audio_encoder": "av_aac", "preset": "Fast 1080p30",
    }  # fmt: skip
    assert answer["handbrake"]["presets"] == ["Fast 1080p30"]


def test_a_change_touches_only_what_it_names_and_is_written_down(house: House) -> None:
    answer = change(house, auto_rip=False, audio_languages=["deu", "eng"])
    assert (answer["discs"]["auto_rip"], answer["discs"]["audio_languages"]) == (False, ["deu", "eng"])
    assert answer["discs"]["auto_eject"] is True
    assert change(house, subtitle_languages=["none"])["discs"]["auto_rip"] is False
    kept = house.state.disc_preferences(first_preferences(house.settings))
    assert (kept.auto_rip, kept.audio_languages, kept.subtitle_languages) == (False, ("deu", "eng"), ("none",))
    assert house.state.list_audit(1)[0].action == "change_settings"


@pytest.mark.parametrize(
    "discs",
    [
        {"auto_rip": 1}, {"auto_rip": "true"}, {"auto_rip": None}, {"stall_minutes": 0}, {"stall_minutes": 1000},
        {"stall_minutes": 2.5}, {"simultaneous_rips": 0}, {"simultaneous_rips": 99}, {"audio_languages": "deu"},
        {"audio_languages": ["de"]}, {"audio_languages": ["DEU"]}, {"audio_languages": ["deu\n"]},
        {"audio_languages": ["none"]}, {"audio_languages": ["deu"] * 100}, {"subtitle_languages": ["none", "deu"]},
        {"secret_key": "x"}, {"preset": "x"},
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_refused(house: House, discs: dict[str, object]) -> None:
    answer = house.admin.send("PATCH", "/api/settings", {"discs": discs})
    assert error_of(answer) == (400, "bad_request")
    assert next(iter(discs)) in answer.text
    assert house.state.disc_preferences(first_preferences(house.settings)) == first_preferences(house.settings)


@pytest.mark.parametrize("body", [[], {"output": {"quality": 1}}, {"discs": {}, "handbrake": {}}, {"discs": []}])
def test_threat_128_the_configuration_file_is_not_for_the_web_app(house: House, body: object) -> None:
    assert error_of(house.admin.send("PATCH", "/api/settings", body)) == (400, "bad_request")
