"""Watches the drives: tells the desk which disc came, what is on it, and when it went."""

from media_library.disc_monitor.desk import DiscDesk, DriveSource
from media_library.disc_monitor.monitor import DiscMonitor

__all__ = ["DiscDesk", "DiscMonitor", "DriveSource"]
