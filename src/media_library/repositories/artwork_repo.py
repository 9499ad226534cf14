"""The pictures that are kept: whose, of which kind, how large, and who brought them."""

from media_library.models.artwork import Artwork, ArtworkKind, ArtworkSource, season_owner
from media_library.repositories.base import Repository, Row

_COLUMNS = "owner, kind, source, width, height, placeholder, address, updated_at"


class ArtworkRepo(Repository):
    """Reads and writes ``artwork``."""

    def put_artwork(self, picture: Artwork) -> None:
        """Note a picture, in place of the one of its kind that was there."""
        self._change(
            f"""
            INSERT INTO artwork ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner, kind) DO UPDATE
            SET source = excluded.source, width = excluded.width, height = excluded.height,
                placeholder = excluded.placeholder, address = excluded.address, updated_at = excluded.updated_at
            """,
            (
                picture.owner,
                picture.kind,
                picture.source,
                picture.width,
                picture.height,
                picture.placeholder,
                picture.address,
                picture.updated_at,
            ),
        )

    def artwork_of(self, owner: str) -> dict[ArtworkKind, Artwork]:
        """The pictures of somebody or something, by their kind."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM artwork WHERE owner = ? ORDER BY kind", (owner,))
        pictures = [_artwork(row) for row in rows]
        return {picture.kind: picture for picture in pictures}

    def season_posters(self, show_key: str) -> dict[int, Artwork]:
        """The posters of the seasons of a show, by their numbers."""
        start = season_owner(show_key, 0)[:-1]
        rows = self._rows(
            f"""
            SELECT {_COLUMNS} FROM artwork
            WHERE kind = 'poster' AND owner >= ?1 AND owner < ?1 || ':'
                AND substr(owner, length(?1) + 1) NOT GLOB '*[^0-9]*'
            """,
            (start,),  # ":" follows the digits
        )
        return {int(picture.owner.removeprefix(start)): picture for picture in map(_artwork, rows)}

    def video_without_picture(self, before_rid: int, added_before: int) -> tuple[int, str] | None:
        """The newest video before a row of which there is no picture at all and none was tried: its row and its id."""
        # the plus keeps an index of types from being used, after which all rows would have to be put in order
        row = self._row(
            """
            SELECT rid, id FROM media
            WHERE rid < ? AND added_at < ? AND deleted_at IS NULL AND path IS NOT NULL
                AND NOT has_poster AND NOT has_still
                AND +media_type IN ('movie', 'episode', 'video', 'home_video', 'extra')
                AND NOT EXISTS (SELECT 1 FROM artwork WHERE owner = media.id AND kind = 'still')
            ORDER BY rid DESC LIMIT 1
            """,
            (before_rid, added_before),
        )
        return None if row is None else (int(row[0] or 0), str(row[1]))

    def remove_artwork(self, owner: str, kind: ArtworkKind) -> None:
        """Forget a picture."""
        self._change("DELETE FROM artwork WHERE owner = ? AND kind = ?", (owner, kind))


def _artwork(row: Row) -> Artwork:
    owner, kind, source, width, height, placeholder, address, updated_at = row
    return Artwork(
        str(owner),
        ArtworkKind(str(kind)),
        ArtworkSource(str(source)),
        int(width or 0),
        int(height or 0),
        None if placeholder is None else str(placeholder),
        None if address is None else str(address),
        int(updated_at or 0),
    )
