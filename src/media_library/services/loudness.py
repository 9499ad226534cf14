"""Measures how loud music is, so that players can level it: each track by itself, and each album as a whole.

The gains are those of ReplayGain 2.0: towards -18 LUFS (wiki.hydrogenaudio.org, "ReplayGain 2.0 specification").
"""

import logging
import os
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from itertools import groupby

from media_library.adapters import ffmpeg
from media_library.app_state import AppState
from media_library.content_downloader import Work
from media_library.errors import MediaLibraryError, NotFound, Stopped
from media_library.models.job import JobStage
from media_library.models.library_job import LoudnessOrder
from media_library.models.media import Media
from media_library.models.music import Loudness
from media_library.models.tool import ToolRun
from media_library.repositories.media_repo import album_key
from media_library.services.media_root import MediaRoot
from media_library.services.quiet_work import be_nice

log = logging.getLogger(__name__)

REFERENCE_LUFS = -18.0
_TICK_SECONDS = 0.5
_MOST_TRACKS = 500_000
_MOST_TOGETHER = 120
_MOST_LANES = 8


class LoudnessJob:
    """Does the jobs of the kind LOUDNESS: on all cores, but behind everything else that the machine has to do."""

    def __init__(self, state: AppState, media_root: MediaRoot, *, lanes: int | None = None) -> None:
        self._state = state
        self._media_root = media_root
        self._lanes = lanes or min(os.cpu_count() or 1, _MOST_LANES)

    def run(self, work: Work, stop: threading.Event) -> None:
        """Measure the tracks that the job names, or all that were not measured; what cannot be heard is left out.

        Raises ``Conflict`` when the job was cancelled, ``Stopped`` when the program stops.
        """
        order = work.job.order
        assert isinstance(order, LoudnessOrder)
        wanted = order.media_ids or tuple(self._state.tracks_to_measure(_MOST_TRACKS))
        albums = [list(tracks) for _, tracks in groupby(self._present(wanted), key=lambda one: album_key(one.names))]
        count, done = sum(map(len, albums)), 0
        over = threading.Event()
        waiting: deque[tuple[Media, list[Future[None]]]] = deque()
        wholes: list[Future[None]] = []
        with ThreadPoolExecutor(self._lanes, "loudness", be_nice) as pool:
            try:
                for tracks in [*albums, []]:
                    # the next album is begun before this one is over, so that no core has to wait
                    if tracks:
                        waiting.append((tracks[0], [pool.submit(self._measure, one, over) for one in tracks]))
                    while waiting and (len(waiting) > 1 or not tracks):
                        first, futures = waiting.popleft()
                        for future in futures:
                            _finish(work, future)
                            done += 1
                            work.report(JobStage.ANALYSE, 100 * done / count, speed=f"{done:,} of {count:,}")
                        wholes.append(pool.submit(self._measure_album, first, over))
                for future in wholes:
                    _finish(work, future)
            finally:
                over.set()

    def _present(self, media_ids: Sequence[str]) -> list[Media]:
        found = []
        for media_id in media_ids:
            try:
                media = self._state.media(media_id)
            except NotFound:
                continue
            if media.deleted_at is None and media.file is not None:
                found.append(media)
        return found

    def _measure(self, media: Media, over: threading.Event) -> None:
        file = media.file
        known = self._state.loudness_of([media.id]).get(media.id)
        if file is None or (known is not None and known.mtime_ns == file.mtime_ns):
            return
        try:
            found = _followed(ffmpeg.measure_loudness(self._media_root.path(file.path)), over)
        except Stopped:
            return
        except MediaLibraryError as error:
            log.info("The loudness of %s is not known: %s", media.id, error)
            return
        gain = round(REFERENCE_LUFS - found.integrated_lufs, 2)
        self._state.put_loudness(media.id, Loudness(found.integrated_lufs, gain, found.peak, file.mtime_ns))

    def _measure_album(self, one: Media, over: threading.Event) -> None:
        """The album as a whole, once all its tracks are measured."""
        key = album_key(one.names)
        if key is None:
            return
        tracks = self._present(self._state.tracks_of_album(key))
        known = self._state.loudness_of([track.id for track in tracks])
        if len(known) < len(tracks) or len(tracks) > _MOST_TOGETHER:
            return
        peak = max(loudness.track_peak for loudness in known.values())
        if len(tracks) == 1:
            gain = known[tracks[0].id].track_gain
        else:
            try:
                files = [self._media_root.path(track.file.path) for track in tracks if track.file is not None]
                gain = round(REFERENCE_LUFS - _followed(ffmpeg.measure_together(files), over).integrated_lufs, 2)
            except Stopped:
                return
            except MediaLibraryError as error:
                log.info("The loudness of the album %s is not known: %s", key, error)
                return
        self._state.put_album_loudness([track.id for track in tracks], gain, peak)


def _finish(work: Work, future: "Future[None]") -> None:
    while not wait_for([future], _TICK_SECONDS).done:
        work.check()
    future.result()


def _followed(run: ToolRun[ffmpeg.Measured], over: threading.Event) -> ffmpeg.Measured:
    """Let a program run to its end, unless it is over with the job."""
    try:
        while True:
            next(run)
            if over.is_set():
                raise Stopped("The measuring was broken off.")
    except StopIteration as end:
        found: ffmpeg.Measured = end.value
        return found
    finally:
        run.close()
