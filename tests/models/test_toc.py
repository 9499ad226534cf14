"""The ids of an audio CD, compared with published ones."""

import pytest

from media_library.errors import InvalidInput
from media_library.models.toc import Toc, TocTrack

OFFSETS = (150, 15363, 32314, 46592, 63414, 80489)
KNOWN = Toc(1, OFFSETS, 95462)


def entries(*starts: int, data_from: int | None = None) -> list[TocTrack]:
    return [TocTrack(number, start, data_from == number) for number, start in enumerate(starts, 1)]


def test_the_ids_are_those_of_the_published_example() -> None:
    assert KNOWN.musicbrainz_id == "49HHV7Eb8UKF3aQiNmu1GR8vKTY-"
    assert KNOWN.freedb_id == "3404f606"
    assert KNOWN.musicbrainz_toc == "1+6+95462+150+15363+32314+46592+63414+80489"


def test_a_track_lasts_until_the_next_one() -> None:
    assert KNOWN.lengths[0] == 15363 - 150
    assert KNOWN.durations_ms[-1] == round((95462 - 80489) / 75 * 1000)


def test_offsets_without_the_lead_in_get_it() -> None:
    shifted = [TocTrack(track.number, track.start - 150) for track in entries(*OFFSETS)]
    assert Toc.of(shifted, 95462 - 150) == KNOWN


def test_offsets_with_the_lead_in_do_not_get_it_again() -> None:
    assert Toc.of(entries(*OFFSETS), 95462) == KNOWN


def test_a_data_track_behind_the_music_is_dropped_with_its_gap() -> None:
    toc = Toc.of(entries(*OFFSETS, 95462 + 11400, data_from=7), 120_000)
    assert toc == KNOWN


def test_a_data_track_before_the_music_leaves_the_lead_out_alone() -> None:
    toc = Toc.of(entries(150, 20_000, 40_000, data_from=1), 60_000)
    assert (toc.first, toc.last, toc.leadout) == (2, 3, 60_000)


def test_an_id_of_a_cd_that_starts_at_track_2_puts_the_offsets_in_their_slots() -> None:
    assert Toc(2, (150, 300), 600).musicbrainz_id != Toc(1, (150, 300), 600).musicbrainz_id


@pytest.mark.parametrize(
    ("tracks", "leadout"),
    [
        ([], 1000),
        (entries(150, data_from=1), 1000),
        (entries(150, 150), 1000),
        (entries(150, 2000), 1000),
        (entries(300, 200), 1000),
        ([TocTrack(1, 150), TocTrack(3, 300)], 1000),
        ([TocTrack(0, 150)], 1000),
        ([TocTrack(number, 150 * number) for number in range(1, 101)], 20_000),
        (entries(150), 2**31),
    ],
)
def test_what_is_no_table_of_contents_is_refused(tracks: list[TocTrack], leadout: int) -> None:
    with pytest.raises(InvalidInput):
        Toc.of(tracks, leadout)
