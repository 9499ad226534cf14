"""The job that writes tags: a few files at a time, with one sentence at the end for those that could not be written."""

import threading

from media_library.app_state import AppState
from media_library.content_downloader import Work
from media_library.errors import NotFound, StorageError
from media_library.models.job import JobStage
from media_library.models.library_job import TagsOrder
from media_library.models.media import Media
from media_library.services.tag_writing.writing import TagWriting

_AT_ONCE = 25
_SELF = "program"


class TagsJob:
    """Does the jobs of the kind TAGS."""

    def __init__(self, state: AppState, writing: TagWriting) -> None:
        self._state = state
        self._writing = writing

    def run(self, work: Work, stop: threading.Event) -> None:
        """Write the tags of the tracks that the job names; one that cannot be written does not keep the others back.

        Raises ``StorageError`` with the first reason if some could not, ``Conflict`` when the job was cancelled.
        """
        order = work.job.order
        assert isinstance(order, TagsOrder)
        who = self._who(work)
        failed: list[tuple[Media, str]] = []
        for start in range(0, len(order.media_ids), _AT_ONCE):
            media = self._present(order.media_ids[start : start + _AT_ONCE])
            percent = 100 * start / len(order.media_ids)
            work.report(JobStage.WRITE, percent, speed=f"{start:,} of {len(order.media_ids):,}")
            ended = self._writing.write(media, who, work.check)
            failed += [(one, str(error)) for one in media if (error := ended.get(one.id)) is not None]
        if failed:
            first, reason = failed[0]
            count = f"{len(failed)} of {len(order.media_ids)} files were not written."
            raise StorageError(f"{count} “{first.names.title}”: {reason}")

    def _present(self, media_ids: tuple[str, ...]) -> list[Media]:
        """The tracks that are still in the library."""
        found = []
        for media_id in media_ids:
            try:
                media = self._state.media(media_id)
            except NotFound:
                continue
            if media.deleted_at is None:
                found.append(media)
        return found

    def _who(self, work: Work) -> str:
        if work.job.requested_by is None:
            return _SELF
        try:
            return self._state.get_user(work.job.requested_by).username
        except NotFound:
            return _SELF
