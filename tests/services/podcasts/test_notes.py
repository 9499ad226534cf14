"""Show notes: safe to show, and searchable."""

import re

import pytest

from media_library.services.podcasts.notes import beginning, clean_notes, plain_text

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src='//evil.example'></iframe>",
    "<p onclick=alert(1)>x</p>",
    "<style>*{background:url(//evil.example)}</style>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<form action='//evil.example'><input></form>",
    "<p style='position:fixed' class=a id=b>x</p>",
    "<base href='//evil.example'>",
    "<a href='//evil.example' target=_top>x</a>",
    "<video src='https://x.example/v.mp4' autoplay>",
    "<meta http-equiv=refresh content='0;url=//e'>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_threat_115_nothing_that_acts_or_fetches_is_left(payload: str) -> None:
    cleaned = clean_notes(f"before {payload} after")
    assert "before" in cleaned
    assert not re.search(
        r"<(script|img|svg|iframe|style|form|input|video|meta|base|math)|on\w+=|style=|class=|id=", cleaned
    )
    assert not re.search(r"(javascript|data):", cleaned)
    text = plain_text(payload)
    assert "<" not in text and "alert" not in text.replace("x", "")


def test_text_lists_and_links_stay() -> None:
    notes = '<h2>Links</h2><ul><li><a href="https://x.example/?a=1&amp;b=2">one</a></li></ul><p>Bye<br>now</p>'
    cleaned = clean_notes(notes)
    assert '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">one</a>' in cleaned
    assert "<h2>Links</h2>" in cleaned and "<li>" in cleaned
    assert plain_text(notes) == "Links\none\nBye\nnow"


def test_text_is_unescaped_once() -> None:
    assert plain_text("Tom &amp; Jerry &amp;lt;b&amp;gt; 1 &lt; 2") == "Tom & Jerry &lt;b&gt; 1 < 2"


def test_a_beginning_ends_at_a_word() -> None:
    assert beginning("short\n text") == "short text"
    long = beginning("word " * 200)
    assert len(long) <= 401 and long.endswith("word…")
