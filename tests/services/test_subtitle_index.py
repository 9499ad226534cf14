"""What is said in films is read in the background, and found."""

import threading
from pathlib import Path

import pytest

from media_library.models.library import LibraryKind
from media_library.models.user import Role, Viewer
from media_library.services.search import Search
from media_library.services.subtitle_index import SubtitleIndex
from tests.conftest import wait_for
from tests.fixtures import subtitles as samples
from tests.subtitled import Cinema, lay_beside


@pytest.fixture
def cinema(tmp_path: Path) -> Cinema:
    return Cinema(tmp_path)


def index_of(cinema: Cinema) -> SubtitleIndex:
    return SubtitleIndex(cinema.state, cinema.subtitles)


def read_all(index: SubtitleIndex) -> int:
    count = 0
    while index.read_next(threading.Event()):
        count += 1
    return count


def viewer_of(cinema: Cinema) -> Viewer:
    return cinema.state.viewer(cinema.state.add_user("ann", "Ann", "", Role.ADMIN))


def said(cinema: Cinema, viewer: Viewer, text: str) -> list[bytes]:
    return [bytes(line) for line in Search(cinema.state, cinema.media_root).find(viewer, text, 20).lines]


def tracks(cinema: Cinema) -> list[tuple[object, ...]]:
    return list(cinema.state._connection().execute("SELECT track, language, lines FROM subtitle_tracks ORDER BY rid"))


def test_one_track_of_each_language_is_read_once(cinema: Cinema) -> None:
    cinema.film(
        "Oz",
        {
            "sdh.srt": ("eng", samples.SRT.replace("Follow", "[MUSIC] Follow").encode()),
            "eng.srt": ("eng", samples.SRT.encode()),
            "forced.srt": ("eng", samples.HELLO.encode()),
            "ger.ass": ("ger", samples.ASS.encode()),
            "p.sup": ("fre", samples.pgs()),
        },
        {"Oz.pl.srt": "1\n00:00:01,000 --> 00:00:02,000\nŚcieżka z cegieł\n".encode("cp1250")},
    )
    cinema.film("Silent", {})
    index = index_of(cinema)
    assert read_all(index) == 1  # a film without any is no work
    assert [(language, lines) for _, language, lines in tracks(cinema)] == [("eng", 2), ("deu", 2), ("pol", 1)]
    assert tracks(cinema)[0][0] == "s3"
    assert read_all(index) == 0 and read_all(index_of(cinema)) == 0
    ann = viewer_of(cinema)
    [english] = said(cinema, ann, "yellow brick ro")
    assert b'"start":3.0' in english and b"\\u0002yellow\\u0003" in english and b'"track":"s3"' in english
    assert len(said(cinema, ann, "sciezka")) == 1
    assert said(cinema, ann, "MUSIC") == []


def test_what_changes_is_read_again_and_what_goes_is_forgotten(cinema: Cinema) -> None:
    media = cinema.film("Oz", {"eng.srt": ("eng", samples.SRT.encode())})
    index, ann = index_of(cinema), viewer_of(cinema)
    read_all(index)
    path = f"{cinema.library.folder}/Oz/Oz.mkv"
    lay_beside(
        cinema.state,
        media,
        cinema.place / "Oz" / "Oz.mkv",
        path,
        "Oz.es.srt",
        samples.SRT.replace("Kansas", "Kansas, Toto").encode(),
    )
    assert read_all(index) == 1 and len(tracks(cinema)) == 2
    assert len(said(cinema, ann, "toto")) == 1
    cinema.state.miss_files([file.id for file in cinema.state.files_of_media(media.id)])
    assert read_all(index) == 1 and said(cinema, ann, "toto") == []
    assert len(said(cinema, ann, "kansas")) == 1
    cinema.state.bin_media(media.id)
    assert said(cinema, ann, "kansas") == []
    cinema.state.remove_media(media.id)
    connection = cinema.state._connection()
    for table in ("subtitle_sources", "subtitle_tracks", "subtitle_lines"):
        assert list(connection.execute(f"SELECT count(*) FROM {table}")) == [(0,)]
    connection.execute("INSERT INTO subtitle_search (subtitle_search) VALUES ('integrity-check')")


def test_what_cannot_be_read_is_not_tried_for_ever(cinema: Cinema) -> None:
    gone = cinema.film("Gone", {"eng.srt": ("eng", samples.SRT.encode())})
    cinema.film("Noise", {}, {"Noise.en.srt": b"\0\1\2 nothing"})
    (cinema.place / "Gone" / "Gone.mkv").unlink()
    index = index_of(cinema)
    assert read_all(index) == 2 and tracks(cinema) == []
    assert read_all(index) == 0
    assert cinema.state.media(gone.id).id == gone.id


def test_the_loop_reads_learns_waits_and_ends_at_once(cinema: Cinema) -> None:
    cinema.film("Oz", {"eng.srt": ("eng", samples.SRT.encode())})
    stop, index = threading.Event(), index_of(cinema)

    def loop() -> None:
        while not stop.is_set():
            index.step(stop)

    # a thread of its own, for it gives way to all others
    worker = threading.Thread(target=loop)
    worker.start()
    wait_for(lambda: cinema.state.words_like("kansaz", 1), seconds=60)
    stop.set()
    worker.join(30)
    assert not worker.is_alive()
    assert len(tracks(cinema)) == 1
    assert [one.word for one in cinema.state.words_like("kansaz", 1)] == ["kansas"]
    assert cinema.state.is_word("kan", as_beginning=True) and not cinema.state.is_word("kan", as_beginning=False)


def test_mistyped_words_find_what_was_meant_only_for_those_who_may_see_it(cinema: Cinema) -> None:
    for number in range(3):
        cinema.film(f"Wizard {number}", {"eng.srt": ("eng", samples.SRT.encode())})
    index, ann = index_of(cinema), viewer_of(cinema)
    read_all(index)
    while index.learn_words():
        pass
    search = Search(cinema.state, cinema.media_root)
    for typed, meant in (
        ("yelow brick", "yellow brick"),
        ("yellow birck", "yellow brick"),
        ("kansax", "kansas"),
        ("jansas", "kansas"),
        ("wizrad", "wizard"),
        ("yellow brikc road", "yellow brick road"),
        ("wozar", "wizard"),
        ("any more yelow brick", None),
        ("follow xqzw yelow brick", None),
        ("Follow the yelow brcik road", "Follow the yellow brick road"),
    ):
        found = search.find(ann, typed, 20)
        assert (found.corrected, found.is_corrected) == (meant, meant is not None), typed
        assert found.lines or found.items or meant is None
    assert search.find(ann, "kansas", 20).corrected is None
    assert search.find(ann, "kans", 20).corrected is None
    assert search.find(ann, "xqzwvk", 20).corrected is None
    kid = cinema.state.add_user("cleo", "Cleo", "", Role.KID)
    kid = cinema.state.grant_libraries(
        kid.id, [cinema.state.library_of_kind(LibraryKind.SHOWS).id], all_libraries=False
    )
    for typed in ("yelow brick", "kansax", "wizrad", "kansas", "wizard"):
        found = search.find(cinema.state.viewer(kid), typed, 20)
        assert (found.corrected, found.count) == (None, 0), typed
