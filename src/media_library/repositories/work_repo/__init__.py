"""The films, shows and albums that media belong to: how far they are identified, what is known, who made them."""

from media_library.repositories.work_repo.knowledge import WorkKnowledge
from media_library.repositories.work_repo.people import People
from media_library.repositories.work_repo.queue import WorkQueue
from media_library.repositories.work_repo.review import ReviewItem, ReviewPage, WorkReview
from media_library.repositories.work_repo.seasons import ShowSeasons
from media_library.repositories.work_repo.shelves import WorkShelves

__all__ = ["ReviewItem", "ReviewPage", "WorkRepo"]


class WorkRepo(WorkQueue, WorkKnowledge, WorkReview, WorkShelves, ShowSeasons, People):
    """Reads and writes ``works``, ``work_tags``, ``persons``, ``credits``, ``show_episodes`` and ``show_seasons``."""
