"""Through whose eyes works are seen."""

import json

from media_library.models.user import Viewer
from media_library.repositories.base import Value


def sees(viewer: Viewer) -> dict[str, Value]:
    """What ``MEDIUM`` and ``HAS_MEDIA`` are bound to: the libraries of the viewer, ``NULL`` for all."""
    return {"libraries": None if viewer.library_ids is None else json.dumps(sorted(viewer.library_ids))}
