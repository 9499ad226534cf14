"""Spotify's pages for embedding, in the shape that they had in 2026."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient, RequestFailed
from media_library.adapters.spotify_page import SpotifyList, SpotifyPages, find_list, read_page
from media_library.errors import InvalidInput
from media_library.models.collection import NewTrack
from tests.adapters.host import Host, page, web_host

ID = "37i9dQZF1EVHGWrwldPRtj"


def track(title: object, artists: object, duration: object, uri: str = "spotify:track:x") -> dict[str, object]:
    return {
        "uri": uri,
        "uid": "6238",
        "title": title,
        "subtitle": artists,
        "isExplicit": False,
        "duration": duration,
        "isPlayable": True,
        "audioPreview": {"format": "MP3_96", "url": "https://p.scdn.co/mp3-preview/x"},
        "entityType": "track",
    }


def embed(*tracks: object, **more: object) -> bytes:
    entity: dict[str, Any] = {
        "type": "playlist",
        "name": "Chill Mix ",
        "uri": f"spotify:playlist:{ID}",
        "id": ID,
        "title": "Chill Mix",
        "subtitle": "Spotify",
        "coverArt": {"sources": [{"height": None, "width": None, "url": "https://x.example/p"}]},
        "releaseDate": None,
        "trackList": list(tracks),
        **more,
    }
    state = {"props": {"pageProps": {"state": {"data": {"entity": entity}, "settings": {"rtl": False}}}}, "page": "/"}
    return (
        '<!DOCTYPE html><html><head><script src="a.js"></script></head><body><div id="__next"></div>'
        f'<script id="__NEXT_DATA__" type="application/json" nonce="x">{json.dumps(state)}</script></body></html>'
    ).encode()


@pytest.fixture
def host() -> Iterator[Host]:
    with web_host() as host:
        yield host


def pages(host: Host) -> SpotifyPages:
    return SpotifyPages(HttpClient(Egress(lambda: [host.authority])), host.url)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"https://open.spotify.com/playlist/{ID}", SpotifyList("playlist", ID)),
        (f"https://open.spotify.com/playlist/{ID}?si=abc#x", SpotifyList("playlist", ID)),
        (f" https://open.spotify.com/intl-de/album/{ID}/ ", SpotifyList("album", ID)),
        (f"https://open.spotify.com/embed/playlist/{ID}", SpotifyList("playlist", ID)),
        (f"https://open.spotify.com/user/somebody/playlist/{ID}", SpotifyList("playlist", ID)),
        (f"spotify:playlist:{ID}", SpotifyList("playlist", ID)),
        (f"https://open.spotify.com/track/{ID}", None),
        (f"https://open.spotify.com.example/playlist/{ID}", None),
        (f"https://example.org/?x=https://open.spotify.com/playlist/{ID}", None),
        ("https://open.spotify.com/playlist/../../x", None),
        (f"https://open.spotify.com/playlist/{ID}x{'y' * 40}", None),
    ],
)
def test_the_addresses_of_lists_are_known(text: str, found: SpotifyList | None) -> None:
    assert find_list(text) == found


def test_the_tracks_of_a_page_are_read(host: Host) -> None:
    host.pages[f"/embed/playlist/{ID}"] = page(
        embed(
            track("Angel", "Massive Attack,\u00a0Horace Andy", 379533),
            track("Second", "Artist Two", 201500.0),
            track("A talk", "Host", 300000, "spotify:episode:y"),
            track(None, None, 1),
            {"title": "Bare"},
        )
    )
    found = pages(host).read(SpotifyList("playlist", ID))
    assert (found.title, found.dropped, found.is_complete) == ("Chill Mix", 2, True)
    assert found.tracks == (
        NewTrack("Angel", "Massive Attack, Horace Andy", duration_ms=379_533),
        NewTrack("Second", "Artist Two", duration_ms=201_500),
        NewTrack("Bare"),
    )


def test_a_list_of_a_hundred_or_more_is_not_complete() -> None:
    assert not read_page(embed(*(track(f"{number}", "A", 1000) for number in range(100)))).is_complete


def test_a_list_that_is_not_public_is_a_mistake_of_the_address(host: Host) -> None:
    with pytest.raises(InvalidInput, match="public"):
        pages(host).read(SpotifyList("playlist", ID))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b'<script id="__NEXT_DATA__" type="application/json">{</script>',
        b'<script id="__NEXT_DATA__">' + b"[" * 100_000 + b"</script>",
        b'<script id="__NEXT_DATA__">' * 10_000,
        embed(trackList=None),
        embed(trackList=[1]),
        embed(track("x", "y", "soon")),
    ],
)
def test_a_page_of_another_shape_is_said_to_be_so(body: bytes) -> None:
    with pytest.raises(RequestFailed, match="CSV"):
        read_page(body)
