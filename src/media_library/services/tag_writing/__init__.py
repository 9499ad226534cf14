"""Writes what the library knows of its music into the files, on demand: shown first, and never over the sound."""

from media_library.services.tag_writing.job import TagsJob
from media_library.services.tag_writing.plan import TagChange, TagPlan
from media_library.services.tag_writing.writing import TagWriting

__all__ = ["TagChange", "TagPlan", "TagWriting", "TagsJob"]
