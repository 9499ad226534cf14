"""The languages that the names of subtitle files carry, as ISO 639-2/T codes."""

from typing import Final

from media_library.models.language import UNKNOWN, language_name

_PAIRS = """
    ar:ara be:bel bg:bul bn:ben ca:cat cn:zho cs:ces cy:cym cz:ces da:dan de:deu dk:dan el:ell en:eng eo:epo es:spa
    et:est eu:eus fa:fas fi:fin fr:fra ga:gle gl:glg gr:ell he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita
    iw:heb ja:jpn jp:jpn ka:kat kk:kaz ko:kor kr:kor la:lat lt:lit lv:lav mk:mkd ml:mal mn:mon mr:mar ms:msa nb:nob
    nl:nld nn:nno no:nor pa:pan pb:por pl:pol pt:por ro:ron ru:rus se:swe sk:slk sl:slv sq:sqi sr:srp sv:swe ta:tam
    te:tel th:tha tl:tgl tr:tur ua:ukr uk:ukr ur:urd uz:uzb vi:vie zh:zho
"""
_TWO: Final = {pair[:2]: pair[3:] for pair in _PAIRS.split()}
_THREE: Final = {
    "alb": "sqi",
    "arm": "hye",
    "baq": "eus",
    "chi": "zho",
    "cze": "ces",
    "dut": "nld",
    "fre": "fra",
    "geo": "kat",
    "ger": "deu",
    "gre": "ell",
    "ice": "isl",
    "mac": "mkd",
    "may": "msa",
    "per": "fas",
    "rum": "ron",
    "slo": "slk",
    "wel": "cym",
    "pob": "por",
    "chs": "zho",
    "cht": "zho",
    "scc": "srp",
    "esp": "spa",
    "ptbr": "por",
}
_OWN_NAMES: Final = {
    "deutsch": "deu",
    "français": "fra",
    "francais": "fra",
    "español": "spa",
    "espanol": "spa",
    "castellano": "spa",
    "latino": "spa",
    "italiano": "ita",
    "nederlands": "nld",
    "português": "por",
    "portugues": "por",
    "brazilian": "por",
    "polski": "pol",
    "svenska": "swe",
    "dansk": "dan",
    "norsk": "nor",
    "suomi": "fin",
    "čeština": "ces",
    "magyar": "hun",
    "türkçe": "tur",
    "русский": "rus",
    "українська": "ukr",
    "日本語": "jpn",
    "한국어": "kor",
    "中文": "zho",
    "simplified": "zho",
    "traditional": "zho",
    "chinese": "zho",
    "mandarin": "zho",
    "farsi": "fas",
    "flemish": "nld",
    "und": "und",
}


def language_of(word: str) -> str | None:
    """The ISO 639-2/T code that a word such as "en", "ger", "pt-BR" or "Deutsch" means, or ``None``."""
    lowered = word.lower()
    plain = lowered.split("-")[0]
    if len(plain) == 2:
        return _TWO.get(plain)
    if lowered in _THREE:
        return _THREE[lowered]
    if lowered in _OWN_NAMES:
        return _OWN_NAMES[lowered]
    if lowered == UNKNOWN or (len(plain) == 3 and language_name(plain) != plain):
        return plain
    return _NAMES.get(lowered)


_NAMES: Final = {language_name(code).lower(): code for code in _TWO.values()}
