"""A language made by a machine, from right to left: what is not in a catalogue stays plain, what is too long shows."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Route

_STATIC = Path(__file__).resolve().parents[2] / "static" / "js"
_WORDS = re.compile(r'(: )"((?:[^"\\]|\\.)*)"')
_HOLES = re.compile(r"(\{\w+\})")
_ACCENTS = str.maketrans("aeiouyAEIOUYnc", "äéîöüýÄÉÎÖÜÝñç")
_MIRRORS = str.maketrans("()“”", ")(”“")
_TURN = """
    if (self === top) {
        const turn = () => {
            if (document.documentElement) Object.assign(document.documentElement, { dir: "rtl", lang: "ar" });
        };
        new MutationObserver(turn).observe(document, { childList: true });
        turn();
    }
"""
"""As the server writes it for a language that is written from right to left; texts in frames keep their own."""


def pseudo(words: str) -> str:
    """The same words with accents, a third longer, in brackets; what is filled in stays."""
    parts = [
        part if _HOLES.fullmatch(part) else part.translate(_ACCENTS).translate(_MIRRORS) for part in _HOLES.split(words)
    ]
    return f"[{''.join(parts)}{'·' * (len(words) // 3)}]"


def speak_backwards(context: BrowserContext) -> None:
    """Let every page of ``context`` be in that language; the server and its files stay as they are."""

    def catalogue(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        text = (_STATIC / name).read_text("utf-8")
        body = _WORDS.sub(lambda found: f'{found[1]}"{pseudo(found[2])}"', text)
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")

    context.route(re.compile(r"/js/strings\w*\.js$"), catalogue)
    context.add_init_script(_TURN)
