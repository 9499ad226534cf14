"""Threat 52: what is not for a kid is nowhere, in no list, search, count, picture, stream or event."""

import json
import re
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from werkzeug.test import TestResponse

from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.podcast import NewEpisode, NewPodcast, PodcastPolicy
from media_library.models.subtitle import SpokenLine, SpokenTrack
from media_library.models.user import Role
from media_library.models.work import (
    Credit,
    Person,
    Settlement,
    ShowEpisode,
    WorkFacts,
    WorkIds,
    WorkState,
    movie_key,
    show_work_key,
)
from media_library.routes.auth import Access
from media_library.routes.helpers import Endpoint
from media_library.routes.live import rooms_of
from tests.routes.house import STREAMS, House, Somebody

CANARY = "Zyxomma"
"""Stands in everything that the kid must not see."""

SEEN = "Bunnyhop"
"""Stands in everything that the kid may see."""

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass
class Planted:
    """A house with things for children and others, its kid, every id of the others and some of the allowed ones."""

    house: House
    kid: Somebody
    forbidden: list[str]
    seen: Media
    allowed: list[str]


def said(answer: TestResponse) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json


def film(house: House, title: str, age: int | None, kind: LibraryKind = LibraryKind.MOVIES) -> Media:
    made = house.film(title, content=b"0123456789", year=1999)
    house.state.rate_media([(made.id, age)])
    house.state.put_media_text(made.id, f"{title} says a word that is long enough to be found in a text")
    return made


def other(house: House, media_type: MediaType, library: LibraryKind, names: MediaNames, **more: Any) -> Media:
    folder = house.state.library_of_kind(library)
    path = f"{folder.folder}/{names.title}.mp4"
    place = house.settings.media_root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"0123456789")
    facts = place.stat()
    file = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, "mp4", 60_000)
    return house.state.add_media(NewMedia(media_type, folder.id, names, file, STREAMS, **more))


def know(house: House, key: str, title: str, person: str, genre: str) -> str:
    """A work with a person, a genre and facts; returns the id of the person."""
    state = house.state
    state.put_work_pending([key])
    state.settle_work(key, Settlement(WorkState.CONFIRMED))
    state.describe_work(key, WorkFacts(title=title, overview=f"{title} goes by", genres=(genre,)), WorkIds())
    state.put_credits(key, [Credit(Person("", person), "cast", title)])
    return str(state._rows("SELECT id FROM persons WHERE name = ?", (person,))[0][0])


@pytest.fixture
def planted(house: House) -> Planted:
    state = house.state
    user = state.add_user("dot", "Dot", "", Role.KID)
    user = state.limit_age(user.id, 6, sees_unrated=False)
    kid = house.browser(user)
    seen = film(house, f"{SEEN} one", 0)
    player = know(house, movie_key(seen.id), f"{SEEN} one", f"{SEEN} Player", f"{SEEN} genre")
    series = [house.episode(f"{SEEN} Show", 1, number) for number in (1, 2)]
    show = str(state._rows("SELECT show_key FROM media WHERE id = ?", (series[0].id,))[0][0])
    know(house, show_work_key(show), f"{SEEN} Show", f"{SEEN} Player", f"{SEEN} genre")
    # one episode of the show is not for children: it is neither listed nor named as missing
    names = MediaNames(f"{CANARY} episode", show_title=f"{SEEN} Show", season=1, episode=3)
    hidden = other(house, MediaType.EPISODE, LibraryKind.SHOWS, names)
    state.put_show_episodes(show_work_key(show), [ShowEpisode(1, 3, f"{CANARY} missing", aired_on="2001-01-01")], None)
    state.rate_media([(one.id, 6) for one in series] + [(hidden.id, 16)])

    adult, unrated = film(house, f"{CANARY} film", 16), film(house, f"{CANARY} unrated", None)
    whole = [house.episode(f"{CANARY} Show", 1, number) for number in (1, 2)]
    state.rate_media([(one.id, 12) for one in whole])
    whole_key = str(state._rows("SELECT show_key FROM media WHERE id = ?", (whole[0].id,))[0][0])
    person = know(house, movie_key(adult.id), f"{CANARY} film", f"{CANARY} Player", f"{CANARY} genre")
    know(house, show_work_key(whole_key), f"{CANARY} Show", f"{CANARY} Player", f"{CANARY} genre")
    clip = other(
        house, MediaType.VIDEO, LibraryKind.VIDEOS, MediaNames(f"{CANARY} clip", show_title=f"{CANARY} channel")
    )
    channel = str(state._rows("SELECT show_key FROM media WHERE id = ?", (clip.id,))[0][0])
    extra = other(
        house, MediaType.EXTRA, LibraryKind.MOVIES, MediaNames(f"{CANARY} trailer"), parent_id=seen.id,
        extra_kind="trailer",
    )  # fmt: skip
    state.rate_media([(extra.id, 18)])
    forbidden = [hidden, adult, unrated, *whole, clip, extra]
    for one in forbidden:
        state.save_playback(user.id, one.id, 20_000, 60_000)  # begun before anybody set a limit
        state.put_media_text(one.id, f"the {CANARY} text of {one.names.title}")
        state.mark_artwork(one.id, poster=True, still=True, backdrop=True)
        line = SpokenLine(1_000, f"the {CANARY} is said aloud")
        state.put_spoken(one.id, "tag", [SpokenTrack("s3", "eng", (line,))])
    state.save_playback(user.id, seen.id, 20_000, 60_000)

    lists = []
    for title, members in ((f"{CANARY} list", [adult, unrated]), (f"{SEEN} list", [seen, adult])):
        found = said(house.admin.send("POST", "/api/collections", {"title": title}))
        lists.append(str(found["id"]))
        for one in members:
            answer = house.admin.send("POST", f"/api/collections/{found['id']}/items", {"media_id": one.id})
            assert answer.status_code in (200, 201), answer.text
    work_keys = [movie_key(adult.id), show_work_key(whole_key)]
    ids = [one.id for one in forbidden]
    while state.refresh_words():
        pass
    return Planted(
        house, kid, [*ids, whole_key, channel, person, lists[0], *work_keys], seen, [seen.id, show, player, lists[1]]
    )


def readable(house: House) -> list[Endpoint]:
    views = house.web.app.view_functions.values()
    return [view for view in views if isinstance(view, Endpoint) and view.method == "GET" and not view.is_page]


def addresses(endpoint: Endpoint, ids: list[str]) -> list[str]:
    """The addresses of a route, with each of the ids in each place; small numbers where a route wants numbers."""
    if "<" not in endpoint.path:
        return [endpoint.path]
    found = []
    for one in ids:

        def value(place: re.Match[str], one: str = one) -> str:
            return "1" if "int:" in place[0] else one

        found.append(_PARAMETER.sub(value, endpoint.path))
    return list(dict.fromkeys(found))


def test_threat_52_no_route_shows_a_kid_what_is_not_for_them(planted: Planted) -> None:
    house, asked, told = planted.house, 0, ""
    for endpoint in readable(house):
        for address in addresses(endpoint, [*planted.forbidden, *planted.allowed]):
            answer = planted.kid.get(address)
            body = answer.get_data()
            asked += 1
            # without its work process a house that stands for a while is not well
            assert answer.status_code < 500 or address == "/api/healthz", (address, answer.text)
            assert CANARY.encode() not in body, f"{address} names what is not for the kid: {body[:300]!r}"
            named = [one for one in planted.forbidden if one.encode() in body and one not in address]
            assert not named, f"{address} knows the id of what is not for the kid"
            told += answer.text if answer.is_json else ""
            if planted.forbidden[1] in address and "<" in endpoint.path and endpoint.access is Access.WATCH:
                assert answer.status_code in (400, 404), f"{address} answers {answer.status_code}"
    assert asked > 300
    assert SEEN in told, "the kid sees what is for children, else this proves nothing"


def test_threat_52_no_order_page_or_filter_shows_it(planted: Planted) -> None:
    types = [*MediaType]
    for sort in ("title", "added", "year", "published"):
        for direction in ("asc", "desc"):
            for limit in (1, 2, 200):
                for address in ("/api/library", "/api/shows", "/api/channels", "/api/albums"):
                    cursor = None
                    for _ in range(6):
                        more = "" if cursor is None else f"&cursor={cursor}"
                        answer = planted.kid.get(f"{address}?sort={sort}&direction={direction}&limit={limit}{more}")
                        assert answer.status_code in (200, 400), answer.text
                        assert CANARY not in answer.text
                        cursor = answer.json.get("next") if answer.json else None
                        if cursor is None:
                            break
    for kind in types:
        assert CANARY not in planted.kid.get(f"/api/library?type={kind}").text
    for query in (f"genre={CANARY} genre", f"genre={SEEN} genre", "unfinished=true"):
        assert CANARY not in planted.kid.get(f"/api/library?{query}").text
        assert CANARY not in planted.kid.get(f"/api/shows?{query}").text


def test_threat_52_no_search_finds_it_by_any_beginning(planted: Planted) -> None:
    words = ["film", "unrated", "episode", "Show", "clip", "trailer", "channel", "Player", "genre", "text", "list"]
    probes = [CANARY[:length] for length in range(1, len(CANARY) + 1)] + words
    probes += ["zyxoma", "zyxxomma", "zxyomma", "zyxomna", "is said aloud", "said alout"]
    probes += [f"{CANARY} {word}" for word in words] + ["z", "the zyx", "goes by", "says a word"]
    for probe in probes:
        answer = planted.kid.get(f"/api/search?q={probe}&limit=200")
        assert answer.status_code == 200, answer.text
        answered: dict[str, Any] = said(answer)
        found = json.dumps({key: value for key, value in answered.items() if key != "query"})
        assert CANARY.casefold() not in found.casefold(), (probe, found[:300])
        assert not [one for one in planted.forbidden if one in found], probe
    assert SEEN in planted.kid.get(f"/api/search?q={SEEN}").text


def test_threat_52_counts_leave_it_out(planted: Planted) -> None:
    stats = said(planted.kid.get("/api/stats"))
    text = json.dumps(stats)
    assert said(planted.kid.get("/api/library"))["count"] == 3
    assert said(planted.kid.get("/api/library?type=movie"))["count"] == 1
    assert said(planted.kid.get("/api/library?type=video"))["count"] == 0
    assert said(planted.kid.get("/api/shows"))["count"] == 1
    assert said(planted.kid.get("/api/channels"))["count"] == 0
    assert said(planted.kid.get("/api/shows"))["items"][0]["count"] == 2
    listed = said(planted.kid.get("/api/collections"))["collections"]
    assert [(one["title"], one["count"]) for one in listed] == [(f"{SEEN} list", 1)]
    assert [one["title"] for one in said(planted.kid.get("/api/continue-watching"))["items"]] == [f"{SEEN} one"]
    genres = said(planted.kid.get("/api/genres"))["genres"]
    assert [(one["name"], one["count"]) for one in genres] == [(f"{SEEN} genre", 2)]
    assert '"movie": 1' in text or '"movies": 1' in text, text
    whole = said(planted.house.admin.get("/api/library"))["count"]
    assert whole > 3


def test_threat_35_events_that_a_kid_hears_name_nothing(planted: Planted) -> None:
    state = planted.house.state
    token = planted.kid.session
    assert token is not None
    identity = planted.house.services.accounts.identify_session(token, "192.168.1.50")
    assert identity is not None
    rooms = rooms_of(state, identity)
    heard = [msgspec.json.decode(one.payload) for one in state.events_after(0, 5_000) if one.room in rooms]
    assert heard, "the kid hears that something changed"
    assert CANARY not in json.dumps(heard)
    assert "jobs" not in rooms


def test_threat_52_nothing_is_written_about_what_is_not_there(planted: Planted) -> None:
    hidden = planted.forbidden[1]
    for method, path, body in (
        ("PUT", f"/api/media/{hidden}/progress", {"position": 1, "duration": 60}),
        ("DELETE", f"/api/media/{hidden}/progress", None),
        ("POST", f"/api/media/{hidden}/playback", {"device": {}}),
        ("POST", f"/api/media/{hidden}/prepare", {"quality": "720p"}),
    ):
        answer = planted.kid.send(method, path, body)
        assert answer.status_code in (400, 404), (path, answer.text)
        assert CANARY not in answer.text


def test_the_unrated_are_seen_by_those_who_may(planted: Planted) -> None:
    user = planted.house.state.find_user("dot")
    assert user is not None
    planted.house.state.limit_age(user[0].id, 12, sees_unrated=True)
    kid = planted.house.browser(planted.house.state.get_user(user[0].id))
    titles = {one["title"] for one in said(kid.get("/api/library?limit=200"))["items"]}
    assert f"{CANARY} unrated" in titles and f"{CANARY} clip" in titles and f"{CANARY} film" not in titles
    assert said(kid.get("/api/shows"))["count"] == 2


def test_music_books_and_photos_are_ruled_by_libraries_alone(planted: Planted) -> None:
    track = planted.house.track("Band", "Album", 1)
    assert planted.kid.get(f"/api/media/{track.id}").status_code == 200


def test_an_age_said_by_hand_stays_and_is_found_anew_when_unlocked(planted: Planted) -> None:
    house, media = planted.house, planted.seen
    path = f"/api/media/{media.id}/metadata"
    answer = said(house.member.send("PATCH", path, {"min_age": 12}))
    assert (answer["min_age"], answer["locked"]) == (12, ["min_age"])
    assert planted.kid.get(f"/api/media/{media.id}").status_code == 404
    house.services.age_ratings.settle()
    assert said(house.member.get(f"/api/media/{media.id}"))["min_age"] == 12
    house.state._change("UPDATE works SET certification = 'G' WHERE key = ?", (movie_key(media.id),))
    answer = said(house.member.send("PATCH", path, {"unlock": ["min_age"]}))
    assert (answer["min_age"], answer["locked"]) == (0, [])
    assert planted.kid.get(f"/api/media/{media.id}").status_code == 200
    assert house.kid.send("PATCH", path, {"min_age": 0}).status_code == 403
    assert house.member.send("PATCH", path, {"min_age": 99}).status_code == 400


def test_a_show_is_rated_by_its_certification_or_by_hand_with_all_its_episodes(planted: Planted) -> None:
    house = planted.house
    house.state._change("UPDATE works SET certification = 'TV-MA' WHERE kind = 'show'")
    assert house.services.age_ratings.settle() > 0
    assert said(planted.kid.get("/api/shows"))["count"] == 0
    key = str(house.state._rows("SELECT key FROM works WHERE kind = 'show' AND title = ?", (f"{SEEN} Show",))[0][0])
    assert house.member.send("PUT", f"/api/works/{key}/age", {"min_age": 6}).status_code == 204
    assert said(planted.kid.get("/api/shows"))["count"] == 1
    assert house.member.send("PUT", f"/api/works/{key}/age", {"min_age": None}).status_code == 204
    assert said(planted.kid.get("/api/shows"))["count"] == 0
    assert house.services.age_ratings.settle() == 0


def test_an_album_a_podcast_and_a_book_are_hidden_by_the_age_that_somebody_gave_them(planted: Planted) -> None:
    house, kid, state = planted.house, planted.kid, planted.house.state
    track = house.track("Band", "Album", 1)
    key = str(state._rows("SELECT album_key FROM media WHERE id = ?", (track.id,))[0][0])
    book = other(house, MediaType.BOOK, LibraryKind.BOOKS, MediaNames("A book"))
    heard = other(house, MediaType.PODCAST, LibraryKind.PODCASTS, MediaNames("One", show_title="A podcast"))
    podcast = state.add_podcast(NewPodcast("https://x.example/feed.xml", "A podcast", PodcastPolicy()))
    new = NewEpisode("one", "one", "One", "", "", 0, None, None, None, "https://x.example/one.mp3", "one", *(None,) * 6)
    ((episode, _),) = state.add_episodes(podcast.id, [new])
    state.link_episode(episode, heard.id)
    pages = [f"/api/albums/{key}", f"/api/media/{track.id}", f"/api/podcasts/{podcast.id}", f"/api/media/{heard.id}"]
    pages += [f"/api/episodes/{episode}", f"/api/media/{book.id}"]
    wishes = (
        ("PUT", f"/api/works/album:{key}/age", "min_age"),
        ("PATCH", f"/api/podcasts/{podcast.id}", "min_age"),
        ("PATCH", f"/api/media/{book.id}/metadata", "min_age"),
    )

    def say(age: int | None) -> None:
        for method, path, field in wishes:
            assert house.kid.send(method, path, {field: age}).status_code == 403
            assert house.member.send(method, path, {field: age}).status_code in (200, 204)

    def seen(who: Somebody) -> list[int]:
        return [who.get(page).status_code for page in pages]

    assert seen(kid) == [200] * 6
    say(12)
    assert seen(kid) == [404] * 6 and seen(house.member) == [200] * 6
    assert said(kid.get("/api/podcasts"))["podcasts"] == []
    assert said(kid.get("/api/albums"))["count"] == 0
    later = house.track("Band", "Album", 2)
    assert kid.get(f"/api/media/{later.id}").status_code == 404, "what comes later is as old from its first moment"
    assert house.services.age_ratings.settle() == 0
    assert said(house.member.get(f"/api/albums/{key}/work"))["min_age"] == 12
    say(None)
    assert seen(kid) == [200] * 6
    assert [one.action for one in state.list_audit(2)] == ["rate", "rate"]


def test_who_has_a_limit_of_age_is_told_to_those_who_set_ages(planted: Planted) -> None:
    people = said(planted.house.member.get("/api/age-limits"))["people"]
    assert people == [{"name": "Dot", "max_age": 6, "sees_unrated": False}]
    assert planted.house.kid.get("/api/age-limits").status_code == 403
