"""Lists of files for people: how many there are, and which could not be taken in."""

from dataclasses import dataclass

from media_library.repositories.base import Repository, Value


@dataclass(frozen=True, slots=True)
class FileCounts:
    """How many files of a folder there are, and how many of them could not be taken in."""

    files: int
    failed: int


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """A page of files that could not be taken in, as a JSON array made by SQLite; ``next`` is the last row's number."""

    count: int
    items: str
    next: int | None


class FileLists(Repository):
    """Reads ``files`` for people."""

    def file_counts(self) -> dict[str, FileCounts]:
        """The counts by the id of the folder."""
        rows = self._rows(
            """
            SELECT folder_id, count(*) FILTER (WHERE state <> 'missing'), count(*) FILTER (WHERE state = 'failed')
            FROM files GROUP BY folder_id
            """
        )
        return {str(folder): FileCounts(int(files or 0), int(failed or 0)) for folder, files, failed in rows}

    def file_problems(self, library_id: str, limit: int, after: int) -> ProblemPage:
        """The files of a library that could not be taken in and why, from the row number ``after`` on."""
        bindings: dict[str, Value] = {"library": library_id, "after": after, "limit": limit}
        count = self._row(
            """
            SELECT count(*) FROM files
            WHERE state = 'failed' AND folder_id IN (
                SELECT id FROM library_folders WHERE library_id = :library AND removed_at IS NULL)
            """,
            bindings,
        )
        row = self._row(
            """
            SELECT json_group_array(json_object(
                       'path', iif(substr(path, 1, 1) = '@', folder_path || substr(path, 34), path), 'reason', reason,
                       'size_bytes', size_bytes, 'seen_at', seen_at)),
                   max(rid), count(*)
            FROM (
                SELECT f.rid AS rid, f.path AS path, f.reason AS reason, f.size_bytes AS size_bytes,
                       f.seen_at AS seen_at, d.path AS folder_path
                FROM files AS f JOIN library_folders AS d ON d.id = f.folder_id
                WHERE f.state = 'failed' AND d.library_id = :library AND d.removed_at IS NULL AND f.rid > :after
                ORDER BY f.rid LIMIT :limit
            )
            """,
            bindings,
        )
        assert row is not None and count is not None
        items, last, found = row
        is_full = int(found or 0) == limit
        return ProblemPage(int(count[0] or 0), str(items), int(last or 0) if is_full else None)
