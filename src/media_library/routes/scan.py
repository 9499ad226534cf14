"""Looking through library folders when somebody asks for it."""

from media_library.errors import InvalidInput
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import MediaId, OneJob, Shape, job_shape

api = Api("scan")


class NewScan(Shape):
    """What is looked through: a library, a folder, or everything. ``full`` looks into every file again."""

    library_id: MediaId | None = None
    folder_id: MediaId | None = None
    full: bool = False


@api.route(
    "POST",
    "/api/scan",
    access=Access.MANAGE,
    body=NewScan,
    returns=OneJob,
    status=202,
    summary="Look through library folders; a scan that waits already is the answer",
)
def start_scan(call: Call[NewScan, None]) -> OneJob:
    body = call.body
    if body.library_id is not None and body.folder_id is not None:
        raise InvalidInput("Name a library or a folder, not both.", "folder_id")
    job = call.services.libraries.scan(call.viewer, body.library_id, body.folder_id, full=body.full)
    return OneJob(job_shape(job, []))
