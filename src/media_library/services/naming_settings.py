"""The templates of names as people see and change them, and what a change would do to what is here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.errors import InvalidInput
from media_library.models.identity import Identity
from media_library.models.library import below_folder
from media_library.models.media import Media, MediaType
from media_library.models.preferences import IdStyle, LibraryPreferences, NamingPreferences
from media_library.services.file_naming import (
    BUILT_IN,
    BadTemplate,
    NamedKind,
    Naming,
    NamingChoices,
    read,
)
from media_library.services.file_naming.samples import SAMPLES
from media_library.services.preferences import Preferences
from media_library.services.renaming.targets import Targets

_SHOWN = 3
_TYPES = {
    NamedKind.MOVIE: (MediaType.MOVIE,),
    NamedKind.EPISODE: (MediaType.EPISODE,),
    NamedKind.DAILY_EPISODE: (MediaType.EPISODE,),
    NamedKind.TRACK: (MediaType.TRACK,),
    NamedKind.PODCAST: (MediaType.PODCAST,),
    NamedKind.VIDEO: (MediaType.VIDEO,),
    NamedKind.BOOK: (MediaType.BOOK,),
    NamedKind.PHOTO: (MediaType.PHOTO, MediaType.HOME_VIDEO),
}


@dataclass(frozen=True, slots=True)
class Example:
    """What a template makes of an item, or of a made-up one; ``error`` says why it makes nothing."""

    kind: NamedKind
    media_id: str | None
    before: str
    after: str
    error: str | None


@dataclass(frozen=True, slots=True)
class SideChanges:
    """What else may be changed with the templates; ``None`` stays as it is."""

    id_style: IdStyle | None = None
    write_nfo: bool | None = None
    write_artwork: bool | None = None
    rename_new: bool | None = None


class NamingSettings:
    """What is chosen, and its effect."""

    def __init__(self, state: AppState, naming: Naming, preferences: Preferences) -> None:
        self._state = state
        self._naming = naming
        self._preferences = preferences

    def chosen(self) -> tuple[NamingPreferences, LibraryPreferences]:
        """The templates that people wrote, empty for the default, and how else files are named and what is written."""
        return self._state.naming_preferences(NamingPreferences()), self._preferences.library()

    def defaults(self) -> dict[NamedKind, str]:
        """The templates that count where people wrote none."""
        return {kind: self._naming.first.get(kind) or BUILT_IN[kind] for kind in NamedKind}

    def change(self, actor: Identity, templates: Mapping[NamedKind, str], side: SideChanges) -> None:
        """Store templates, an empty one for the default; raises ``InvalidInput`` for one that cannot be used."""
        for kind, template in templates.items():
            try:
                read(kind, template.strip())
            except BadTemplate as error:
                raise InvalidInput(str(error), f"templates.{kind}") from error
        changes = {
            name: value
            for name in ("id_style", "write_nfo", "write_artwork", "rename_new")
            if (value := getattr(side, name)) is not None
        }
        with self._state.transaction():
            before, library = self.chosen()
            if templates:
                texts = {str(kind): template.strip() for kind, template in templates.items()}
                self._state.change_naming_preferences(replace(before, **texts))
            if changes:
                self._state.change_library_preferences(replace(library, **changes))
            if templates or changes:
                named = ", ".join(sorted([*(str(kind) for kind in templates), *changes]))
                self._state.record_audit(actor.user.username, "change_settings", "naming", named)

    def preview(self, actor: Identity, templates: Mapping[NamedKind, str], id_style: IdStyle | None) -> list[Example]:
        """What such templates would make of the newest items that somebody sees; the others count as they are now."""
        preferences, library = self.chosen()
        now = {kind: getattr(preferences, kind) or self._naming.first.get(kind, "") for kind in NamedKind}
        tried = {kind: template.strip() or self._naming.first.get(kind, "") for kind, template in templates.items()}
        naming = Naming.of(NamingChoices({**now, **tried}, id_style or library.id_style))
        targets = Targets(self._state, naming)
        found: list[Example] = []
        for kind in NamedKind:
            error = _error(kind, tried.get(kind, ""))
            shown = [] if error is not None else self._examples(actor, targets, kind)
            found.extend(shown or [self._sample(naming, kind, error)])
        return found

    def _examples(self, actor: Identity, targets: Targets, kind: NamedKind) -> list[Example]:
        found = []
        for media_type in _TYPES[kind]:
            for media_id in self._state.newest_media(
                media_type, is_daily=kind is NamedKind.DAILY_EPISODE, limit=_SHOWN, granted=actor.viewer.library_ids
            ):
                media = self._state.media(media_id)
                example = _example(targets, media)
                if example is not None and example.kind is kind:
                    found.append(example)
        return found[:_SHOWN]

    def _sample(self, naming: Naming, kind: NamedKind, error: str | None) -> Example:
        facts, suffix = SAMPLES[kind]
        after = "" if error is not None else f"{naming.place(kind, facts).path}{suffix}"
        return Example(kind, None, f"{facts.names.title}{suffix}", after, error)


def _example(targets: Targets, media: Media) -> Example | None:
    target = targets.of(media)
    if target is None or media.file is None:
        return None
    before = PurePosixPath(below_folder(media.file.path))
    if not target.base.startswith("@"):
        before = PurePosixPath(media.file.path).relative_to(target.base)
    return Example(target.kind, media.id, str(before), f"{target.place.path}{before.suffix}", None)


def _error(kind: NamedKind, template: str) -> str | None:
    try:
        read(kind, template)
    except BadTemplate as error:
        return str(error)
    return None
