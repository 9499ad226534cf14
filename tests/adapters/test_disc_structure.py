"""What is found on real discs: images, folders, and what is broken or pretends to be a disc."""

import os
import random
import shutil
import wave
from pathlib import Path

import pytest

from media_library.adapters.disc_structure import examine
from media_library.adapters.disc_structure.cd_drive import parse_query, toc_of_drive
from media_library.adapters.disc_structure.cd_files import parse_toc_plist, track_files
from media_library.adapters.process import find
from media_library.errors import DiscUnreadable
from media_library.models.disc_structure import Protection
from media_library.models.drive import DiscKind
from tests.fixtures import audio_cd, bluray, damage, dvd, tools
from tests.fixtures.udf import write_udf_250


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DVD image; the same disc lies beside it in the folder ``dvd``."""
    return dvd.build_movie(tmp_path_factory.mktemp("film"), tiny=True)


@pytest.fixture(scope="module")
def bluray_image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Blu-ray image; the same disc lies beside it in the folder ``bd``."""
    return bluray.build(tmp_path_factory.mktemp("bluray"), tiny=True)


def sentence(source: Path, kind: DiscKind = DiscKind.UNKNOWN) -> str:
    with pytest.raises(DiscUnreadable) as caught:
        examine(source, kind)
    return str(caught.value)


def outcome(source: Path) -> str:
    """The sentence that says why there is no disc, or "a structure"."""
    try:
        examine(source)
    except DiscUnreadable as error:
        return str(error)
    return "a structure"


# films


def test_a_dvd_is_the_same_disc_as_image_and_as_folder(film: Path) -> None:
    image = examine(film)
    folder = examine(film.parent / "dvd")
    assert (image.kind, image.label, image.protection) == (DiscKind.DVD, "TEST_MOVIE", Protection.NONE)
    assert image.fingerprint.startswith("dvd:")
    assert {folder.fingerprint, examine(film.parent / "dvd" / "VIDEO_TS").fingerprint} == {image.fingerprint}


def test_names_in_small_letters_are_the_same_disc(film: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    shutil.copytree(film.parent / "dvd" / "VIDEO_TS", small / "video_ts")
    for path in (small / "video_ts").iterdir():
        path.rename(path.with_name(path.name.lower()))
    assert examine(small).fingerprint == examine(film).fingerprint


def test_an_image_without_udf_is_read_by_its_iso_9660_names(film: Path, tmp_path: Path) -> None:
    tools.run(["genisoimage", "-quiet", "-V", "PLAIN", "-o", "plain.iso", str(film.parent / "dvd")], cwd=tmp_path)
    plain = examine(tmp_path / "plain.iso")
    assert (plain.label, plain.fingerprint) == ("PLAIN", examine(film).fingerprint)


def test_another_film_is_another_disc(film: Path, tmp_path: Path) -> None:
    other = dvd.build_movie(tmp_path, tiny=True, main_seconds=18)
    assert examine(other).fingerprint != examine(film).fingerprint


def test_a_scratched_table_is_read_from_its_backup(film: Path, tmp_path: Path) -> None:
    disc = tmp_path / "disc"
    shutil.copytree(film.parent / "dvd", disc)
    scratched = disc / "VIDEO_TS" / "VTS_01_0.IFO"
    scratched.unlink()
    scratched.mkdir()  # reading a folder is an error like reading a scratch
    assert examine(disc).fingerprint == examine(film).fingerprint


def test_a_bluray_is_the_same_disc_as_image_and_as_folder(bluray_image: Path) -> None:
    image = examine(bluray_image)
    assert (image.kind, image.label, image.protection) == (DiscKind.BLURAY, "TEST_BD", Protection.NONE)
    assert image.fingerprint.startswith("bd:")
    assert examine(bluray_image.parent / "bd").fingerprint == image.fingerprint


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_bluray_with_a_metadata_partition_is_read(bluray_image: Path, tmp_path: Path, pieces: int) -> None:
    image = tmp_path / "real.iso"
    write_udf_250(bluray_image.parent / "bd", image, label="REAL_BD", pieces=pieces)
    structure = examine(image)
    assert (structure.kind, structure.label) == (DiscKind.BLURAY, "REAL_BD")
    assert structure.fingerprint == examine(bluray_image).fingerprint


# protection


def test_a_scrambled_dvd_is_told_from_a_clear_one(film: Path, tmp_path: Path) -> None:
    for source, target in ((film, tmp_path / "scrambled.iso"), (film.parent / "dvd", tmp_path / "scrambled")):
        assert damage.scramble(source, target) > 0
        structure = examine(target)
        assert structure.protection is Protection.CSS
        assert structure.fingerprint == examine(film).fingerprint


def test_an_encrypted_bluray_is_told_from_a_decrypted_copy(tmp_path: Path) -> None:
    image = bluray.build(tmp_path, tiny=True, aacs=True)
    assert examine(image).protection is Protection.AACS
    for stream in (tmp_path / "bd/BDMV/STREAM").iterdir():
        packets = bytearray(stream.read_bytes())
        packets[::192] = bytes(byte & 0x3F for byte in packets[::192])
        stream.write_bytes(packets)
    assert examine(tmp_path / "bd").protection is Protection.NONE


# music


def test_a_mounted_cd_is_known_by_its_table_of_contents(tmp_path: Path) -> None:
    disc = audio_cd.build(tmp_path / "Audio CD", toc=audio_cd.KNOWN_TOC, sparse=True)
    structure = examine(disc)
    assert structure.fingerprint == f"cd:{audio_cd.KNOWN_DISC_ID}"
    assert structure.toc is not None and len(structure.toc.offsets) == 6
    renamed = disc.rename(tmp_path / "Eyes Open")
    (renamed / "1 Audio Track.aiff").rename(renamed / "1 In The Blood.aiff")
    assert examine(renamed).fingerprint == structure.fingerprint


def test_the_lengths_of_the_tracks_tell_the_same_as_the_table(tmp_path: Path) -> None:
    disc = audio_cd.build(tmp_path / "cd", tracks=12, seconds=0.5)
    known = examine(disc)
    (disc / ".TOC.plist").unlink()
    assert examine(disc) == known


def test_the_data_track_of_an_enhanced_cd_is_left_out(tmp_path: Path) -> None:
    disc = audio_cd.build(tmp_path / "cd", toc=audio_cd.KNOWN_TOC, sparse=True, data_track=True)
    assert examine(disc).fingerprint == f"cd:{audio_cd.KNOWN_DISC_ID}"


def test_tracks_encoded_from_the_cd_tell_the_same_as_the_cd(tmp_path: Path) -> None:
    disc = audio_cd.build(tmp_path / "cd", tracks=3, seconds=0.5)
    for name in ("flac", "wav"):
        copy = tmp_path / name
        copy.mkdir()
        tools.ffmpeg_all(
            [
                ["-i", str(path), str(copy / f"{number:02d} - Song.{name}")]
                for number, path in track_files(disc).items()
            ],
            cwd=tmp_path,
        )
        assert examine(copy).fingerprint == examine(disc).fingerprint


def test_tracks_that_are_not_of_a_cd_are_music_without_a_table(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "01.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1000))
    structure = examine(tmp_path)
    assert (structure.kind, structure.toc) == (DiscKind.AUDIO_CD, None)
    assert structure.fingerprint.startswith("cd:")


def test_a_cue_sheet_tells_the_same_as_the_cd(tmp_path: Path) -> None:
    cue = audio_cd.build_cue(tmp_path, toc=audio_cd.KNOWN_TOC, sparse=True)
    assert examine(cue).fingerprint == f"cd:{audio_cd.KNOWN_DISC_ID}"


@pytest.mark.skipif(find("cd-paranoia") is None, reason="cd-paranoia is not installed")
def test_cd_paranoia_tells_the_same_as_the_cd(tmp_path: Path) -> None:
    cue = audio_cd.build_cue(tmp_path, tracks=4, seconds=1)
    toc = examine(cue).toc
    assert toc is not None and toc_of_drive(cue) == toc


def test_the_list_of_cd_paranoia_becomes_a_table() -> None:
    text = """Table of contents (audio tracks only):
track        length               begin        copy pre ch
===========================================================
  1.      300 [00:04.00]        0 [00:00.00]    no   no  2
  2.      301 [00:04.01]      300 [00:04.00]    no   no  2
TOTAL     601 [00:08.01]    (audio only)"""
    tracks, leadout = parse_query(text)
    assert ([track.start for track in tracks], leadout) == ([150, 450], 751)


def test_a_cue_sheet_cannot_lead_elsewhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret.bin"
    secret.write_bytes(bytes(2352 * 300))
    folder = tmp_path / "discs"
    folder.mkdir()
    cue = folder / "cd.cue"
    cue.write_text('FILE "../secret.bin" BINARY\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n')
    assert "“secret.bin”" in sentence(cue)


@pytest.mark.parametrize("text", ["", "FILE", 'FILE "cd.cue" BINARY\n TRACK 01 AUDIO\n INDEX 01 99:99:99', "\0" * 1000])
def test_a_cue_sheet_without_music_is_refused(tmp_path: Path, text: str) -> None:
    cue = tmp_path / "cd.cue"
    cue.write_text(text)
    assert "does not describe" in sentence(cue)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"garbage", b"<plist/>", b"<?xml version='1.0'?><plist><array/></plist>", b"bplist00" + bytes(40),
        b"<plist><dict><key>Sessions</key><array><string>x</string></array></dict></plist>",
        b"<plist><dict><key>Sessions</key><array/></dict></plist>",
    ],
)  # fmt: skip
def test_a_broken_table_of_contents_is_refused(data: bytes) -> None:
    with pytest.raises(DiscUnreadable, match="cannot be read"):
        parse_toc_plist(data)


# neither film nor music


def test_a_data_disc_is_data(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    folder.mkdir()
    (folder / "letters.txt").write_text("Dear reader")
    tools.write_image(folder, tmp_path / "backup.iso", label="BACKUP_2019", options=[])
    image, as_folder = examine(tmp_path / "backup.iso"), examine(folder)
    assert (image.kind, image.label) == (DiscKind.DATA, "BACKUP_2019")
    assert image.message == "This disc holds data, no film and no music."
    assert as_folder.kind is DiscKind.DATA


def test_a_video_cd_is_named(tmp_path: Path) -> None:
    (tmp_path / "MPEGAV").mkdir()
    message = examine(tmp_path).message
    assert message is not None and "a Video CD" in message


def test_an_image_of_nothing_is_refused(tmp_path: Path) -> None:
    image = tmp_path / "x.iso"
    image.touch()
    assert "is empty" in sentence(image)
    image.write_bytes(random.Random(1).randbytes(3_000_000))
    assert "holds no file system" in sentence(image)
    image.write_bytes(b"<html>not found</html>")
    assert "holds no file system" in sentence(image)


def test_a_hostile_name_stays_in_its_sentence(tmp_path: Path) -> None:
    image = tmp_path / "evil\n\u202e.iso"
    image.write_bytes(b"x")
    assert sentence(image).isprintable()


@pytest.mark.parametrize("fraction", [0.6, 0.3, 0.1])
def test_a_cut_off_image_is_refused(film: Path, tmp_path: Path, fraction: float) -> None:
    image = tmp_path / "cut.iso"
    damage.truncate(film, image, fraction)
    assert "“cut.iso” is cut off" in sentence(image)


def test_an_image_that_lacks_no_more_than_its_padding_is_whole(film: Path, tmp_path: Path) -> None:
    image = tmp_path / "short.iso"
    shutil.copy(film, image)
    os.truncate(image, film.stat().st_size - 100 * 2048)
    assert examine(image) == examine(film)


def test_pipes_in_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "VIDEO_TS").mkdir()
    for name in ("VIDEO_TS/VIDEO_TS.IFO", ".TOC.plist", "01 Track.wav"):
        os.mkfifo(tmp_path / name)
    assert examine(tmp_path).kind is DiscKind.DATA


def test_what_is_gone_or_forbidden_is_said(tmp_path: Path) -> None:
    assert "taken out" in sentence(tmp_path / "gone.iso")
    forbidden = tmp_path / "forbidden.iso"
    forbidden.write_bytes(bytes(5000))
    forbidden.chmod(0)
    if not os.access(forbidden, os.R_OK):
        assert "no permission" in sentence(forbidden)


def test_a_link_in_a_folder_is_not_followed(film: Path, tmp_path: Path) -> None:
    (tmp_path / "VIDEO_TS").symlink_to(film.parent / "dvd" / "VIDEO_TS")
    assert examine(tmp_path).kind is DiscKind.DATA


@pytest.mark.parametrize("kind", ["bridge", "metadata", "plain"])
def test_a_hostile_image_is_refused_and_nothing_worse(
    film: Path, bluray_image: Path, tmp_path: Path, kind: str
) -> None:
    """Flip bytes where the structure lies: whatever comes of it is a disc or a sentence."""
    good = tmp_path / "good.iso"
    if kind == "metadata":
        write_udf_250(bluray_image.parent / "bd", good, label="X")
    elif kind == "plain":
        tools.run(["genisoimage", "-quiet", "-o", "good.iso", str(film.parent / "dvd")], cwd=tmp_path)
    else:
        shutil.copy(film, good)
    original = good.read_bytes()[: 400 * 2048]
    used = [place for place, byte in enumerate(original) if byte and place >= 16 * 2048]
    dice = random.Random(7)
    bad = tmp_path / "bad.iso"
    shutil.copy(good, bad)
    with bad.open("r+b", buffering=0) as file:
        for _ in range(400):
            places = dice.sample(used, dice.choice((1, 3, 30)))
            for place in places:
                os.pwrite(file.fileno(), bytes([dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))]), place)
            assert outcome(bad).endswith((".", "structure"))
            for place in places:
                os.pwrite(file.fileno(), original[place : place + 1], place)
