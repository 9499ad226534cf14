"""Why a part of an upload is not taken."""

from enum import StrEnum

from media_library.errors import MediaLibraryError


class Refusal(StrEnum):
    """The reasons that a sending program can do something about, each in its own way."""

    EXPIRED = "expired"
    LOCKED = "locked"
    MISPLACED = "misplaced"
    TOO_LARGE = "too_large"
    WRONG_CHECKSUM = "wrong_checksum"
    NO_ROOM = "no_room"
    TOO_MANY = "too_many_requests"


class UploadRefused(MediaLibraryError):
    """An upload, or a part of one, is not taken. ``offset`` is from where it goes on, if it does."""

    def __init__(self, refusal: Refusal, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.offset = offset
