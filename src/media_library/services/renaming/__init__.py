"""Renames files by the templates: a plan that shows everything first, a journal, and the way back, also days later."""

from media_library.services.renaming.batches import Batches
from media_library.services.renaming.jobs import RenameJobs
from media_library.services.renaming.planning import Plan, Planner
from media_library.services.renaming.plans import Plans
from media_library.services.renaming.renaming import Renaming

__all__ = ["Batches", "Plan", "Planner", "Plans", "RenameJobs", "Renaming"]
