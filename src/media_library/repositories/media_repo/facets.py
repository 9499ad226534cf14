"""What a shelf can be narrowed by: the languages, decades and resolutions that there are, each with how many."""

from dataclasses import dataclass

from media_library.models.media import MediaType
from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import VISIBLE, eyes
from media_library.repositories.media_repo.narrowing import HEIGHT, IN_HDR, RESOLUTIONS, WIDTH

_MOST_LANGUAGES = 40


@dataclass(frozen=True, slots=True)
class Facets:
    """Pairs of what there is and how many items have it; how many are in HDR, how many wait for a review."""

    languages: tuple[tuple[str, int], ...]
    decades: tuple[tuple[int, int], ...]
    resolutions: tuple[tuple[str, int], ...]
    hdr: int
    review: int


class MediaFacets(Repository):
    """Reads what ``media`` of a type is made of."""

    def facets(self, viewer: Viewer, media_type: MediaType) -> Facets:
        """What the items of a type that the viewer may see can be narrowed by."""
        bindings = {**eyes(viewer, False), "type": media_type}
        languages = self._rows(
            f"""
            SELECT language, count(*) FROM (
                SELECT m.rid, m.language AS language FROM media AS m
                WHERE m.media_type = :type AND m.language IS NOT NULL AND {VISIBLE}
                UNION
                SELECT m.rid, track.value ->> '$.language' FROM media AS m, json_each(m.streams, '$.audio') AS track
                WHERE m.media_type = :type AND {VISIBLE}
            ) WHERE language <> 'und' GROUP BY language ORDER BY count(*) DESC, language LIMIT {_MOST_LANGUAGES:d}
            """,
            bindings,
        )
        decades = self._rows(
            f"""
            SELECT m.year / 10 * 10 AS decade, count(*) FROM media AS m
            WHERE m.media_type = :type AND m.year > 0 AND {VISIBLE} GROUP BY decade ORDER BY decade DESC
            """,
            bindings,
        )
        sizes = self._rows(
            f"""
            SELECT {WIDTH} AS width, {HEIGHT} AS height, count(*), sum({IN_HDR}) FROM media AS m
            WHERE m.media_type = :type AND {VISIBLE} GROUP BY width, height
            """,
            bindings,
        )
        review = self._row(
            f"SELECT count(*) FROM media AS m WHERE m.media_type = :type AND m.review_reason IS NOT NULL AND {VISIBLE}",
            bindings,
        )
        assert review is not None
        counts = dict.fromkeys(RESOLUTIONS, 0)
        for width, height, number, _ in sizes:
            wide, tall = int(width or 0), int(height or 0)
            for name, (least_width, least_height, most_width, most_height) in RESOLUTIONS.items():
                is_in = wide < most_width and tall < most_height and (wide >= least_width or tall >= least_height)
                if width is not None and is_in:
                    counts[name] += int(number or 0)
        return Facets(
            tuple((str(name), int(number or 0)) for name, number in languages),
            tuple((int(decade or 0), int(number or 0)) for decade, number in decades),
            tuple((str(name), number) for name, number in counts.items() if number),
            sum(int(row[3] or 0) for row in sizes),
            int(review[0] or 0),
        )
