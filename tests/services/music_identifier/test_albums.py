"""Albums from folders of real files to names, ids and covers, over stand-ins of the services."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict, NotFound
from media_library.models.disc import DiscNames
from media_library.models.drive import DiscKind
from media_library.models.work import Settlement, WorkState
from tests.internet.music import MusicWorld, Release, Track, mbid
from tests.music_house import MusicHouse, music_house
from tests.music_service import cover

ALBUM = Release(
    "ok-gb",
    "OK Computer",
    "Radiohead",
    (
        (
            Track("Airbag", 4.0, isrcs=("GBAYE9701274",)),
            Track("Paranoid Android", 5.0),
            Track("Karma Police", 4.5),
        ),
    ),
)
HITS = Release(
    "hits",
    "Hits of the Day",
    "Various Artists",
    ((Track("One", 4.0, "The Ones"), Track("Two", 4.0, "The Twos"), Track("Three", 4.0, "The Ones & The Threes")),),
    date="2001",
)
SET = Release(
    "set",
    "The Wall",
    "Pink Floyd",
    ((Track("In the Flesh?", 4.0), Track("Mother", 4.5)), (Track("Hey You", 4.0), Track("Vera", 5.0))),
    date="1979-11-30",
)


def names(house: MusicHouse) -> list[tuple[str, str | None, str | None, str | None, int | None, int | None]]:
    return [
        (one.title, one.artist, one.album, one.album_artist, one.year, one.track_number)
        for one in (media.names for media in house.tracks())
    ]


KNOWN = [
    ("Airbag", "Radiohead", "OK Computer", "Radiohead", 1997, 1),
    ("Paranoid Android", "Radiohead", "OK Computer", "Radiohead", 1997, 2),
    ("Karma Police", "Radiohead", "OK Computer", "Radiohead", 1997, 3),
]


def test_files_without_tags_are_known_by_their_sound(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    world.draw(ALBUM.id, cover())
    house.write(ALBUM, "stuff/rip7", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert names(house) == KNOWN
    assert (work.ids.musicbrainz, work.facts.genres, work.facts.studios) == (
        ALBUM.id,
        ("alternative rock", "rock"),
        ("Parlophone",),
    )
    facts = house.state.track_facts(house.tracks()[0].id)
    assert facts is not None
    assert (facts.recording_id, facts.track_id) == (ALBUM.recording_id(ALBUM.media[0][0]), ALBUM.track_id(1, 1))
    assert facts.acoustid is not None
    assert next(track.isrc for track in house.state.local_tracks()) == "GBAYE9701274"
    assert all(media.has_poster for media in house.tracks())


def test_the_program_s_own_wiring_keeps_the_pace(tmp_path: Path, state: AppState, world: MusicWorld) -> None:
    world.add(ALBUM)
    with music_house(tmp_path, state, world, is_patient=True) as house:
        house.write(ALBUM, "Radiohead/OK Computer", ids=True)
        house.scan()
        work = house.identify()
        assert work is not None and work.state is WorkState.APPLIED


def test_embedded_ids_are_enough(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert world.asked_of("/v2/lookup") == []
    assert names(house) == KNOWN


def test_embedded_ids_prove_an_album_of_which_a_track_is_missing(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    next(house.folder.rglob("02*")).unlink()
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED
    assert work.reason == "2 of its 3 tracks are here."


def test_ids_that_lie_are_not_believed(house: MusicHouse, world: MusicWorld) -> None:
    """The files claim a release on which none of their recordings is."""
    liar = replace(SET, name="ok-gb", media=(tuple(Track(f"Other {n}", 200.0) for n in range(3)),))
    world.add(liar)
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    house.scan()
    work = house.identify()
    assert work is not None and work.state in (WorkState.REVIEW, WorkState.UNKNOWN), work
    assert [one[2] for one in names(house)] == ["OK Computer"] * 3


def test_locked_names_stay(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer", tags=False)
    [first, *_] = house.scan()
    house.state.edit_media(first.id, replace(first.names, title="My title"), frozenset({"title"}))
    house.identify()
    assert [one[0] for one in names(house)] == ["My title", "Paranoid Android", "Karma Police"]


def test_a_compilation_is_by_various_artists_and_each_track_by_its_own(house: MusicHouse, world: MusicWorld) -> None:
    world.add(HITS)
    house.write(HITS, "Hits", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert [(one[1], one[3]) for one in names(house)] == [
        ("The Ones", "Various Artists"),
        ("The Twos", "Various Artists"),
        ("The Ones & The Threes", "Various Artists"),
    ]
    facts = house.state.track_facts(house.tracks()[2].id)
    assert facts is not None and facts.is_compilation
    assert facts.artists == ("The Ones", "The Threes")


def test_the_discs_of_a_set_are_one_album(house: MusicHouse, world: MusicWorld) -> None:
    world.add(SET)
    house.write(SET, "wall", tags=False)
    for disc in (1, 2):
        (house.folder / f"wall/CD{disc}").mkdir()
        for file in house.folder.glob(f"wall/{disc}-*"):
            file.rename(house.folder / f"wall/CD{disc}" / file.name.removeprefix(f"{disc}-"))
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert [(one.names.disc_number, one.names.track_number, one.names.title) for one in house.tracks()] == [
        (1, 1, "In the Flesh?"),
        (1, 2, "Mother"),
        (2, 1, "Hey You"),
        (2, 2, "Vera"),
    ]


def test_one_disc_of_a_set_is_known_as_that(house: MusicHouse, world: MusicWorld) -> None:
    world.add(SET)
    house.write(SET, "Pink Floyd/The Wall")
    for file in house.folder.rglob("1-*"):
        file.unlink()
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert [(one.names.disc_number, one.names.title) for one in house.tracks()] == [(2, "Hey You"), (2, "Vera")]


def test_a_release_with_another_number_of_tracks_goes_to_review(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer")
    next(house.folder.rglob("02*")).unlink()
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.REVIEW
    assert "3 tracks and here are 2" in (work.reason or "")
    [candidate] = work.candidates
    assert (candidate.id, candidate.tracks, candidate.source) == (ALBUM.id, 3, "musicbrainz")
    assert any("here are 2" in reason for reason in candidate.reasons)


@pytest.mark.parametrize(("seconds_longer", "ends"), [(14.0, WorkState.APPLIED), (16.0, WorkState.REVIEW)])
def test_lengths_may_differ_by_15_seconds_on_average(
    house: MusicHouse, world: MusicWorld, seconds_longer: float, ends: WorkState
) -> None:
    longer = tuple(replace(track, seconds=track.seconds + seconds_longer) for track in ALBUM.media[0])
    world.add(replace(ALBUM, media=(longer,)))
    house.write(ALBUM, "Radiohead/OK Computer")
    house.scan()
    work = house.identify()
    assert work is not None and work.state is ends, work


def test_of_forms_of_one_album_the_one_of_the_own_country_is_taken(house: MusicHouse, world: MusicWorld) -> None:
    group = "OK Computer"
    world.add(replace(ALBUM, name="jp", country="JP", date="1997-05-21", group=group))
    world.add(replace(ALBUM, name="us", country="US", date="1997-07-01", group=group))
    world.add(replace(ALBUM, name="bootleg", country="US", date="1996", group=group, status="Bootleg"))
    longer = (*ALBUM.media[0], Track("Bonus", 4.0))
    world.add(replace(ALBUM, name="deluxe", country="US", date="1990", group=group, media=(longer,)))
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert work.ids.musicbrainz == mbid("release us")


def test_the_date_in_the_files_tells_which_form_it_is(house: MusicHouse, world: MusicWorld) -> None:
    group = "OK Computer"
    world.add(replace(ALBUM, name="us", country="US", date="1997-07-01", group=group))
    japanese = world.add(replace(ALBUM, name="jp", country="JP", date="1997-05-21", group=group))
    house.write(japanese, "Radiohead/OK Computer")
    house.scan()
    work = house.identify()
    assert work is not None and work.ids.musicbrainz == japanese.id


def test_a_sound_that_contradicts_every_tag_is_left_to_a_person(house: MusicHouse, world: MusicWorld) -> None:
    """Whoever tagged the files may know better than a fingerprint: nothing agrees, so nothing is applied."""
    wrong = replace(SET, media=(tuple(Track(f"Wholly unlike {n}", 4.5) for n in range(3)),))
    world.add(wrong)
    house.write(ALBUM, "Radiohead/OK Computer")
    for heard, track in zip(world.sounds.values(), wrong.media[0], strict=True):
        heard[:] = [(0.99, wrong.recording_id(track))]
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.REVIEW, work
    assert names(house)[0][2] == "OK Computer"


def test_other_songs_on_an_album_of_the_same_name_are_another_album(house: MusicHouse, world: MusicWorld) -> None:
    """As many tracks of the same lengths, but none of the songs."""
    songs = tuple(replace(track, title=title) for track, title in zip(ALBUM.media[0], ("Zz", "Qq", "Ww"), strict=True))
    world.add(replace(ALBUM, media=(songs,)))
    house.write(ALBUM, "Radiohead/OK Computer", is_heard=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.REVIEW, work


def test_two_albums_that_fit_are_left_to_a_person(house: MusicHouse, world: MusicWorld) -> None:
    """The same recordings, in the same order, on two albums of different names."""
    world.add(ALBUM)
    other = world.add(replace(ALBUM, name="again", title="The Best Of", group="The Best Of"))
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.REVIEW
    assert "“OK Computer”, “The Best Of”" in (work.reason or "")
    assert {one.id for one in work.candidates} == {ALBUM.id, other.id}
    key = house.albums.apply(house.key(), other.id, lambda: None)
    chosen = house.state.work(key)
    assert chosen is not None and chosen.state is WorkState.CONFIRMED
    assert {one[2] for one in names(house)} == {"The Best Of"}


def test_without_a_key_the_name_decides(tmp_path: Path, state: AppState, world: MusicWorld) -> None:
    world.add(ALBUM)
    world.add(replace(ALBUM, name="tribute", artist="The Tributes", group="tribute"))
    with music_house(tmp_path, state, world, key="") as house:
        house.write(ALBUM, "Radiohead/OK Computer")
        house.scan()
        work = house.identify()
        assert work is not None and work.state is WorkState.APPLIED, work
        assert work.ids.musicbrainz == ALBUM.id
        assert world.asked_of("/v2/lookup") == []


def test_without_a_key_an_album_without_names_waits_for_one(tmp_path: Path, state: AppState, world: MusicWorld) -> None:
    with music_house(tmp_path, state, world, key="") as house:
        house.write(ALBUM, "rip-2004-02", tags=False)
        house.scan()
        work = house.identify()
        assert work is not None and work.state is WorkState.POSTPONED
        assert "ACOUSTID_API_KEY" in (work.reason or "")
        assert work.not_before > 0


def test_an_album_that_nobody_knows_is_shown_as_that(house: MusicHouse, world: MusicWorld) -> None:
    house.write(ALBUM, "The Neighbours/Garage Tapes")
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.UNKNOWN
    assert names(house)[0][2] == "OK Computer"


def test_sounds_that_are_only_alike_do_not_count(house: MusicHouse, world: MusicWorld) -> None:
    """AcoustID scores below 0.6 are no evidence."""
    world.add(ALBUM)
    house.write(ALBUM, "rip", tags=False)
    for heard in world.sounds.values():
        heard[:] = [(0.59, recording) for _, recording in heard]
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.UNKNOWN, work


def test_a_sound_on_a_few_tracks_only_is_no_album(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "rip", tags=False)
    for fingerprint in list(world.sounds)[1:]:
        del world.sounds[fingerprint]
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.UNKNOWN, work


def test_recordings_without_releases_lead_there_by_musicbrainz(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    world.tells_releases = False
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work


def test_a_ripped_disc_is_known_by_its_id(house: MusicHouse, world: MusicWorld) -> None:
    disc_id = "xA3p59Tgbsb7CnnGaO9EZrY7.Ik-"
    world.add(replace(ALBUM, disc_ids=(disc_id,)))
    house.write(ALBUM, "rip", tags=False)
    world.sounds.clear()
    disc = house.state.see_disc(f"cd:{disc_id}", DiscKind.AUDIO_CD, "", DiscNames("Unknown album"))
    house.scan(disc_id=disc.id)
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert names(house) == KNOWN
    assert world.asked_of("/v2/lookup") == []


def test_what_a_person_called_a_disc_stays(house: MusicHouse, world: MusicWorld) -> None:
    disc_id = "xA3p59Tgbsb7CnnGaO9EZrY7.Ik-"
    world.add(replace(ALBUM, disc_ids=(disc_id,)))
    house.write(ALBUM, "Mine/My Mix", ids=True, is_heard=False)
    disc = house.state.see_disc(f"cd:{disc_id}", DiscKind.AUDIO_CD, "", DiscNames("My Mix"))
    house.state.name_disc(disc.id, DiscNames("My Mix", by_hand=True))
    house.scan(disc_id=disc.id)
    before = names(house)
    work = house.identify()
    assert work is not None and work.state is WorkState.DISMISSED, work
    assert names(house) == before


def test_the_match_can_be_taken_back(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Artist/A Folder (2003)", tags=False)
    house.scan()
    before = names(house)
    first = house.key()
    house.identify()
    assert names(house) == KNOWN
    key = house.albums.undo(first)  # the key that it had when it was identified
    assert (names(house), key) == (before, first)
    work = house.state.work(key)
    assert work is not None and work.state is WorkState.REVIEW
    facts = house.state.track_facts(house.tracks()[0].id)
    assert facts is not None and facts.release_id is None
    with pytest.raises(Conflict):
        house.albums.undo(key)


def test_a_preview_says_what_would_change_and_what_is_locked(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Artist/A Folder (2003)", tags=False)
    [first, *_] = house.scan()
    house.state.edit_media(first.id, replace(first.names, title="Mine"), frozenset({"title"}))
    changes = house.albums.preview(house.key(), ALBUM.id, lambda: None)
    of_first = {
        change.field: (change.old, change.new, change.locked) for change in changes if change.media_id == first.id
    }
    assert of_first["title"] == ("Mine", "Airbag", True)
    assert of_first["album"] == ("A Folder", "OK Computer", False)
    assert names(house)[0][0] == "Mine"
    with pytest.raises(NotFound):
        house.albums.preview(house.key(), mbid("nothing"), lambda: None)
    with pytest.raises(NotFound):
        house.albums.apply(house.key(), "../../etc/passwd", lambda: None)


def test_a_track_that_comes_later_gets_its_names_from_the_same_release(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer (1997)", ids=True)
    third = next(house.folder.rglob("03*"))
    kept = house.folder.parent / third.name
    shutil.move(third, kept)
    house.scan()
    house.identify()
    key = house.key()
    shutil.move(kept, third)
    house.scan()
    house.state.put_work_pending([key])
    house.albums.identify(key, lambda: None)
    assert names(house) == KNOWN
    work = house.state.work(key)
    assert work is not None and (work.state, work.not_before) == (WorkState.APPLIED, 0)


def test_an_album_that_was_dismissed_is_left_alone(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    house.state.put_work_pending([house.key()])
    house.state.settle_work(house.key(), Settlement(WorkState.DISMISSED))
    before = names(house)
    house.identify()
    assert names(house) == before
    assert world.asked == []


def test_covers_come_from_the_group_when_the_release_has_none(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    world.draw(ALBUM.group_id, cover())
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    house.identify()
    assert all(media.has_poster for media in house.tracks())
    assert [path for path, _ in world.asked if "front" in path] == [
        f"/release/{ALBUM.id}/front-1200",
        f"/release-group/{ALBUM.group_id}/front-1200",
    ]


def test_a_picture_beside_the_files_is_the_cover_when_no_service_has_one(house: MusicHouse, world: MusicWorld) -> None:
    house.write(ALBUM, "Nobody/Nothing (1990)")
    (house.folder / "Nobody/Nothing (1990)/Folder.JPG").write_bytes(cover())
    (house.folder / "Nobody/Nothing (1990)/cover.jpg").symlink_to("/etc/hostname")
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.UNKNOWN
    assert all(media.has_poster for media in house.tracks())


def test_a_cover_that_is_no_picture_is_no_cover(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    world.draw(ALBUM.id, b"<!doctype html><title>Sign in</title>")
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED
    assert not any(media.has_poster for media in house.tracks())


def test_a_person_finds_albums_by_name(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    assert house.albums.candidates('OK "Computer" AND (x', "", lambda: None) == ()
    [found] = house.albums.candidates("ok computer", "radiohead", lambda: None, key=house.key())
    assert (found.id, found.tracks, found.reasons) == (ALBUM.id, 3, ("it has as many tracks",))


def test_two_albums_of_one_name_become_two(house: MusicHouse, world: MusicWorld) -> None:
    green = replace(ALBUM, name="w2001", title="Weezer", artist="Weezer", date="2001", group="green")
    blue_tracks = tuple(replace(track, title=f"Blue {track.title}") for track in ALBUM.media[0])
    blue = replace(
        ALBUM, name="w1994", title="Weezer", artist="Weezer", date="1994", media=(blue_tracks,), group="blue"
    )
    world.add(green)
    world.add(blue)
    house.write(blue, "Weezer/Weezer (1994)")
    house.write(green, "Weezer/Weezer (2001)")
    house.scan()
    assert len({media.names.album for media in house.tracks()}) == 1
    house.identify()
    for key in house.state.works_unasked(10):
        house.identify(key)
    told = {(media.names.album, media.names.year, media.names.edition) for media in house.tracks()}
    assert told == {("Weezer", 1994, None), ("Weezer", 2001, "2001")}


def test_the_world_is_left_as_it_was_when_the_work_is_broken_off(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    before = names(house)

    class Cancelled(Exception):
        pass

    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        house.albums.identify(house.key(), check)
    assert names(house) == before
