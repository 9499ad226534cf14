"""Libraries and their folders, for those who run the house."""

from typing import Annotated

from msgspec import Meta

from media_library.models.library import LibraryKind
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape, ShortText
from media_library.services.libraries import FolderView, LibraryView

api = Api("libraries")

FolderPath = Annotated[str, Meta(min_length=1, max_length=4096)]


class FolderShape(Shape):
    """A folder of a library.

    ``path`` is where it is on this machine; ``problem`` says why it is not online. Of its ``files``, ``failed`` could
    not be taken in. ``scanned_at`` is in milliseconds.
    """

    id: str
    path: str
    read_only: bool
    built_in: bool
    online: bool
    problem: str | None
    scanned_at: int | None
    files: int
    failed: int


class LibraryDetails(Shape):
    """A library with its folders; ``count`` is how many items it lists. The primary one of a kind gets what arrives."""

    id: str
    kind: LibraryKind
    name: str
    is_primary: bool
    count: int
    folders: tuple[FolderShape, ...]


class LibraryList(Shape):
    """The libraries, by name."""

    libraries: tuple[LibraryDetails, ...]


class NewLibrary(Shape):
    """A library for a folder of this machine; in a read-only one nothing is ever changed."""

    name: ShortText
    kind: LibraryKind
    path: FolderPath
    read_only: bool = False


class LibraryEdit(Shape):
    """How a library is called."""

    name: ShortText


class NewFolder(Shape):
    """One more folder of this machine for a library."""

    path: FolderPath
    read_only: bool = False


class FolderEdit(Shape):
    """Whether nothing may be changed in a folder."""

    read_only: bool


class ChoicesQuery(Shape):
    """Whose folders are listed, by its whole path; without one those at the top."""

    path: FolderPath | None = None


class FolderChoice(Shape):
    """A folder that can be chosen or gone into."""

    name: str
    path: str


class FolderChoicesShape(Shape):
    """The folders in a folder; ``parent`` is null at the top."""

    path: str
    parent: str | None
    folders: tuple[FolderChoice, ...]


@api.route("GET", "/api/libraries", access=Access.ADMIN, returns=LibraryList, summary="The libraries and their folders")
def list_libraries(call: Call[None, None]) -> LibraryList:
    return LibraryList(tuple(_library(view) for view in call.services.libraries.views()))


@api.route(
    "POST",
    "/api/libraries",
    access=Access.ADMIN,
    body=NewLibrary,
    returns=LibraryDetails,
    status=201,
    summary="Point at a folder: a new library, which is looked through at once",
)
def add_library(call: Call[NewLibrary, None]) -> LibraryDetails:
    body = call.body
    libraries = call.services.libraries
    return _library(libraries.add(call.identity, body.name, body.kind, body.path, is_read_only=body.read_only))


@api.route(
    "PATCH",
    "/api/libraries/<library_id>",
    access=Access.ADMIN,
    body=LibraryEdit,
    returns=LibraryDetails,
    summary="Rename a library",
)
def edit_library(call: Call[LibraryEdit, None], library_id: str) -> LibraryDetails:
    return _library(call.services.libraries.rename(call.identity, library_id, call.body.name))


@api.route(
    "POST",
    "/api/libraries/<library_id>/folders",
    access=Access.ADMIN,
    body=NewFolder,
    returns=FolderShape,
    status=201,
    summary="Point a library at one more folder",
)
def add_folder(call: Call[NewFolder, None], library_id: str) -> FolderShape:
    body = call.body
    libraries = call.services.libraries
    return _folder(libraries.add_folder(call.identity, library_id, body.path, is_read_only=body.read_only))


@api.route(
    "PATCH",
    "/api/folders/<folder_id>",
    access=Access.ADMIN,
    body=FolderEdit,
    returns=FolderShape,
    summary="Set a folder to read-only, or not",
)
def edit_folder(call: Call[FolderEdit, None], folder_id: str) -> FolderShape:
    libraries = call.services.libraries
    return _folder(libraries.set_read_only(call.identity, folder_id, is_read_only=call.body.read_only))


@api.route(
    "DELETE",
    "/api/folders/<folder_id>",
    access=Access.ADMIN,
    summary="Take a folder out: its files stay, its items are hidden until it comes back",
)
def remove_folder(call: Call[None, None], folder_id: str) -> None:
    call.services.libraries.remove_folder(call.identity, folder_id)


@api.route(
    "POST",
    "/api/folders/<folder_id>/restore",
    access=Access.ADMIN,
    returns=FolderShape,
    summary="Take a folder back into its library, with all that was known of it",
)
def restore_folder(call: Call[None, None], folder_id: str) -> FolderShape:
    return _folder(call.services.libraries.restore_folder(call.identity, folder_id))


@api.route(
    "GET",
    "/api/folders/choices",
    access=Access.ADMIN,
    query=ChoicesQuery,
    returns=FolderChoicesShape,
    summary="The folders in a folder of this machine, for choosing one",
)
def folder_choices(call: Call[None, ChoicesQuery]) -> FolderChoicesShape:
    found = call.services.libraries.choices(call.query.path)
    return FolderChoicesShape(
        str(found.path),
        None if found.parent is None else str(found.parent),
        tuple(FolderChoice(folder.name, str(folder)) for folder in found.folders),
    )


def _library(view: LibraryView) -> LibraryDetails:
    library = view.library
    return LibraryDetails(
        library.id, library.kind, library.name, library.is_primary, view.count, tuple(map(_folder, view.folders))
    )


def _folder(view: FolderView) -> FolderShape:
    folder = view.folder
    return FolderShape(
        folder.id,
        str(view.path),
        folder.is_read_only,
        folder.is_built_in,
        folder.is_online,
        folder.problem,
        folder.scanned_at,
        view.counts.files,
        view.counts.failed,
    )
