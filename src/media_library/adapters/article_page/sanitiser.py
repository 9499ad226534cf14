"""What may stand in an article: a small list of elements and attributes; everything else is dropped.

No svg, no math, no style, no frames, no forms; links lead to http and https addresses only; pictures are those that lie
beside the article. The text is sanitised when it is stored and again each time it is shown.
"""

import re
from collections.abc import Callable


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _names(
    "a abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins"
    " kbd li mark ol p pre q s samp section small strong sub sup table tbody td tfoot th thead tr u ul var"
)
"""The elements of an article."""

DROPPED_WITH_CONTENT = _names(
    "annotation-xml applet audio base button canvas embed foreignobject form frame frameset head iframe input link"
    " listing map math meta noembed noframes noscript object option plaintext script select style svg template textarea"
    " title video xmp"
)
"""The elements whose content is no text either."""

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"dir", "lang"}),
    "a": frozenset({"href"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}
"""The attributes of an article, by element; ``*`` stands for all."""

SCHEMES = frozenset({"http", "https"})
"""Where links may lead."""

_LINK = re.compile(r"https?://[^\s\\\x00-\x1f\x7f]+", re.IGNORECASE)
_IMAGE = re.compile(r"images/[0-9a-f]{1,64}(?:\.(?:jpg|png))?")
_NUMBER = re.compile(r"[0-9]{1,4}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
_NUMBERS = frozenset({"colspan", "rowspan", "height", "start", "width"})
_TEXTS = frozenset({"alt", "title"})
_REL = "noopener noreferrer"
_NO_PICTURE = re.compile(r'<img(?: (?!src=)[a-z]+="[^"<>]*")*>')
_EMPTY_FIGURE = re.compile(r"<figure>\s*</figure>")
_OURS = frozenset({("rel", _REL), ("target", "_blank"), ("loading", "lazy")})


def sanitise(html: str, image: Callable[[str], str | None] = lambda src: src) -> str:
    """Only what may stand in an article, as well-formed HTML.

    ``image`` gets the ``src`` of each picture, ``images/<name>``, and says what stands there instead: another address
    that the caller vouches for, or ``None`` for a picture that is to be left out.
    """
    import nh3

    def judge(element: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return image(value) if element == "img" and _IMAGE.fullmatch(value) else None
        return value if _is_harmless(attribute, value) else None

    cleaned: str = nh3.clean(
        html,
        tags=set(ELEMENTS),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes={element: set(names) for element, names in ATTRIBUTES.items()},
        attribute_filter=judge,
        strip_comments=True,
        link_rel=_REL,
        set_tag_attribute_values={"a": {"target": "_blank"}, "img": {"loading": "lazy"}},
        url_schemes=set(SCHEMES),
    )
    return _EMPTY_FIGURE.sub("", _NO_PICTURE.sub("", cleaned))


def _is_harmless(attribute: str, value: str) -> bool:
    if attribute == "href":
        return _LINK.fullmatch(value) is not None
    if attribute in _NUMBERS:
        return _NUMBER.fullmatch(value) is not None
    if attribute == "lang":
        return _LANGUAGE.fullmatch(value) is not None
    if attribute == "dir":
        return value in _DIRECTIONS
    return attribute in _TEXTS or (attribute, value) in _OURS
