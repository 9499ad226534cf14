"""TMDb: searches films and shows, tells what it knows of them, their people, sagas and pictures."""

from media_library.adapters.tmdb.client import Locale, PictureSize, Tmdb
from media_library.adapters.tmdb.records import (
    CastMember,
    CrewMember,
    EpisodeFacts,
    FilmFacts,
    FoundPicture,
    FoundTitle,
    PersonFacts,
    SagaFacts,
    SeasonCount,
    SeasonFacts,
    ShowFacts,
    TitleFacts,
    is_picture_path,
)

__all__ = [
    "CastMember",
    "CrewMember",
    "EpisodeFacts",
    "FilmFacts",
    "FoundPicture",
    "FoundTitle",
    "Locale",
    "PersonFacts",
    "PictureSize",
    "SagaFacts",
    "SeasonCount",
    "SeasonFacts",
    "ShowFacts",
    "TitleFacts",
    "Tmdb",
    "is_picture_path",
]
