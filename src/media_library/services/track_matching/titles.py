"""What a track's title says: the name of the song, which recording of it this is, and who else sings."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from media_library.services.track_matching.folding import fold, words_of

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_NESTED = 3
_DASH = re.compile(r"\s+-\s+|\s+[–—]\s+|;\s+|\s+/\s+(?=\w*\s*(?:live|remix|version|edit)\b)", re.IGNORECASE)
_FEATURING = re.compile(r"\b(?:featuring|feat|ft|w/)\b\.?\s*(.+)$")
_WITH = re.compile(r"^(?:with|duet with|con|avec|mit)\s+(.+)$")

# the same recording, however it was polished, packed or sold
_NEUTRAL = re.compile(
    r"\b(?:re-?master(?:ed|izado|isee?)?|digital(?:ly)?|mono|stereo|album version|original(?: album)? version|"
    r"original mix|original recording|lp version|single version|bonus(?: track)?|explicit|clean|dirty|deluxe|"
    r"anniversary|expanded|special edition|edition|from the (?:motion picture|film|movie|original)|"
    r"from \"|from '|soundtrack|ost|official (?:audio|video|music video)|lyrics?(?: video)?|audio|hd|hq|"
    r"title track|theme from|(?:1st|2nd|first|second) movement|original)\b"
)
_CUT = re.compile(
    r"\b(?:radio|single|short|extended|video|club|album|full|long|7\"?|12\"?|seven|twelve)?[ -]*"
    r"(?:edit|length|cut|inch(?: version| mix)?)\b|\b(?:extended|short|long|radio) (?:version|mix)\b"
)

# another recording of the same song
_VERSIONS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{pattern})\b")
    for name, pattern in {
        "live": r"live|unplugged|in concert|en vivo|en directo|ao vivo|concert version|bbc session|peel session|"
        r"sessions?|tiny desk",
        "remix": r"remix(?:ed)?|rmx|mix|rework(?:ed)?|re-?edit|bootleg|mash-?up|vip|flip|chopped|dub",
        "acoustic": r"acoustic|acustic[oa]|akustik|stripped|piano|guitar|orchestral|orchestra|symphonic|strings?|"
        r"string quartet|lullaby|lo-?fi|jazz version|a ?cappella|acapella",
        "instrumental": r"instrumental|backing track|minus one|off vocal",
        "karaoke": r"karaoke|sing[- ]?along|in the style of|originally performed|made famous|tribute|cover(?:ed)?|"
        r"as performed by|8[- ]bit",
        "demo": r"demo|rehearsal|outtake|alternate|alternative|alt\.|take \d+|early version|home recording|rough mix|"
        r"work tape|unreleased|voice memo",
        "speed": r"sped[- ]up|slowed|nightcore|reverb|daycore|8d",
        "redone": r"re-?record(?:ed|ing)?|taylor's version|new version|my version|revisited|redux|reprise|"
        r"reimagined|re-?imagined|[0-9]{4} version",
        "language": r"(?:spanish|french|german|italian|english|japanese|korean|portuguese|chinese|mandarin) version|"
        r"version espanola|en espanol|auf deutsch|deutsche version|version francaise|versione italiana",
        "passage": r"intro|outro|interlude|skit|prelude|medley|commentary|spoken",
    }.items()
}
_OTHER_VERSION = re.compile(r"\bversion\b")
_PLAIN_WORDS = frozenset({
    "at", "in", "the", "from", "on", "a", "an", "of", "version", "recorded", "by", "live", "remix", "mix", "edit",
    "and", "with", "track", "remaster", "remastered", "session", "sessions", "acoustic", "demo", "instrumental",
    "extended", "radio", "digital", "mono", "stereo", "take", "original", "karaoke",
})  # fmt: skip
_LIVE_ALBUM = re.compile(
    r"^live!?$|\blive\s+(?:at|in|from|on|\d)|[(\[:-]\s*(?:\w+\s+)?live\b[^)\]]*[)\]]?$|\bunplugged\b|\bin concert\b|"
    r"\b(?:en vivo|ao vivo|en directo)\b|\s+live!?$|\blive (?:album|tour|sessions?|ep)\b"
)
_KARAOKE_ALBUM = re.compile(r"\b(?:karaoke|tribute to|in the style of|lullaby renditions|as made famous|8-bit)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart.

    ``key`` is the song without spaces and article, ``bare_key`` the same without its subtitles, ``numbers`` the words
    with digits. ``kinds`` is what sets the recording apart, ``details`` the words that tell one live recording or remix
    from another, ``is_cut`` whether it is an edit, ``guests`` who sings with the artist.
    """

    key: str
    words: tuple[str, ...]
    bare_key: str
    numbers: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()
    is_cut: bool = False
    guests: tuple[str, ...] = field(default=())


@lru_cache(maxsize=65_536)
def read_title(text: str) -> Title:
    """Take a title apart. What stands in brackets or behind a dash and says nothing known is part of the name."""
    kinds: set[str] = set()
    details: set[str] = set()
    guests: list[str] = []
    is_cut = False
    dropped: list[str] = []

    def judge(part: str, *, in_brackets: bool) -> bool:
        """Whether a part says something about the recording instead of naming the song."""
        nonlocal is_cut
        folded = fold(part).strip(" .-\"'")
        if not folded:
            return True
        if match := _FEATURING.match(folded) or (_WITH.match(folded) if in_brackets else None):
            guests.append(match[1])
            return True
        found = {name for name, pattern in _VERSIONS.items() if pattern.search(folded)}
        neutral, cut = bool(_NEUTRAL.search(folded)), bool(_CUT.search(folded))
        if cut and found == {"remix"} and not _named(folded):
            found = set()
        if neutral and found <= {"remix", "acoustic"} and not _named(folded):
            found = set()
        if not found and not neutral and not cut:
            if not _OTHER_VERSION.search(folded):
                return False
            found = {"redone"}
        if found:
            details.update(word for word in words_of(part) if word not in _PLAIN_WORDS)
        kinds.update(found)
        is_cut = is_cut or cut
        return True

    def bracket(match: re.Match[str]) -> str:
        if match.start() == 0 or not judge(match[1], in_brackets=True):
            dropped.append(match[1])
            return match[0].replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ")
        return " "

    rest = text
    for _ in range(_NESTED):
        rest = _BRACKETS.sub(bracket, rest)
    first, *parts = _DASH.split(rest)
    name = [first]
    is_told = False
    for part in parts:
        if judge(part, in_brackets=False):
            is_told = True
        elif is_told:
            details.update(words_of(part))  # the place and the day of a concert
        else:
            name.append(part)
            dropped.append(part)
    song = " ".join(name)
    folded = fold(song)
    if match := _FEATURING.search(folded):
        guests.append(match[1])
        song = folded[: match.start()]
    if not words_of(song):
        song, dropped = text, []
    words = _without_article(words_of(song))
    bare = song
    for part in dropped:
        bare = bare.replace(part, " ")
    bare_words = _without_article(words_of(bare)) or words
    return Title(
        _key(words, song),
        words,
        _key(bare_words, bare),
        tuple(sorted(word for word in words if any(char.isdigit() for char in word))),
        frozenset(kinds),
        frozenset(details),
        is_cut,
        tuple(guests),
    )


def kinds_of_album(album: str | None) -> frozenset[str]:
    """What the title of an album says about all recordings on it."""
    if album is None:
        return frozenset()
    folded = fold(album)
    kinds = {"live"} if _LIVE_ALBUM.search(folded) else set()
    return frozenset(kinds | {"karaoke"} if _KARAOKE_ALBUM.search(folded) else kinds)


def _named(folded: str) -> bool:
    """Whether a part names somebody or something, such as the maker of a remix."""
    return any(
        word not in _PLAIN_WORDS and not _YEAR.fullmatch(word) and word not in ("album", "single", "club", "12", "7")
        for word in words_of(folded)
    )


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _key(words: tuple[str, ...], song: str) -> str:
    """The words without spaces; a title of signs alone, such as "÷" or "???", stands for itself."""
    return "".join(words) or song.strip()
