"""What people marked in what they read."""

from media_library.errors import NotFound
from media_library.models.highlight import Colour, Highlight, MarkedText, Passage
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Row, new_id, now_ms
from media_library.repositories.viewing import MAY_SEE, sight

_COLUMNS = "id, media_id, chapter, start, end, quote, colour, note, created_at, updated_at"
_MOST_OF_ALL = 5_000


class HighlightRepo(Repository):
    """Reads and writes ``highlights``. Each person sees their own only."""

    def add_highlight(
        self, user_id: str, media_id: str, passage: Passage, colour: Colour, note: str | None
    ) -> Highlight:
        """Mark a passage of a text that the caller knows to be visible to the person."""
        now = now_ms()
        marked = Highlight(new_id(), media_id, passage, colour, note, now, now)
        self._change(
            f"INSERT INTO highlights (user_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                user_id,
                marked.id,
                media_id,
                passage.chapter,
                passage.start,
                passage.end,
                passage.quote,
                colour,
                note,
                now,
                now,
            ),
        )
        return marked

    def highlights_of(self, user_id: str, media_id: str) -> list[Highlight]:
        """What a person marked in a text, in its order."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM highlights WHERE user_id = ? AND media_id = ? ORDER BY chapter, start, created_at",
            (user_id, media_id),
        )
        return [_highlight(row) for row in rows]

    def change_highlight(self, user_id: str, highlight_id: str, *, colour: Colour, note: str | None) -> Highlight:
        """Mark it otherwise, or write something else beside it; raises ``NotFound``."""
        row = self._change_returning(
            f"""
            UPDATE highlights SET colour = ?, note = ?, updated_at = ?
            WHERE user_id = ? AND id = ? RETURNING {_COLUMNS}
            """,
            (colour, note, now_ms(), user_id, highlight_id),
        )
        return _found(row)

    def highlight(self, user_id: str, media_id: str, highlight_id: str) -> Highlight:
        """One of a person's highlights in a text; raises ``NotFound``."""
        return _found(
            self._row(
                f"SELECT {_COLUMNS} FROM highlights WHERE user_id = ? AND media_id = ? AND id = ?",
                (user_id, media_id, highlight_id),
            )
        )

    def remove_highlight(self, user_id: str, media_id: str, highlight_id: str) -> None:
        """Unmark it; raises ``NotFound``."""
        if not self._change(
            "DELETE FROM highlights WHERE user_id = ? AND media_id = ? AND id = ?", (user_id, media_id, highlight_id)
        ):
            raise NotFound("There is no such highlight. It may have been removed on another device.")

    def marked_texts(self, viewer: Viewer, media_id: str | None = None) -> list[MarkedText]:
        """All that a person marked in what they may see, or in one text: the text marked last comes first."""
        rows = self._rows(
            f"""
            SELECT m.id, m.media_type, m.title, coalesce(m.artist, m.show_title), m.hue,
                (SELECT url FROM articles AS a WHERE a.media_id = m.id),
                {", ".join(f"h.{name}" for name in _COLUMNS.split(", "))}
            FROM highlights AS h JOIN media AS m ON m.id = h.media_id
            WHERE h.user_id = :user AND (:media IS NULL OR m.id = :media) AND m.deleted_at IS NULL AND {MAY_SEE}
            ORDER BY max(h.created_at) OVER (PARTITION BY m.id) DESC, m.id, h.chapter, h.start
            LIMIT {_MOST_OF_ALL}
            """,
            {**sight(viewer), "user": viewer.user_id, "media": media_id},
        )
        texts: dict[str, tuple[Row, list[Highlight]]] = {}
        for row in rows:
            texts.setdefault(str(row[0]), (row, []))[1].append(_highlight(row[6:]))
        return [_text(row, marks) for row, marks in texts.values()]


def _text(row: Row, marks: list[Highlight]) -> MarkedText:
    media_id, media_type, title, author, hue, url = row[:6]
    assert isinstance(hue, int)
    return MarkedText(
        str(media_id),
        str(media_type),
        str(title),
        None if author is None else str(author),
        None if url is None else str(url),
        hue,
        tuple(marks),
    )


def _found(row: Row | None) -> Highlight:
    if row is None:
        raise NotFound("There is no such highlight. It may have been removed on another device.")
    return _highlight(row)


def _highlight(row: Row) -> Highlight:
    highlight_id, media_id, chapter, start, end, quote, colour, note, created_at, updated_at = row
    assert isinstance(chapter, int) and isinstance(start, int) and isinstance(end, int)
    assert isinstance(created_at, int) and isinstance(updated_at, int)
    passage = Passage(chapter, start, end, str(quote))
    text = None if note is None else str(note)
    return Highlight(str(highlight_id), str(media_id), passage, Colour(str(colour)), text, created_at, updated_at)
