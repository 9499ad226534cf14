"""Plays anything in any browser: decides how, and keeps the sessions of those who watch."""

from media_library.services.playback.planner import PlaybackPlanner
from media_library.services.playback.playback import Playback, Started
from media_library.services.playback.session import Session, Watcher
from media_library.services.playback.sessions import Sessions

__all__ = ["Playback", "PlaybackPlanner", "Session", "Sessions", "Started", "Watcher"]
