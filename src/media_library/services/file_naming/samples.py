"""Made-up items by which a template is shown where the library has none of its kind."""

from media_library.models.media import MediaNames
from media_library.models.work import WorkIds
from media_library.services.file_naming.fields import NamedKind, NameFacts

_DAY = 1_717_149_600_000  # 31 May 2024

SAMPLES = {
    NamedKind.MOVIE: (
        NameFacts(MediaNames("Arrival", 2016, edition="Final Cut"), WorkIds(329865, "tt2543164"), resolution="1080p"),
        ".mkv",
    ),
    NamedKind.EPISODE: (
        NameFacts(
            MediaNames("Half Loop", None, "Severance", 1, 2, episode_end=3),
            WorkIds(95396, "tt11280740", 371980),
            show_year=2022,
            resolution="1080p",
        ),
        ".mkv",
    ),
    NamedKind.DAILY_EPISODE: (
        NameFacts(
            MediaNames("Somebody Calls", None, "The Late Show"),
            WorkIds(63770, "tt3697842", 289574),
            show_year=2015,
            published_at=_DAY,
            resolution="1080p",
        ),
        ".mp4",
    ),
    NamedKind.TRACK: (
        NameFacts(
            MediaNames(
                "Maxwell's Silver Hammer",
                1969,
                artist="The Beatles",
                album="Abbey Road",
                album_artist="The Beatles",
                disc_number=1,
                track_number=3,
            )
        ),
        ".flac",
    ),
    NamedKind.PODCAST: (
        NameFacts(MediaNames("The First Flight", show_title="The History Hour"), published_at=_DAY),
        ".mp3",
    ),
    NamedKind.VIDEO: (NameFacts(MediaNames("A walk by the sea", show_title="Sea Channel"), published_at=_DAY), ".mp4"),
    NamedKind.BOOK: (NameFacts(MediaNames("Frankenstein", 1818, artist="Mary Shelley")), ".epub"),
    NamedKind.PHOTO: (NameFacts(MediaNames("IMG_0042"), published_at=_DAY), ".jpg"),
}
"""One for each kind, with the suffix of its file."""
