"""What a page says of itself: title, author, site, date, language, picture; runs in the child process only."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml import html

from media_library.adapters.article_page.pictures import resolve

_SPACES = re.compile(r"\s+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?")
_DATE = re.compile(
    r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "sailthru.date",
)
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
_NEW_YEAR = "-01-01"
_MOST_JSON = 500_000
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page in short: names of ``meta`` elements in lower case, and its JSON-LD objects."""

    meta: dict[str, str]
    linked: tuple[dict[str, object], ...]

    def first(self, *names: str) -> str | None:
        """The content of the first of these ``meta`` elements that says something."""
        return next((text for name in names if (text := line(self.meta.get(name, "")))), None)


def read_head(tree: html.HtmlElement) -> PageHead:
    """Collect what the head of a page declares; the first of several equal names counts."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        if name and name not in meta:
            meta[name] = element.get("content") or ""
    return PageHead(meta, tuple(_linked_data(tree)))


def published_at(head: PageHead, guess: str | None) -> int | None:
    """When the page was published, in milliseconds UTC; ``guess`` is a date that was read off the text."""
    candidates = [text for one in head.linked if isinstance(text := one.get("datePublished"), str)]
    candidates += [text for name in _DATES if (text := head.meta.get(name))]
    if guess and not guess.endswith(_NEW_YEAR):  # the guess of a bare year, such as that of a copyright
        candidates.append(guess)
    for text in candidates:
        if (moment := moment_of(text)) is not None:
            return moment
    return None


def moment_of(text: str) -> int | None:
    """An ISO 8601 date or time in milliseconds UTC; without a zone it is taken for UTC. ``None`` if it is none."""
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
    zone = match[7]
    if zone and zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        moment = moment - offset if zone[0] == "+" else moment + offset
    if not 1900 <= moment.year <= datetime.now(UTC).year + 1:
        return None
    return int(moment.timestamp()) * 1000


def language_of(tree: html.HtmlElement, head: PageHead, header: str = "") -> str | None:
    """The language of a page (BCP 47): of its root, its ``meta`` elements, then the header Content-Language."""
    root = tree if tree.tag == "html" else tree.getroottree().getroot()
    body = root.find("body")
    said = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        None if body is None else body.get("lang"),
        head.first("content-language", "og:locale", "language", "dc.language"),
        header,
    )
    for text in said:
        match = _LANGUAGE.match((text or "").strip())
        if match is not None:
            region = match[2]
            return match[1].lower() + (f"-{region.upper() if len(region) == 2 else region}" if region else "")
    return None


def is_right_to_left(tree: html.HtmlElement, language: str | None) -> bool:
    """Whether a page is written from right to left."""
    root = tree.getroottree().getroot()
    body = root.find("body")
    said = root.get("dir") or ("" if body is None else body.get("dir", ""))
    if said.lower() in ("rtl", "ltr"):
        return said.lower() == "rtl"
    return (language or "").partition("-")[0] in _RIGHT_TO_LEFT


def canonical_url(tree: html.HtmlElement, base: str) -> str | None:
    """The address by which a page wants to be known."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := link.get("href")):
            return resolve(base, href)
    return None


def author_of(head: PageHead) -> str | None:
    """The names of the authors, joined with commas, as the page's own data tell them."""
    for one in head.linked:
        written_by = one.get("author")
        people = written_by if isinstance(written_by, list) else [written_by]
        names = [line(name) for person in people if (name := _name_of(person))]
        if names:
            return line(", ".join(dict.fromkeys(name for name in names if name)))
    named = head.first("author", "article:author", "byl", "parsely-author", "dc.creator", "citation_author")
    return None if named is None or named.startswith(("http://", "https://", "@")) else named.removeprefix("By ")


def is_article(head: PageHead) -> bool:
    """Whether the page calls itself an article."""
    if head.meta.get("og:type", "").strip().lower() in ("article", "news", "blog"):
        return True
    return any(str(kind).endswith(("Article", "BlogPosting")) for one in head.linked for kind in kinds_of(one))


def kinds_of(one: dict[str, object]) -> list[object]:
    """The types of a JSON-LD object."""
    kind = one.get("@type")
    return kind if isinstance(kind, list) else [kind]


def line(text: str | None) -> str:
    """One line of text, as long as a title may be; invisible and direction characters are gone."""
    shown = "".join(char if char.isprintable() else " " for char in text or "")
    return _SPACES.sub(" ", shown).strip()[:_LONGEST].strip()


def _linked_data(tree: html.HtmlElement) -> Iterator[dict[str, object]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > _MOST_JSON:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, dict):
                graph = one.get("@graph")
                yield from (part for part in (graph if isinstance(graph, list) else [one]) if isinstance(part, dict))


def _name_of(person: object) -> str | None:
    if isinstance(person, dict):
        person = person.get("name")
    return person if isinstance(person, str) and not person.startswith("http") else None
