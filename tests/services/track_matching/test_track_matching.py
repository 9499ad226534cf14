"""Matching tracks of playlists with those of the library: on pairs labelled by hand, and by the rules one by one."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.models.collection import LocalTrack, Match, MatchState, NewTrack
from media_library.services.track_matching import TrackIndex
from media_library.services.track_matching.folding import words_of

PAIRS = Path(__file__).parents[2] / "fixtures" / "track_pairs.txt"


def pairs() -> Iterator[tuple[str, NewTrack, LocalTrack, str]]:
    for text in PAIRS.read_text("utf-8").splitlines():
        if text and not text.startswith("#"):
            label, *fields = (field.strip() or None for field in text.split("|"))
            title, artist, album, seconds, own_title, own_artist, own_album, own_seconds = fields
            assert label is not None and title is not None and own_title is not None, text
            wanted = NewTrack(title, artist, album, None, int(seconds) * 1000 if seconds else None)
            length = int(own_seconds) * 1000 if own_seconds else None
            yield label, wanted, LocalTrack("m", own_title, own_artist, own_album, None, None, length), text


def match(wanted: NewTrack, *local: LocalTrack) -> Match:
    return TrackIndex(local).match(wanted)


def test_what_is_called_certain_is_right_and_what_is_the_same_is_found() -> None:
    outcome = Counter((label, match(wanted, local).state) for label, wanted, local, _ in pairs())
    certain = {label: outcome[label, MatchState.CERTAIN] for label in ("same", "other")}
    assert (
        sum(outcome.values()) >= 490 and sum(number for (label, _), number in outcome.items() if label == "other") > 200
    )
    assert certain["same"] / (certain["same"] + certain["other"]) >= 0.995, outcome
    same = sum(number for (label, _), number in outcome.items() if label == "same")
    assert certain["same"] / same >= 0.96, outcome
    likely = {label: outcome[label, MatchState.LIKELY] for label in ("same", "other")}
    assert likely["other"] <= 5, outcome
    missed = [text for label, wanted, local, text in pairs() if label == "same" and not match(wanted, local).candidates]
    assert len(missed) <= 4, missed


def track(title: str, artist: str | None = "A", **more: object) -> LocalTrack:
    fields: dict[str, object] = {
        "media_id": title,
        "title": title,
        "artist": artist,
        "album": None,
        "album_artist": None,
        "isrc": None,
        "duration_ms": 200_000,
        **more,
    }
    return LocalTrack(**fields)  # type: ignore[arg-type]  # names and values of this table


def test_the_same_isrc_is_certain_whatever_the_names_say() -> None:
    found = match(NewTrack("X", "Y", isrc="GBUM71029604"), track("Other", isrc="GBUM71029604"), track("X", "Y"))
    assert (found.state, found.media_id, found.score) == (MatchState.CERTAIN, "Other", 100)


def test_the_same_title_and_artist_are_certain_whatever_the_length_is() -> None:
    found = match(NewTrack("One", "A", duration_ms=446_000), track("One", duration_ms=1_000))
    assert (found.state, found.media_id) == (MatchState.CERTAIN, "One")


def test_of_several_that_are_the_same_the_one_of_the_album_is_taken_then_that_of_the_length() -> None:
    one = track("One", media_id="1", album="First", duration_ms=200_000)
    two = track("One", media_id="2", album="Second", duration_ms=230_000)
    for wanted, media_id in (
        (NewTrack("One", "A", "Second", None, 200_000), "2"),
        (NewTrack("One", "A", None, None, 229_000), "2"),
        (NewTrack("One", "A"), "1"),
    ):
        assert match(wanted, one, two).media_id == media_id


def test_the_studio_recording_is_preferred_to_the_live_one_and_never_the_other_way_round() -> None:
    studio, live = track("One", media_id="studio"), track("One (Live)", media_id="live")
    assert match(NewTrack("One", "A"), live, studio).media_id == "studio"
    assert match(NewTrack("One - Live", "A"), studio, live).media_id == "live"
    only = match(NewTrack("One - Live", "A"), studio)
    assert (only.state, only.media_id) == (MatchState.AMBIGUOUS, None)
    assert [one.media_id for one in only.candidates] == ["studio"]


def test_at_most_five_candidates_are_offered_the_best_first() -> None:
    local = [track(f"One (Live at {place})", media_id=place) for place in "ABCDEFGH"]
    found = match(NewTrack("One", "A"), *local)
    assert found.state is MatchState.AMBIGUOUS and len(found.candidates) == 5
    scores = [one.score for one in found.candidates]
    assert scores == sorted(scores, reverse=True)


def test_a_track_without_an_artist_is_at_most_likely() -> None:
    assert match(NewTrack("Some Long Name", None, None, None, 200_000), track("Some Long Name")).state == "likely"
    assert match(NewTrack("One", None), track("One")).state == "ambiguous"
    assert match(NewTrack("One", "Various Artists"), track("One")).state == "ambiguous"


def test_an_artist_of_the_album_counts_where_the_track_names_none() -> None:
    assert match(NewTrack("One", "A"), track("One", None, album_artist="A")).state is MatchState.CERTAIN
    assert match(NewTrack("One", "A"), track("One", "Somebody Else", album_artist="A")).state is not MatchState.CERTAIN


@pytest.mark.parametrize(
    "title", ["", " ", "()", "(Live)", "- - -", "!!!", "\u202e", "𝕆𝕟𝕖", "x" * 300, "(" * 200, "[(" * 90]
)
def test_no_title_is_too_odd(title: str) -> None:
    found = match(NewTrack(title or "?", "A"), track(title or "?"), track("Other"))
    assert found.state is MatchState.CERTAIN and found.media_id == (title or "?")


def test_in_an_empty_library_nothing_is_found() -> None:
    assert match(NewTrack("One", "A")) == Match(MatchState.NONE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rock 'n' Roll, Pt. II", "rock and roll part 2"),
        ("Sigur Rós: Hoppípolla", "sigur ros hoppipolla"),
        ("Ke$ha & P!nk", "kesha and pink"),
        ("Straße, Ærø, Łódź", "strasse aero lodz"),
        ("Звезда Ёлка", "zvezda elka"),
        ("R.E.M. – Don’t", "rem dont"),
        ("夜に駆ける", "夜に駆ける"),
        ("Ｆｕｌｌ", "full"),
    ],
)
def test_names_are_folded_to_plain_words(text: str, words: str) -> None:
    assert " ".join(words_of(text)) == words


def test_ten_thousand_tracks_and_five_hundred_to_find_take_seconds_at_most() -> None:
    names = sorted({word for _, wanted, _, _ in pairs() for word in words_of(wanted.title)})
    local = [
        track(
            f"{names[number % 97]} {names[number % 89]} {names[number % 83]}",
            f"{names[number % 71]} {names[number % 61]}",
            media_id=str(number),
            duration_ms=120_000 + number % 200_000,
        )
        for number in range(10_000)
    ]
    started = time.process_time()  # whatever else the machine does meanwhile
    index = TrackIndex(local)
    found = [
        index.match(NewTrack(f"{one.title} - Remastered", one.artist, duration_ms=one.duration_ms))
        for one in local[::20]
    ]
    assert time.process_time() - started < 5
    assert {one.state for one in found} == {MatchState.CERTAIN}
