"""Takes what people want to have: gives the item that is there already, or queues the job that fetches it."""

from collections.abc import Sequence
from dataclasses import dataclass

from media_library.app_state import AppState
from media_library.errors import Forbidden
from media_library.models.content_job import ContentOrder
from media_library.models.identity import Identity
from media_library.models.job import Job
from media_library.models.library import Library, LibraryKind
from media_library.services.bin import Bin
from media_library.services.web_addresses import WebAddress


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a wish. ``existing`` says that nothing new is fetched: it is here, or on its way already."""

    job: Job | None = None
    media_id: str | None = None
    collection_id: str | None = None
    podcast_id: str | None = None
    existing: bool = False


class Content:
    """The counter of the content worker."""

    def __init__(self, state: AppState, bin: Bin) -> None:
        self._state = state
        self._bin = bin

    def library_for(self, actor: Identity, kind: LibraryKind) -> Library:
        """The library of a kind; raises ``Forbidden`` if the person may not see it, and so not add to it."""
        library = self._state.library_of_kind(kind)
        granted = actor.viewer.library_ids
        if granted is not None and library.id not in granted:
            raise Forbidden(f"You may not see “{library.name}”, so you cannot add to it. Ask an admin.")
        return library

    def existing(self, actor: Identity, origins: Sequence[str]) -> Added | None:
        """What has one of these origins already; an item in the bin is brought back."""
        media = self._state.media_by_origin(origins)
        if media is None or (media.file is None and media.deleted_at is not None):
            return None
        if media.deleted_at is not None:
            self._bin.restore(actor, media.id)
        return Added(media_id=media.id, existing=True)

    def add(
        self,
        actor: Identity,
        order: ContentOrder,
        *,
        kind: LibraryKind,
        title: str,
        origins: Sequence[str] = (),
        address: WebAddress | None = None,
        job_id: str | None = None,
    ) -> Added:
        """Queue ``order`` unless one of its ``origins`` is in the library or on its way; the first names the job.

        ``job_id`` is given by a caller that has put a file into the staging folder of that job. Raises ``Forbidden``.
        """
        self.library_for(actor, kind)
        there = self.existing(actor, origins)
        if there is not None:
            return there
        active = self._state.active_content(origins[0]) if origins else None
        if active is not None:
            return Added(job=active, existing=True)
        job = self._state.queue_content(
            order,
            title=title,
            origin=origins[0] if origins else "",
            host="" if address is None else address.host,
            url=None if address is None else address.url,
            requested_by=actor.user.id,
            job_id=job_id,
        )
        return Added(job=job)
