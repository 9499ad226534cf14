"""Files between their rename and their row in the library."""

import msgspec

from media_library.models.media import NewMedia
from media_library.models.publication import Publication
from media_library.repositories.base import Repository, Row, new_id

_COLUMNS = "id, job_id, title_index, staged_path, media"


class PublicationRepo(Repository):
    """Reads and writes ``publications``."""

    def intend_publication(self, job_id: str, title_index: int, staged_path: str, media: NewMedia) -> Publication:
        """Write down, before the rename, where a staged file is going."""
        row = self._change_returning(
            f"INSERT INTO publications ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
            (new_id(), job_id, title_index, staged_path, msgspec.json.encode(media).decode()),
        )
        assert row is not None
        return _publication(row)

    def open_publications(self) -> list[Publication]:
        """The intents that were not settled, such as those of a crash."""
        return [_publication(row) for row in self._rows(f"SELECT {_COLUMNS} FROM publications ORDER BY rowid")]

    def settle_publication(self, publication_id: str) -> None:
        """The file has its row, or will never get one."""
        self._change("DELETE FROM publications WHERE id = ?", (publication_id,))


def _publication(row: Row) -> Publication:
    publication_id, job_id, title_index, staged_path, media = row
    return Publication(
        str(publication_id),
        str(job_id),
        int(title_index or 0),
        str(staged_path),
        msgspec.json.decode(str(media), type=NewMedia),
    )
