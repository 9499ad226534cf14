"""Reads from the names of chapters what they are: "Intro", "Abspann", or what SponsorBlock marked in a web video.

SponsorBlock's categories stand in the titles that yt-dlp gives its chapters ("[SponsorBlock]: Sponsor"); their names
are those of yt_dlp.postprocessor.sponsorblock.
"""

import re
import unicodedata
from collections.abc import Iterable

from media_library.models.media import Chapter
from media_library.models.timeline import Marker, MarkerKind, MarkerSource

_WORDS = {
    MarkerKind.INTRO: (
        "intro, introduction, opening, op, opening credits, opening titles, opening theme, title, titles, main title,"
        " main titles, title sequence, title card, theme, theme song, intro titles, vorspann, titelsequenz, titelmusik,"
        " titellied, generique, generique de debut, generique d ouverture, sigla, sigla iniziale, sigla di apertura,"
        " titoli di testa, cabecera, apertura, creditos iniciales, abertura, vinheta, begintitels, openingstitels,"
        " fortekster, fortexter, vinjett, alkutekstit, alkutunnus, czolowka, uvodni titulky, znelka, főcim, focim,"
        " jenerik, заставка, начальные титры, опенинг, オープニング, 主题曲, 片头, 片頭, 오프닝"
    ),
    MarkerKind.CREDITS: (
        "credits, end credits, closing credits, closing titles, end titles, ending, ending credits, ending theme, ed,"
        " outro, abspann, nachspann, generique, generique de fin, sigla finale, sigla di chiusura, titoli di coda,"
        " creditos, creditos finales, creditos finais, encerramento, aftiteling, eindtitels, aftertitels, rulletekster,"
        " sluttekster, eftertexter, sluttexter, lopputekstit, napisy koncowe, tylowka, zaverecne titulky, vegecim,"
        " финальные титры, конечные титры, титры, эндинг, エンディング, クレジット, 片尾, 片尾曲, 엔딩"
    ),
    MarkerKind.RECAP: (
        "recap, previously, previously on, previously in, last time, story so far, was bisher geschah, bisher,"
        " ruckblick, zusammenfassung, resume, precedemment, dans les episodes precedents, riassunto, nelle puntate"
        " precedenti, resumen, anteriormente, resumo, samenvatting, wat voorafging, tidligere, tidigare, aiemmin,"
        " ранее, в предыдущих сериях, краткое содержание, あらすじ, 前回のあらすじ, 前情提要"
    ),
    MarkerKind.PREVIEW: (
        "preview, next time, next time on, next episode, next episode preview, coming up, vorschau, in der nachsten"
        " folge, nachste folge, prochainement, prochain episode, bande annonce, anteprima, prossimamente, nella"
        " prossima puntata, avance, proximo episodio, proximo capitulo, no proximo episodio, volgende keer, neste gang,"
        " nasta avsnitt, в следующей серии, следующая серия, 次回予告, 予告, 下集预告, 다음 이야기"
    ),
}
_SPONSORBLOCK = {
    "sponsor": MarkerKind.SPONSOR,
    "unpaid/self promotion": MarkerKind.SPONSOR,
    "interaction reminder": MarkerKind.SPONSOR,
    "intermission/intro animation": MarkerKind.INTRO,
    "endcards/credits": MarkerKind.CREDITS,
    "preview/recap": MarkerKind.RECAP,
}
_SPONSORBLOCK_TITLE = re.compile(r"\[SponsorBlock\]: (.+)")
_NUMBERED = re.compile(r"(?:(?:chapter|kapitel|chapitre|capitolo|capitulo|hoofdstuk|глава) )?\d{1,3} (?=\D)")
_PART = re.compile(r" (?:\d{1,2}|i{1,3}|[ab])")
_LONGEST_MS = {
    MarkerKind.INTRO: 240_000,
    MarkerKind.CREDITS: 1_200_000,
    MarkerKind.RECAP: 300_000,
    MarkerKind.PREVIEW: 240_000,
}
_SHORTEST_MS = 3_000


def markers_of_chapters(chapters: Iterable[Chapter], duration_ms: int) -> tuple[Marker, ...]:
    """The chapters whose names say that they may be skipped, in the order of time.

    Credits are in the second half, everything else but a preview in the first; the scene of a film that is called
    "Opening" is longer than any title sequence, and is none.
    """
    found = []
    for chapter in chapters:
        kind, source = _kind_of(chapter.title, is_late=chapter.start_ms * 2 >= duration_ms)
        if kind is None or chapter.end_ms - chapter.start_ms < _SHORTEST_MS:
            continue
        if source is MarkerSource.CHAPTER and not _makes_sense(kind, chapter, duration_ms):
            continue
        found.append(Marker(kind, chapter.start_ms, chapter.end_ms, source))
    return tuple(sorted(found, key=lambda one: one.start_ms))


def _kind_of(title: str, *, is_late: bool) -> tuple[MarkerKind | None, MarkerSource]:
    told = _SPONSORBLOCK_TITLE.fullmatch(title.strip())
    if told:
        kinds = [_SPONSORBLOCK.get(name.strip().casefold()) for name in told[1].split(",")]
        return next((kind for kind in kinds if kind), None), MarkerSource.SPONSORBLOCK
    name = _NUMBERED.sub("", _plain(title), count=1)
    meant = _NAMES.get(name) or _NAMES.get(_PART.sub("", name)) or ()
    # "Générique" is either, and only its place tells which
    by_place = MarkerKind.CREDITS if is_late else MarkerKind.INTRO
    return by_place if by_place in meant else next(iter(meant), None), MarkerSource.CHAPTER


def _makes_sense(kind: MarkerKind, chapter: Chapter, duration_ms: int) -> bool:
    is_late = chapter.start_ms * 2 >= duration_ms
    belongs_late = {MarkerKind.CREDITS: True, MarkerKind.INTRO: False, MarkerKind.RECAP: False}.get(kind, is_late)
    return is_late == belongs_late and chapter.end_ms - chapter.start_ms <= _LONGEST_MS[kind]


def _plain(text: str) -> str:
    """Words in small letters without accents, signs as spaces."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def _names() -> dict[str, tuple[MarkerKind, ...]]:
    names: dict[str, tuple[MarkerKind, ...]] = {}
    for kind, words in _WORDS.items():
        for word in words.split(","):
            names[_plain(word)] = (*names.get(_plain(word), ()), kind)
    return names


_NAMES = _names()
