"""The tree of names: the built-in one, or that of the templates in the settings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from media_library.config import FileNaming
from media_library.errors import ConfigError
from media_library.models.media import MediaNames
from media_library.models.preferences import IdStyle, NamingPreferences
from media_library.services.file_naming.components import safe_component
from media_library.services.file_naming.fields import BUILT_IN, NamedKind, NameFacts, read, values_of
from media_library.services.file_naming.place import Place
from media_library.services.file_naming.template import BadTemplate, Template

_EXTRAS = "extras"
_OWN_FIELDS: dict[NamedKind, tuple[str, ...]] = {
    NamedKind.MOVIE: ("title", "original_title"),
    NamedKind.TRACK: ("album",),
    NamedKind.BOOK: ("title",),
}
_SHOW_FIELDS = ("show", "id", "tmdb", "tvdb", "imdb")
_EPISODE_FIELDS = frozenset({"{show", "{season", "{episode"})


@dataclass(frozen=True, slots=True)
class NamingChoices:
    """What people chose: a template for each kind, empty for the built-in one, and how ids are written."""

    templates: dict[NamedKind, str]
    id_style: IdStyle = IdStyle.PLEX


def choices_of(preferences: NamingPreferences, id_style: IdStyle) -> NamingChoices:
    """The choices that the preferences hold."""
    return NamingChoices({kind: getattr(preferences, kind) for kind in NamedKind}, id_style)


class Naming:
    """The tree as it is at this moment. Raises ``ConfigError`` for a bad template of the configuration file.

    ``choices`` tells what people chose in the web app; where it has no template, that of ``settings`` counts.
    """

    def __init__(self, settings: FileNaming, choices: Callable[[], NamingChoices] | None = None) -> None:
        self.first = first_templates(settings)
        self._choices = choices or (lambda: NamingChoices({}))

    def fixed(self) -> "Naming":
        """The same, not to be changed any more: for thousands of names at once."""
        now = self._choices()
        return self.of(NamingChoices({**self.first, **_chosen(now)}, now.id_style))

    @classmethod
    def of(cls, choices: NamingChoices) -> "Naming":
        """The tree that such choices would make; raises ``BadTemplate`` for the first bad one when it is used."""
        return cls(FileNaming(), lambda: choices)

    def film(self, names: MediaNames, facts: NameFacts | None = None) -> Place:
        """The place of a film."""
        return self.place(NamedKind.MOVIE, _about(names, facts))

    def film_extra(self, names: MediaNames, film: MediaNames) -> Place:
        """The place of an extra beside its film."""
        beside = self.film(film)
        return Place(beside.path.parent / _EXTRAS / safe_component(names.title), beside.own_depth)

    def episode(self, names: MediaNames, facts: NameFacts | None = None) -> Place:
        """The place of an episode: by its number, else by its day, else as an extra of its show."""
        about = _about(names, facts)
        if names.episode is not None:
            return self.place(NamedKind.EPISODE, about)
        if about.published_at is not None:
            return self.place(NamedKind.DAILY_EPISODE, about)
        return Place(self.show_folder(about) / _EXTRAS / safe_component(names.title))

    def show_folder(self, facts: NameFacts) -> PurePosixPath:
        """The folder of a show, whichever of its episodes ``facts`` are about."""
        numbered = replace(facts, names=replace(facts.names, episode=facts.names.episode or 1))
        template, style = self._template(NamedKind.EPISODE)
        path = template.fill(values_of(NamedKind.EPISODE, numbered, style))
        return PurePosixPath(*path.parts[: template.depth_of(_SHOW_FIELDS)])

    def web_video(self, names: MediaNames, published_at: int | None, *, number: int = 1) -> Place:
        """The place of a web video, as the ``number``-th of its channel on the day of ``published_at`` (UTC).

        Jellyfin and Plex take a channel for a show, a year for a season, and the day with a number for an episode.
        """
        return self.place(NamedKind.VIDEO, NameFacts(names, published_at=published_at, number=number))

    def track(self, names: MediaNames, *, discs: int) -> Place:
        """The place of a track of an album of ``discs`` discs."""
        place = self.place(NamedKind.TRACK, NameFacts(names, discs=discs))
        # the discs of a set share its folder; the number of the disc keeps their tracks apart
        return place if discs <= 1 else replace(place, own_depth=0)

    def podcast_episode(self, names: MediaNames, published_at: int | None) -> Place:
        """The place of an episode of a podcast, the day in UTC."""
        return self.place(NamedKind.PODCAST, NameFacts(names, published_at=published_at))

    def book(self, names: MediaNames) -> Place:
        """The place of a book: one folder each, as calibre and Jellyfin want it."""
        return self.place(NamedKind.BOOK, NameFacts(names))

    def photo(self, names: MediaNames, taken_at: int | None) -> Place:
        """The place of a photo or a home video by its day, which ``taken_at`` (milliseconds) is taken for in UTC."""
        return self.place(NamedKind.PHOTO, NameFacts(names, published_at=taken_at))

    def place(self, kind: NamedKind, facts: NameFacts) -> Place:
        """The place that the template of a kind makes."""
        template, style = self._template(kind)
        path = template.fill(values_of(kind, facts, style))
        depth = template.depth_of(_OWN_FIELDS.get(kind, ()))
        return Place(path, min(depth, len(path.parts) - 1))

    def _template(self, kind: NamedKind) -> tuple[Template, IdStyle]:
        choices = self._choices()
        return read(kind, choices.templates.get(kind) or self.first.get(kind, "")), choices.id_style


def podcast_episode(names: MediaNames, published_at: int) -> Place:
    """The place of an episode of a podcast in the built-in tree: ``Podcast/YYYY-MM-DD - Title``, the day in UTC."""
    return _built_in().podcast_episode(names, published_at)


def first_templates(settings: FileNaming) -> dict[NamedKind, str]:
    """The templates of the configuration file by what they are for; raises ``ConfigError`` for a bad one."""
    video, audio = settings.video_template, settings.audio_template
    is_for_episodes = any(field in video for field in _EPISODE_FIELDS)
    found = {
        NamedKind.EPISODE if is_for_episodes else NamedKind.MOVIE: ("file_naming.video_template", video),
        NamedKind.TRACK: ("file_naming.audio_template", audio),
    }
    for kind, (key, template) in found.items():
        try:
            read(kind, template)
        except BadTemplate as error:
            raise ConfigError(f"{key}: {error}") from error
    return {kind: template for kind, (_, template) in found.items() if template}


def _about(names: MediaNames, facts: NameFacts | None) -> NameFacts:
    return NameFacts(names) if facts is None else replace(facts, names=names)


def _chosen(choices: NamingChoices) -> dict[NamedKind, str]:
    return {kind: template for kind, template in choices.templates.items() if template}


@lru_cache(maxsize=1)
def _built_in() -> Naming:
    return Naming(FileNaming())


__all__ = ["BUILT_IN", "Naming", "NamingChoices", "first_templates", "podcast_episode"]
