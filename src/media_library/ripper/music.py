"""Rips the tracks of an audio CD."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from media_library.adapters import cd_audio, disc_structure, ffmpeg
from media_library.adapters.cd_audio import CdTrack
from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.musicbrainz import MusicBrainz
from media_library.config import Settings
from media_library.errors import DiscUnreadable, ToolFailed, ToolStalled, VerificationFailed
from media_library.models.disc import DiscContent, DiscTitle, TitleRole
from media_library.models.job import JobStage
from media_library.models.media import AudioTrack, Streams
from media_library.models.toc import Toc
from media_library.ripper.album import Album, Lookup, album_of
from media_library.ripper.order import RipDesk, RipOrder, Ripped, RipPlan
from media_library.ripper.watch import Part, Watch
from media_library.services.verification import verify_music

_SAMPLE_RATE = 44_100
_SCAN_PERCENT = 1.0
_READ, _ENCODE, _VERIFY = 0.5, 0.9, 0.08


class MusicRip:
    """The rip of one audio CD."""

    def __init__(
        self,
        settings: Settings,
        order: RipOrder,
        desk: RipDesk,
        watch: Watch,
        staging: Path,
        service: MusicBrainz,
        covers: CoverArtArchive,
    ) -> None:
        self._format = ffmpeg.MUSIC_FORMATS[settings.output.music_encoder]
        self._order = order
        self._desk = desk
        self._watch = watch
        self._staging = staging
        self._service = service
        self._covers = covers
        self._album: Album | None = None

    def run(self) -> None:
        """Rip every track; one that cannot be read does not keep the others from the library."""
        self._watch.begin(Part(JobStage.SCAN, 0.0, _SCAN_PERCENT))
        toc = disc_structure.examine(Path(self._watch.source), self._order.disc.kind).toc
        listed = self._measured(cd_audio.list_tracks(Path(self._watch.source), toc))
        chosen = tuple(track for track in listed if not self._order.titles or track.number in self._order.titles)
        if not chosen:
            raise DiscUnreadable("None of the chosen tracks is on this CD.")
        lookup = Lookup(self._service, self._covers, toc)
        self._tell(listed, chosen, album_of(self._order.disc, toc, listed))
        wanted = tuple(track for track in chosen if track.number not in self._order.published)
        longest = max((track.samples for track in wanted), default=0)
        self._watch.require_space(4 * (sum(track.samples for track in wanted) + longest))
        failures: list[tuple[int, DiscUnreadable | ToolFailed | VerificationFailed]] = []
        for step, track in enumerate(wanted, 1):
            begin, size = self._share(wanted, step - 1)
            try:
                self._rip(track, begin, size, (step, len(wanted)), lambda: self._named(lookup, toc, listed, chosen))
            except ToolStalled:
                raise
            except (DiscUnreadable, ToolFailed, VerificationFailed) as error:
                if self._watch.is_disc_gone():
                    raise self._watch.gone() from error
                failures.append((track.number, error))
        if failures:
            raise _summary(failures, len(chosen))

    def _measured(self, tracks: tuple[CdTrack, ...]) -> tuple[CdTrack, ...]:
        """Tracks of a folder without a table of contents are as long as their files say."""
        measured = []
        for track in tracks:
            if not track.samples and track.file is not None:
                found = self._watch.follow(ffmpeg.probe(track.file))
                measured.append(replace(track, samples=round(found.duration_ms * _SAMPLE_RATE / 1000)))
            else:
                measured.append(track)
        return tuple(measured)

    def _rip(
        self, track: CdTrack, begin: float, size: float, step: tuple[int, int], named: Callable[[], Album]
    ) -> None:
        target = self._staging / f"track-{track.number:02d}{self._format.suffix}"
        wav = self._staging / f"track-{track.number:02d}.read.wav"
        self._watch.begin(Part(JobStage.RIP, begin, size * _READ * _ENCODE, *step))
        file, first = self._file(track, wav)
        self._watch.begin(Part(JobStage.RIP, begin + size * first * _ENCODE, size * (1 - first) * _ENCODE, *step))
        try:
            md5 = self._watch.follow(
                ffmpeg.encode_music(
                    file,
                    target,
                    self._format,
                    seconds=track.samples / _SAMPLE_RATE,
                    digest=self._staging / f"track-{track.number:02d}.md5",
                )
            )
        except ToolStalled:
            raise
        except ToolFailed as error:
            raise DiscUnreadable(f"Track {track.number} cannot be read to its end.", error.output) from error
        wav.unlink(missing_ok=True)
        album = named()
        from media_library.adapters.audio_tags.whole import write_tags

        write_tags(target, album.tags(track.number))
        self._watch.begin(Part(JobStage.VERIFY, begin + size * _ENCODE, size * _VERIFY, *step))
        pcm = self._watch.follow(
            verify_music(
                target,
                source_md5=md5,
                samples=track.samples,
                is_lossless=self._format.is_lossless,
                track=track.number,
            )
        )
        self._watch.begin(Part(JobStage.PUBLISH, begin + size * (_ENCODE + _VERIFY), 0.0, *step))
        duration_ms = round(pcm.samples * 1000 / _SAMPLE_RATE)
        self._desk.publish(
            self._order,
            Ripped(
                _title(track, duration_ms, album, chosen=True),
                target,
                self._format.suffix.lstrip("."),
                duration_ms,
                Streams(audio=(AudioTrack(0, "und", self._format.encoder[0], 2, True),)),
                album.track(track.number),
                self._cover(album),
            ),
        )

    def _file(self, track: CdTrack, wav: Path) -> tuple[Path, float]:
        """The file that holds a track, read off the disc if need be, and how much of the work that was."""
        if track.file is None:
            self._watch.follow(cd_audio.read_track(Path(self._watch.source), track, wav))
            return wav, _READ
        if not track.file.exists():
            # the volume or the file was given another name; the number stays
            self._watch.look(at_once=True)
            moved = cd_audio.find_track(Path(self._watch.source), track.number)
            if moved is None:
                raise DiscUnreadable(f"Track {track.number} is not on the CD any more.")
            return moved, 0.0
        return track.file, 0.0

    def _named(
        self, lookup: Lookup, toc: Toc | None, listed: tuple[CdTrack, ...], chosen: tuple[CdTrack, ...]
    ) -> Album:
        """The album, once the look-up has answered or its time is over; told to the desk as soon as it is known."""
        if self._album is None:
            while lookup.is_waiting():
                self._watch.look()
            releases, cover = lookup.result()
            self._album = album_of(self._order.disc, toc, listed, releases, cover)
            self._tell(listed, chosen, self._album)
        return self._album

    def _tell(self, listed: tuple[CdTrack, ...], chosen: tuple[CdTrack, ...], album: Album) -> None:
        titles = tuple(
            _title(track, round(track.samples * 1000 / _SAMPLE_RATE), album, chosen=track in chosen) for track in listed
        )
        self._desk.planned(self._order, RipPlan(DiscContent.MUSIC, titles, album.review_reason, album.names))

    def _cover(self, album: Album) -> Path | None:
        if album.cover is None:
            return None
        file = self._staging / "cover.jpg"
        if not file.exists():
            file.write_bytes(album.cover)
        return file

    @staticmethod
    def _share(tracks: tuple[CdTrack, ...], place: int) -> tuple[float, float]:
        whole = sum(track.samples for track in tracks) or 1
        scale = (100.0 - _SCAN_PERCENT) / whole
        return _SCAN_PERCENT + scale * sum(track.samples for track in tracks[:place]), scale * tracks[place].samples


def _title(track: CdTrack, duration_ms: int, album: Album, *, chosen: bool) -> DiscTitle:
    return DiscTitle(track.number, duration_ms, role=TitleRole.TRACK, chosen=chosen, name=album.tracks[track.number][0])


def _summary(
    failures: list[tuple[int, DiscUnreadable | ToolFailed | VerificationFailed]], chosen: int
) -> DiscUnreadable:
    _, first = failures[0]
    lines = () if isinstance(first, VerificationFailed) else first.output
    rest = chosen - len(failures)
    others = f" The other {rest} tracks are in the library." if rest > 1 else " The other track is in the library."
    which = ", ".join(str(number) for number, _ in failures)
    if len(failures) == 1:
        told = str(first) if str(first).startswith("Track") else f"Track {which}: {first}"
    else:
        told = f"Tracks {which} cannot be read."
    return DiscUnreadable(f"{told} Clean the disc, or try another drive, and retry.{others if rest else ''}", lines)
