"""A loopback web server that stands in for the internet: real media made by ffmpeg behind pages of real shapes.

``with serve() as web:`` gives a ``Site``; ``web.put(path, Page(…))`` adds an address, ``web.url(path)`` names it,
``web.hits`` tells what was asked. ``shapes`` puts whole pages, playlists, streams and hostile hosts on a site.
"""

from tests.internet.site import Hit, Page, Site, serve

__all__ = ["Hit", "Page", "Site", "serve"]
