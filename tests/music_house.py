"""A library of music to be identified: real files below a media folder, and the services on a loopback port."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from media_library.adapters import fpcalc
from media_library.adapters.acoustid import AcoustId
from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.adapters.musicbrainz import MusicBrainz
from media_library.adapters.service_client import ServiceClient
from media_library.app_state import AppState
from media_library.config import Paths, Secrets, Services, Settings
from media_library.constants import SERVICE_CACHE
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaType, NewMedia
from media_library.models.music import TrackFile, TrackTags
from media_library.models.preferences import LibraryPreferences
from media_library.models.tool import result_of
from media_library.models.work import Work, album_work_key
from media_library.repositories.media_repo import album_key
from media_library.services.covers import Covers
from media_library.services.media_root import MediaRoot
from media_library.services.music_identifier import AlbumIdentifier, Finder, album_identifier
from media_library.services.music_identifier.covers import AlbumCovers
from media_library.services.music_tags import read_album, tags_of
from tests.fixtures.music import write_track
from tests.internet.music import KEY, MusicWorld, Release, mbid


@dataclass(slots=True)
class MusicHouse:
    """The appliance's parts that music needs."""

    settings: Settings
    state: AppState
    media_root: MediaRoot
    world: MusicWorld
    albums: AlbumIdentifier

    @property
    def folder(self) -> Path:
        """The folder of the music."""
        return self.settings.media_root / "music"

    def write(
        self,
        release: Release,
        folder: str,
        *,
        tags: bool = True,
        ids: bool = False,
        suffix: str = ".flac",
        is_heard: bool = True,
    ) -> None:
        """Write the files of a release, with tags or without, and teach AcoustID how they sound."""
        seed = 0
        for disc, tracks in enumerate(release.media, 1):
            for number, track in enumerate(tracks, 1):
                seed += 1
                place = f"{disc}-{number:02d}" if len(release.media) > 1 else f"{number:02d}"
                named = {
                    "title": track.title,
                    "artist": release.artist_of(track),
                    "album": release.title,
                    "album_artist": release.artist,
                    "track": f"{number}/{len(tracks)}",
                    "disc": f"{disc}/{len(release.media)}",
                    "date": release.date,
                }
                if ids:
                    named |= {
                        "MUSICBRAINZ_ALBUMID": release.id,
                        "MUSICBRAINZ_TRACKID": release.recording_id(track),
                        "MUSICBRAINZ_RELEASETRACKID": release.track_id(disc, number),
                    }
                name = f"{place} - {track.title}{suffix}" if tags else f"{place}{suffix}"
                file = self.folder / folder / name
                write_track(
                    file, seed=seed + 17 * len(release.title), seconds=track.seconds, tags=named if tags else {}
                )
                if is_heard:
                    self.world.hear(fingerprint(file), release.recording_id(track))

    def scan(self, disc_id: str | None = None) -> list[Media]:
        """Put what lies in the folder of the music into the library, as a scan does."""
        library = self.state.ensure_library(LibraryKind.MUSIC, "Music", "music")
        files = sorted(
            path for path in self.folder.rglob("*") if path.suffix in (".flac", ".mp3", ".m4a", ".opus", ".ogg")
        )
        with ProbePool[Path]([self.folder], children=1) as pool:
            probed = dict(pool.probed(((file, ProbeRequest(str(file))) for file in files), threading.Event()))
        tracks = [
            TrackFile(
                PurePosixPath(file.relative_to(self.folder).as_posix()), probed[file].tags, probed[file].duration_ms
            )
            for file in files
        ]
        added = []
        for reading, file in zip(read_album(tracks), files, strict=True):
            facts, found = file.stat(), probed[file]
            stored = MediaFile(
                f"music/{reading.path}",
                facts.st_size,
                facts.st_mtime_ns,
                facts.st_ino,
                found.container,
                found.duration_ms,
            )
            if self.state.is_path_taken(stored.path):
                continue
            media = self.state.add_media(
                NewMedia(
                    MediaType.TRACK,
                    library.id,
                    reading.names,
                    stored,
                    found.streams,
                    disc_id=disc_id,
                    isrc=reading.isrc,
                )
            )
            self.state.put_track_facts(media.id, reading.facts)
            added.append(media)
        return added

    def scan_tags(self, media: Media) -> TrackTags:
        """What the file of an item says of itself."""
        file = self.file(media)
        with ProbePool[str]([file.parent], children=1) as pool:
            [(_, found)] = pool.probed([("", ProbeRequest(str(file)))], threading.Event())
        return tags_of(found.tags)

    def identify(self, key: str | None = None) -> Work | None:
        """Identify an album, by default the one of the first track; the work that it then is."""
        wanted = key or self.key()
        self.albums.identify(wanted, lambda: None)
        return self.state.work(self.key() if key is None else key)

    def key(self) -> str:
        """The key of the work that the first track belongs to."""
        return album_work_key(album_key(self.tracks()[0].names) or "")

    def tracks(self) -> list[Media]:
        """All tracks of the library, by their paths."""
        ids = [track.media_id for track in self.state.local_tracks()]
        return sorted((self.state.media(one) for one in ids), key=lambda one: one.file.path if one.file else "")

    def file(self, media: Media) -> Path:
        """Where the file of an item is."""
        assert media.file is not None
        return self.media_root.path(media.file.path)


def fingerprint(file: Path) -> str:
    """How a file sounds."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest not in _HEARD:
        _HEARD[digest] = result_of(fpcalc.fingerprint(file)).fingerprint
    return _HEARD[digest]


_HEARD: dict[str, str] = {}


@contextmanager
def music_house(
    tmp_path: Path,
    state: AppState,
    world: MusicWorld,
    *,
    key: str = KEY,
    addresses: Mapping[str, str] | None = None,
    is_patient: bool = False,
) -> Iterator[MusicHouse]:
    """The parts over the stand-in of the services; they keep the pace of the real ones only if ``is_patient``."""
    urls = {"musicbrainz_url": world.url, "cover_art_url": world.url, "acoustid_url": world.url, **(addresses or {})}
    settings = Settings(
        paths=Paths(media_root=str(tmp_path / "media"), data_directory=str(tmp_path / "data")),
        services=replace(Services(), **urls),
        secrets=Secrets(acoustid_api_key=key),
    )
    media_root = MediaRoot(settings, state)
    media_root.prepare()
    http = HttpClient(Egress(lambda: hosts_of(*urls.values())))
    covers = Covers(settings, state)
    if is_patient:
        albums = album_identifier(settings, state, media_root, http, covers)
    else:
        albums = hurried(settings, state, media_root, http, covers)
    yield MusicHouse(settings, state, media_root, world, albums)


def hurried(
    settings: Settings, state: AppState, media_root: MediaRoot, http: HttpClient, covers: Covers
) -> AlbumIdentifier:
    """The identification as ``album_identifier`` makes it, but at another pace: nobody has to be spared here."""

    def client(name: str, url: str, **secrets: str) -> ServiceClient:
        cache = settings.data_directory / SERVICE_CACHE / name
        pace = 1000.0
        return ServiceClient(
            http, cache, name=name, base_url=url, per_second=pace, secrets=secrets, patience_seconds=0.0
        )

    services, key = settings.services, settings.secrets.acoustid_api_key
    archive = CoverArtArchive(client("The Cover Art Archive", services.cover_art_url))
    finder = Finder(
        MusicBrainz(client("MusicBrainz", services.musicbrainz_url)),
        AcoustId(client("AcoustID", services.acoustid_url, client=key), has_key=bool(key)),
        media_root.path,
        lambda: state.library_preferences(LibraryPreferences()).metadata_country,
    )
    return AlbumIdentifier(
        state,
        finder,
        archive,
        AlbumCovers(state, media_root, archive, covers),
        lambda: state.library_preferences(LibraryPreferences()),
    )


__all__ = ["MusicHouse", "fingerprint", "mbid", "music_house"]
