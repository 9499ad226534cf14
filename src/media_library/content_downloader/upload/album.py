"""What the other tracks of a dropped folder say of their album: compilations and years are told by the neighbours."""

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path, PurePosixPath

from media_library.adapters.file_signature import HEAD_BYTES, FileForm, SignatureRefused, signature_of
from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.app_state import AppState
from media_library.content_downloader.upload.arrival import Arrival, Waits
from media_library.models.media import MediaNames
from media_library.models.music import TrackFile
from media_library.models.probed import Probed
from media_library.models.upload import Upload, UploadState
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo.keys import album_key
from media_library.services.media_root import MediaRoot
from media_library.services.music_tags import album_folder
from media_library.services.name_reading.vocabulary import AUDIO_SUFFIXES
from media_library.services.uploads import upload_file

_MOST_NEIGHBOURS = 100
_MOST_REMEMBERED = 2_000
_ACTIVE_MS = 60_000
_FOLDER = "album"


class Albums:
    """Looks at the neighbours of a track, each of them once."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root
        self._known: OrderedDict[str, TrackFile] = OrderedDict()

    def around(self, arrival: Arrival, found: Probed) -> list[TrackFile]:
        """The track, then its neighbours; raises ``Waits`` while one of them is being received."""
        own = TrackFile(arrival.path, found.tags, found.duration_ms)
        self._remember(arrival.upload.id, own)
        others = self._others(arrival)
        active = now_ms() - _ACTIVE_MS
        if any(one.state is UploadState.RECEIVING and one.updated_at >= active for one in others):
            raise Waits("It waits for the rest of its album.")
        self._look_into(arrival, [one for one in others if one.id not in self._known])
        return [own, *(self._known[one.id] for one in others if one.id in self._known)]

    def settled(self, arrival: Arrival, names: MediaNames) -> MediaNames:
        """The names of a track, on the album under which an earlier one of its folder came into the library."""
        for one in self._others(arrival):
            if one.media_id is None:
                continue
            there = self._state.media(one.media_id).names
            if there.album == names.album and album_key(there) != album_key(names):
                return replace(names, album_artist=there.album_artist or there.artist)
        return names

    def _others(self, arrival: Arrival) -> list[Upload]:
        if not arrival.upload.folder:
            return []
        own = album_folder(arrival.path)
        beside = self._state.uploads_beside(arrival.upload, _MOST_REMEMBERED)
        return [
            one
            for one in beside
            if one.state is not UploadState.FAILED
            and PurePosixPath(one.name).suffix.lower().lstrip(".") in AUDIO_SUFFIXES
            and album_folder(PurePosixPath(one.folder, one.name)) == own
        ][:_MOST_NEIGHBOURS]

    def _look_into(self, arrival: Arrival, others: list[Upload]) -> None:
        """Read the tags of what has arrived and is not yet known, each under a name with the suffix of its content."""
        folder = arrival.work.staging / _FOLDER
        folder.mkdir(exist_ok=True)
        files = {one.id: link for one in others if (link := self._linked(one, folder)) is not None}
        requests = [(upload_id, ProbeRequest(str(link))) for upload_id, link in files.items()]
        if not requests:
            return
        paths = {one.id: PurePosixPath(one.folder, one.name) for one in others}
        with ProbePool[str]((folder,), children=1) as pool:
            for upload_id, found in pool.probed(requests, arrival.stop):
                if found.is_usable:
                    self._remember(upload_id, TrackFile(paths[upload_id], found.tags, found.duration_ms))

    def _linked(self, upload: Upload, folder: Path) -> Path | None:
        source = upload_file(self._media_root, upload.id)
        if upload.state is UploadState.RECEIVING or not source.is_file():
            return None
        try:
            with source.open("rb") as opened:
                signature = signature_of(opened.read(HEAD_BYTES))
            if signature.form is not FileForm.AUDIO:
                return None
            link = folder / f"{upload.id}{signature.suffix_for(upload.name)}"
            link.unlink(missing_ok=True)
            link.hardlink_to(source)
        except (OSError, SignatureRefused):
            return None  # without it the album is told by the others
        return link

    def _remember(self, upload_id: str, track: TrackFile) -> None:
        self._known[upload_id] = track
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
