"""How files and folders are named: templates, their fields, and what a change of them would do."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from media_library.models.preferences import IdStyle
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.services import Services
from media_library.routes.shapes import Shape
from media_library.services.file_naming import EXAMPLES, NamedKind
from media_library.services.naming_settings import SideChanges

api = Api("naming")

TemplateText = Annotated[str, Meta(max_length=400)]


class TemplateSet(Shape):
    """A template for each kind of item; empty for the default."""

    movie: str
    episode: str
    daily_episode: str
    track: str
    podcast: str
    video: str
    book: str
    photo: str


class TemplateField(Shape):
    """A field of a template, and what it may be filled with."""

    name: str
    example: str


class TemplateFields(Shape):
    """The fields of the template of each kind."""

    movie: tuple[TemplateField, ...]
    episode: tuple[TemplateField, ...]
    daily_episode: tuple[TemplateField, ...]
    track: tuple[TemplateField, ...]
    podcast: tuple[TemplateField, ...]
    video: tuple[TemplateField, ...]
    book: tuple[TemplateField, ...]
    photo: tuple[TemplateField, ...]


class NamingShape(Shape):
    """How files and folders are named."""

    templates: TemplateSet
    defaults: TemplateSet
    fields: TemplateFields
    id_style: IdStyle
    write_nfo: bool
    write_artwork: bool
    rename_new: bool


class TemplateEdits(Shape):
    """New templates; an empty one gives back the default, what is not named stays."""

    movie: TemplateText | UnsetType = UNSET
    episode: TemplateText | UnsetType = UNSET
    daily_episode: TemplateText | UnsetType = UNSET
    track: TemplateText | UnsetType = UNSET
    podcast: TemplateText | UnsetType = UNSET
    video: TemplateText | UnsetType = UNSET
    book: TemplateText | UnsetType = UNSET
    photo: TemplateText | UnsetType = UNSET


class NamingEdit(Shape):
    """A change of how files are named; what is not named stays."""

    templates: TemplateEdits | UnsetType = UNSET
    id_style: IdStyle | UnsetType = UNSET
    write_nfo: bool | UnsetType = UNSET
    write_artwork: bool | UnsetType = UNSET
    rename_new: bool | UnsetType = UNSET


class NamingTrial(Shape):
    """Templates to be tried; what is not named is as it is now."""

    templates: TemplateEdits | UnsetType = UNSET
    id_style: IdStyle | UnsetType = UNSET


class NamingExample(Shape):
    """What a template makes of an item, or of a made-up one (``media_id`` null); ``error``: why it cannot be used."""

    kind: NamedKind
    media_id: str | None
    before: str = msgspec.field(name="from")
    after: str = msgspec.field(name="to")
    error: str | None


class NamingExamples(Shape):
    """Examples, those of one kind together."""

    examples: tuple[NamingExample, ...]


@api.route("GET", "/api/naming", access=Access.MANAGE, returns=NamingShape, summary="How files and folders are named")
def get_naming(call: Call[None, None]) -> NamingShape:
    return _shape(call.services)


@api.route(
    "PATCH",
    "/api/naming",
    access=Access.ADMIN,
    body=NamingEdit,
    returns=NamingShape,
    summary="Change how files and folders are named",
)
def change_naming(call: Call[NamingEdit, None]) -> NamingShape:
    body = call.body
    side = SideChanges(
        None if isinstance(body.id_style, UnsetType) else body.id_style,
        None if isinstance(body.write_nfo, UnsetType) else body.write_nfo,
        None if isinstance(body.write_artwork, UnsetType) else body.write_artwork,
        None if isinstance(body.rename_new, UnsetType) else body.rename_new,
    )
    call.services.naming_settings.change(call.identity, _templates(body.templates), side)
    return _shape(call.services)


@api.route(
    "POST",
    "/api/naming/preview",
    access=Access.MANAGE,
    body=NamingTrial,
    returns=NamingExamples,
    summary="What templates would make of what is here",
)
def preview_naming(call: Call[NamingTrial, None]) -> NamingExamples:
    style = None if isinstance(call.body.id_style, UnsetType) else call.body.id_style
    examples = call.services.naming_settings.preview(call.identity, _templates(call.body.templates), style)
    return NamingExamples(
        tuple(NamingExample(one.kind, one.media_id, one.before, one.after, one.error) for one in examples)
    )


def _templates(edits: TemplateEdits | UnsetType) -> dict[NamedKind, str]:
    if isinstance(edits, UnsetType):
        return {}
    return {kind: text for kind in NamedKind if not isinstance(text := getattr(edits, kind), UnsetType)}


def _shape(services: Services) -> NamingShape:
    templates, library = services.naming_settings.chosen()
    fields = {
        kind: tuple(TemplateField(name, example) for name, example in examples.items())
        for kind, examples in EXAMPLES.items()
    }
    return NamingShape(
        msgspec.convert(templates, TemplateSet, from_attributes=True),
        TemplateSet(**services.naming_settings.defaults()),
        TemplateFields(**fields),
        library.id_style,
        library.write_nfo,
        library.write_artwork,
        library.rename_new,
    )
