"""What people do with discs: say what they are, have them ripped now, have them ejected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput
from media_library.models.disc import Disc, DiscContent, DiscTitle, TitleRole
from media_library.models.drive import DiscKind
from media_library.models.job import RUNNING, Job, NewRip
from media_library.services.disc_corrections import correct_media
from media_library.services.disc_desk import RIPPABLE
from media_library.services.renaming import Renaming

_NOTHING = {
    DiscKind.DATA: "This disc holds data: there is nothing to rip.",
    DiscKind.BLANK: "This disc is blank: there is nothing to rip.",
    DiscKind.UNKNOWN: "This disc cannot be read here.",
}


@dataclass(frozen=True, slots=True)
class DiscName:
    """What a person says a disc is. Only the named ``changes`` count, so that a number can be taken away too."""

    changes: frozenset[str]
    title: str | None = None
    season: int | None = None
    disc_number: int | None = None
    content: DiscContent | None = None


class DiscActions:
    """Acts through rows; the disc monitor and the rip workers find them."""

    def __init__(self, state: AppState, renaming: Renaming | None = None) -> None:
        self._state = state
        self._renaming = renaming

    def name(self, disc_id: str, said: DiscName) -> Disc:
        """Call a disc what a person says; a rip that runs uses it too. Raises ``NotFound``, ``InvalidInput``.

        What was ripped from it before is called so too, and a plan is made for the names of its files, to be looked at
        and carried out.
        """
        with self._state.transaction():
            disc = self._state.get_disc(disc_id)
            before = disc.names
            names = replace(disc.names, by_hand=True)
            if "title" in said.changes:
                if said.title is None:
                    raise InvalidInput("A disc needs a title.", "title")
                names = replace(names, title=said.title)
            if "season" in said.changes:
                names = replace(names, season=said.season)
            if "disc_number" in said.changes:
                names = replace(names, disc_number=said.disc_number)
            content = said.content if "content" in said.changes else disc.content
            if content is not None and (content is not disc.content or disc.review_reason):
                self._state.plan_disc(disc.id, content, disc.titles, None)
            self._state.name_disc(disc.id, names)
            drive = self._state.drive_with_disc(disc.id)
            job = None if drive is None else self._state.active_job_of_drive(drive.id)
            if job is not None and job.disc_id == disc.id and job.title != names.title:
                self._state.rename_job(job.id, names.title)
            named = self._state.get_disc(disc.id)
            corrected = correct_media(self._state, before, named)
        if corrected and self._renaming is not None:
            self._renaming.offer(corrected, named.names.title)
        return named

    def rip(self, disc_id: str, titles: Sequence[int] | None, requested_by: str | None = None) -> Job:
        """Queue a rip of a disc that is in a drive, of the numbered ``titles`` or as planned, for who asks for it.

        Raises ``NotFound``, ``Conflict`` if there is nothing to rip or it is being ripped, ``InvalidInput`` for a title
        that the disc does not have.
        """
        with self._state.transaction():
            disc = self._state.get_disc(disc_id)
            drive = self._state.drive_with_disc(disc.id)
            if drive is None:
                raise Conflict("This disc is in no drive. Put it in first.")
            if disc.kind not in RIPPABLE:
                raise Conflict(_NOTHING[disc.kind])
            unknown = set(titles or ()) - {title.index for title in disc.titles}
            if unknown:
                raise InvalidInput(f"This disc has no title {min(unknown)}.", "titles")
            chosen = tuple(title.index for title in disc.titles if titles is not None and title.index in titles)
            return self._state.queue_rip(NewRip(disc.names.title, disc.id, drive.id, chosen, requested_by))

    def eject(self, drive_id: str) -> None:
        """Have what is in a drive ejected; raises ``NotFound``, and ``Conflict`` while it is being ripped."""
        with self._state.transaction():
            drive = self._state.get_drive(drive_id)
            job = self._state.active_job_of_drive(drive.id)
            if job is not None and job.status in RUNNING:
                raise Conflict("This disc is being ripped. Cancel the rip first, or wait for its end.")
            self._state.want_eject(drive.id)


def plan_of(disc: Disc) -> str:
    """One sentence: what will be, or was, ripped from a disc."""
    if disc.kind not in RIPPABLE:
        return _NOTHING[disc.kind]
    if not disc.titles:
        return "What is on it is found out when it is ripped."
    chosen = [title for title in disc.titles if title.chosen]
    if not chosen:
        return "Nothing on it is long enough to be ripped by itself. Choose what you want."
    if disc.ripped_at is not None:
        return f"Ripped before: {_what(disc, chosen)}."
    return f"Will be ripped: {_what(disc, chosen)}."


def _what(disc: Disc, chosen: Sequence[DiscTitle]) -> str:
    counts = {role: sum(title.role is role for title in chosen) for role in TitleRole}
    main = {
        TitleRole.FEATURE: f"the film ({_length(chosen[0])})" if len(chosen) == 1 else "the film",
        TitleRole.EPISODE: _count(counts[TitleRole.EPISODE], "episode")
        + (f" of season {disc.names.season}" if disc.names.season is not None else ""),
        TitleRole.TRACK: _count(counts[TitleRole.TRACK], "track"),
    }
    parts = [words for role, words in main.items() if counts[role]]
    others = sum(number for role, number in counts.items() if role not in main)
    if others:
        parts.append(_count(others, "extra" if parts else "title"))
    return " and ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _length(title: DiscTitle) -> str:
    minutes, seconds = divmod(round(title.duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
