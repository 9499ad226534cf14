"""What can come of asking a service besides an answer; each message names the service."""

from media_library.errors import MediaLibraryError, TransientFailure


class ServiceFailed(MediaLibraryError):
    """A service answered in a way that cannot be used; asking again now brings the same."""

    code = "service_failed"


class ServiceRefused(ServiceFailed):
    """A service does not accept our key, or was given none."""

    code = "service_refused"


class ServiceUnavailable(TransientFailure):
    """A service cannot be reached, is overloaded, or asks us to wait ``retry_after_seconds``."""

    code = "service_unavailable"
