"""The cookies of sites, sealed: what they are is known to the vault only."""

from media_library.errors import NotFound
from media_library.models.site_cookies import SiteCookieFile
from media_library.repositories.base import Repository, Row, now_ms


class SiteCookieRepo(Repository):
    """Reads and writes ``site_cookies``."""

    def put_site_cookies(self, host: str, sealed: str) -> SiteCookieFile:
        """Keep the sealed cookies of a site, in place of those before."""
        row = self._change_returning(
            """
            INSERT INTO site_cookies (host, sealed, added_at) VALUES (?, ?, ?)
            ON CONFLICT (host) DO UPDATE SET sealed = excluded.sealed, added_at = excluded.added_at, used_at = NULL
            RETURNING host, added_at, used_at
            """,
            (host, sealed, now_ms()),
        )
        assert row is not None
        return _site(row)

    def list_site_cookies(self) -> list[SiteCookieFile]:
        """The sites of which there are cookies."""
        return [_site(row) for row in self._rows("SELECT host, added_at, used_at FROM site_cookies ORDER BY host")]

    def sealed_site_cookies(self, host: str) -> str | None:
        """The sealed cookies of exactly this site."""
        row = self._row("SELECT sealed FROM site_cookies WHERE host = ?", (host,))
        return None if row is None else str(row[0])

    def touch_site_cookies(self, host: str) -> None:
        """Note that the cookies of a site were used."""
        self._change("UPDATE site_cookies SET used_at = ? WHERE host = ?", (now_ms(), host))

    def delete_site_cookies(self, host: str) -> None:
        """Forget the cookies of a site; raises ``NotFound``."""
        if not self._change("DELETE FROM site_cookies WHERE host = ?", (host,)):
            raise NotFound("There are no cookies of this site.")


def _site(row: Row) -> SiteCookieFile:
    host, added_at, used_at = row
    return SiteCookieFile(str(host), int(added_at or 0), None if used_at is None else int(used_at))
