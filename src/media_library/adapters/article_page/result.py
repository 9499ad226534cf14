"""What the child process tells about a page."""

import msgspec


class PagePicture(msgspec.Struct, frozen=True):
    """A picture of an article: ``name`` as its ``src`` has it behind ``images/``, and where it lies."""

    name: str
    url: str


class PageArticle(msgspec.Struct, frozen=True):
    """The article of a page. Its text is sanitised; pictures stand in it as ``images/<name>``.

    ``published_at`` is milliseconds UTC, ``language`` BCP 47; ``words`` counts the signs of Chinese and Japanese one
    by one; ``minutes`` is how long it takes to read.
    """

    title: str
    author: str | None
    site: str | None
    published_at: int | None
    language: str | None
    right_to_left: bool
    overview: str | None
    canonical_url: str | None
    lead_picture: str | None
    html: str
    text: str
    words: int
    minutes: int
    pictures: tuple[PagePicture, ...]
