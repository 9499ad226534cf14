"""The errors of the program; their messages are written for the person who reads them."""

from collections.abc import Sequence


class MediaLibraryError(Exception):
    """Base of every error of our own. ``str(error)`` says what happened and what to do."""

    code = "error"


class ConfigError(MediaLibraryError):
    """A setting is missing, malformed or contradicts another; names its key."""

    code = "config"


class StartError(MediaLibraryError):
    """The program cannot start here (state file, lock, file system, secret)."""

    code = "start"


class InvalidInput(MediaLibraryError):
    """A request or an argument does not have the required form. ``field`` names the culprit."""

    code = "bad_request"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class TooLarge(MediaLibraryError):
    """What was sent is larger than what is taken at once, or at all."""

    code = "too_large"


class Unauthenticated(MediaLibraryError):
    """Nobody is signed in, or what was shown as proof is not valid."""

    code = "unauthenticated"


class NobodyChosen(Unauthenticated):
    """A shared screen was left alone for so long that it has to be said again who is watching."""

    code = "nobody_chosen"


class Forbidden(MediaLibraryError):
    """The signed-in person or key may not do this."""

    code = "forbidden"


class NotFound(MediaLibraryError):
    """There is no such thing, or the asker must not know of it."""

    code = "not_found"


class Conflict(MediaLibraryError):
    """The thing is not in a state in which this is possible."""

    code = "conflict"


class TooManyRequests(MediaLibraryError):
    """The asker has to wait ``retry_after`` seconds."""

    code = "too_many_requests"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ToolMissing(MediaLibraryError):
    """An outside program is not installed; the message says how to get it."""

    code = "tool_missing"


class ToolFailed(MediaLibraryError):
    """An outside program failed. ``output`` holds the last lines it wrote."""

    code = "tool_failed"

    def __init__(self, message: str, output: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.output = tuple(output)


class ToolStalled(ToolFailed):
    """An outside program made no progress for too long and was ended."""

    code = "tool_stalled"


class DiscUnreadable(MediaLibraryError):
    """A disc or image cannot be read or is not what it claims to be."""

    code = "disc_unreadable"

    def __init__(self, message: str, output: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.output = tuple(output)


class DiscProtected(DiscUnreadable):
    """A disc is encrypted and what could open it is not installed."""

    code = "disc_protected"


class TransientFailure(MediaLibraryError):
    """Something outside failed that may work later; the job is tried again, at the earliest after ``retry_after``."""

    code = "transient"

    def __init__(self, message: str, retry_after_seconds: float | None = None, output: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
        self.output = tuple(output)


class VerificationFailed(MediaLibraryError):
    """A finished file is not what it should be; it is not published."""

    code = "verification_failed"


class StorageError(MediaLibraryError):
    """The media folder is missing, read-only or full."""

    code = "storage"


class Stopped(MediaLibraryError):
    """The program is shutting down; the work goes back to the queue."""

    code = "stopped"
