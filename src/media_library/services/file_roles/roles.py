"""Decides the role of every file of a folder."""

from dataclasses import replace
from pathlib import PurePosixPath

from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole
from media_library.services.file_roles import folder_names
from media_library.services.file_roles.beside import LYRICS, PICTURES, SUBTITLES, picture_name, subtitle_name
from media_library.services.file_roles.mains import Mains
from media_library.services.file_roles.records import Listing, RoleOf
from media_library.services.file_roles.videos import Video, roles_of_disc, roles_of_videos
from media_library.services.name_reading import is_camera_name
from media_library.services.name_reading.vocabulary import AUDIO_SUFFIXES, BOOK_SUFFIXES, PHOTO_SUFFIXES, VIDEO_SUFFIXES

_SMALL_SAMPLE_BYTES = 300 << 20
_NOT_VIDEO = frozenset({"ifo", "strm", "dvr-ms"})
_WITHOUT_VIDEOS = (LibraryKind.MUSIC, LibraryKind.BOOKS, LibraryKind.ARTICLES)
_NAMED_NFO = {"tvshow", "season", "album", "artist", "movie", "musicvideo"}


def roles_of(listing: Listing, kind: LibraryKind) -> tuple[RoleOf, ...]:
    """The role of each file of a folder, in the order of the files; nothing is looked at but names and sizes."""
    folder = listing.folder
    if any(part.lower() in folder_names.IGNORED_FOLDERS for part in folder.parts):
        return tuple(RoleOf(name, FileRole.OTHER) for name, _ in listing.files)
    files = [(name, *_split(name), size) for name, size in listing.files]
    found: dict[str, RoleOf] = {}
    videos: list[Video] = []
    for name, stem, suffix, size in files:
        if name.startswith(".") or suffix in _NOT_VIDEO:
            found[name] = RoleOf(name, FileRole.OTHER)
        elif suffix in VIDEO_SUFFIXES and kind not in _WITHOUT_VIDEOS:
            videos.append((name, stem, size))
    _add_videos(found, folder, videos, kind)
    # videos of a camera lie among its photos, and pictures beside any other are of these
    has_videos = any(not is_camera_name(stem) for _, stem, _ in videos)
    for name, stem, suffix, _ in files:
        if name not in found and _is_main(stem, suffix, kind, has_videos=has_videos):
            found[name] = RoleOf(name, FileRole.MAIN)
    mains = Mains(folder, kind)
    for name, stem, _, _ in files:
        if name in found and found[name].role is not FileRole.OTHER:
            mains.add(found[name], stem)
    for name, stem, suffix, _ in files:
        if name not in found:
            found[name] = _beside(name, stem, suffix, folder, mains, kind)
    return tuple(found[name] for name, _ in listing.files)


def _add_videos(found: dict[str, RoleOf], folder: PurePosixPath, videos: list[Video], kind: LibraryKind) -> None:
    if kind in (LibraryKind.HOME, LibraryKind.VIDEOS, LibraryKind.PODCASTS):
        found.update({role.name: role for role in roles_of_videos(folder, videos, kind)})
        return
    if videos and (owner := folder_names.special_folder(folder, folder_names.DISC_FOLDERS)) is not None:
        found.update({role.name: replace(role, owner=owner) for role in roles_of_disc(videos)})
        return
    if (owner := folder_names.special_folder(folder, folder_names.SAMPLE_FOLDERS)) is not None:
        found.update({name: RoleOf(name, FileRole.SAMPLE, owner=owner) for name, _, _ in videos})
        return
    within = folder_names.extra_folder(folder)
    if within is not None:
        extra_kind, owner = within
        for name, stem, _ in videos:
            suffix = folder_names.extra_suffix(stem)
            own_kind = suffix[0] if suffix is not None else extra_kind
            found[name] = RoleOf(name, FileRole.EXTRA, owner=owner, extra_kind=own_kind)
        return
    extras: list[tuple[str, str, str]] = []
    plain: list[Video] = []
    largest = max((size for _, _, size in videos), default=0)
    for name, stem, size in videos:
        if folder_names.is_sample_name(stem) and size <= _SMALL_SAMPLE_BYTES and (len(videos) > 1 or "-" in stem):
            found[name] = RoleOf(name, FileRole.SAMPLE, owner=folder)
        elif (extra := folder_names.extra_suffix(stem)) is not None and (len(videos) > 1 or extra[1]):
            extras.append((name, *extra))
        elif _is_advertisement(stem, size, largest):
            found[name] = RoleOf(name, FileRole.OTHER)
        else:
            plain.append((name, stem, size))
    for role in roles_of_videos(folder, plain, kind):
        found[role.name] = role
    mains = Mains(folder, kind)
    for name, stem, _ in plain:
        if found[name].role is FileRole.MAIN:
            mains.add(found[name], stem)
    for name, extra_kind, base in extras:
        main = mains.best(base.lower()) or mains.single
        found[name] = RoleOf(name, FileRole.EXTRA, main, folder, extra_kind=extra_kind)


def _beside(name: str, stem: str, suffix: str, folder: PurePosixPath, mains: Mains, kind: LibraryKind) -> RoleOf:
    lowered = stem.lower()
    if suffix in SUBTITLES and not (suffix == "ttml" and kind is LibraryKind.MUSIC):
        return _subtitle(name, stem, folder, mains)
    if suffix in PICTURES:
        return _picture(name, stem, folder, mains)
    if suffix == "nfo":
        if lowered in _NAMED_NFO:
            return RoleOf(name, FileRole.NFO, mains.single if lowered == "movie" else None, folder)
        return RoleOf(name, FileRole.NFO, mains.best(lowered) or mains.single, folder, main_stem=lowered)
    main = mains.called(lowered) if suffix in LYRICS else None
    if main is not None and _split(main)[1] in AUDIO_SUFFIXES:
        return RoleOf(name, FileRole.LYRICS, main, folder)
    return RoleOf(name, FileRole.OTHER)


def _subtitle(name: str, stem: str, folder: PurePosixPath, mains: Mains) -> RoleOf:
    owner, lowered = folder, stem.lower()
    main = mains.best(lowered)
    main_stem = label = None
    if main is not None:
        words = subtitle_name(stem[len(mains.stem_of(main)) :])
        label = words.label
    elif (above := folder_names.special_folder(folder, folder_names.SUBTITLE_FOLDERS)) is not None:
        owner = above
        deeper = folder.parts[len(above.parts) + 1 :]
        main_stem = deeper[0].lower() if deeper else lowered
        words = subtitle_name(stem.replace("_", " "))
    else:
        main = mains.same_episode(name) or mains.single
        words = subtitle_name(_last_words(stem))
    return RoleOf(
        name,
        FileRole.SUBTITLE,
        main,
        owner,
        main_stem,
        label=label,
        language=words.language,
        is_forced=words.is_forced,
        is_sdh=words.is_sdh,
        is_default=words.is_default,
    )


def _picture(name: str, stem: str, folder: PurePosixPath, mains: Mains) -> RoleOf:
    kind = folder_names.ARTWORK_FOLDERS.get(folder.name.lower())
    if kind is not None:
        return RoleOf(name, FileRole.ARTWORK, None, folder.parent, artwork=kind)
    same = mains.called(stem.lower())
    if same is not None:
        return RoleOf(name, FileRole.ARTWORK, same, folder, artwork="poster" if mains.single == same else "thumb")
    picture = picture_name(stem)
    if picture is None:
        return RoleOf(name, FileRole.OTHER)
    if picture.stem is None:
        main = mains.single if picture.season is None else None
        return RoleOf(name, FileRole.ARTWORK, main, folder, artwork=picture.kind, season=picture.season)
    main = mains.called(picture.stem) or mains.single
    return RoleOf(name, FileRole.ARTWORK, main, folder, picture.stem, artwork=picture.kind)


def _is_main(stem: str, suffix: str, kind: LibraryKind, *, has_videos: bool) -> bool:
    match kind:
        case LibraryKind.MUSIC | LibraryKind.PODCASTS:
            return suffix in AUDIO_SUFFIXES
        case LibraryKind.BOOKS | LibraryKind.ARTICLES:
            return suffix in BOOK_SUFFIXES or (suffix in AUDIO_SUFFIXES and kind is LibraryKind.BOOKS)
        case LibraryKind.HOME:
            return suffix in PHOTO_SUFFIXES
        case LibraryKind.MIXED:
            if suffix in PHOTO_SUFFIXES:
                return picture_name(stem) is None and (is_camera_name(stem) or not has_videos)
            if suffix in AUDIO_SUFFIXES:
                return not has_videos
            return suffix in BOOK_SUFFIXES
    return False


def _is_advertisement(stem: str, size: int, largest: int) -> bool:
    return largest > 20 * max(size, 1) and ("www." in stem.lower() or stem.lower().endswith((".com", ".org", ".to")))


def _last_words(stem: str) -> str:
    """Where nothing says which words are the title: the last two may be a language and a flag."""
    words = stem.replace("_", ".").replace(" ", ".").replace("-", ".").split(".")
    return ".".join(words[-2:])


def _split(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, suffix.lower()) if dot and stem else (name, "")
