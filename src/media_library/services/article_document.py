"""Writes an article as an HTML document: the one that lies on disk, and the one that is shown."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Literal, TypeAlias

from media_library.models.article import ArticleFacts

Theme: TypeAlias = Literal["auto", "light", "sepia", "dark"]
Width: TypeAlias = Literal["narrow", "medium", "wide"]
Font: TypeAlias = Literal["serif", "sans"]
Size: TypeAlias = Literal[15, 16, 17, 18, 20, 22, 24, 28, 32]

_BEGIN, _END = "<article>\n", "\n</article>"
_FILE_POLICY = "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; form-action 'none'"

_LIGHT = "--ground:#fffefb;--text:#1f1d1a;--soft:#6b665e;--line:#e4dfd5;--raised:#f5f1e9;--accent:#8a4b12"
_SEPIA = "--ground:#f4ecd8;--text:#433422;--soft:#7a6650;--line:#dccfb2;--raised:#eadfc4;--accent:#8a4b12"
_DARK = "--ground:#161513;--text:#dedad2;--soft:#9a948a;--line:#34312c;--raised:#211f1c;--accent:#f2a65a"
_THEMES: dict[Theme, str] = {
    "auto": f":root{{color-scheme:light dark;{_LIGHT}}}@media(prefers-color-scheme:dark){{:root{{{_DARK}}}}}",
    "light": f":root{{color-scheme:light;{_LIGHT}}}",
    "sepia": f":root{{color-scheme:light;{_SEPIA}}}",
    "dark": f":root{{color-scheme:dark;{_DARK}}}",
}
_WIDTHS: dict[Width, str] = {"narrow": "30rem", "medium": "36rem", "wide": "48rem"}
_FONTS: dict[Font, str] = {
    "serif": 'Charter, "Iowan Old Style", "Source Serif 4", Georgia, serif',
    "sans": "system-ui, -apple-system, sans-serif",
}
_SHEET = """
html{background:var(--ground);font-size:var(--size);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{box-sizing:border-box;margin:0 auto;max-width:calc(var(--measure) + 3rem);padding:2.5rem 1.5rem 6rem;
font-family:var(--face);line-height:1.62;color:var(--text);overflow-wrap:break-word;text-wrap:pretty}
h1,h2,h3,h4,h5,h6{line-height:1.2;margin:2em 0 .6em;text-wrap:balance}
h1{font-size:1.9em;margin-top:0}h2{font-size:1.4em}h3{font-size:1.15em}h4,h5,h6{font-size:1em}
p,ul,ol,dl,blockquote,pre,figure,table{margin:0 0 1.1em}
a{color:var(--accent);text-underline-offset:.2em}
img{max-width:100%;height:auto;border-radius:6px}figure{margin-inline:0}figure img{display:block;margin-inline:auto}
header{margin-bottom:2.2em;padding-bottom:1.4em;border-bottom:1px solid var(--line)}
header p,figcaption,small{color:var(--soft);font-size:.88em;margin:.3em 0 0}figcaption{text-align:center}
blockquote{margin-inline:0;padding-inline-start:1.1em;border-inline-start:3px solid var(--accent);color:var(--soft)}
code,pre,kbd,samp{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.86em;background:var(--raised)}
code{border-radius:4px;padding:.1em .35em}pre{border-radius:8px;padding:1em;overflow-x:auto}pre code{padding:0}
table{display:block;max-width:100%;overflow-x:auto;border-collapse:collapse;font-size:.92em}
th,td{padding:.5em .8em;border:1px solid var(--line);text-align:start;vertical-align:top}
hr{border:0;border-top:1px solid var(--line);margin:2.4em auto;width:40%}
@media print{body{max-width:none}}
""".strip()


@dataclass(frozen=True, slots=True)
class Look:
    """How a document looks; the size is in pixels."""

    theme: Theme = "auto"
    size: Size = 18
    width: Width = "medium"
    font: Font = "serif"


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands above an article."""

    title: str
    site: str | None
    author: str | None
    published_at: int | None
    minutes: int
    url: str


def headline_of(facts: ArticleFacts) -> Headline:
    """What stands above a snapshot, as its page had it."""
    return Headline(facts.title, facts.site, facts.author, facts.published_at, facts.minutes, facts.url)


def document(headline: Headline, facts: ArticleFacts, content: str, look: Look | None = None) -> str:
    """A whole document around ``content``, which is sanitised HTML.

    Without a ``look`` it is the one for the disk: it carries a policy of its own, for whoever opens the file.
    """
    looks = look or Look()
    language = f' lang="{escape(facts.language)}"' if facts.language else ""
    direction = ' dir="rtl"' if facts.right_to_left else ""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_FILE_POLICY}">\n' if look is None else ""
    root = f":root{{--size:{looks.size}px;--measure:{_WIDTHS[looks.width]};--face:{_FONTS[looks.font]}}}"
    # in a layer, so that a reader who brings a sheet of their own has the last word
    style = f"@layer page{{{_THEMES[looks.theme]}{root}{_SHEET}}}"
    return (
        f'<!DOCTYPE html>\n<html{language}{direction}>\n<head>\n<meta charset="utf-8">\n{policy}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(headline.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{_header(headline)}\n"
        f"{_BEGIN}{content}{_END}\n</body>\n</html>\n"
    )


def content_of(text: str) -> str:
    """What stood between header and end of a document of ours; to be sanitised before it is shown."""
    return text.partition(_BEGIN)[2].rpartition(_END)[0]


def written_date(moment: int) -> str:
    """A day in words; ``moment`` is in milliseconds UTC."""
    day = datetime.fromtimestamp(moment / 1000, UTC)
    return f"{day.day} {day:%B} {day.year}"


def _header(headline: Headline) -> str:
    date = None if headline.published_at is None else written_date(headline.published_at)
    facts = [one for one in (headline.author, date, f"{headline.minutes} min") if one]
    site = escape(headline.site or headline.url)
    link = f'<a href="{escape(headline.url)}" target="_blank" rel="noopener noreferrer">{site}</a>'
    return f"<header>\n<p>{link}</p>\n<h1>{escape(headline.title)}</h1>\n<p>{escape(' · '.join(facts))}</p>\n</header>"
