"""What takes the room: the library in slices, its volumes and their outlook, and the program's own folder."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from media_library.app_state import AppState
from media_library.constants import SERVICE_CACHE
from media_library.models.storage import Forecast, Outlook, RoomSample, Slice, StorageReport, Volume, Which
from media_library.repositories.base import now_ms
from media_library.services.media_root import MediaRoot
from media_library.services.room_forecast import FORECAST_DAYS, forecast

_LARGEST = 20
_DAY_MS = 86_400_000
_KEPT_DAYS = 2 * 365
_ROOT, _STATE = "media", "state"
_PARTS = {
    "media-library.db": "database",
    "media-library.db-wal": "database",
    "media-library.db-shm": "database",
    "artwork": "artwork",
    "backups": "backups",
    "trickplay": "previews",
    "prepared": "prepared",
    "cache": "cache",
    "book-pages": "cache",
    SERVICE_CACHE: "cache",
}
"""What the files and folders of the state folder are."""

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder on some volume; ``folders`` are the ids of library folders that it holds, "" for ``MEDIA_ROOT``."""

    key: str
    path: Path
    folder: str | None
    is_online: bool


class Storage:
    """What takes the room, for those who run the library. Safe to use from any thread."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def report(self) -> StorageReport:
        """Everything at once; a few sums over an index, whatever the library holds."""
        slices, now = self._state.room_slices(), now_ms()
        names = {user.id: user.display_name for user in self._state.list_users()}
        weights = {one.key: one.size_bytes for one in slices["folder"]}
        since = (_today() - timedelta(days=FORECAST_DAYS)).isoformat()
        return StorageReport(
            volumes=tuple(self._with_outlook(one, since) for one in self._volumes(weights)),
            by_kind=slices["kind"],
            by_codec=slices["codec"],
            by_year=tuple(sorted(slices["year"], key=lambda one: one.key)),
            by_seen=self._state.room_by_seen(now - 30 * _DAY_MS, now - 365 * _DAY_MS),
            by_person=tuple(replace(one, name=names.get(one.key)) for one in slices["person"]),
            beside=self._state.room_beside(),
            bin=self._state.room_of_bin(),
            largest=self._state.largest_media(Which(), limit=_LARGEST),
        )

    def own_room(self) -> tuple[Slice, ...]:
        """What the program keeps for itself, the largest first. Every file of the state folder is looked at."""
        sums: dict[str, list[int]] = defaultdict(list)
        with os.scandir(self._media_root.state_folder) as entries:
            for entry in entries:
                sums[_PARTS.get(entry.name, _OTHER)].extend(_sizes(entry))
        slices = [Slice(name, sum(sizes), len(sizes)) for name, sizes in sums.items()]
        return tuple(sorted(slices, key=lambda one: (-one.size_bytes, one.key)))

    def take_samples(self) -> None:
        """Note how much room each connected volume has today; what is older than two years is forgotten."""
        weights = {one.key: one.size_bytes for one in self._state.room_slices()["folder"]}
        today = _today()
        samples = [
            (one.key, RoomSample(today.isoformat(), one.free_bytes, one.total_bytes, one.library_bytes))
            for one in self._volumes(weights)
            if one.free_bytes is not None and one.total_bytes is not None
        ]
        self._state.add_room_samples(samples)
        self._state.forget_room_samples((today - timedelta(days=_KEPT_DAYS)).isoformat())

    def _with_outlook(self, volume: Volume, since: str) -> Volume:
        if volume.free_bytes is None:
            return volume
        return replace(volume, forecast=forecast(self._state.room_samples(volume.key, since), volume.free_bytes))

    def _volumes(self, weights: dict[str, int]) -> Iterator[Volume]:
        """The places put together that lie on the same device, each volume called by its first one."""
        devices: dict[int | str, list[_Place]] = defaultdict(list)
        for place in self._places():
            devices[_device(place)].append(place)
        for device, places in devices.items():
            usage = shutil.disk_usage(places[0].path) if isinstance(device, int) else None
            yield Volume(
                key=places[0].key,
                places=tuple(str(one.path) for one in places),
                is_online=usage is not None,
                holds_state=any(one.key == _STATE for one in places),
                library_bytes=sum(weights.get(one.folder, 0) for one in places if one.folder is not None),
                total_bytes=usage and usage.total,
                free_bytes=usage and usage.free,
                forecast=Forecast(Outlook.UNKNOWN, 0),
            )

    def _places(self) -> Iterator[_Place]:
        root = self._media_root
        yield _Place(_ROOT, root.folder, "", root.is_online())
        for place in root.folders():
            if not place.folder.is_built_in:
                yield _Place(place.folder.id, place.path, place.folder.id, place.folder.is_online)
        yield _Place(_STATE, root.state_folder, None, is_online=True)


def _device(place: _Place) -> int | str:
    """What tells volumes apart; a place that is not there is one by itself."""
    if not place.is_online:
        return place.key
    try:
        return place.path.stat().st_dev
    except OSError:
        return place.key


def _sizes(entry: os.DirEntry[str]) -> Iterator[int]:
    """The sizes of a file, or of all files in a folder; what vanishes meanwhile does not count."""
    try:
        if entry.is_dir(follow_symlinks=False):
            with os.scandir(entry.path) as entries:
                for inner in entries:
                    yield from _sizes(inner)
        else:
            yield entry.stat(follow_symlinks=False).st_size
    except OSError:
        return


def _today() -> date:
    return datetime.now(UTC).date()
