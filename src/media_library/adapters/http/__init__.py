"""Makes requests: judged at every hop, with limits of time and size, under our own name, to web addresses only."""

from media_library.adapters.http.address import WebPlace
from media_library.adapters.http.client import Answer, HttpClient, Stream
from media_library.adapters.http.failures import PageMissing, RequestFailed, RequestRefused

__all__ = [
    "Answer",
    "HttpClient",
    "PageMissing",
    "RequestFailed",
    "RequestRefused",
    "Stream",
    "WebPlace",
]
