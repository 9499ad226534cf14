"""The way to the services that know things: their hosts are those of the configuration, wherever these are.

Somebody may have a mirror of a service in the house; what the configuration names is meant to be reached, and only by
what asks that service.
"""

from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.config import Settings


def http_for_services(settings: Settings) -> HttpClient:
    """A client for the services of the configuration."""
    services = settings.services
    addresses = (
        services.musicbrainz_url,
        services.cover_art_url,
        services.acoustid_url,
        services.tmdb_url,
        services.tmdb_images_url,
    )
    return HttpClient(Egress(lambda: hosts_of(*addresses)))
