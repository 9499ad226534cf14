"""One person who watches one film that has to be brought into another form."""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters.ffmpeg.hls import Start, streamed
from media_library.adapters.ffmpeg.recipe import Encoder, EncoderKind, Recipe
from media_library.errors import Conflict, NotFound
from media_library.models.playback_plan import Plan, Reason, ReasonCode, Rendition
from media_library.repositories.base import new_id, now_ms
from media_library.services.playback.borders import ENCODED_SECONDS, SOUND_SECONDS, even_borders
from media_library.services.playback.playlists import master_playlist, media_playlist
from media_library.services.playback.rendering import Rendering
from media_library.services.playback.run import Run, Stream
from media_library.services.playback.sources import Film

LASTS_SECONDS = 60.0
"""A session that is not heard of for so long ends."""

_LEAD_SECONDS = 0.5
_MISSING = (
    "The file of this film is not there any more: it was moved or removed, or its disk is not connected. Put it back, "
    "then try again."
)
_FILM, _WORDS = "film", "words"


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who watches: the person as they were when they began, and the browser's sign-in if it is one."""

    user_id: str
    name: str
    epoch: int
    sign_in: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """What is played and how. ``borders`` are where its picture can be cut, if it is copied."""

    watcher: Watcher
    media_id: str
    title: str
    film: Film
    plan: Plan
    borders: tuple[float, ...]
    encoder: Encoder
    can_tone_map: bool = True


class Session:
    """The forms of one film for one person. Safe to use from any thread."""

    def __init__(
        self,
        order: Order,
        folder: Path,
        *,
        software: Callable[[], Encoder],
        hardware_failed: Callable[[EncoderKind], None],
        distrust: Callable[[str], None],
    ) -> None:
        self.id = new_id()
        self.order = order
        self.started_at = now_ms()
        self.position = 0.0
        self.is_playing = True
        self.reasons = order.plan.reasons
        self.encoder = order.encoder
        self._folder = folder / self.id
        self._changed = threading.Condition()
        self._heard_at = time.monotonic()
        self._software = software
        self._hardware_failed = hardware_failed
        self._distrust = distrust
        self._renderings: dict[str, Rendering] = {}
        self._place = 0.0
        self._home = self._folder / "home"
        self._home.mkdir(parents=True, mode=0o700)
        (self._home / _FILM).symlink_to(order.film.path)
        burned = order.plan.burned
        if burned is not None and burned.path is not None:
            (self._home / _WORDS).symlink_to(burned.path)
        for rendition in order.plan.renditions:
            (self._folder / rendition.id).mkdir()
            self._renderings[rendition.id] = self._rendering(rendition)

    @property
    def encodes_video(self) -> bool:
        """Whether it counts among those that take most of the machine."""
        return self.order.plan.encodes_video

    @property
    def speed(self) -> float | None:
        """How many seconds of film are made in one, by the ffmpeg that was last at work."""
        speeds = [one.run.speed for one in self._renderings.values() if one.run is not None and not one.run.ended]
        return next((speed for speed in speeds if speed is not None), None)

    def begin(self, position: float) -> None:
        """Begin with what will most likely be asked for first."""
        self.position = self._place = position
        first = next(iter(self._renderings.values()))
        first.prepare(first.number_at(position))

    def master(self) -> str:
        """The playlist of all forms."""
        self.hear()
        return master_playlist(self.order.plan)

    def playlist(self, rendition_id: str) -> str:
        """The playlist of one form; raises ``NotFound``."""
        self.hear()
        return media_playlist(self._find(rendition_id).borders)

    def init(self, rendition_id: str) -> Path:
        """What comes before the segments of a form; raises like ``segment``."""
        rendering = self._only(rendition_id)
        return rendering.init(rendering.number_at(self._place))

    def segment(self, rendition_id: str, number: int) -> Path:
        """A segment as a file; raises as ``Rendering.segment`` does."""
        rendering = self._only(rendition_id)
        if 0 <= number < rendering.count:
            self._place = rendering.borders[number]
        return rendering.segment(number)

    def hear(self, position: float | None = None, *, is_playing: bool = True) -> None:
        """The player is still there."""
        with self._changed:
            self._heard_at = time.monotonic()
            if position is not None:
                self.position, self.is_playing = position, is_playing

    def silent_seconds(self) -> float:
        """How long nothing was heard of it."""
        with self._changed:
            return time.monotonic() - self._heard_at

    def end(self) -> None:
        """End ffmpeg and remove all segments; returns when that is done."""
        with self._changed:
            runs = [rendering.stop(for_good=True) for rendering in self._renderings.values()]
        for run in runs:
            if run is not None:
                run.join(5.0)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _only(self, rendition_id: str) -> Rendering:
        """A form; the ffmpeg of any other is ended, for one is at work at a time."""
        found = self._find(rendition_id)
        self.hear()
        with self._changed:
            for rendering in self._renderings.values():
                if rendering is not found and rendering.run is not None and not rendering.run.ended:
                    rendering.stop(for_good=False)
        return found

    def _find(self, rendition_id: str) -> Rendering:
        found = self._renderings.get(rendition_id)
        if found is None:
            raise NotFound("This playback has no such quality.")
        return found

    def _rendering(self, rendition: Rendition) -> Rendering:
        source = self.order.plan.source
        borders = self.order.borders
        if source.video is None:
            borders = even_borders(source.duration, SOUND_SECONDS)
        elif rendition.video is not None:
            borders = even_borders(source.duration, ENCODED_SECONDS)

        def begin(number: int) -> Stream:
            is_copied = source.video is not None and rendition.video is None
            start = Start(borders[number], _LEAD_SECONDS if is_copied and number else 0.0)
            return streamed(self.recipe(rendition), start, self._home, keyframe_seconds=ENCODED_SECONDS)

        folder = self._folder / rendition.id
        return Rendering(folder, borders, self._changed, begin=begin, recover=self._recover)

    def recipe(self, rendition: Rendition) -> Recipe:
        """What ffmpeg is to make."""
        plan = self.order.plan
        burned = plan.burned if rendition.video is not None else None
        beside = None if burned is None or burned.path is None else Path(burned.path)
        is_drawn = burned is not None and burned.is_text
        return Recipe(
            self.order.film.path,
            plan.source.duration,
            plan.source.video,
            self.encoder,
            rendition.video,
            None if plan.audio is None else plan.audio.index,
            "" if plan.audio is None else plan.audio.codec,
            rendition.audio,
            tone_map=plan.tone_map,
            deinterlace=plan.deinterlace,
            subtitle_index=burned.index if burned is not None and not burned.is_text else None,
            subtitle_number=burned.number if burned is not None and is_drawn and beside is None else None,
            subtitle_file=beside,
            drawn_from="" if not is_drawn else _WORDS if beside is not None else _FILM,
            subtitle_canvas=burned.canvas if burned is not None else (0, 0),
            can_tone_map=self.order.can_tone_map,
        )

    def _recover(self, run: Run) -> bool:
        """After a failure: from hardware to the processor, once; a file whose index is wrong is encoded next time.

        Raises ``Conflict`` if there is no file any more.
        """
        if not self.order.film.path.is_file():
            raise Conflict(_MISSING)
        if run.is_out_of_step:
            self._distrust(self.order.film.tag)
            return False
        if self.encoder.kind is EncoderKind.SOFTWARE or not self.encodes_video:
            return False
        self._hardware_failed(self.encoder.kind)
        failed = f"The hardware encoder ({self.encoder.kind}) failed; the processor goes on."
        self.encoder = self._software()
        self.reasons = (*self.reasons, Reason(ReasonCode.HARDWARE_FAILED, failed))
        return True
