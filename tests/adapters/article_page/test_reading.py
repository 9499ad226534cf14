"""Articles are taken out of pages with their markup whole, in every language, and with what the pages say of them."""

from datetime import UTC, datetime

import pytest

from media_library.adapters.article_page.reading import read
from media_library.adapters.article_page.result import PageArticle
from tests.adapters.article_page.pages import SENTENCES, page, paragraphs

URL = "https://garden.example/2024/winter/orchard.html"


def article_of(text: str, **more: str) -> PageArticle:
    found = read(text.encode(), URL, **more)
    assert found is not None
    return found


def test_the_article_is_taken_and_what_is_around_it_is_left() -> None:
    found = article_of(page(paragraphs(6)))
    assert found.title == "Winter orchard"
    assert found.html.count("<p>") == 6
    for other in ("More stories", "pears", "Copyright", "tracking", "News", "color: red", "<h1"):
        assert other not in found.html + found.text
    assert found.pictures == ()


def test_its_markup_stays_whole() -> None:
    rich = """<h2>Pruning</h2><blockquote><p>Cut <em>twice</em>.</p></blockquote>
    <pre><code>def cut(tree):
    return tree  # &lt;b&gt;</code></pre>
    <ol start="3"><li>Saw</li><li>Ladder<ul><li>Long</li></ul></li></ol>
    <table><thead><tr><th>Year</th><th colspan="2">Apples</th></tr></thead><tbody><tr><td>2020</td><td>12</td>
    <td>13</td></tr></tbody></table><dl><dt>Spur</dt><dd>A short branch that bears fruit</dd></dl>
    <p>Inline <code>x</code>, H<sub>2</sub>O, <strong>bold</strong>, line<br>break, <a href="../pears">pears</a>.</p>"""
    found = article_of(page(paragraphs(3) + rich + paragraphs(3, start=3)))
    for kept in (
        "<h2>Pruning</h2>",
        "<blockquote><p>Cut <em>twice</em>.</p></blockquote>",
        "<pre><code>def cut(tree):\n    return tree  # &lt;b&gt;</code></pre>",
        '<ol start="3"><li>Saw</li><li>Ladder<ul><li>Long</li></ul></li></ol>',
        '<th colspan="2">Apples</th>',
        "<dl><dt>Spur</dt><dd>A short branch that bears fruit</dd></dl>",
        "<code>x</code>, H<sub>2</sub>O, <strong>bold</strong>, line<br>break",
        '<a href="https://garden.example/2024/pears"',
    ):
        assert kept in found.html
    assert "return tree # <b>" in found.text


def test_a_table_by_which_a_page_is_laid_out_is_no_table_of_the_article() -> None:
    lines = "<br><br>".join(sentence * 2 for sentence in SENTENCES)
    found = article_of(
        "<html><head><title>Old page</title></head><body><center><h1>Old page</h1></center><table><tr><td>"
        f"<a href=x>Home</a><br><a href=y>Links</a></td><td>{lines}<br><img src=a.gif width=300 height=200><br>"
        f"{lines}</td></tr></table>"
    )
    assert "<td" not in found.html and "Home" not in found.html and len(found.pictures) == 1
    assert all(sentence in found.html for sentence in SENTENCES)


def test_what_belongs_to_the_site_and_stands_in_the_text_goes() -> None:
    inside = """<div><h2>History</h2><span class="mw-editsection">[<a href="/edit">edit</a>]</span></div>
    <div class="newsletter"><h3>Sign up for our newsletter</h3><form><input></form></div>
    <p hidden>Hidden words that nobody sees</p><p style="display: none">More of these hidden words</p>"""
    found = article_of(page(paragraphs(3) + inside + paragraphs(4, start=3)))
    assert "<h2>History</h2>" in found.html
    for other in ("edit", "newsletter", "idden words"):
        assert other not in found.html


def test_the_text_is_put_together_from_all_its_sections() -> None:
    sections = "".join(f'<section class="part">{paragraphs(3, start=start)}</section>' for start in (0, 3, 6))
    found = article_of(
        f"<html><head><title>T</title></head><body><nav><a href=/>x</a></nav><div>{sections}</div></body></html>"
    )
    assert all(f"day {number}." in found.text for number in range(1, 10))


def test_a_text_that_only_stands_in_the_data_of_a_page_is_found() -> None:
    body = " ".join(SENTENCES * 3)
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    found = article_of(f"<html><head><title>Orchard</title>{data}</head><body><div id=app></div></body></html>")
    assert all(sentence in found.text for sentence in SENTENCES)
    assert SENTENCES[0] in found.html


@pytest.mark.timeout(100)
def test_nothing_is_cut_off_a_long_text() -> None:
    found = article_of(page(paragraphs(12_000)))
    assert found.html.count("<p>") == 12_000 and "day 12000." in found.text


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        ('<img src="/a.jpg" alt="Tree">', "https://garden.example/a.jpg"),
        ('<img src="a.jpg">', "https://garden.example/2024/winter/a.jpg"),
        ('<img src="data:image/gif;base64,R0lG" data-src="/lazy.jpg">', "https://garden.example/lazy.jpg"),
        ('<img data-original="//cdn.example/x.jpg">', "https://cdn.example/x.jpg"),
        ('<img src="/small.jpg" srcset="/m.jpg 800w, /l.jpg 1600w, /xl.jpg 3200w">', "https://garden.example/l.jpg"),
        ('<img src="/small.jpg" srcset="/one.jpg, /two.jpg 2x">', "https://garden.example/two.jpg"),
        (
            '<picture><source srcset="/w.webp 900w"><source srcset="/v.jpg 1200w"><img src="/s.jpg"></picture>',
            "https://garden.example/v.jpg",
        ),
        ('<img src="/photo?w=800&amp;q=1">', "https://garden.example/photo?w=800&q=1"),
        ('<img src="/a,b.jpg" data-srcset="https://c.example/w_1,h_2/x.jpg 1x">', "https://c.example/w_1,h_2/x.jpg"),
        (
            '<img src="data:image/png;base64,AA"><noscript><img src="/real.jpg"></noscript>',
            "https://garden.example/real.jpg",
        ),
        ('<noscript><img src="/only.jpg"></noscript>', "https://garden.example/only.jpg"),
    ],
)
def test_a_picture_is_found_wherever_it_hides(markup: str, url: str) -> None:
    figure = f"<figure>{markup}<figcaption>A tree in <em>snow</em></figcaption></figure>"
    found = article_of(page(paragraphs(2) + figure + paragraphs(3, start=2)))
    assert [one.url for one in found.pictures] == [url]
    [name] = [one.name for one in found.pictures]
    assert f'<figure><img src="images/{name}"' in found.html
    assert "<figcaption>A tree in <em>snow</em></figcaption>" in found.html


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/pixel.gif" width="1" height="1">',
        '<img src="/icon.png" width="24">',
        '<img src="javascript:x">',
        '<img src="file:///etc/passwd">',
        '<img src="https://user:secret@garden.example/x.jpg">',
        '<img src="data:image/png;base64,AA">',
        '<img src="/logo.svg">',
        "<img>",
    ],
)
def test_a_picture_that_is_none_is_left_out(markup: str) -> None:
    found = article_of(page(paragraphs(2) + markup + paragraphs(3, start=2)))
    assert found.pictures == () and "<img" not in found.html


def test_the_base_of_a_page_counts() -> None:
    head = '<base href="https://files.example/deep/">'
    found = article_of(
        page(
            paragraphs(3) + '<p>See <a href="x">that</a> there.</p><img src="y.jpg">' + paragraphs(3, start=3),
            head=head,
        )
    )
    assert 'href="https://files.example/deep/x"' in found.html
    assert [one.url for one in found.pictures] == ["https://files.example/deep/y.jpg"]


def test_the_page_s_own_data_are_believed() -> None:
    head = """<meta property="og:site_name" content="The Garden Post"><meta name="author" content="By Jane Doe">
    <meta property="og:title" content="Winter orchard"><meta property="og:image" content="/lead.jpg">
    <meta name="description" content="Work that\nnobody sees."><link rel="canonical" href="/orchard">
    <meta property="article:published_time" content="2024-05-01T22:30:00-05:00">"""
    found = article_of(page(paragraphs(6), head=head))
    assert (found.author, found.site, found.overview) == ("Jane Doe", "The Garden Post", "Work that nobody sees.")
    assert found.lead_picture == "https://garden.example/lead.jpg"
    assert found.canonical_url == "https://garden.example/orchard"
    assert found.published_at == datetime(2024, 5, 2, 3, 30, tzinfo=UTC).timestamp() * 1000


def test_linked_data_are_believed() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",
    "datePublished": "2023-11-05T08:00:00+01:00", "author": [{"name": "Ann"}, {"name": "Ben"}]}]}</script>
    <script type="application/ld+json">not json</script><script type="application/ld+json">[[[[]]]]</script>"""
    found = article_of(page(paragraphs(6), head=head))
    assert found.author == "Ann, Ben"
    assert found.published_at == datetime(2023, 11, 5, 7, 0, tzinfo=UTC).timestamp() * 1000


def test_a_date_that_only_stands_in_the_text_is_found() -> None:
    found = article_of(
        page('<p class="date">Published on <time datetime="2022-03-04">4 March 2022</time></p>' + paragraphs(6))
    )
    assert found.published_at == datetime(2022, 3, 4, tzinfo=UTC).timestamp() * 1000


def test_a_page_without_a_date_has_none() -> None:
    for text in (page(paragraphs(6)), page(paragraphs(6)).replace("Copyright 2024", "Copyright")):
        found = read(text.encode(), "https://garden.example/orchard")
        assert found is not None and found.published_at is None


@pytest.mark.parametrize("date", ["9999-01-01", "0001-01-01", "13-45", "yesterday", "", "99:99:99Z"])
def test_a_date_that_cannot_be_is_none(date: str) -> None:
    head = f'<meta property="article:published_time" content="{date}">'
    found = read(page(paragraphs(6), head=head).replace("2024 The", "The").encode(), "https://garden.example/orchard")
    assert found is not None and found.published_at is None


TEXTS = {
    "de": ("Der Obstgarten im Winter ist still, und wer ihn pflegt, weiß, wie viel Arbeit darin steckt.", "iso-8859-1"),
    "ru": ("Зимой в саду тихо, но те, кто за ним ухаживает, знают, сколько в этой тишине работы.", "windows-1251"),
    "ja": (
        "冬の果樹園は静かですが、手入れをする人々は、その静けさの中にどれほどの仕事があるかを知っています。",
        "shift_jis",
    ),
    "zh": ("冬天的果园很安静，但照料它的人知道，这份宁静里藏着多少没有人看见的工作。", "gb18030"),
    "ar": ("البستان في الشتاء هادئ، لكن من يعتني به يعرف كم من العمل يختبئ في هذا الصمت.", "windows-1256"),
    "he": ("הבוסתן בחורף שקט, אבל מי שמטפל בו יודע כמה עבודה מסתתרת בשקט הזה.", "utf-16"),
    "el": ("Ο οπωρώνας τον χειμώνα είναι ήσυχος, αλλά όσοι τον φροντίζουν ξέρουν πόση δουλειά κρύβει.", "utf-8"),
}


@pytest.mark.parametrize("language", TEXTS)
def test_every_language_in_its_encoding_is_read(language: str) -> None:
    sentence, encoding = TEXTS[language]
    text = page("".join(f"<p>{number}. {sentence * 3}</p>" for number in range(8)), language=language)
    text = text.replace('charset="utf-8"', f'charset="{encoding}"')
    found = read(text.encode(encoding), URL)
    assert found is not None
    assert found.html.count(sentence) == 24
    assert found.language == language
    assert found.right_to_left is (language in ("ar", "he"))


def test_the_time_of_reading_is_that_of_a_person() -> None:
    english = article_of(page(paragraphs(60)))
    assert 1200 < english.words < 1800 and english.minutes in (6, 7)
    japanese = article_of(page("".join(f"<p>{number}{TEXTS['ja'][0] * 4}</p>" for number in range(20)), language="ja"))
    assert 3000 < japanese.words < 4500 and japanese.minutes in (7, 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\0" * 500,
        "<html></html>",
        page(""),
        "<html><body><div id='root'></div><script src='/app.js'></script><noscript>Enable it</noscript></body></html>",
        "just a line of text",
        "<html><body><form><input name=password></form></body></html>",
    ],
)
def test_a_page_without_an_article_gives_none(text: str) -> None:
    assert read(text.encode(), URL) is None


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "<html><body>" + "<div>" * 100_000 + paragraphs(6),
        "<html><body>" + "<b><i>" * 20_000 + paragraphs(6),
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<html><body><p>&b;&x;</p>" + paragraphs(6),
        page(paragraphs(4) + "<table>" * 3000 + paragraphs(4)),
        page(paragraphs(6), head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page(paragraphs(6), title="x" * 100_000),
    ],
)
def test_a_page_that_is_built_to_do_harm_does_none(text: str) -> None:
    found = read(text.encode(), URL)
    if found is not None:
        assert "root:" not in found.html
        assert len(found.title) <= 300


def test_a_title_is_one_line_without_what_cannot_be_seen() -> None:
    found = article_of(
        page(paragraphs(6), head='<meta property="og:title" content="A\u202eb\nc &lt;i&gt;">', title="A b c")
    )
    assert "\u202e" not in found.title and "\n" not in found.title
