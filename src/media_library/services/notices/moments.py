"""The moments of which people are told, said by those who see them happen."""

from urllib.parse import quote

from media_library.app_state import AppState
from media_library.models.disc import Disc, DiscContent
from media_library.models.drive import Drive
from media_library.models.media import Media
from media_library.models.notice import NoticeFacts, Topic


def disc_ripped(state: AppState, job_id: str, disc: Disc) -> None:
    """A disc is in the library; if it is not clear what it is, somebody is needed."""
    items = [state.media(media_id) for media_id in state.media_of_job(job_id)]
    first = items[0].id if items else None
    if disc.review_reason is not None or any(item.review_reason is not None for item in items):
        state.add_notice(Topic.DISC_NEEDS_YOU, job_id, NoticeFacts(disc.names.title, media_id=first, page="/review"))
        return
    kind = DiscContent.FILM if disc.content is None or len(items) <= 1 else disc.content
    page = "" if len(items) == 1 else "/activity/" + quote(job_id, safe="")
    facts = NoticeFacts(disc.names.title, kind=kind, count=len(items), media_id=first, page=page)
    state.add_notice(Topic.DISC_DONE, job_id, facts)


def disc_failed(state: AppState, job_id: str, token: int, title: str, error: str) -> None:
    """A disc was not ripped."""
    facts = NoticeFacts(title, error, kind="rip", page="/activity/" + quote(job_id, safe=""))
    state.add_notice(Topic.JOB_FAILED, f"{job_id}:{token}", facts)


def disc_unreadable(state: AppState, drive: Drive, message: str | None) -> None:
    """A drive holds what it cannot read (``message`` says why), or does so no more (``None``)."""
    if message is None:
        state.forget_notice(Topic.DISC_NEEDS_YOU, f"drive:{drive.id}")
        return
    facts = NoticeFacts(drive.name, message, kind="unreadable", page="/activity")
    state.add_notice(Topic.DISC_NEEDS_YOU, f"drive:{drive.id}", facts)


def job_failed(state: AppState, job_id: str, token: int, title: str, error: str, requested_by: str | None) -> None:
    """A job failed for good; who asked for it is told, and the admins."""
    page = "/activity/" + quote(job_id, safe="")
    facts = NoticeFacts(title, error, user_id=requested_by or "", page=page)
    state.add_notice(Topic.JOB_FAILED, f"{job_id}:{token}", facts)


def episode_arrived(state: AppState, media: Media) -> None:
    """An episode came that nobody had to ask for."""
    facts = NoticeFacts(media.names.show_title or media.names.title, media.names.title, media_id=media.id)
    state.add_notice(Topic.NEW_EPISODE, media.id, facts)
