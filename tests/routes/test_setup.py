"""Claiming the box: from within the house, with the token, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.services import setup_token
from tests.routes.household import HOUSE, PASSWORD, PUBLIC, Household, error_of


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Household]:
    household = Household(tmp_path, public_url=PUBLIC)
    yield household
    household.state.close()


def claim(token: str) -> dict[str, str]:
    return {"token": token, "username": "root", "password": PASSWORD}


def test_an_unclaimed_box_says_where_its_token_is(household: Household) -> None:
    answer = household.browser().send("GET", "/api/setup")
    assert answer.json == {"needed": True, "token_file": str(setup_token.token_path(household.settings))}


def test_who_claims_the_box_is_signed_in_as_admin(household: Household) -> None:
    browser = household.claimed()
    me = browser.send("GET", "/api/me").json
    assert (me["user"]["username"], me["user"]["role"]) == ("root", "admin")
    assert me["server"]["library_name"] == "Our films"
    assert household.browser().send("GET", "/api/setup").json == {"needed": False, "token_file": None}


def test_threat_17_without_the_token_the_box_is_not_claimed(household: Household) -> None:
    setup_token.renew(household.settings)
    answers = [household.browser().send("POST", "/api/setup", claim(f"guess {number}")) for number in range(12)]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429] * 2
    assert error_of(answers[0])["code"] == "forbidden"
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert not household.state.is_claimed()


FORWARDED = [
    ("CF-Connecting-IP", "192.168.1.10"),
    ("CF-Ray", "8f0"),
    ("Cdn-Loop", "cloudflare"),
    ("Via", "1.1 proxy"),
    ("X-Forwarded-For", "127.0.0.1"),
    ("X-Forwarded-Host", "192.168.1.2"),
    ("X-Forwarded-Proto", "https"),
    ("Forwarded", "for=127.0.0.1"),
    ("X-Real-IP", "::1"),
    ("True-Client-IP", "::1"),
    ("x-forwarded-server", ""),
]


@pytest.mark.parametrize(("header", "value"), FORWARDED)
def test_threat_17_what_came_through_a_tunnel_does_not_find_the_setup(
    household: Household, header: str, value: str
) -> None:
    token = setup_token.renew(household.settings)
    browser = household.browser()
    for answer in (
        browser.send("GET", "/api/setup", headers={header: value}),
        browser.send("POST", "/api/setup", claim(token), headers={header: value}),
    ):
        assert answer.status_code == 404
        assert str(household.settings.data_directory) not in answer.text
    assert not household.state.is_claimed()


@pytest.mark.parametrize("origin", [PUBLIC, f"{PUBLIC}:8443", "http://media.example.org", "http://MEDIA.example.org."])
def test_threat_17_the_public_address_does_not_show_the_setup(household: Household, origin: str) -> None:
    token = setup_token.renew(household.settings)
    browser = household.browser(origin)
    assert browser.send("GET", "/api/setup").status_code == 404
    assert browser.send("POST", "/api/setup", claim(token), headers={"Origin": PUBLIC}).status_code == 404
    assert not household.state.is_claimed()


def test_threat_18_a_claimed_box_cannot_be_claimed_again(household: Household) -> None:
    household.claimed()
    answer = household.browser().send("POST", "/api/setup", claim(setup_token.renew(household.settings)))
    assert answer.status_code == 409
    assert len(household.state.list_users()) == 1


def test_threat_31_a_foreign_page_cannot_claim_the_box(household: Household) -> None:
    token = setup_token.renew(household.settings)
    browser = household.browser()
    for origin in ("https://evil.example", "null", f"{HOUSE}.evil.example"):
        answer = browser.send("POST", "/api/setup", claim(token), headers={"Origin": origin})
        assert answer.status_code == 403
    assert not household.state.is_claimed()


@pytest.mark.parametrize("extra", [{"role": "admin"}, {"is_admin": True}, {"id": "1"}])
def test_threat_46_a_claim_with_further_fields_is_refused(household: Household, extra: dict[str, object]) -> None:
    token = setup_token.renew(household.settings)
    answer = household.browser().send("POST", "/api/setup", {**claim(token), **extra})
    assert answer.status_code == 400
    assert error_of(answer)["field"] == next(iter(extra))
    assert not household.state.is_claimed()
