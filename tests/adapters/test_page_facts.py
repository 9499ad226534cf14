"""A first look at a page tells what it is, quickly."""

import time

import pytest

from media_library.adapters.page_facts import PageFacts, PageFeed, read_page
from media_library.errors import ToolFailed
from tests.adapters.article_page.pages import page, paragraphs

URL = "https://garden.example/2024/orchard"
HEAD = """<meta property="og:title" content="Winter orchard"><meta property="og:site_name" content="The Garden Post">
<meta property="og:type" content="article"><meta property="og:image" content="/lead.jpg">
<meta name="description" content="Work that nobody sees."><link rel="canonical" href="/orchard">
<link rel="alternate" type="application/rss+xml" title="All news" href="/feed">
<link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://other.example/atom">
<link rel="alternate" type="application/json" href="/wp-json/posts/1">
<link rel="alternate" hreflang="de" type="text/html" href="/de"><link rel="alternate" type="application/rss+xml">"""


def test_what_a_page_says_of_itself_is_told() -> None:
    assert read_page(page(paragraphs(9), head=HEAD).encode(), URL) == PageFacts(
        title="Winter orchard",
        description="Work that nobody sees.",
        picture_url="https://garden.example/lead.jpg",
        site="The Garden Post",
        language="en",
        canonical_url="https://garden.example/orchard",
        kinds=("article",),
        article_score=1.0,
        is_article=True,
        feeds=(
            PageFeed("https://garden.example/feed", "All news", "application/rss+xml"),
            PageFeed("https://other.example/atom", "", "application/atom+xml"),
        ),
    )


def test_a_page_that_says_nothing_is_an_article_by_its_text() -> None:
    facts = read_page(page(paragraphs(8)).encode(), URL)
    assert facts.is_article and facts.kinds == ()
    assert facts.title == "Winter orchard | The Garden Post"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\xff",
        b"<html><body><div id=root></div><script>1</script></body></html>",
        (
            "<html><body>"
            + "".join(
                f'<p><a href="/{n}">The headline of a story that is told elsewhere, number {n}, and so on</a></p>'
                for n in range(60)
            )
        ).encode(),
        page("<p>Watch this.</p>", head='<meta property="og:type" content="video.other">').encode(),
    ],
)
def test_what_is_no_article_is_not_taken_for_one(body: bytes) -> None:
    assert not read_page(body, URL).is_article


def test_linked_data_name_the_kind() -> None:
    head = '<script type="application/ld+json">{"@type": ["PodcastSeries", "Thing"]}</script>'
    assert read_page(page("", head=head).encode(), URL).kinds == ("PodcastSeries", "Thing")


def test_a_look_is_quick() -> None:
    body = page(paragraphs(2000), head=HEAD).encode()
    read_page(body, URL)
    begun = time.process_time()
    read_page(body, URL)
    assert time.process_time() - begun < 3


@pytest.mark.timeout(60)
def test_a_page_that_is_too_tangled_is_given_up() -> None:
    attributes = " ".join(f'a{number}="x"' for number in range(200_000))
    with pytest.raises(ToolFailed):
        read_page(f"<html><body><p {attributes}>x</p></body></html>".encode(), URL)
