"""Where an article was read and which snapshots there are is remembered, and goes with the item."""

from media_library.app_state import AppState
from media_library.models.article import Article, ArticleVersion
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia


def article_in(state: AppState) -> str:
    library = state.ensure_library(LibraryKind.ARTICLES, "Articles", "articles")
    file = MediaFile("articles/a/article.html", 1, 2, 3, "html", 0)
    return state.add_media(NewMedia(MediaType.ARTICLE, library.id, MediaNames("A"), file)).id


def test_the_newest_snapshot_comes_first(state: AppState) -> None:
    media_id = article_in(state)
    assert state.article(media_id) is None
    old, new = ArticleVersion(1000, "a", 10, 1), ArticleVersion(2000, "b", 500, 2)
    state.put_article(media_id, "https://e.org/", [old, new])
    assert state.article(media_id) == Article("https://e.org/", (new, old))
    assert new.id == "2000"


def test_what_is_noted_takes_the_place_of_what_was_known(state: AppState) -> None:
    media_id = article_in(state)
    state.put_article(media_id, "https://e.org/", [ArticleVersion(1000, "a", 10, 1)])
    state.put_article(media_id, "https://e.org/moved", [ArticleVersion(3000, "c", 30, 1)])
    assert state.article(media_id) == Article("https://e.org/moved", (ArticleVersion(3000, "c", 30, 1),))


def test_it_goes_with_its_item(state: AppState) -> None:
    media_id = article_in(state)
    state.put_article(media_id, "https://e.org/", [ArticleVersion(1000, "a", 10, 1)])
    state.remove_media(media_id)
    assert state.article(media_id) is None
