"""The folder of an article: written whole, read back, its earlier snapshots carried along."""

from dataclasses import replace
from pathlib import Path

import msgspec

from media_library.models.article import ArticleFacts
from media_library.services.article_document import content_of
from media_library.services.article_folder import carry_over, versions_in, words_in, write_snapshot

FACTS = ArticleFacts("https://e.org/", "https://e.org/", 1000, "a", 10, 1, "T", "Site", language="de")


def write(folder: Path, facts: ArticleFacts = FACTS, content: str = "<p>x</p>") -> Path:
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "1.jpg").write_bytes(b"picture")
    return write_snapshot(folder, facts, content, "words", b"original")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    text = write(tmp_path / "a", content="<p>&lt;article&gt; is no end: &lt;/article&gt;</p>")
    assert content_of(text.read_text("utf-8")) == "<p>&lt;article&gt; is no end: &lt;/article&gt;</p>"
    [(facts, version)] = versions_in(tmp_path / "a")
    assert facts == FACTS and (version.id, version.words) == ("1000", 10)
    assert words_in(tmp_path / "a") == "words"


def test_names_cannot_break_out_of_the_document(tmp_path: Path) -> None:
    evil = '"><script>x</script>'
    facts = replace(FACTS, title=evil, site=evil, author=evil, url=f"https://e.org/{evil}", language=evil)
    text = write(tmp_path / "a", facts).read_text("utf-8")
    assert "<script" not in text and content_of(text) == "<p>x</p>"


def test_earlier_snapshots_are_carried_along_without_a_copy(tmp_path: Path) -> None:
    write(tmp_path / "a")
    for moment in (2000, 3000):
        write(tmp_path / "b", replace(FACTS, fetched_at=moment))
        carry_over(tmp_path / "a", tmp_path / "b")
        (tmp_path / "a").rename(tmp_path / f"old {moment}")
        (tmp_path / "b").rename(tmp_path / "a")
    assert [version.fetched_at for _, version in versions_in(tmp_path / "a")] == [3000, 2000, 1000]
    oldest = tmp_path / "a" / "versions" / "1000"
    assert sorted(path.name for path in oldest.iterdir()) == [
        "article.html",
        "article.json",
        "article.txt",
        "images",
        "original.html.gz",
    ]
    first = tmp_path / "old 2000" / "images" / "1.jpg"
    assert (oldest / "images" / "1.jpg").stat().st_ino == first.stat().st_ino


def test_only_the_newest_fifty_snapshots_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "a", replace(FACTS, fetched_at=100))
    for number in range(60):
        (tmp_path / "a" / "versions" / f"{number}").mkdir(parents=True)
    write(tmp_path / "b", replace(FACTS, fetched_at=200))
    carry_over(tmp_path / "a", tmp_path / "b")
    assert len(list((tmp_path / "b" / "versions").iterdir())) == 50


def test_facts_that_cannot_be_read_are_no_snapshot(tmp_path: Path) -> None:
    write(tmp_path / "a")
    for broken in (b"", b"{", b"[]", b'{"url": 1}', b"x" * 2_000_000, b'{"url": "x"}'):
        (tmp_path / "a" / "article.json").write_bytes(broken)
        assert versions_in(tmp_path / "a") == []
    (tmp_path / "a" / "article.json").write_bytes(msgspec.json.encode(FACTS))
    assert len(versions_in(tmp_path / "a")) == 1
    assert versions_in(tmp_path / "nowhere") == [] and words_in(tmp_path / "nowhere") == ""
