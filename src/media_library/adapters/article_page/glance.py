"""The child process for a first look: reads the head of a page from a file and writes what it says of itself as JSON.

Arguments: the file, the address of the page, and the header Content-Type of its answer. It is quick: no text is
extracted, so whether the page is an article is a guess from what it declares and from how its text lies.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from lxml import html

from media_library.adapters.article_page import facts, pictures
from media_library.adapters.article_page.decoding import decode
from media_library.adapters.article_page.tree import parse

_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"}
)
_MOST_FEEDS = 20
_PARAGRAPH = 80


def glance(body: bytes, url: str, content_type: str = "") -> dict[str, object]:
    """What a page says of itself, by the names of ``PageFacts``."""
    tree = parse(decode(body, content_type))
    if tree is None:
        return {}
    base = pictures.base_of(tree, url)
    head = facts.read_head(tree)
    picture = head.first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    kinds = [facts.line(head.meta.get("og:type"))]
    kinds += [facts.line(kind) for one in head.linked for kind in facts.kinds_of(one) if isinstance(kind, str)]
    score = _article_score(tree, head, url)
    return {
        "title": head.first("og:title", "twitter:title") or facts.line(tree.findtext(".//title")) or None,
        "description": head.first("og:description", "description", "twitter:description"),
        "picture_url": None if picture is None else pictures.resolve(base, picture),
        "site": head.first("og:site_name", "application-name"),
        "language": facts.language_of(tree, head),
        "canonical_url": facts.canonical_url(tree, base),
        "kinds": list(dict.fromkeys(kind for kind in kinds if kind))[:20],
        "article_score": score,
        "is_article": score >= 0.5,
        "feeds": _feeds(tree, base),
    }


def _feeds(tree: html.HtmlElement, base: str) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        relations = (link.get("rel") or "").lower().split()
        if kind not in _FEEDS or not {"alternate", "feed"} & set(relations) or len(found) >= _MOST_FEEDS:
            continue
        address = pictures.resolve(base, link.get("href") or "") if link.get("href") else None
        if address is not None and "wp-json" not in address and "oembed" not in address:
            found.setdefault(address, {"url": address, "title": facts.line(link.get("title")), "kind": kind})
    return list(found.values())


def _article_score(tree: html.HtmlElement, head: facts.PageHead, url: str) -> float:
    """How sure it is that the page is an article, 0 to 1."""
    paragraphs = [len(text) for one in tree.iter("p") if len(text := (one.text_content() or "").strip()) >= _PARAGRAPH]
    body = tree.find(".//body")
    text = 0 if body is None else len((body.text_content() or "").strip())
    linked = sum(len((one.text_content() or "").strip()) for one in tree.iter("a"))
    score = 0.5 * facts.is_article(head)
    score += 0.2 * any(name in head.meta for name in ("article:published_time", "citation_title", "datepublished"))
    score += 0.1 * (len(list(tree.iter("article"))) == 1)
    score += 0.5 * min(1.0, len(paragraphs) / 4) * min(1.0, sum(paragraphs) / 1000)
    if text and linked > 0.6 * text:
        score -= 0.3
    if urlsplit(url).path in ("", "/") and not facts.is_article(head):
        score -= 0.3
    return round(min(1.0, max(0.0, score)), 2)


def main(file: str, url: str, content_type: str) -> int:
    """Write what the page in ``file`` says of itself to standard output; returns the exit code."""
    sys.stdout.buffer.write(msgspec.json.encode(glance(Path(file).read_bytes(), url, content_type)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
