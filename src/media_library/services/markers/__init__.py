"""Where openings, credits and the like are: by the names of chapters, by what episodes share, and by hand."""

from media_library.services.markers.chapters import markers_of_chapters
from media_library.services.markers.openings import Openings
from media_library.services.markers.timelines import Timeline, Timelines

__all__ = ["Openings", "Timeline", "Timelines", "markers_of_chapters"]
