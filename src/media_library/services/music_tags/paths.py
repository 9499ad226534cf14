"""What the names of a music file and of its folders say: numbers, title, artist, album, year, disc."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.services.music_tags.words import cleaned, folded, is_various

_DISC_FOLDER = re.compile(
    r"(?:cd|dis[ck]|disque|disco|lp|vinyl|side|teil|part)\s*[-_.#]?\s*(\d{1,3}|[a-d])(?:\s*[-–—:_.]?\s*(.*))?",
    re.IGNORECASE,
)
_DISC_WORDS = re.compile(r"(?:side|teil|part)\b", re.IGNORECASE)
_DISC_SUFFIX = re.compile(
    r"[\s,;:_-]*[\(\[]?\s*\b(?:cd|dis[ck]|disque|disco)\s*[-_.#]?\s*(\d{1,2})(?:\s*(?:of|/|von|de)\s*\d{1,2})?\s*[\)\]]?\s*$",
    re.IGNORECASE,
)
_YEAR = r"((?:19|20)\d\d)"
_YEAR_LAST = re.compile(rf"^(.+?)\s*[\(\[]\s*{_YEAR}\s*[\)\]]\s*$")
_YEAR_FIRST = re.compile(rf"^[\(\[]?{_YEAR}[\)\]]?(?:\s*[-–—_.]\s*|\s+)(.+)$")
_YEAR_BETWEEN = re.compile(rf"^(.+?)\s+[-–—]\s+[\(\[]?{_YEAR}[\)\]]?\s+[-–—]\s+(.+)$")
_QUALITY = re.compile(
    r"\s*[\(\[\{][^\(\)\[\]\{\}]*\b(?:flac|mp3|aac|m4a|alac|ogg|opus|wav|ape|wma|320|256|192|v0|v2|kbps|web|cd|vinyl|"
    r"lp|24[ -]?bit|16[ -]?bit|24[-/]\d+|16[-/]\d+|lossless|hi-?res|remaster(?:ed)?|rip|scans?)\b"
    r"[^\(\)\[\]\{\}]*[\)\]\}]\s*$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*")
_DISC_AND_TRACK = re.compile(r"^(\d{1,2})\s*[-.x]\s*(\d{1,3})(?:\s*[-–—_.)]+\s*|\s+)(?=\S)(.+)$")
_STRONG_NUMBER = re.compile(r"^[\[\(]?(\d{1,3})[\]\)]?(?:\s*[-–—]\s+|\s*[._)\]]\s*|\s+[-–—]\s*)(?=\S)(.+)$")
_PADDED_NUMBER = re.compile(r"^(0\d{1,2})[\s-]+(?=\S)(.+)$")
_WEAK_NUMBER = re.compile(r"^(\d{1,3})\s+(?=\S)(.+)$")
_TRACK_WORD = re.compile(
    r"^(?:track|titel|piste|pista|spur)\s*[-_.#]?\s*(\d{1,3})(?:\s*[-–—_.:]\s*(.+))?$", re.IGNORECASE
)
_SIDE = re.compile(r"^([A-H])(\d{1,2})(?:\s*[-–—_.)]+\s*|\s+)(?=\S)(.+)$")
_INNER_NUMBER = re.compile(r"^(?:(\d{1,2})[-.])?(\d{1,3})$")
_PLACES = frozenset(
    (
        "music", "musik", "musique", "musica", "audio", "albums", "alben", "album", "artists", "flac", "mp3",
        "lossless", "lossy", "downloads", "download", "singles", "misc", "unsorted", "neu", "new", "incoming",
        "media", "files", "share", "ripped", "rips", "cds", "library", "collection", "sammlung", "tracks", "songs",
        "soundtracks", "itunes", "itunesmedia", "itunesmusic", "compilations", "various",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folders:
    """What the folders of a file claim; ``artist`` is that of the album, ``disc`` 0 where none is named."""

    artist: str = ""
    album: str = ""
    year: int | None = None
    disc: int = 0
    disc_title: str = ""


@dataclass(frozen=True, slots=True)
class FileName:
    """What the name of a file claims; 0 and "" where it says nothing."""

    title: str
    track: int = 0
    disc: int = 0
    artist: str = ""
    album: str = ""


def album_folder(path: PurePosixPath) -> PurePosixPath:
    """The folder of the album that a file lies in: its folder, or the one above the folder of its disc."""
    parent = path.parent
    return parent.parent if parent.name and parent.parent.name and disc_of_folder(parent.name) else parent


def disc_of_folder(name: str) -> tuple[int, str] | None:
    """The number and the title of a disc, from a folder such as "CD 2" or "Disc 1 - The Early Years"."""
    match = _DISC_FOLDER.fullmatch(name.strip())
    if match is None or (_DISC_WORDS.match(name.strip()) and match[2]):
        return None
    number = int(match[1]) if match[1].isdecimal() else "abcd".index(match[1].lower()) // 2 + 1
    return number, cleaned(match[2] or "")


def without_disc(album: str) -> tuple[str, int]:
    """An album such as "The Wall (Disc 2)" without its disc, and the number of that, 0 = none."""
    match = _DISC_SUFFIX.search(album)
    if match is None or not album[: match.start()].strip():
        return album, 0
    return album[: match.start()].strip(), int(match[1])


def read_folders(path: PurePosixPath) -> Folders:
    """The artist and the album by the folders of a file."""
    disc = disc_of_folder(path.parent.name) if album_folder(path) != path.parent else None
    folder = album_folder(path)
    if not folder.name or folded(folder.name) in _PLACES:
        return Folders()
    if is_various(folder.name):
        return Folders(folder.name)
    above = "" if folded(folder.parent.name) in _PLACES or len(folder.parent.name) < 2 else cleaned(folder.parent.name)
    artist, album, year = _album_of(cleaned(folder.name.replace("_", " ")), above)
    album, number = without_disc(album)
    return Folders(artist or above, album, year, disc[0] if disc else number, disc[1] if disc else "")


def read_names(stems: Sequence[str], folders: Folders) -> tuple[FileName, ...]:
    """What the names of the files of a folder, without their suffixes, say; patterns that most share count for all."""
    texts = [_plain(stem) for stem in stems]
    weak = _share_numbers(texts)
    inner = [_inner(text) for text in texts]
    numbered = [one or _number(text, weak=weak) for one, text in zip(inner, texts, strict=True)]
    pairs = [_DASH.split(one.title, maxsplit=1) if not one.artist else [one.title] for one in numbered]
    first = {folded(pair[0]) for pair in pairs if len(pair) == 2}
    is_split = len(pairs) > 1 and all(len(pair) == 2 for pair in pairs)
    read = []
    for name, pair in zip(numbered, pairs, strict=True):
        if len(pair) == 2 and _is_artist(pair[0], folders, first, is_split=is_split):
            read.append(FileName(pair[1].strip(), name.track, name.disc, pair[0].strip()))
        else:
            read.append(name)
    return tuple(read)


def _plain(stem: str) -> str:
    """A name with spaces: those of the net write "01_-_title" or "01-artist-title"."""
    text = stem.replace("_", " ") if " " not in stem else stem
    if " " not in text and text.count(".") > 2:
        text = text.replace(".", " ")
    return cleaned(text)


def _album_of(name: str, above: str) -> tuple[str, str, int | None]:
    """Artist, album and year of the name of a folder; ``above`` is the folder that it lies in."""
    while (shorter := _QUALITY.sub("", name)) != name and shorter:
        name = shorter
    if match := _YEAR_BETWEEN.match(name):
        return match[1], match[3], int(match[2])
    year = None
    if match := _YEAR_LAST.match(name):
        name, year = match[1], int(match[2])
        while (shorter := _QUALITY.sub("", name)) != name and shorter:
            name = shorter
    elif match := _YEAR_FIRST.match(name):
        name, year = match[2], int(match[1])
    parts = _DASH.split(name, maxsplit=1)
    if len(parts) == 2 and all(part.strip() for part in parts):
        artist, album = parts[0].strip(), parts[1].strip()
        # below a folder of an artist a dash is part of the title, unless the artist is repeated
        if not above or folded(above) == folded(artist) or is_various(artist) or is_various(above):
            if match := _YEAR_FIRST.match(album):
                album, year = match[2], year or int(match[1])
            return artist, album, year
    return "", name, year


def _share_numbers(texts: Sequence[str]) -> bool:
    """Whether the files of a folder are numbered, though only by "1 Title"."""
    numbers = [match[1] for text in texts if (match := _WEAK_NUMBER.match(text))]
    return len(numbers) >= 2 and len(set(numbers)) == len(numbers) and 2 * len(numbers) > len(texts)


def _inner(text: str) -> FileName | None:
    """A name of the form "Artist - Album - 03 - Title" or "Artist - 03 - Title"."""
    parts = [part.strip() for part in _DASH.split(text) if part.strip()]
    for place, part in enumerate(parts[1:-1], 1):
        if match := _INNER_NUMBER.match(part):
            title = " - ".join(parts[place + 1 :])
            album = " - ".join(parts[1:place])
            return FileName(title, int(match[2]), int(match[1] or 0), parts[0], album)
    return None


def _number(text: str, *, weak: bool) -> FileName:
    if match := _TRACK_WORD.match(text):
        return FileName(match[2] or text, int(match[1]))
    if match := _INNER_NUMBER.match(text):
        return FileName(f"Track {int(match[2])}", int(match[2]), int(match[1] or 0))
    if match := _DISC_AND_TRACK.match(text):
        return FileName(match[3], int(match[2]), int(match[1]))
    for pattern in (_STRONG_NUMBER, _PADDED_NUMBER, *((_WEAK_NUMBER,) if weak else ())):
        if match := pattern.match(text):
            number = int(match[1])
            disc, track = divmod(number, 100) if len(match[1]) == 3 and 100 < number < 1000 else (0, number)
            return FileName(match[2], track or number, disc if track else 0)
    if match := _SIDE.match(text):
        return FileName(match[3], 0, "ABCDEFGH".index(match[1]) // 2 + 1)
    return FileName(text)


def _is_artist(name: str, folders: Folders, first: set[str], *, is_split: bool) -> bool:
    """Whether what stands before the dash of a file name is who plays."""
    if folders.artist and not is_various(folders.artist):
        return folded(name) == folded(folders.artist)
    if is_various(folders.artist) or not folders.album:
        return True
    # in a folder that names nobody: all files have it, and it is the artist of all or differs among them
    return is_split and len(first) >= 1
