"""From “I want to see this” to something that a browser can play."""

from dataclasses import dataclass, replace

from media_library.app_state import AppState
from media_library.errors import InvalidInput
from media_library.models.media import Media
from media_library.models.playback_plan import BurnedSubtitle, Method, Plan, Source, Wish
from media_library.models.subtitle import SubtitleChoice
from media_library.services.media_root import MediaRoot
from media_library.services.playback.encoders import Encoders
from media_library.services.playback.planner import Machine, PlaybackPlanner
from media_library.services.playback.session import Order, Session, Watcher
from media_library.services.playback.sessions import Sessions
from media_library.services.playback.sources import Film, Sources
from media_library.services.preferences import Preferences

_FOLDER = "playback"


@dataclass(frozen=True, slots=True)
class Started:
    """How an item is played; without a ``session`` its file is sent as it is."""

    plan: Plan
    session: Session | None


class Playback:
    """Plans, and begins sessions. Safe to use from any thread."""

    def __init__(self, state: AppState, media_root: MediaRoot, preferences: Preferences) -> None:
        folder = media_root.state_folder / "cache" / _FOLDER
        self._media_root = media_root
        self._preferences = preferences
        self._sources = Sources(media_root)
        self._encoders = Encoders()
        self.sessions = Sessions(state, self._sources, self._encoders, folder)

    def limit(self) -> int:
        """How many pictures may be encoded at a time."""
        return self._preferences.playback().simultaneous

    def start(self, media: Media, wish: Wish, watcher: Watcher, position: float) -> Started:
        """Decide how ``media`` is played, and begin to make its parts at ``position`` (seconds) if need be.

        Raises ``NotFound``, ``StorageError``, ``InvalidInput``, ``Conflict`` if there is no way, ``TooManyTranscodes``.
        """
        preferences = self._preferences.playback()
        planner = PlaybackPlanner(preferences)
        film = self._sources.film(media)
        known = self._sources.known(media, film)
        if known is not None:
            plan = planner.plan(known, wish)
            if plan.method is Method.DIRECT:
                return Started(plan, None)
        source = self._sources.looked_into(media, film)
        if wish.burned is not None and wish.burned.path is None:
            wish = replace(wish, burned=_counted(wish.burned, source))
        plan = planner.plan(source, wish)
        if plan.method is Method.DIRECT:
            return Started(plan, None)
        borders: tuple[float, ...] = ()
        if source.video is not None and not plan.encodes_video:
            borders = self._sources.borders(film, source)
            plan = planner.plan(source, wish, Machine(can_cut=bool(borders)))
        hardware = self._encoders.hardware(preferences.hardware) if plan.encodes_video else None
        if hardware is not None:
            plan = planner.plan(source, wish, Machine(has_hardware=True, can_cut=bool(borders)))
        return Started(plan, self._open(media, film, plan, watcher, position, borders))

    def burned(self, choices: tuple[SubtitleChoice, ...], subtitle_id: str) -> BurnedSubtitle:
        """The subtitles to draw into the picture of an item; raises ``InvalidInput`` if there are no such."""
        choice = next((one for one in choices if one.id == subtitle_id), None)
        if choice is None:
            raise InvalidInput("There are no such subtitles.", "subtitle")
        if choice.path is None:
            return BurnedSubtitle(None, choice.stream_index, choice.is_text)
        if not choice.is_text:
            raise InvalidInput("Pictures in a file beside the film cannot be drawn into it.", "subtitle")
        return BurnedSubtitle(None, None, choice.is_text, str(self._media_root.path(choice.path)))

    def _open(
        self, media: Media, film: Film, plan: Plan, watcher: Watcher, position: float, borders: tuple[float, ...]
    ) -> Session:
        height = max((one.video.height for one in plan.renditions if one.video is not None), default=0)
        encoder = self._encoders.best(self._preferences.playback().hardware, height, needed=plan.encodes_video)
        can_tone_map = self._encoders.can_tone_map() if plan.tone_map else True
        order = Order(watcher, media.id, media.names.title, film, plan, borders, encoder, can_tone_map)
        return self.sessions.open(order, position, self.limit())


def _counted(burned: BurnedSubtitle, source: Source) -> BurnedSubtitle:
    """Subtitles of a film with their place among its subtitles; raises ``InvalidInput`` if the film has none such."""
    track = next((one for one in source.subtitles if one.index == burned.index), None)
    if track is None:
        raise InvalidInput("This file has no such subtitles.", "subtitle")
    return replace(burned, number=track.number, canvas=(track.width, track.height))
