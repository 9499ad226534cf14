"""An article of the library, and the snapshots that were taken of its page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of one snapshot; kept beside its text. Times are milliseconds UTC.

    ``url`` is the address that was asked for, ``final_url`` where its answer came from; ``digest`` is the SHA-256 of
    the words; ``content_type`` is that of the original. ``posted`` says that a browser sent the page.
    """

    url: str
    final_url: str
    fetched_at: int
    digest: str
    words: int
    minutes: int
    title: str
    site: str
    author: str | None = None
    published_at: int | None = None
    language: str | None = None
    right_to_left: bool = False
    overview: str | None = None
    content_type: str = ""
    posted: bool = False


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One snapshot of an article, known by when it was taken (milliseconds)."""

    fetched_at: int
    digest: str
    words: int
    minutes: int

    @property
    def id(self) -> str:
        """How a snapshot is called in addresses."""
        return str(self.fetched_at)


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article beyond its item; ``versions`` has the newest first and is never empty."""

    url: str
    versions: tuple[ArticleVersion, ...]

    @property
    def newest(self) -> ArticleVersion:
        """The snapshot that is shown."""
        return self.versions[0]
