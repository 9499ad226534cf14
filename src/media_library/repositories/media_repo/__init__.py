"""The films, episodes and tracks of the library."""

from media_library.repositories.media_repo.artists import MediaArtists
from media_library.repositories.media_repo.binned import BinnedMedia
from media_library.repositories.media_repo.extras import MediaExtras
from media_library.repositories.media_repo.facets import Facets, MediaFacets
from media_library.repositories.media_repo.identified import IdentifiedMedia, IdentifiedRows
from media_library.repositories.media_repo.index import MediaIndex
from media_library.repositories.media_repo.keys import album_key, show_key, sort_title
from media_library.repositories.media_repo.lists import MediaLists
from media_library.repositories.media_repo.missing import MissingMedia
from media_library.repositories.media_repo.paging import MediaQuery, MediaSort, Page, Resolution
from media_library.repositories.media_repo.picked import PickedMedia
from media_library.repositories.media_repo.rated import RatedMedia
from media_library.repositories.media_repo.rows import MediaRows
from media_library.repositories.media_repo.scanned import MovedMedia, ProbedMedia, ScannedMedia
from media_library.repositories.media_repo.search import MediaSearch
from media_library.repositories.media_repo.selected import SelectedRows
from media_library.repositories.media_repo.smart import SmartMedia, SmartSummary
from media_library.repositories.media_repo.up_next import UpNext

__all__ = [
    "Facets",
    "IdentifiedMedia",
    "MediaQuery",
    "MediaRepo",
    "MediaSort",
    "MovedMedia",
    "Page",
    "ProbedMedia",
    "Resolution",
    "SmartSummary",
    "album_key",
    "show_key",
    "sort_title",
]


class MediaRepo(
    MediaLists,
    MediaIndex,
    MediaFacets,
    MediaExtras,
    MediaArtists,
    PickedMedia,
    MediaSearch,
    SelectedRows,
    SmartMedia,
    UpNext,
    BinnedMedia,
    ScannedMedia,
    IdentifiedRows,
    MissingMedia,
    RatedMedia,
    MediaRows,
):
    """Reads and writes ``media``."""
