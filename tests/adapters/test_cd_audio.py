"""Audio CDs as a Mac mounts them, as numbered files, and as a cue sheet that cd-paranoia reads like a drive."""

from pathlib import Path

import pytest

from media_library.adapters import cd_audio, disc_structure
from media_library.errors import DiscUnreadable, ToolMissing
from media_library.models.tool import result_of
from tests.fixtures import audio_cd


def test_a_mounted_cd_lists_its_tracks_by_number(tmp_path: Path) -> None:
    source = audio_cd.build(tmp_path / "Audio CD", tracks=11, seconds=0.5, sparse=True)
    tracks = cd_audio.list_tracks(source, disc_structure.examine(source).toc)
    assert [track.number for track in tracks] == list(range(1, 12))
    assert tracks[0].samples == 37 * 588
    assert [track.name for track in tracks] == [None] * 11


def test_the_names_that_a_mac_gave_the_files_are_kept_but_not_its_word_for_a_track(tmp_path: Path) -> None:
    source = audio_cd.build(tmp_path / "Eyes Open", tracks=2, seconds=0.5, sparse=True)
    toc = disc_structure.examine(source).toc
    (source / "1 Audio Track.aiff").rename(source / "1 In The Blood.aiff")
    (source / "2 Audio Track.aiff").rename(source / "2 Piste audio.aiff")
    assert [track.name for track in cd_audio.list_tracks(source, toc)] == ["In The Blood", None]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("1 Audio Track.aiff", None),
        ("01 - Track 1.wav", None),
        ("Track 1.wav", None),
        ("03.flac", None),
        ("2 99 Luftballons.aiff", "99 Luftballons"),
        ("10. Track Suit.flac", "Track Suit"),
    ],
)
def test_a_name_is_told_from_a_number(tmp_path: Path, file: str, name: str | None) -> None:
    (tmp_path / file).touch()
    found = cd_audio.list_tracks(tmp_path, None) if not file.startswith("Track") else ()
    assert [track.name for track in found] == ([] if file.startswith("Track") else [name])


def test_a_track_that_is_missing_is_named(tmp_path: Path) -> None:
    source = audio_cd.build(tmp_path / "cd", tracks=3, seconds=0.5, sparse=True)
    toc = disc_structure.examine(source).toc
    (source / "2 Audio Track.aiff").unlink()
    with pytest.raises(DiscUnreadable, match="Track 2 of the CD is not there"):
        cd_audio.list_tracks(source, toc)


def test_a_track_is_found_under_its_new_name(tmp_path: Path) -> None:
    (tmp_path / "7 New Name.aiff").touch()
    assert cd_audio.find_track(tmp_path, 7) == tmp_path / "7 New Name.aiff"
    assert cd_audio.find_track(tmp_path, 8) is None


def test_a_cd_without_table_of_contents_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DiscUnreadable, match="table of contents"):
        cd_audio.list_tracks(tmp_path, None)


def test_cd_paranoia_reads_a_track_to_the_last_sample(tmp_path: Path) -> None:
    cue = audio_cd.build_cue(tmp_path / "cue", tracks=2, seconds=1)
    mounted = audio_cd.build(tmp_path / "mounted", tracks=2, seconds=1)
    tracks = cd_audio.list_tracks(cue, disc_structure.examine(cue).toc)
    assert [(track.number, track.file) for track in tracks] == [(1, None), (2, None)]
    result_of(cd_audio.read_track(cue, tracks[1], tmp_path / "2.wav"))
    assert (tmp_path / "2.wav").read_bytes()[44:] == (mounted / "2 Audio Track.aiff").read_bytes()[2352:]


def test_a_track_that_ends_too_soon_is_unreadable(tmp_path: Path) -> None:
    cue = audio_cd.build_cue(tmp_path, tracks=2, seconds=1)
    tracks = cd_audio.list_tracks(cue, disc_structure.examine(cue).toc)
    with pytest.raises(DiscUnreadable, match="Track 9 cannot be read"):
        result_of(cd_audio.read_track(cue, cd_audio.CdTrack(9, tracks[0].samples), tmp_path / "9.wav"))


def test_a_missing_cd_paranoia_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="cd-paranoia"):
        result_of(cd_audio.read_track(tmp_path / "cd.cue", cd_audio.CdTrack(1, 588), tmp_path / "1.wav"))
