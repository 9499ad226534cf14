"""The language of a page: chosen by the person, else on the device, else by the browser."""

import re

import pytest

from tests.routes.house import House, Somebody


def language_of(who: Somebody, path: str, *, accept: str = "", cookie: str = "") -> str:
    headers = {"Accept-Language": accept} | ({"Cookie": f"language={cookie}"} if cookie else {})
    answer = who.get(path, headers=headers)
    assert answer.status_code == 200
    found = re.search(r'<html lang="(\w+)" dir="ltr">', answer.text)
    assert found and found[1] == answer.headers["Content-Language"]
    return found[1]


def test_a_stranger_reads_the_language_of_the_browser_or_of_the_device(house: House) -> None:
    assert language_of(house.stranger, "/login") == "en"
    assert language_of(house.stranger, "/login", accept="fr, de-AT;q=0.8, en;q=0.5") == "de"
    assert language_of(house.stranger, "/login", accept="de", cookie="en") == "en"
    assert "Willkommen zurück" in house.stranger.get("/login", headers={"Accept-Language": "de"}).text


@pytest.mark.parametrize("cookie", ["xx", "../de", "%3Cscript%3E", "a" * 3000, '"'])
def test_a_strange_cookie_is_no_language(house: House, cookie: str) -> None:
    assert language_of(house.stranger, "/login", accept="de", cookie=cookie) == "de"


def test_a_german_page_asks_for_german_words_in_place_of_english_ones(house: House) -> None:
    english = house.member.get("/").text
    german = house.member.get("/", headers={"Accept-Language": "de"}).text
    assert "/js/de/" not in english
    assert re.search(r'"(/static/v/\w+/js/)strings\.js": "\1de/strings\.js"', german)
    assert re.search(r'modulepreload" href="/static/v/\w+/js/de/strings\.js"', german)
    assert not re.search(r'modulepreload" href="/static/v/\w+/js/strings\.js"', german)


def test_what_a_person_chose_holds_on_every_device(house: House) -> None:
    house.member.send("PATCH", "/api/me/choices", {"language": "de"})
    assert language_of(house.member, "/", accept="en-GB") == "de"
    assert language_of(house.kid, "/", accept="en-GB") == "en"
    house.member.send("PATCH", "/api/me/choices", {"language": ""})
    assert language_of(house.member, "/", accept="en-GB") == "en"
