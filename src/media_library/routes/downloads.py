"""Videos from the web, the program that fetches them, and the cookies of sites."""

from typing import Annotated

from msgspec import Meta

from media_library.models.content_job import LiveChoice, Reading
from media_library.models.site_cookies import SiteCookieFile
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import AddedShape, Shape, added_answer
from media_library.services.downloader_updates import UpdateState
from media_library.services.site_cookies import MOST_BYTES

api = Api("downloads")

Address = Annotated[str, Meta(min_length=1, max_length=4096)]


class NewDownload(Shape):
    """The address of a video; what is not said is as the settings have it."""

    url: Address
    audio_only: bool | None = None
    live: LiveChoice | None = None
    reading: Reading | None = None


class UpdateShape(Shape):
    """Where the update of the downloader stands; ``message`` is for people."""

    state: UpdateState
    message: str


class DownloaderShape(Shape):
    """The yt-dlp in use; ``updated_at`` (milliseconds) is null for the one that came with the program."""

    version: str
    age_days: int
    updated_at: int | None
    update: UpdateShape


class NewCookies(Shape):
    """The text of a cookies.txt."""

    text: Annotated[str, Meta(min_length=1, max_length=MOST_BYTES)]


class SiteShape(Shape):
    """A site of which there are cookies. Times are milliseconds; ``used_at`` is null if they never were needed."""

    host: str
    added_at: int
    used_at: int | None


class SiteList(Shape):
    """The sites of which there are cookies."""

    sites: tuple[SiteShape, ...]


@api.route(
    "POST",
    "/api/downloads",
    access=Access.MANAGE,
    body=NewDownload,
    returns=AddedShape,
    status=202,
    summary="Fetch a video; one that is here already is the answer (200)",
)
def add_download(call: Call[NewDownload, None]) -> Json:
    body = call.body
    added = call.services.downloads.add(
        call.identity, body.url, audio_only=body.audio_only, live=body.live, reading=body.reading
    )
    return added_answer(added)


@api.route(
    "GET", "/api/downloader", access=Access.MANAGE, returns=DownloaderShape, summary="The yt-dlp in use, and its age"
)
def downloader(call: Call[None, None]) -> DownloaderShape:
    return _downloader(call)


@api.route(
    "POST",
    "/api/downloader/update",
    access=Access.ADMIN,
    returns=DownloaderShape,
    status=202,
    summary="Bring yt-dlp up to date",
)
def update_downloader(call: Call[None, None]) -> DownloaderShape:
    call.services.downloader.start_update()
    return _downloader(call)


@api.route("GET", "/api/sites", access=Access.ADMIN, returns=SiteList, summary="The sites of which there are cookies")
def list_sites(call: Call[None, None]) -> SiteList:
    return SiteList(tuple(_site(site) for site in call.services.site_cookies.list_sites()))


@api.route(
    "GET",
    "/api/sites/<host>/cookies",
    access=Access.ADMIN,
    returns=SiteShape,
    summary="When the cookies of a site came and were used; never the cookies",
)
def site_cookies(call: Call[None, None], host: str) -> SiteShape:
    return _site(call.services.site_cookies.site(host))


@api.route(
    "PUT",
    "/api/sites/<host>/cookies",
    access=Access.ADMIN,
    body=NewCookies,
    returns=SiteShape,
    max_body=4 * MOST_BYTES,
    summary="Keep cookies of a site, for when it wants to know who asks",
)
def put_site_cookies(call: Call[NewCookies, None], host: str) -> SiteShape:
    return _site(call.services.site_cookies.put(call.identity, host, call.body.text))


@api.route("DELETE", "/api/sites/<host>/cookies", access=Access.ADMIN, summary="Forget the cookies of a site")
def delete_site_cookies(call: Call[None, None], host: str) -> None:
    call.services.site_cookies.remove(call.identity, host)


def _downloader(call: Call[None, None]) -> DownloaderShape:
    status = call.services.downloader.status()
    return DownloaderShape(
        status.version, status.age_days, status.updated_at, UpdateShape(status.update, status.message)
    )


def _site(site: SiteCookieFile) -> SiteShape:
    return SiteShape(site.host, site.added_at, site.used_at)
