"""What a viewer may see: the one condition that stands in every query of media for people."""

import json

from media_library.models.user import Viewer
from media_library.repositories.base import Value

GRANTED = "(:libraries IS NULL OR m.library_id IN (SELECT value FROM json_each(:libraries)))"
"""Whether a media item ``m`` is in a library that was granted."""

OF_AGE = """
    (:max_age IS NULL OR :max_age >= coalesce(
        m.min_age, iif(m.media_type IN ('movie', 'episode', 'extra', 'video'), :unrated_age, 0)
    ))
"""
"""Whether a media item ``m`` is for the age of the viewer; what is listened to, read or of the house has no rating
but one that somebody gave it."""

MAY_SEE = f"{GRANTED} AND {OF_AGE}"

UNLIMITED = "(:libraries IS NULL AND :max_age IS NULL)"
"""Whether the viewer sees everything."""

_NEVER = 1_000


def sight(viewer: Viewer) -> dict[str, Value]:
    """What these conditions are bound to: the libraries as a JSON array, the age, that of what has no rating."""
    return {
        "libraries": None if viewer.library_ids is None else json.dumps(sorted(viewer.library_ids)),
        "max_age": viewer.max_age,
        "unrated_age": 0 if viewer.sees_unrated else _NEVER,
    }
