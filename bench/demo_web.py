"""The web of the demo: a little site of its own with videos, a podcast, articles and a book, all made up."""

import html
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fixtures import books
from tests.fixtures.pictures import source
from tests.internet import Page, Site, serve

_QUIET = ("ffmpeg", "-v", "error", "-nostdin", "-y")
_FILM_SECONDS = 20
_VIDEOS = ("A walk along the breakwater", "How a lighthouse turns", "Low tide, one hour in twenty seconds")
_EPISODES = ("The pilot's chair", "Salt and paint", "A night on the ferry", "What the harbour master hears")
_ARTICLES = {
    "Why lighthouses blink": ("Ada Wren", "A light that never changes is taken for a star, a window or another ship."),
    "The tide table as a poem": (
        "Bo Lund",
        "Twice a day the sea writes the same sentence, and never in the same place.",
    ),
    "Bread for a long crossing": ("Cora Pell", "What sailors baked before there were refrigerators, and why it kept."),
}
_MORE = (
    "Nobody planned it. Somebody on the quay noticed it first, told it to somebody in a boat, and by the evening the"
    " whole town had an opinion.",
    "The old books say little about it. They count barrels and losses, and now and then they leave half a page empty,"
    " as if something should have stood there.",
    "It takes patience to see it. The water comes, the water goes, and between the two there is a quarter of an hour in"
    " which nothing seems to happen at all.",
    "On a clear night one can count the lights from here to the point. There are eleven, and each of them has its own"
    " rhythm, so that whoever knows them is never lost.",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that the demo adds: where it asks the appliance, and for which address."""

    path: str
    url: str


@contextmanager
def demo_web(folder: Path, *, quick: bool) -> Iterator[tuple[Site, Iterator[Wish]]]:
    """The site on a free port of this machine, and what the demo adds from it, made one after the other in ``folder``.

    ``quick`` makes less of it.
    """
    folder.mkdir(parents=True)
    with serve() as site:
        yield site, _wishes(site, folder, quick=quick)


def _wishes(site: Site, folder: Path, *, quick: bool) -> Iterator[Wish]:
    if quick:
        title, (author, lead) = next(iter(_ARTICLES.items()))
        yield Wish("/api/articles", _article(site, folder, 0, title, author, lead))
        return
    for number, title in enumerate(_VIDEOS):
        yield Wish("/api/downloads", _video(site, folder, number, title))
    yield Wish("/api/podcasts", _podcast(site, folder))
    for number, (title, (author, lead)) in enumerate(_ARTICLES.items()):
        yield Wish("/api/articles", _article(site, folder, number, title, author, lead))
    yield Wish("/api/books", site.put("/books/the-salt-road.epub", Page(_book(folder), "application/epub+zip")))


def _video(site: Site, folder: Path, number: int, title: str) -> str:
    film = folder / f"video-{number}.mp4"
    picture = source("gradients", seconds=_FILM_SECONDS, size=(1280, 720), colour="", name=title)
    sound = ("-f", "lavfi", "-i", f"anoisesrc=c=brown:a=0.2:d={_FILM_SECONDS}")
    form = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p", "-c:a", "aac")
    subprocess.run([*_QUIET, "-f", "lavfi", "-i", picture, *sound, *form, str(film)], check=True)
    site.put(f"/video/{number}.mp4", Page(film.read_bytes(), "video/mp4"))
    site.put(f"/video/{number}.jpg", Page(_picture(folder, title, (1280, 720)), "image/jpeg"))
    described = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": title,
        "description": f"{_MORE[number]}\n0:00 Arrival\n0:08 Out there\n0:15 Home",
        "uploadDate": f"2026-0{number + 3}-11T18:00:00Z",
        "thumbnailUrl": site.url(f"/video/{number}.jpg"),
        "contentUrl": site.url(f"/video/{number}.mp4"),
        "author": {"@type": "Person", "name": "Harbour Films"},
    }
    head = f'<script type="application/ld+json">{json.dumps(described)}</script>'
    return site.put(f"/video/{number}", _page(title, head, ""))


def _podcast(site: Site, folder: Path) -> str:
    items = []
    for number, title in enumerate(_EPISODES, 1):
        sound = folder / f"episode-{number}.mp3"
        tones = f"sine=f={150 + 40 * number}:d=30,tremolo=f=3:d=0.8,volume=0.4"
        subprocess.run([*_QUIET, "-f", "lavfi", "-i", tones, "-b:a", "48k", str(sound)], check=True)
        url = site.put(f"/talk/{number}.mp3", Page(sound.read_bytes(), "audio/mpeg"))
        items.append(
            f"<item><guid>talk-{number}</guid><title>{html.escape(title)}</title><itunes:episode>{number}</itunes:episode>"
            f"<description>{html.escape(f'<p>{_MORE[number % 4]}</p>')}</description>"
            f"<itunes:duration>30</itunes:duration><pubDate>{number:02d} Oct 2026 06:00:00 GMT</pubDate>"
            f'<enclosure url="{url}" type="audio/mpeg" length="{sound.stat().st_size}"/></item>'
        )
    picture = site.put("/talk/cover.jpg", Page(_picture(folder, "Harbour Talk", (1400, 1400)), "image/jpeg"))
    feed = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Harbour Talk</title>'
        "<itunes:author>Ada Wren</itunes:author><language>en</language>"
        f"<description>Half a minute from the quay, every week.</description><link>{site.url('/')}</link>"
        f'<itunes:image href="{picture}"/>{"".join(items)}</channel></rss>'
    )
    return site.put("/talk/feed.xml", Page(feed.encode(), "application/rss+xml"))


def _article(site: Site, folder: Path, number: int, title: str, author: str, lead: str) -> str:
    picture = site.put(f"/paper/{number}.jpg", Page(_picture(folder, title, (1600, 900)), "image/jpeg"))
    head = (
        '<meta property="og:type" content="article"><meta property="og:site_name" content="The Quay">'
        f'<meta property="og:image" content="{picture}"><meta name="author" content="{author}">'
        f'<meta property="article:published_time" content="2026-1{number % 2}-0{number + 2}T08:00:00Z">'
        f'<meta name="description" content="{html.escape(lead)}">'
    )
    text = "".join(f"<p>{words}</p>" for words in (lead, *_MORE[number:], *_MORE[:number]))
    body = (
        f'<article><h1>{title}</h1><p>By {author}</p><img src="{picture}" alt="The sea in the evening">{text}'
        f"<h2>What is left</h2><blockquote>{lead}</blockquote>{text}</article>"
    )
    return site.put(f"/paper/{number}", _page(title, head, body))


def _book(folder: Path) -> bytes:
    metadata = (
        '<dc:identifier id="id">urn:uuid:5f0e7a0e-8f1c-4f0e-9d55-0f6d2f4f1a11</dc:identifier><dc:title>The Salt Road'
        "</dc:title><dc:creator>Cora Pell</dc:creator><dc:language>en</dc:language><dc:date>2021</dc:date>"
        f"<dc:description>{_MORE[0]}</dc:description>"
    )
    members = books.epub_members(metadata=metadata, cover=_picture(folder, "The Salt Road", (1000, 1500)))
    return books.pack(folder / "book.epub", members, stored=["mimetype"]).read_bytes()


def _page(title: str, head: str, body: str) -> Page:
    whole = f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>'
    return Page(whole.encode())


def _picture(folder: Path, name: str, size: tuple[int, int]) -> bytes:
    """A still of moving colours, the same for a name each time."""
    target = folder / "picture.jpg"
    still = source("gradients", seconds=1, size=size, colour="", name=name)
    subprocess.run([*_QUIET, "-f", "lavfi", "-i", still, "-frames:v", "1", "-q:v", "3", str(target)], check=True)
    return target.read_bytes()
