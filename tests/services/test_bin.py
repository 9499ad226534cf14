"""The bin: nothing is lost, nothing overwritten, whenever the program ends."""

from pathlib import Path

import pytest

from media_library.errors import Conflict, NotFound, StorageError
from media_library.models.identity import Identity
from media_library.models.media import Media
from media_library.models.user import Role
from media_library.services.bin import Bin
from tests.conftest import file_of
from tests.routes.conftest import house as house  # the fixture
from tests.routes.house import House


@pytest.fixture
def media(house: House) -> Media:
    return house.film("The Salt Road", b"the film")


@pytest.fixture
def ann(house: House) -> Identity:
    user = house.people["ann"]
    return Identity(user, house.state.viewer(user), None, None)


def place(house: House, media: Media) -> Path:
    return house.settings.media_root / file_of(media).path


def binned(house: House, media: Media) -> Path:
    return house.services.media_root.bin() / f"{media.id}.mp4"


def test_the_file_lies_in_the_bin_and_comes_back_as_it_was(house: House, media: Media, ann: Identity) -> None:
    bin_ = house.services.bin
    bin_.throw_away(ann, media.id)
    assert not place(house, media).exists() and binned(house, media).read_bytes() == b"the film"
    restored = bin_.restore(ann, media.id)
    assert (restored.id, restored.deleted_at, restored.file) == (media.id, None, media.file)
    assert place(house, media).read_bytes() == b"the film" and not binned(house, media).exists()
    assert [entry.action for entry in house.state.list_audit(2)] == ["restore_media", "bin_media"]


def test_subtitles_beside_a_video_go_with_it_and_come_back(house: House, media: Media, ann: Identity) -> None:
    video = place(house, media)
    subtitles, foreign = video.with_name(f"{video.stem}.en.vtt"), video.with_name("Another film.en.vtt")
    subtitles.write_text("words")
    foreign.write_text("other words")
    house.services.bin.throw_away(ann, media.id)
    assert (house.services.media_root.bin() / f"{media.id}.en.vtt").read_text() == "words"
    assert not subtitles.exists() and foreign.exists()
    house.services.bin.restore(ann, media.id)
    assert subtitles.read_text() == "words"


def test_nothing_is_overwritten_on_the_way_back(house: House, media: Media, ann: Identity) -> None:
    house.services.bin.throw_away(ann, media.id)
    place(house, media).write_bytes(b"another film")
    with pytest.raises(Conflict):
        house.services.bin.restore(ann, media.id)
    assert place(house, media).read_bytes() == b"another film"
    assert binned(house, media).read_bytes() == b"the film"
    assert house.state.media(media.id).deleted_at is not None


def test_nothing_is_overwritten_in_the_bin(house: House, media: Media, ann: Identity) -> None:
    binned(house, media).write_bytes(b"something else")
    with pytest.raises(Conflict):
        house.services.bin.throw_away(ann, media.id)
    assert place(house, media).read_bytes() == b"the film"
    assert house.state.media(media.id).deleted_at is None, "an item whose file stays must stay too"


def test_an_item_whose_file_is_gone_can_be_removed_but_not_brought_back(
    house: House, media: Media, ann: Identity
) -> None:
    place(house, media).unlink()
    house.services.bin.throw_away(ann, media.id)
    with pytest.raises(Conflict, match="gone"):
        house.services.bin.restore(ann, media.id)


def test_a_removal_that_a_crash_interrupted_is_completed(house: House, media: Media) -> None:
    house.state.bin_media(media.id)  # the row is marked, and the program ends before the file moves
    house.services.bin.settle()
    assert binned(house, media).read_bytes() == b"the film" and not place(house, media).exists()


def test_a_crash_between_the_halves_of_a_move_leaves_one_file(house: House, media: Media, ann: Identity) -> None:
    house.state.bin_media(media.id)
    binned(house, media).hardlink_to(place(house, media))
    house.services.bin.settle()
    assert binned(house, media).read_bytes() == b"the film" and not place(house, media).exists()
    place(house, media).hardlink_to(binned(house, media))
    house.services.bin.restore(ann, media.id)
    assert place(house, media).read_bytes() == b"the film" and not binned(house, media).exists()


def test_a_return_that_a_crash_interrupted_is_completed_by_asking_again(
    house: House, media: Media, ann: Identity
) -> None:
    house.services.bin.throw_away(ann, media.id)
    binned(house, media).rename(place(house, media))  # the file moved, and the program ended before the row changed
    assert house.services.bin.restore(ann, media.id).deleted_at is None


def test_another_file_at_the_place_of_a_removed_item_is_left_alone(house: House, media: Media) -> None:
    other = place(house, media).with_name("other.mp4")
    other.write_bytes(b"another film")
    house.state.bin_media(media.id)
    other.replace(place(house, media))
    house.services.bin.settle()
    assert place(house, media).read_bytes() == b"another film" and not binned(house, media).exists()


def test_nothing_happens_while_the_media_folder_is_offline(house: House, media: Media, ann: Identity) -> None:
    house.settings.media_root.rename(house.settings.media_root.with_name("elsewhere"))
    offline = Bin(house.state, type(house.services.media_root)(house.settings, house.state))
    with pytest.raises(StorageError):
        offline.throw_away(ann, media.id)
    offline.settle()
    assert house.state.media(media.id).deleted_at is None


def test_an_item_of_a_library_that_was_not_granted_is_absent(house: House) -> None:
    episode = house.episode("Harbour Lights", 1, 1)
    user = house.people["cleo"]
    kid = Identity(user, house.state.viewer(user), None, None)
    assert user.role is Role.KID
    with pytest.raises(NotFound):
        house.services.bin.throw_away(kid, episode.id)
    house.state.bin_media(episode.id)
    with pytest.raises(NotFound):
        house.services.bin.restore(kid, episode.id)
