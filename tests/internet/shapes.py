"""Puts the shapes of the internet on a site: video pages, streams, channels, and hosts that mean no good."""

import json
import threading
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.internet import media
from tests.internet.site import Hit, Page, Site

_LIVE_WINDOW = 4


def file(site: Site, path: str, body: bytes, content_type: str = "video/mp4") -> str:
    """A file to download; its address."""
    return site.put(path, Page(body, content_type, headers={"ETag": f'"{len(body):x}"'}))


def video_page(
    site: Site,
    path: str = "/watch/one",
    *,
    title: str = "A walk by the sea",
    channel: str = "Sea Channel",
    body: bytes | None = None,
    media_path: str | None = None,
) -> str:
    """A page with a video as schema.org and Open Graph describe it; its address."""
    at = media_path or f"{path}.mp4"
    if media_path is None:
        file(site, at, media.video() if body is None else body)
    site.put("/picture.jpg", Page(media.picture(), "image/jpeg"))
    described = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": title,
        "description": f"Waves, gulls and wind.\n0:00 The pier\n0:02 The beach\n0:04 {title}",
        "uploadDate": "2024-05-31T10:00:00Z",
        "duration": f"PT{media.SECONDS}S",
        "thumbnailUrl": site.url("/picture.jpg"),
        "contentUrl": site.url(at),
        "author": {"@type": "Person", "name": channel},
        "hasPart": [
            {"@type": "Clip", "name": name, "startOffset": start, "endOffset": start + 2}
            for name, start in (("The pier", 0), ("The beach", 2), ("The lighthouse", 4))
        ],
    }
    text = escape(title, {'"': "&quot;"})
    told = json.dumps(described).replace("<", "\\u003c")
    html = f"""<!doctype html><html><head><title>{text}</title>
    <meta property="og:title" content="{text}">
    <meta property="og:type" content="video.other"><meta property="og:video" content="{site.url(at)}">
    <script type="application/ld+json">{told}</script></head><body></body>"""
    return site.put(path, Page(html.encode()))


def stream(site: Site, folder: str = "/hls", *, seconds: int = media.SECONDS) -> str:
    """A stream in segments that has an end; the address of its playlist."""
    for name, body in media.hls(seconds).items():
        kind = "application/vnd.apple.mpegurl" if name.endswith(".m3u8") else "video/mp2t"
        site.put(f"{folder}/{name}", Page(body, kind))
    return site.url(f"{folder}/stream.m3u8")


def encrypted_stream(site: Site, folder: str = "/encrypted", *, key: str = "stream.key") -> str:
    """A stream in encrypted segments; the address of its playlist, which says that the key is at ``key``."""
    for name, body in media.hls_encrypted().items():
        kind = "application/vnd.apple.mpegurl" if name.endswith(".m3u8") else "video/mp2t"
        site.put(f"{folder}/{name}", Page(body.replace(b'URI="stream.key"', f'URI="{key}"'.encode()), kind))
    return site.url(f"{folder}/stream.m3u8")


def stream_apart(site: Site, folder: str = "/apart") -> str:
    """A stream whose picture, in two sizes, and sound come apart; the address of its playlist of playlists."""
    for name, body in media.hls_apart().items():
        kind = "application/vnd.apple.mpegurl" if name.endswith(".m3u8") else "video/mp2t"
        site.put(f"{folder}/{name}", Page(body, kind))
    return site.url(f"{folder}/master.m3u8")


def subtitled_page(site: Site, path: str = "/subtitled", *, languages: Sequence[str] = ("en", "de", "fr")) -> str:
    """A page with a video element that has subtitles."""
    tracks = []
    for language in languages:
        text = f"WEBVTT\n\n00:00.000 --> 00:02.000\nWords in {language}\n"
        at = site.put(f"{path}.{language}.vtt", Page(text.encode(), "text/vtt"))
        tracks.append(f'<track kind="subtitles" srclang="{language}" src="{at}">')
    video = file(site, f"{path}.mp4", media.video())
    html = f"<title>With words</title><video src='{video}'>{''.join(tracks)}</video>"
    return site.put(path, Page(html.encode()))


def live_stream(site: Site, folder: str = "/live") -> str:
    """A stream that never ends: at every look its playlist has moved on by a segment."""
    pieces = [body for name, body in media.hls(12).items() if name.endswith(".ts")]
    looks = iter(range(1_000_000))
    lock = threading.Lock()

    def playlist(_: Hit) -> Page:
        with lock:
            first = next(looks)
        lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:1", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
        for number in range(first, first + _LIVE_WINDOW):
            if number and number % len(pieces) == 0:
                lines.append("#EXT-X-DISCONTINUITY")
            lines += ["#EXTINF:1.0,", f"live{number}.ts"]
            site.put(f"{folder}/live{number}.ts", Page(pieces[number % len(pieces)], "video/mp2t"))
        return Page("\n".join([*lines, ""]).encode(), "application/vnd.apple.mpegurl")

    return site.put(f"{folder}/stream.m3u8", playlist)


def channel(
    site: Site, titles: Sequence[str], path: str = "/channel", *, name: str = "Sea Channel", seconds: int | None = 6
) -> str:
    """A list of videos as a feed with enclosures, in this order; each is at ``/channel/<number of its title>.mp4``."""
    items = []
    for title in titles:
        at = f"{path}/{''.join(char if char.isalnum() else '-' for char in title)}.mp4"
        file(site, at, media.video())
        length = f"<itunes:duration>{seconds}</itunes:duration>" if seconds is not None else ""
        items.append(
            f'<item><title>{escape(title)}</title><guid isPermaLink="false">{escape(title)}</guid>{length}'
            f"<pubDate>Fri, 31 May 2024 10:00:00 +0000</pubDate>"
            f'<enclosure url="{site.url(at)}" length="{len(media.video())}" type="video/mp4"/></item>'
        )
    return site.put(path, Page(_feed(name, items).encode(), "application/rss+xml"))


def endless_channel(site: Site, count: int, path: str = "/endless") -> str:
    """A list of very many videos; none of them is there."""
    items = [
        f'<item><title>Part {number}</title><enclosure url="{site.url(path)}/{number}.mp4" type="video/mp4"/></item>'
        for number in range(count)
    ]
    return site.put(path, Page(_feed("Endless", items).encode(), "application/rss+xml"))


def flapping(site: Site, path: str, body: bytes, *, every: int, content_type: str = "video/mp4") -> str:
    """A file whose host hangs up after ``every`` bytes, and goes on from there when asked."""
    return site.put(path, Page(body, content_type, headers={"ETag": '"flapping"'}, drop_every=every))


def slow(site: Site, path: str, body: bytes, *, bytes_per_second: float, content_type: str = "video/mp4") -> str:
    """A file that drips."""
    headers = {"ETag": '"slow"'}
    return site.put(path, Page(body, content_type, headers=headers, bytes_per_second=bytes_per_second))


def failing(site: Site, path: str, status: int, *, retry_after: int | None = None) -> str:
    """An address that answers with an error."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return site.put(path, Page(b"<title>Error</title>", status=status, headers=headers))


def inward_page(site: Site, sentinel: str, path: str = "/inward") -> str:
    """A page whose video, in every form in which a page can name one, is at ``sentinel``, inside the house."""
    described = {"@context": "https://schema.org", "@type": "VideoObject", "name": "x", "contentUrl": sentinel}
    html = f"""<!doctype html><html><head><title>Inward</title>
    <meta property="og:video" content="{sentinel}"><meta property="og:image" content="{sentinel}">
    <script type="application/ld+json">{json.dumps(described)}</script></head>
    <body><video src="{sentinel}"><track src="{sentinel}" kind="subtitles" srclang="en"></video>
    <iframe src="{sentinel}"></iframe></body>"""
    return site.put(path, Page(html.encode()))


def _feed(name: str, items: Sequence[str]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"<title>{escape(name)}</title><description>All videos</description>{''.join(items)}</channel></rss>"
    )
