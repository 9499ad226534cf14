"""Tidies up after uploads: hands on what is complete, forgets what expired, removes files that belong to nothing."""

import logging
import time

from media_library.app_state import AppState
from media_library.errors import Conflict
from media_library.models.upload import UNDER_WAY, Upload, UploadState
from media_library.repositories.base import now_ms
from media_library.services.media_root import MediaRoot
from media_library.services.uploads.desk import hand_on, upload_file

log = logging.getLogger(__name__)

PATIENCE_MS = 600_000
"""How long a file waits for the one that it belongs to, once nothing more comes."""

_STRANDED_MS = 60_000
_PAUSED_MS = 3_600_000
_MOST_BESIDE = 2_000
_LEFT_OVER_SECONDS = 3600.0


def settle_uploads(state: AppState, media_root: MediaRoot) -> None:
    """Do what is due; nothing while the media folder is offline, for nothing could be removed."""
    if not media_root.is_online():
        return
    for upload in state.uploads_expired(now_ms()):
        if state.remove_upload(upload):
            log.info("Upload %s expired", upload.id)
            upload_file(media_root, upload.id).unlink(missing_ok=True)
    for upload in state.uploads_stranded(now_ms() - _STRANDED_MS):
        _take_up(state, upload)
    for upload in state.uploads_waiting(now_ms() - PATIENCE_MS):
        if not any(is_active(one) for one in state.uploads_beside(upload, _MOST_BESIDE)):
            hand_on(state, upload)
    _remove_left_overs(state, media_root)


def is_to_come(upload: Upload) -> bool:
    """Whether an upload may still become an item that others belong to."""
    return upload.state in UNDER_WAY and upload.reason is None


def is_active(upload: Upload) -> bool:
    """Whether it is still to come, and something of it came within the last hour or is being looked into."""
    is_paused = upload.state is UploadState.RECEIVING and upload.updated_at < now_ms() - _PAUSED_MS
    return is_to_come(upload) and not is_paused


def _take_up(state: AppState, upload: Upload) -> None:
    """Nobody looks after this upload any more, because the program ended or its job was cancelled."""
    try:
        if upload.state is UploadState.RECEIVING:
            hand_on(state, upload)
        else:
            error = None if upload.job_id is None else state.get_job(upload.job_id).error
            state.move_upload(upload.id, UploadState.FAILED, reason=error or "Its job was cancelled.")
    except Conflict:
        log.info("Upload %s went on by itself", upload.id)


def _remove_left_overs(state: AppState, media_root: MediaRoot) -> None:
    """Files of uploads that are known no more; young ones may belong to an upload that begins just now."""
    folder = upload_file(media_root, "none").parent
    if not folder.is_dir():
        return
    kept = state.uploads_kept()
    for file in folder.iterdir():
        if file.name not in kept and time.time() - file.stat().st_mtime >= _LEFT_OVER_SECONDS:
            file.unlink(missing_ok=True)
