"""Finds the pictures of a page wherever a page hides them until it is scrolled; runs in the child process only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-full-src",
    "data-hi-res-src",
    "data-img-src",
    "data-image",
    "data-url",
    "data-lazy",
    "data-echo",
)
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_WIDEST = 1600
_SMALLEST = 48
_MOST = 200
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([0-9.]{1,8})([wx]))?\s*(?:,|$)")
_NOT_A_PHOTOGRAPH = re.compile(r"\.svg(?:$|[?#])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: its number in the page's text, its address, what it shows in words."""

    number: int
    url: str
    alt: str


def settle(tree: html.HtmlElement, base: str) -> list[Picture]:
    """Give every ``img`` of a page the address ``images/<number>`` (hexadecimal) and tell what lies behind each.

    A picture that has none, or is as small as those that count visitors, goes.
    """
    found: dict[str, Picture] = {}
    _lift_from_noscript(tree)
    for image in list(tree.iter("img", "amp-img")):
        url = None if len(found) >= _MOST or _is_tiny(image) else _address(image, base)
        if url is None:
            image.drop_tree()
            continue
        alt = " ".join((image.get("alt") or "").split())[:500]
        picture = found.setdefault(url, Picture(len(found) + 1, url, alt))
        width, height = image.get("width", ""), image.get("height", "")
        image.attrib.clear()
        image.tag = "img"
        image.set("src", f"images/{picture.number:x}")
        image.set("alt", alt)
        if width.isdigit() and height.isdigit():
            image.set("width", width)
            image.set("height", height)
    for holder in list(tree.iter("source", "picture")):
        holder.drop_tag()  # the parser does not know that a source is empty and puts the picture into it
    return list(found.values())


def base_of(tree: html.HtmlElement, url: str) -> str:
    """Against what the relative addresses of a page are meant (``<base href>``)."""
    for base in tree.iter("base"):
        if href := base.get("href"):
            return resolve(url, href) or url
    return url


def resolve(base: str, address: str) -> str | None:
    """An absolute http or https address, or ``None`` for everything else."""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(joined) > 2048:
        return None
    if parts.username is not None or not joined.isprintable():
        return None
    return joined.replace(" ", "%20")


def _address(image: html.HtmlElement, base: str) -> str | None:
    for candidate in _candidates(image):
        url = resolve(base, candidate)
        if url is not None and not _NOT_A_PHOTOGRAPH.search(url):
            return url
    return None


def _candidates(image: html.HtmlElement) -> Iterator[str]:
    """The addresses under which a picture may be had, the best first."""
    for name in _LAZY:
        if value := image.get(name):
            yield value
    sets = [value for name in _LAZY_SETS if (value := image.get(name))]
    holder = next((one for one in image.iterancestors("picture")), None)
    if holder is not None:
        sources = [one for one in holder.iter("source") if one.get("type") != "image/svg+xml"]
        sets += [value for one in sources for name in _LAZY_SETS if (value := one.get(name))]
    if sets and (best := _best(sets)) is not None:
        yield best
    if value := image.get("src"):
        yield value


def _best(sets: list[str]) -> str | None:
    """The picture that is wide enough and no wider than need be, of those in ``srcset`` attributes."""
    widths: list[tuple[float, str]] = []
    for text in sets:
        for match in _CANDIDATE.finditer(text[:20_000]):
            try:
                size = float(match[2] or 1)
            except ValueError:
                continue
            widths.append((size if match[3] == "w" else size * 800, match[1]))
    enough = [one for one in widths if one[0] >= _WIDEST]
    if enough:
        return min(enough)[1]
    return max(widths)[1] if widths else None


def _is_tiny(image: html.HtmlElement) -> bool:
    sizes = [value for name in ("width", "height") if (value := image.get(name, "").removesuffix("px")).isdigit()]
    return any(int(size[:6]) < _SMALLEST for size in sizes)


def _lift_from_noscript(tree: html.HtmlElement) -> None:
    """Where a picture comes by script, it often stands in ``noscript`` beside its stand-in: put it there instead."""
    for holder in list(tree.iter("noscript")):
        inner = list(holder.iter("img"))
        if len(inner) != 1 or (holder.text_content() or "").strip():
            continue
        before = holder.getprevious()
        while before is not None and before.tag != "img" and len(before) == 1:
            before = before[0]
        if before is None or before.tag != "img":
            holder.drop_tag()
        elif not _has_address(before):
            before.set("data-src", inner[0].get("src", ""))


def _has_address(image: html.HtmlElement) -> bool:
    if any(image.get(name) for name in (*_LAZY, *_LAZY_SETS)):
        return True
    return not image.get("src", "").startswith(("data:", "about:")) and bool(image.get("src"))
