"""The video player: what this browser cannot decode plays all the same, in the sound and with the words one wants."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.known_house import ask, id_of
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.fixtures.tools import run

Visit = Callable[..., Visitor]
POSITION = "(document.querySelector('video')?.currentTime ?? 0)"
RUNS = "document.querySelector('video')?.paused === false"
SECONDS = 100
PICTURE = ("-f", "lavfi", "-i", f"testsrc2=size=640x480:rate=12:duration={SECONDS}")
TONES = tuple(
    word for tone in (330, 440) for word in ("-f", "lavfi", "-i", f"sine=frequency={tone}:duration={SECONDS}")
)
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "40", "-g", "24", "-pix_fmt", "yuv420p")
CHAPTERS = ";FFMETADATA1\n" + "".join(
    f"[CHAPTER]\nTIMEBASE=1/1\nSTART={start}\nEND={end}\ntitle={title}\n"
    for start, end, title in ((0, 20, "Intro"), (20, 80, "The Harbour"), (80, 100, "End Credits"))
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: object) -> Iterator[Appliance]:
    """A house with a film that Chromium cannot decode, one of whose sound it cannot, and two episodes that it can."""
    box = Appliance(tmp_path_factory.mktemp("player") / "house")
    try:
        _fill(box.folder / "media")
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.mark.timeout(240)
def test_what_the_browser_cannot_decode_plays_seeks_far_and_goes_on_elsewhere(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    film = id_of(visitor, "Old Film")
    visitor.follow(f"/play/{film}")
    visitor.wait_for(f"{POSITION} > 0.3", seconds=30)
    assert visitor.page.evaluate("document.querySelector('video').videoWidth") > 0

    with visitor.page.expect_response(lambda answer: "/progress" in answer.url and answer.ok):
        visitor.page.keyboard.press("7")
    visitor.wait_for(f"{POSITION} > 70.4", seconds=30)
    with visitor.page.expect_response(lambda answer: "/progress" in answer.url and answer.ok):
        visitor.page.keyboard.press("k")
    assert [one["title"] for one in ask(visitor, "/api/playback")["sessions"]] == ["Old Film"]
    visitor.page.keyboard.press("Escape")
    visitor.wait(lambda: not ask(visitor, "/api/playback")["sessions"], "an end of the session")

    phone = visit(house, width=390)
    phone.sign_in(f"/play/{film}")
    expect(phone.page.get_by_text("Resumed at")).to_be_visible()
    phone.wait_for(f"{POSITION} > 70.4", seconds=30)


@pytest.mark.timeout(240)
def test_the_player_says_why_a_film_is_converted_and_takes_another_quality(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house, axe=True)
    page = visitor.page
    visitor.follow(f"/play/{id_of(visitor, 'Old Film')}?t=10")
    visitor.wait_for(f"{POSITION} > 10.2", seconds=30)

    _open(visitor, "Quality, speed and more")
    page.get_by_role("button", name="How it is played").click()
    panel = page.get_by_role("dialog", name="How it is played")
    expect(panel).to_contain_text("This browser does not know the format of the picture.")
    expect(panel).to_contain_text("MPEG-2")
    expect(panel).to_contain_text("→ H.264")
    assert check(visitor, "the player") == []
    panel.get_by_role("button", name="Back to the menu").click()

    page.locator(".menu__row", has_text="Quality").click()
    page.get_by_role("radio", name="360p").click()
    visitor.wait_for(f"document.querySelector('video')?.videoHeight === 360 && {RUNS} && {POSITION} > 10", seconds=30)
    assert [one["quality"] for one in ask(visitor, "/api/playback")["sessions"]] == ["360p"]


@pytest.mark.timeout(240)
def test_foreign_sound_brings_subtitles_and_another_track_takes_them_away(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    page = visitor.page
    visitor.follow(f"/play/{id_of(visitor, 'Foreign Film')}?t=10")
    lines = page.locator(".captions__text")
    expect(lines).to_contain_text("The keeper said nothing", timeout=30_000)
    assert ask(visitor, "/api/playback")["sessions"][0]["encoder"] is None, "its picture needs no encoding"

    _open(visitor, "Sound and subtitles")
    expect(page.get_by_role("radio", name="French")).to_be_checked()
    page.get_by_role("radio", name="German").click()
    expect(lines).to_contain_text("Der Wärter schwieg")
    page.get_by_role("radiogroup", name="Subtitles").get_by_role("radio", name="Off").click()
    expect(lines).to_have_count(0)

    before = ask(visitor, "/api/playback")["sessions"][0]["id"]
    page.get_by_role("radiogroup", name="Sound").get_by_role("radio", name="English").click()
    expect(page.get_by_role("radiogroup", name="Sound").get_by_role("radio", name="English")).to_be_checked()
    visitor.wait_for(f"{RUNS} && {POSITION} > 10", seconds=30)
    assert before not in [one["id"] for one in ask(visitor, "/api/playback")["sessions"]]
    choices = ask(visitor, "/api/me/choices")
    assert (choices["audio_language"], choices["subtitle_language"]) == ("eng", "deu")


@pytest.mark.timeout(240)
def test_the_next_episode_counts_down_over_the_credits_and_begins(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    page = visitor.page
    first, second = (id_of(visitor, f"Episode {number}", "episode") for number in (1, 2))
    visitor.follow(f"/play/{first}?t=2")
    page.get_by_role("button", name="Skip intro").click()
    visitor.wait_for(f"{POSITION} > 20")
    page.keyboard.press("8")
    card = page.get_by_role("complementary", name="Next episode")
    expect(card).to_contain_text("Begins in")
    card.get_by_role("button", name="Not now").click()
    expect(card).to_have_count(0)

    visitor.follow(f"/play/{second}")
    visitor.follow(f"/play/{first}?t=85")
    visitor.wait_for(f"location.pathname === '/play/{first}' && {POSITION} > 85")
    visitor.page.evaluate("document.querySelector('video').playbackRate = 4")
    visitor.wait_for(f"location.pathname === '/play/{second}' && {RUNS} && {POSITION} > 0.2", seconds=40)


def test_the_small_player_goes_along_and_its_end_is_the_end_of_the_session(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    page = visitor.page
    visitor.follow(f"/play/{id_of(visitor, 'Old Film')}?t=0")
    visitor.wait_for(f"{POSITION} > 0.3", seconds=30)
    visitor.follow("/films")
    corner = page.locator(".stage--mini")
    expect(corner).to_be_visible()
    here = float(page.evaluate(POSITION))
    visitor.wait_for(f"{POSITION} > {here} + 0.3")
    expect(page.locator(".player")).to_have_count(0)
    corner.get_by_role("button", name="Stop and close").click()
    expect(corner).to_have_count(0)
    visitor.wait(lambda: not ask(visitor, "/api/playback")["sessions"], "an end of the session")


def test_a_session_that_the_server_has_ended_is_asked_for_again_where_one_was(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    visitor.follow(f"/play/{id_of(visitor, 'Old Film')}?t=30")
    visitor.wait_for(f"{POSITION} > 30.2", seconds=30)
    first = ask(visitor, "/api/playback")["sessions"][0]["id"]
    assert _send(visitor, "DELETE", f"/api/playback/{first}", {}) == 204
    visitor.page.keyboard.press("9")
    visitor.wait_for(f"{POSITION} > 90.2 && {RUNS}", seconds=40)
    assert [one["id"] for one in ask(visitor, "/api/playback")["sessions"]] not in ([], [first])
    visitor.forgive("404")


def test_a_file_that_the_browser_refuses_against_its_word_comes_another_way(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    visitor.page.route("**/api/stream/**", lambda route: route.fulfill(content_type="video/mp4", body="no film" * 99))
    visitor.follow(f"/play/{id_of(visitor, 'Episode 1', 'episode')}?t=40")
    visitor.wait_for(f"{POSITION} > 40.3 && {RUNS}", seconds=40)
    assert [one["method"] for one in ask(visitor, "/api/playback")["sessions"]] == ["remux"]


def _enter(visit: Visit, house: Appliance, *, axe: bool = False) -> Visitor:
    """Somebody who has signed in, with all films known and nothing chosen before."""
    visitor = visit(house, axe=axe)
    visitor.sign_in("/")
    _send(visitor, "PATCH", "/api/me/choices", {"audio_language": "", "subtitle_language": "", "subtitles": "auto"})
    if ask(visitor, "/api/library?limit=10")["count"] < 4:
        _send(visitor, "POST", "/api/scan", {})

    def is_known() -> bool:
        items = ask(visitor, "/api/library?limit=10")["items"]
        return len(items) == 4 and all(item["duration"] for item in items)

    visitor.wait(is_known, "a library that was looked through", seconds=60)
    _end_conversions(visitor)
    visitor.go("/")
    return visitor


def _end_conversions(visitor: Visitor) -> None:
    """End what earlier visitors left: a browser that was closed like a trap could not say good-bye."""
    for session in ask(visitor, "/api/playback")["sessions"]:
        _send(visitor, "DELETE", f"/api/playback/{session['id']}", {})


def _open(visitor: Visitor, name: str) -> None:
    visitor.page.mouse.move(400, 300)
    visitor.page.mouse.move(420, 320)
    visitor.page.get_by_role("button", name=name).click()


def _send(visitor: Visitor, method: str, path: str, body: object) -> Any:
    return visitor.page.evaluate(
        """([method, path, body]) => fetch(path, {
            method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
        }).then((answer) => answer.status)""",
        [method, path, body],
    )


def _fill(media: Path) -> None:
    old, foreign = (
        media / "movies" / f"{title}" / f"{title}.mkv" for title in ("Old Film (1961)", "Foreign Film (1962)")
    )
    season = media / "shows" / "Harbour Lights (2020)" / "Season 01"
    for folder in (old.parent, foreign.parent, season):
        folder.mkdir(parents=True)
    extra = media.parent
    (extra / "en.srt").write_text(_subtitles("The keeper said nothing"))
    (extra / "de.srt").write_text(_subtitles("Der Wärter schwieg"))
    (extra / "chapters.txt").write_text(CHAPTERS)
    _make(extra, *PICTURE, *TONES[:4], "-c:v", "mpeg2video", "-g", "12", "-r", "24", "-c:a", "ac3", str(old))
    languages = (("a:0", "fra"), ("a:1", "eng"), ("s:0", "eng"), ("s:1", "deu"))
    named = [word for stream, code in languages for word in (f"-metadata:s:{stream}", f"language={code}")]
    _make(
        extra,
        *(*PICTURE, *TONES, "-i", "en.srt", "-i", "de.srt"),
        *("-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3", "-map", "4"),
        *(*H264, "-c:a", "ac3", "-c:s", "srt", *named, str(foreign)),
    )
    for number in (1, 2):
        target = season / f"Harbour Lights (2020) - S01E0{number}.mp4"
        sound = ("-c:a", "aac", "-movflags", "+faststart", "-metadata", f"title=Episode {number}")
        _make(extra, *PICTURE, *TONES[:4], "-i", "chapters.txt", "-map_metadata", "2", *H264, *sound, str(target))


def _make(folder: Path, *arguments: str) -> None:
    run(("ffmpeg", "-nostdin", "-v", "error", *arguments), cwd=folder)


def _subtitles(line: str) -> str:
    def stamp(at: int) -> str:
        return f"00:{at // 60:02d}:{at % 60:02d},000"

    starts = range(0, SECONDS, 5)
    return "".join(
        f"{number}\n{stamp(at)} --> {stamp(at + 5)}\n{line}.\n\n" for number, at in enumerate(starts, start=1)
    )
