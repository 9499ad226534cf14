"""What an audio CD is called: looked up while its first track is read, else as the Mac or a person calls it."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from media_library.adapters import pictures
from media_library.adapters.audio_tags import Tags
from media_library.adapters.cd_audio import CdTrack
from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.musicbrainz import DiscRelease, MusicBrainz
from media_library.errors import MediaLibraryError
from media_library.models.disc import Disc, DiscNames
from media_library.models.media import MediaNames
from media_library.models.toc import Toc
from media_library.ripper.order import Track

log = logging.getLogger(__name__)

UNKNOWN_ARTIST = "Unknown artist"
_COVER_SIDE = 1200
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Album:
    """An album with the tracks of one of its discs: number → (title, artist)."""

    title: str
    artist: str
    year: int | None = None
    date: str = ""
    disc_number: int = 1
    discs: int = 1
    tracks: dict[int, tuple[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    recordings: dict[int, str] = field(default_factory=dict)
    cover: bytes | None = None
    review_reason: str | None = None
    isrcs: dict[int, str] = field(default_factory=dict)

    @property
    def names(self) -> DiscNames:
        """The album as the name of its disc."""
        return DiscNames(self.title, self.year, None, self.disc_number if self.discs > 1 else None, self.artist)

    def track(self, number: int) -> Track:
        """What a track is called in the library."""
        title, artist = self.tracks[number]
        names = MediaNames(
            title,
            self.year,
            artist=artist,
            album=self.title,
            album_artist=self.artist,
            disc_number=self.disc_number,
            track_number=number,
        )
        return Track(names, self.discs, self.review_reason, self.isrcs.get(number))

    def tags(self, number: int) -> Tags:
        """What a track says of itself."""
        title, artist = self.tracks[number]
        ids = dict(self.ids)
        if number in self.recordings:
            ids["MUSICBRAINZ_TRACKID"] = self.recordings[number]
        return Tags(
            title,
            artist,
            self.title,
            self.artist,
            number,
            len(self.tracks),
            self.disc_number,
            self.discs,
            self.date or (str(self.year) if self.year else ""),
            ids,
            self.cover,
        )


class Lookup:
    """Asks for an album on a thread of its own; whatever goes wrong, the rip goes on without."""

    def __init__(self, service: MusicBrainz, covers: CoverArtArchive, toc: Toc | None) -> None:
        self._service = service
        self._covers = covers
        self._toc = toc
        self._deadline = time.monotonic() + _SECONDS
        self._ended = threading.Event()
        self._found: tuple[tuple[DiscRelease, ...], bytes | None] = ((), None)
        # a daemon: an answer that comes too late must not keep the program from ending
        threading.Thread(target=self._ask, name="album look-up", daemon=True).start()

    def is_waiting(self) -> bool:
        """Wait a moment; whether the answer may still come."""
        left = self._deadline - time.monotonic()
        return not self._ended.wait(min(max(left, 0), 0.25)) and left > 0

    def result(self) -> tuple[tuple[DiscRelease, ...], bytes | None]:
        """The releases that were found so far and a cover as JPEG."""
        return self._found

    def _ask(self) -> None:
        try:
            if self._toc is not None:
                releases = self._service.releases(self._toc.musicbrainz_id)
                self._found = (releases, None)
                if releases and (cover := self._covers.front(releases[0].id)) is not None:
                    self._found = (releases, pictures.as_jpeg(cover, longest_side=_COVER_SIDE))
        except MediaLibraryError as error:
            log.info("The album was not looked up: %s", error)
        finally:
            self._ended.set()


def album_of(
    disc: Disc,
    toc: Toc | None,
    tracks: Sequence[CdTrack],
    releases: Sequence[DiscRelease] = (),
    cover: bytes | None = None,
) -> Album:
    """The album by what is known: a release with this very disc, else the names of volume and files, else none.

    What a person said of the disc comes before everything.
    """
    fitting = [release for release in releases if {one.number for one in release.tracks} >= {t.number for t in tracks}]
    album = _released(fitting, toc, tracks, cover) if fitting else _guessed(disc, toc, tracks)
    if not disc.names.by_hand:
        return album
    artist = disc.names.artist or album.artist
    named = {number: (title, artist if by == album.artist else by) for number, (title, by) in album.tracks.items()}
    return replace(
        album,
        title=disc.names.title,
        artist=artist,
        year=disc.names.year or album.year,
        tracks=named,
        review_reason=None,
    )


def _released(
    releases: Sequence[DiscRelease], toc: Toc | None, tracks: Sequence[CdTrack], cover: bytes | None
) -> Album:
    chosen = releases[0]
    known = {track.number: track for track in chosen.tracks}
    numbers = [track.number for track in tracks]
    different = len({(release.title.casefold(), release.artist.casefold()) for release in releases}) > 1
    ids = {
        "MUSICBRAINZ_ALBUMID": chosen.id,
        "MUSICBRAINZ_ARTISTID": chosen.artist_id,
        "MUSICBRAINZ_RELEASEGROUPID": chosen.group_id,
        "MUSICBRAINZ_DISCID": toc.musicbrainz_id if toc is not None else "",
    }
    return Album(
        chosen.title or "Unknown album",
        chosen.artist or UNKNOWN_ARTIST,
        chosen.year,
        chosen.date,
        chosen.disc_number,
        chosen.discs,
        {
            number: (known[number].title or f"Track {number}", known[number].artist or chosen.artist or UNKNOWN_ARTIST)
            for number in numbers
        },
        {name: value for name, value in ids.items() if value},
        {number: known[number].recording_id for number in numbers if known[number].recording_id},
        cover,
        f"MusicBrainz knows {len(releases)} albums on this disc; the oldest was taken." if different else None,
        {number: isrc for number in numbers if (isrc := known[number].isrc)},
    )


def _guessed(disc: Disc, toc: Toc | None, tracks: Sequence[CdTrack]) -> Album:
    names, named = disc.names, [track.name for track in tracks if track.name]
    mark = (toc.musicbrainz_id if toc is not None else disc.fingerprint.partition(":")[2] or disc.fingerprint)[:8]
    is_known = bool(named) and bool(disc.label.strip())
    artist = names.artist or UNKNOWN_ARTIST
    return Album(
        disc.label.strip() if is_known else f"Unknown album ({mark})",
        artist,
        names.year if is_known else None,
        disc_number=names.disc_number or 1,
        tracks={track.number: (track.name or f"Track {track.number}", artist) for track in tracks},
        ids={"MUSICBRAINZ_DISCID": toc.musicbrainz_id} if toc is not None else {},
        review_reason=(
            "MusicBrainz does not know this CD; its names are those that the system gave it."
            if is_known
            else "MusicBrainz does not know this CD. Give the album and its tracks their names."
        ),
    )
