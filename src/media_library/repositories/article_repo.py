"""Where articles were read, and the snapshots that were taken of them."""

import json
from collections.abc import Sequence

from media_library.models.article import Article, ArticleVersion
from media_library.repositories.base import Repository


class ArticleRepo(Repository):
    """Reads and writes ``articles`` and ``article_versions``."""

    def put_article(self, media_id: str, url: str, versions: Sequence[ArticleVersion]) -> None:
        """Remember where an article was read, and its snapshots in place of those that were known before."""
        with self.transaction():
            self._change(
                """
                INSERT INTO articles (media_id, url) VALUES (?, ?)
                ON CONFLICT (media_id) DO UPDATE SET url = excluded.url
                """,
                (media_id, url),
            )
            self._change("DELETE FROM article_versions WHERE media_id = ?", (media_id,))
            self._change(
                """
                INSERT INTO article_versions (media_id, fetched_at, digest, words, minutes)
                SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)
                """,
                (media_id, json.dumps([[one.fetched_at, one.digest, one.words, one.minutes] for one in versions])),
            )

    def article(self, media_id: str) -> Article | None:
        """What is known of an article; ``None`` if the item is none, or its snapshots were not noted yet."""
        row = self._row("SELECT url FROM articles WHERE media_id = ?", (media_id,))
        versions = self._rows(
            """
            SELECT fetched_at, digest, words, minutes FROM article_versions
            WHERE media_id = ? ORDER BY fetched_at DESC
            """,
            (media_id,),
        )
        if row is None or not versions:
            return None
        return Article(
            str(row[0]),
            tuple(
                ArticleVersion(int(fetched_at or 0), str(digest), int(words or 0), int(minutes or 0))
                for fetched_at, digest, words, minutes in versions
            ),
        )
