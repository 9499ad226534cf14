"""The words that people and release groups put into names beside titles."""

import re
from typing import Final


def words(text: str) -> frozenset[str]:
    """A list of words that is written as a text."""
    return frozenset(text.split())


VIDEO_SUFFIXES: Final = words(
    """
    3g2 3gp asf avi divx dv evo f4v flv iso img ifo m1v m2ts m2v m4v mk3d mkv mov mp4 mpe mpeg mpg mts mxf ogm ogv rm
    rmvb strm tp trp ts vob webm wmv wtv y4m bdmv
    """
)
AUDIO_SUFFIXES: Final = words(
    """
    aac ac3 aif aifc aiff alac ape caf dff dsf dts eac3 flac m4a m4b m4p mka mp1 mp2 mp3 mpc oga ogg opus ra spx tak
    tta wav wma wv
    """
)
PHOTO_SUFFIXES: Final = words(
    """
    jpg jpeg jpe jfif png webp avif gif heic heif hif bmp tif tiff dng cr2 cr3 crw nef nrw arw sr2 srf orf rw2 raf pef
    srw x3f 3fr erf kdc dcr mos mrw raw rwl iiq gpr
    """
)
BOOK_SUFFIXES: Final = words("epub pdf cbz cbr cb7 mobi azw azw3 fb2 djvu")
BESIDE_SUFFIXES: Final = words(
    """
    nfo srt ass ssa sub idx vtt sup smi ttml txt xml json lrc elrc tbn bif url rar zip 7z par2 sfv md5 part crdownload
    tmp torrent log cue m3u m3u8 opf
    """
)

_SOURCES = {
    "Blu-ray": "bluray bdrip brrip bdremux bd25 bd50 bdmux bdrips blurayrip bdlight hdlight",
    "UHD Blu-ray": "uhdbd uhdrip uhdremux",
    "DVD": "dvdrip dvdr dvd5 dvd9 dvdscr dvdremux dvdmux dvdrips",
    "Web": "webrip webdl webdlrip webhd webmux webcap hdrip web",
    "HDTV": "hdtv hdtvrip ahdtv uhdtv hdtvmux",
    "TV": "pdtv dsr dsrip dthrip dvbrip satrip tvrip dtvrip",
    "VHS": "vhsrip ldrip vhs laserdisc",
    "Cinema": "hdcam camrip hdts telesync telecine hdtc predvd predvdrip ppvrip workprint scr screener",
}
SOURCES: Final = {word: source for source, text in _SOURCES.items() for word in text.split()}
"""Where a film was taken from."""

_ALSO_IN_TITLES: Final = words("web vhs laserdisc workprint scr screener")

HARD: Final = (
    frozenset(SOURCES)
    | words(
        """
        uhd 4k 8k xvid divx hevc avc av1 vp9 vc1 mpeg2 mpeg4 x264 x265 h264 h265 h266 ac3 eac3 aac dts dtshd dtsx
        truehd atmos flac ddp ddpa lpcm 10bit 8bit 12bit hi10p hi10 hdr hdr10 hdr10plus hlg dovi hsbs hou fhd mhd
        microhd remux 6ch 2ch 8ch opus qebc subrip yify yts amzn dsnp atvp hmax pcok vff vfq vfi vostfr subfrench
        truefrench multisub multisubs dualaudio sbs
        """
    )
) - _ALSO_IN_TITLES
"""Words that end a title wherever they stand."""

SOFT: Final = words(
    """
    web dl rip hd sd dvd bd dv cam ts tc r5 scr screener tv vhs proper repack rerip real internal limited readnfo
    nfofix dirfix syncfix extended unrated uncut remastered restored theatrical directors director's cut edition dc
    imax retail multi dual dubbed dub subbed sub subs hardsub hardsubs softsub complete custom hybrid convert ws fs
    widescreen fullscreen colorized 3d german french english spanish italian japanese korean russian hindi tamil
    telugu chinese mandarin cantonese polish dutch flemish swedish norwegian danish finnish nordic portuguese czech
    hungarian turkish greek arabic hebrew thai vietnamese ukrainian romanian castellano latino espanol español ita eng
    esp spa fra fre ger deu rus jpn kor chi ptbr pldub plsub vo vf vost vosta audio dl ml pal ntsc hc nf hulu atv pmtp
    ip itunes it stan crav cr bili uncensored open matte criterion collection anniversary special ultimate collectors
    final redux untouched amz netflix amazon disney 60fps fps dubbing line md ld ac3d dolby vision h 264 265 x v2 v3
    version season
    """
)
"""Words that belong to the technical part if they stand directly before it, and may else be of a title."""

_LANGUAGES = {
    "ara": "arabic",
    "ces": "czech",
    "dan": "danish",
    "deu": "german deu ger deutsch",
    "ell": "greek",
    "eng": "english eng",
    "fin": "finnish",
    "fra": "french truefrench vff vfq vfi subfrench vostfr fra fre",
    "heb": "hebrew",
    "hin": "hindi",
    "hun": "hungarian",
    "ita": "italian ita",
    "jpn": "japanese jpn",
    "kor": "korean kor",
    "nld": "dutch flemish",
    "nor": "norwegian",
    "pol": "polish pldub plsub",
    "por": "portuguese ptbr",
    "ron": "romanian",
    "rus": "russian rus",
    "spa": "spanish castellano espanol español latino esp spa",
    "swe": "swedish",
    "tam": "tamil",
    "tel": "telugu",
    "tha": "thai",
    "tur": "turkish",
    "ukr": "ukrainian",
    "vie": "vietnamese",
    "zho": "chinese mandarin cantonese",
}
LANGUAGES: Final = {word: code for code, text in _LANGUAGES.items() for word in text.split()}

TECHNICAL: Final = re.compile(
    r"\d{3,4}[pi](?:\d\d)?|\d{3,4}x\d{3,4}|[xh]26[456]\S*|(?:8|10|12)bits?|(?:ddp?a?|e?aac?3?|dts|flac|opus|pcm)\d|hdr10\S*"
)

EDITIONS: Final = re.compile(
    r"""\b(?:the[ ])?(?:
        (?P<directors>director'?s?[ ](?:cut|edition|definitive[ ]edition))
      | (?P<extended>extended(?:[ ](?:cut|edition|version|remastered))?|version[ ]longue|langfassung)
      | (?P<unrated>unrated(?:[ ](?:cut|edition|version))?)
      | (?P<uncut>uncut(?:[ ](?:cut|edition|version))?)
      | (?P<theatrical>theatrical(?:[ ](?:cut|edition|version))?)
      | (?P<final>final[ ]cut)
      | (?P<ultimate>ultimate[ ](?:cut|edition|collector'?s[ ]edition))
      | (?P<special>special[ ]edition)
      | (?P<criterion>criterion(?:[ ](?:collection|edition))?)
      | (?P<imax>imax(?:[ ](?:edition|enhanced|version))?)
      | (?P<collectors>collector'?s?[ ]edition)
      | (?P<anniversary>(?:\d\d(?:th|st|nd|rd)[ ])?anniversary(?:[ ]edition)?)
      | (?P<redux>redux)
      | (?P<assembly>assembly[ ]cut)
      | (?P<rogue>rogue[ ]cut)
      | (?P<noir>noir[ ]edition|black[ ]and[ ]chrome(?:[ ]edition)?|black[ ]and[ ]white[ ]edition)
      | (?P<despecialized>despeciali[sz]ed(?:[ ]edition)?)
      | (?P<openmatte>open[ ]matte)
      | (?P<international>international[ ](?:cut|version))
      | (?P<remastered>(?:4k[ ])?(?:digitally[ ])?(?:remastered|restored))
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

EDITION_NAMES: Final = {
    "directors": "Director's Cut", "extended": "Extended", "unrated": "Unrated", "uncut": "Uncut",
    "theatrical": "Theatrical", "final": "Final Cut", "ultimate": "Ultimate Edition", "special": "Special Edition",
    "criterion": "Criterion", "imax": "IMAX", "collectors": "Collector's Edition", "anniversary": "Anniversary Edition",
    "redux": "Redux", "assembly": "Assembly Cut", "rogue": "Rogue Cut", "noir": "Black and White",
    "despecialized": "Despecialized", "openmatte": "Open Matte", "international": "International Cut",
    "remastered": "Remastered",
}  # fmt: skip

ARTICLES: Final = re.compile(
    r"(.+), (The|A|An|Le|La|Les|L'|Der|Die|Das|Ein|Eine|El|Los|Las|Il|Lo|Gli|I|De|Het|Den|Det|O|Os|As)$", re.IGNORECASE
)
