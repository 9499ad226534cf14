"""Puts what belongs to another file beside it: subtitles, lyrics, .nfo, pictures, extras, versions and parts."""

from collections.abc import Callable, Sequence
from pathlib import Path

from media_library.adapters import durable
from media_library.adapters.file_signature import FileForm
from media_library.content_downloader.upload.arrival import Arrival, NobodyCame, Shelving, Waits
from media_library.errors import Conflict, VerificationFailed
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.job import JobStage
from media_library.models.library import folder_of
from media_library.models.library_file import FileRole
from media_library.models.library_job import ScanOrder
from media_library.models.media import Media, MediaType
from media_library.models.upload import Upload, UploadState
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo.keys import album_key, show_key
from media_library.services.file_naming import part_suffix, safe_component, subtitle_suffix, version_suffix
from media_library.services.uploads import PATIENCE_MS, is_to_come

_MOST_BESIDE = 2_000
_MOST_TEXT_BYTES = 10 << 20
_EXTRA_FOLDERS = {
    "trailer": "trailers", "featurette": "featurettes", "behind the scenes": "behind the scenes",
    "deleted scene": "deleted scenes", "interview": "interviews", "scene": "scenes", "short": "shorts",
    "clip": "clips",
}  # fmt: skip
_PICTURES = {
    "poster": ArtworkKind.POSTER,
    "thumb": ArtworkKind.STILL,
    "backdrop": ArtworkKind.BACKDROP,
}
_OF_THE_SHOW = frozenset({"tvshow.nfo"})


class Companions:
    """Takes what is no item of its own. The files beside an item are noted by the scan that follows."""

    def __init__(self, shelving: Shelving) -> None:
        self._shelving = shelving

    def take(self, arrival: Arrival) -> Media:
        """Put it beside the item that it belongs to, which is the answer; raises ``Waits`` while that is not here."""
        role = arrival.role
        if role.role is FileRole.SAMPLE:
            raise VerificationFailed("This is a sample of a film, so it was kept out of the library.")
        media = self._owner(arrival)
        self._shelving.require_sight(arrival, media)
        if role.role is FileRole.ARTWORK or arrival.signature.form is FileForm.PICTURE:
            self._put_picture(arrival, media)
        else:
            self._put_file(arrival, media)
        return media

    def _owner(self, arrival: Arrival) -> Media:
        """The item that the file belongs to: of another upload out of the same folder."""
        state = self._shelving.state
        beside = state.uploads_beside(arrival.upload, _MOST_BESIDE)
        others = [one for one in _owners(arrival, beside) if one.state is not UploadState.FAILED]
        done = next((one for one in others if one.media_id is not None), None)
        if done is not None and done.media_id is not None:
            return state.media(done.media_id)
        is_late = now_ms() - arrival.upload.created_at >= PATIENCE_MS
        if is_late and not any(is_to_come(one) for one in beside):
            raise NobodyCame("The file that it belongs to did not come, so it was kept out. Send both together.")
        named = f"“{others[0].name}”, which" if others else "the file that"
        raise Waits(f"It waits for {named} it belongs to.")

    def _put_picture(self, arrival: Arrival, media: Media) -> None:
        kind = _PICTURES.get(arrival.role.artwork or "poster")
        if kind is None:
            raise VerificationFailed("There is no use for this kind of picture here, so it was kept out.")
        covers, names = self._shelving.covers, media.names
        is_of_group = arrival.role.main is None and arrival.role.season is None
        is_kept = False
        if is_of_group and media.media_type is MediaType.EPISODE:
            is_kept = covers.put_named(f"show-{show_key(names)}", arrival.file, kind, source=ArtworkSource.FILE)
        elif is_of_group and media.media_type is MediaType.TRACK:
            is_kept = covers.put_named(f"album-{album_key(names)}", arrival.file, kind, source=ArtworkSource.FILE)
        if media.media_type is not MediaType.EPISODE or not is_of_group:
            is_kept = covers.put(media.id, arrival.file, kind, source=ArtworkSource.FILE)
        if not is_kept:
            raise VerificationFailed("This is not a picture that can be shown, or it is too large.")
        arrival.file.unlink(missing_ok=True)

    def _put_file(self, arrival: Arrival, media: Media) -> None:
        if media.file is None:
            raise Waits("It waits for the file that it belongs to.")
        self._shelving.media_root.require_changeable(media.file.path)
        main = self._shelving.media_root.path(media.file.path)
        target = _NAMES[arrival.role.role](arrival, main)
        if arrival.signature.form in (FileForm.VIDEO, FileForm.AUDIO):
            self._shelving.probe(arrival)
        elif arrival.upload.size_bytes > _MOST_TEXT_BYTES:
            raise VerificationFailed("A text as large as this belongs to no film. It was kept out of the library.")
        arrival.work.report(JobStage.PUBLISH, 99)
        try:
            durable.flush_file(arrival.file)
            top, _ = self._shelving.media_root.split(media.file.path)
            durable.make_folders(target.parent, top)
            durable.bring(arrival.file, target)
        except FileExistsError as error:
            raise Conflict(f"Beside “{media.names.title}” lies such a file already.") from error
        except OSError as error:
            raise durable.storage_error(error) from error
        self._have_scanned(media, folder_of(media.file.path))

    def _have_scanned(self, media: Media, elsewhere: str | None) -> None:
        """Look through the folder that the item lies in: the one beyond the media folder, or that of its library."""
        state = self._shelving.state
        library = state.library(media.library_id)
        for folder in state.list_folders():
            is_own = folder.is_built_in if elsewhere is None else folder.id == elsewhere
            if folder.library_id == library.id and is_own:
                state.queue_content(
                    ScanOrder((folder.id,)), title=f"Look through {library.name}", origin=f"scan:new:{folder.id}"
                )


def _owners(arrival: Arrival, beside: Sequence[Upload]) -> list[Upload]:
    """The files that a file may belong to: the one that it names, or those that lie in its folder, best first."""
    role, upload = arrival.role, arrival.upload
    if role.main is not None:
        return [one for one in beside if one.folder == upload.folder and one.name == role.main]
    owner = "" if role.owner is None or str(role.owner) == "." else str(role.owner)
    there = [one for one in beside if one.folder == owner or one.folder.startswith(f"{owner}/")]
    if role.main_stem is None:
        return there
    named = [one for one in there if _begins_with(role.main_stem, _stem(one))]
    if named:
        return sorted(named, key=lambda one: -len(one.name))
    items = {one.media_id for one in there if one.media_id is not None}
    return there if len(items) <= 1 else []


def _stem(upload: Upload) -> str:
    return upload.name.rpartition(".")[0].lower()


def _begins_with(text: str, stem: str) -> bool:
    return bool(stem) and text.startswith(stem) and (len(text) == len(stem) or not text[len(stem)].isalnum())


def _subtitles(arrival: Arrival, main: Path) -> Path:
    role = arrival.role
    flags = [
        flag
        for flag, is_set in (("default", role.is_default), ("forced", role.is_forced), ("sdh", role.is_sdh))
        if is_set
    ]
    return main.with_name(main.stem + subtitle_suffix(role.language, flags, arrival.file.suffix))


def _same_name(arrival: Arrival, main: Path) -> Path:
    return main.with_name(main.stem + arrival.file.suffix)


def _nfo(arrival: Arrival, main: Path) -> Path:
    name = arrival.upload.name.lower()
    if arrival.role.main is not None or arrival.role.owner is None:
        return main.with_suffix(".nfo")
    is_in_season = main.parent.name.lower().startswith(("season", "specials"))
    folder = main.parent.parent if name in _OF_THE_SHOW and is_in_season else main.parent
    return folder / f"{safe_component(name.removesuffix('.nfo'))}.nfo"


def _extra(arrival: Arrival, main: Path) -> Path:
    folder = _EXTRA_FOLDERS.get(arrival.role.extra_kind or "", "extras")
    return main.parent / folder / f"{safe_component(arrival.path.stem)}{arrival.file.suffix}"


def _version(arrival: Arrival, main: Path) -> Path:
    return main.with_name(main.stem + version_suffix(arrival.role.label or "Version 2") + arrival.file.suffix)


def _part(arrival: Arrival, main: Path) -> Path:
    stem = main.stem.removesuffix(part_suffix(1))
    return main.with_name(stem + part_suffix(arrival.role.position or 2) + arrival.file.suffix)


_NAMES: dict[FileRole, Callable[[Arrival, Path], Path]] = {
    FileRole.SUBTITLE: _subtitles,
    FileRole.LYRICS: _same_name,
    FileRole.NFO: _nfo,
    FileRole.EXTRA: _extra,
    FileRole.VERSION: _version,
    FileRole.PART: _part,
    FileRole.OTHER: _same_name,
    FileRole.MAIN: _same_name,
}
