"""The web process: the app with its headers, the live connections, and the server that runs them."""

from media_library.web_server.app import Web, create_app, create_web
from media_library.web_server.server import serve

__all__ = ["Web", "create_app", "create_web", "serve"]
