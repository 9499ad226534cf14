"""A finished file on its way into the library."""

from dataclasses import dataclass

from media_library.models.media import NewMedia


@dataclass(frozen=True, slots=True)
class Publication:
    """An intent, written before the rename, so that a crash between rename and commit loses nothing.

    ``staged_path`` and ``media.file.path`` are relative to ``MEDIA_ROOT``. The inode of the staged file survives the
    rename, which is how the file is recognised afterwards.
    """

    id: str
    job_id: str
    title_index: int
    staged_path: str
    media: NewMedia
