"""Rips the titles of a DVD or a Blu-ray."""

from dataclasses import dataclass, replace
from pathlib import Path

from media_library.adapters import handbrake, makemkv
from media_library.config import Settings
from media_library.errors import DiscProtected, DiscUnreadable, MediaLibraryError, ToolFailed, VerificationFailed
from media_library.models.disc import DiscTitle
from media_library.models.job import JobStage
from media_library.ripper.by_hand import as_said
from media_library.ripper.opening import OpenedDisc, open_disc
from media_library.ripper.order import RipDesk, RipOrder, Ripped, RipPlan
from media_library.ripper.space import estimated_bytes
from media_library.ripper.tracks import audio_to_keep, fits_mp4, subtitles_to_keep
from media_library.ripper.watch import Part, Watch
from media_library.services.title_selection import select_titles
from media_library.services.verification import verify_video

_SCAN_PERCENT = 2.0
_FETCH, _ENCODE, _VERIFY, _PUBLISH = 0.3, 0.94, 0.04, 0.02


@dataclass(frozen=True, slots=True)
class _Share:
    """A title's share of the job: where it begins, how much of 100 % it is, which step of how many."""

    begin: float
    size: float
    step: int
    steps: int

    def part(self, stage: JobStage, begin: float, size: float) -> Part:
        return Part(stage, self.begin + self.size * begin, self.size * size, self.step, self.steps)


class VideoRip:
    """The rip of one video disc."""

    def __init__(self, settings: Settings, order: RipOrder, desk: RipDesk, watch: Watch, staging: Path) -> None:
        self._settings = settings
        self._order = order
        self._desk = desk
        self._watch = watch
        self._staging = staging
        self._min_seconds = settings.disc_detection.min_title_seconds

    def run(self) -> None:
        """Rip every chosen title. One that cannot be read does not keep the others from the library."""
        self._watch.begin(Part(JobStage.SCAN, 0.0, _SCAN_PERCENT))
        disc = open_disc(self._watch, self._min_seconds)
        plan = self._plan(disc)
        self._desk.planned(self._order, plan)
        wanted = tuple(title for title in plan.chosen if title.index not in self._order.published)
        self._watch.require_space(
            sum(estimated_bytes(title, self._settings.output, needs_copy=disc.needs_makemkv) for title in wanted)
        )
        failures: list[tuple[DiscTitle, MediaLibraryError]] = []
        for title, share in zip(wanted, _shares(wanted), strict=True):
            try:
                self._rip(disc, title, share, plan.review_reason)
            except (DiscUnreadable, VerificationFailed, ToolFailed) as error:
                if self._watch.is_disc_gone():
                    raise self._watch.gone() from error
                # a missing preset or a stalled drive would only fail again
                if isinstance(error, DiscProtected | ToolFailed):
                    raise
                failures.append((title, error))
        if failures:
            raise _summary(failures, len(plan.chosen))

    def _plan(self, disc: OpenedDisc) -> RipPlan:
        selection = select_titles(
            self._order.disc.kind,
            disc.titles,
            self._order.disc.names,
            keep_extras=self._order.preferences.keep_extras,
            minimum_ms=round(self._min_seconds * 1000),
        )
        found = RipPlan(selection.content, selection.titles, selection.review_reason)
        plan = as_said(found, self._order.disc, self._order.titles)
        if not plan.chosen:
            reason = "The chosen titles are not on it." if self._order.titles else selection.plan
            raise DiscUnreadable(f"There is nothing to rip on this disc. {reason}")
        return plan

    def _rip(self, disc: OpenedDisc, title: DiscTitle, share: _Share, review_reason: str | None) -> None:
        source, number, ready = self._watch.source, title.index, 0.0
        if disc.needs_makemkv:
            ready = _FETCH
            self._watch.begin(share.part(JobStage.RIP, 0.0, _FETCH * _ENCODE))
            source, number, title = self._fetch(title)
        order = self._encode_order(source, number, title)
        self._watch.begin(share.part(JobStage.RIP, ready * _ENCODE, (1 - ready) * _ENCODE))
        self._watch.follow(handbrake.encode(order))
        self._watch.begin(share.part(JobStage.VERIFY, _ENCODE, _VERIFY))
        found = self._watch.follow(verify_video(order.target, title, audio_tracks=len(order.audio)))
        self._watch.begin(share.part(JobStage.PUBLISH, _ENCODE + _VERIFY, _PUBLISH))
        self._desk.publish(
            self._order,
            Ripped(title, order.target, order.container, found.duration_ms, found.streams, review_reason=review_reason),
        )

    def _fetch(self, title: DiscTitle) -> tuple[str, int, DiscTitle]:
        """Have MakeMKV copy a title into the staging folder; what HandBrake sees in the copy, with the title's role."""
        folder = self._staging / f"copy-{title.index}"
        folder.mkdir()
        copy = str(self._watch.follow(makemkv.copy(self._watch.source, title, folder, min_seconds=self._min_seconds)))
        scan = self._watch.follow(handbrake.scan(copy, min_seconds=0))
        if not scan.titles:
            raise ToolFailed("HandBrake cannot read the copy that MakeMKV made of the disc.", scan.lines)
        seen = scan.titles[0]
        return copy, seen.index, replace(seen, index=title.index, role=title.role, chosen=True)

    def _encode_order(self, source: str, number: int, title: DiscTitle) -> handbrake.EncodeOrder:
        output, preferences = self._settings.output, self._order.preferences
        subtitles = subtitles_to_keep(title, preferences.subtitle_languages)
        container = output.format if fits_mp4(subtitles) else "mkv"
        return handbrake.EncodeOrder(
            source=source,
            title=number,
            target=self._staging / f"title-{title.index}.{container}",
            scratch=self._staging,
            container=container,
            preset=self._settings.handbrake.preset,
            video_encoder=output.video_encoder,
            quality=output.quality,
            audio_encoder=output.audio_encoder,
            audio_bitrate=output.audio_bitrate,
            audio=audio_to_keep(title, preferences.audio_languages),
            subtitles=subtitles,
            min_seconds=self._min_seconds,
            additional_options=self._settings.handbrake.additional_options,
        )


def _shares(titles: tuple[DiscTitle, ...]) -> list[_Share]:
    whole = sum(title.duration_ms for title in titles) or 1
    shares, begin = [], _SCAN_PERCENT
    for step, title in enumerate(titles, 1):
        size = (100.0 - _SCAN_PERCENT) * title.duration_ms / whole
        shares.append(_Share(begin, size, step, len(titles)))
        begin += size
    return shares


def _summary(failures: list[tuple[DiscTitle, MediaLibraryError]], chosen: int) -> MediaLibraryError:
    _, first = failures[0]
    if chosen == 1:
        return first
    which = " and ".join(str(title.index) for title, _ in failures)
    others = chosen - len(failures)
    rest = f" The other {others} are in the library." if others else ""
    lines = first.output if isinstance(first, DiscUnreadable | ToolFailed) else ()
    return DiscUnreadable(f"Title {which} could not be ripped: {first}{rest}", lines)
