"""Asks a web service politely: a cache on disk, a pace for all who ask, back-off, and one clear sentence on failure."""

from media_library.adapters.service_client.client import ServiceClient
from media_library.adapters.service_client.failures import ServiceFailed, ServiceRefused, ServiceUnavailable

__all__ = ["ServiceClient", "ServiceFailed", "ServiceRefused", "ServiceUnavailable"]
