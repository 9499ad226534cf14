"""Which audio and subtitle tracks are kept."""

from media_library.models.disc import DiscAudio, DiscSubtitle, DiscTitle
from media_library.ripper.tracks import audio_to_keep, fits_mp4, subtitles_to_keep

AUDIO = (
    DiscAudio(1, "eng", "ac3", 2),
    DiscAudio(2, "eng", "ac3", 6),
    DiscAudio(3, "eng", "dts", 6),
    DiscAudio(4, "fra", "ac3", 6),
    DiscAudio(5, "eng", "truehd", 8, commentary=True),
    DiscAudio(6, "deu", "ac3", 2, commentary=True),
)
SUBTITLES = (DiscSubtitle(1, "eng", "VOBSUB"), DiscSubtitle(2, "fra", "VOBSUB"), DiscSubtitle(3, "eng", "VOBSUB"))
TITLE = DiscTitle(1, 60_000, audio=AUDIO, subtitles=SUBTITLES)


def numbers(languages: tuple[str, ...]) -> list[int]:
    return [track.number for track in audio_to_keep(TITLE, languages)]


def test_the_best_track_of_every_language_is_kept_in_the_order_of_the_disc() -> None:
    assert numbers(()) == [3, 4]


def test_a_commentary_is_kept_only_where_there_is_nothing_else() -> None:
    alone = DiscTitle(1, 60_000, audio=AUDIO[4:])
    assert [track.number for track in audio_to_keep(alone, ())] == [5, 6]


def test_preferences_narrow_and_order_the_languages() -> None:
    assert numbers(("fra", "eng")) == [4, 3]
    assert numbers(("fra",)) == [4]


def test_languages_that_are_not_on_the_disc_keep_all() -> None:
    assert numbers(("jpn",)) == [3, 4]


def test_a_silent_film_has_no_audio() -> None:
    assert audio_to_keep(DiscTitle(1, 60_000), ()) == ()


def test_every_subtitle_is_kept_unless_preferences_say_otherwise() -> None:
    assert subtitles_to_keep(TITLE, ()) == SUBTITLES
    assert [track.number for track in subtitles_to_keep(TITLE, ("eng",))] == [1, 3]
    assert subtitles_to_keep(TITLE, ("none",)) == ()


def test_the_pictures_of_a_bluray_do_not_fit_into_mp4() -> None:
    assert fits_mp4(SUBTITLES)
    assert not fits_mp4((*SUBTITLES, DiscSubtitle(4, "eng", "PGS")))
