"""How long it takes to ask 200 feeds whether there is something new, when there is not."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.appliance import Appliance
from bench.processes import resident_bytes, tree
from bench.report import Goal, Report
from bench.workbench import Workbench
from media_library.models.podcast import Feed, FeedState, NewEpisode, NewPodcast, PodcastPolicy
from media_library.models.preferences import AutoDownload, DownloadPreferences
from media_library.services import state_file

_FEEDS = 200
_EPISODES_EACH = 100
_ROUNDS = 5
_MARK = '"unchanged"'
_LONGEST_SECONDS = 120.0
_NOTES = "What this episode is about, in a few words. " * 20


def measure(workbench: Workbench) -> Report:
    """All feeds are due at once, and their host says that none of them changed; then the same again."""
    asked: list[float] = []
    with _host(asked) as port:
        appliance = workbench.appliance("podcasts")
        _fill(appliance, port)
        key = appliance.make_key("read", "manage")
        started = time.time()
        with appliance:
            assert appliance.process is not None
            _seconds_until_checked(appliance, key, started)
            rounds = [time.time() - asked[0]]
            before = resident_bytes(tree(appliance.process.pid))
            for _ in range(_ROUNDS - 1):
                started = time.time()
                for podcast in _podcasts(appliance, key):
                    appliance.ask(
                        "POST", f"/api/podcasts/{podcast['id']}/refresh", body={}, headers={"Authorization": key}
                    )
                rounds.append(_seconds_until_checked(appliance, key, started))
            growth = resident_bytes(tree(appliance.process.pid)) - before
    return Report(
        "Podcasts",
        f"{_FEEDS} feeds with {_FEEDS * _EPISODES_EACH:,} episodes on one host that answers 304; the first round is due"
        " when the appliance starts and counts from its first request on, the others are asked for one by one over"
        " HTTP.",
        ("round", "seconds"),
        tuple((str(number), f"{seconds:.2f}") for number, seconds in enumerate(rounds, 1)),
        (
            Goal("refresh of 200 feeds without news, slowest", max(rounds), 10, "s"),
            Goal("growth of all processes over the rounds", growth / 1e6, 50, "MB"),
        ),
    )


def _seconds_until_checked(appliance: Appliance, key: str, started: float) -> float:
    deadline = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < deadline:
        checked = [podcast["checked_at"] for podcast in _podcasts(appliance, key)]
        if len(checked) == _FEEDS and all(isinstance(at, int) and at / 1000 >= started - 1 for at in checked):
            return time.time() - started
        time.sleep(0.1)
    raise RuntimeError("The feeds were not checked in time.")


def _podcasts(appliance: Appliance, key: str) -> list[dict[str, object]]:
    return appliance.ask("GET", "/api/podcasts", headers={"Authorization": key}).records("podcasts")


@contextmanager
def _host(asked: list[float]) -> Iterator[int]:
    class Unchanged(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(time.time())
            self.send_response(304 if self.headers.get("If-None-Match") == _MARK else 500)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Unchanged)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _fill(appliance: Appliance, port: int) -> None:
    appliance.run("prepare")
    state = state_file.open_state(appliance.settings())
    try:
        state.change_download_preferences(DownloadPreferences(allowed_hosts=(f"127.0.0.1:{port}",)))
        for number in range(_FEEDS):
            url = f"http://127.0.0.1:{port}/{number}.xml"
            podcast = state.add_podcast(NewPodcast(url, f"Show {number}", PodcastPolicy(AutoDownload.NONE)))
            state.add_episodes(podcast.id, [_episode(place) for place in range(_EPISODES_EACH)])
            feed = Feed(f"Show {number}", "Ann", "", None, "en", None, None, False, _EPISODES_EACH, ())
            state.describe_podcast(podcast.id, feed, "What it is about", FeedState(etag=_MARK), 0)
    finally:
        state.close()


def _episode(place: int) -> NewEpisode:
    url = f"https://x.example/{place}.mp3"
    return NewEpisode(
        guid=f"guid {place}",
        digest="digest",
        title=f"Episode {place}",
        overview=_NOTES[:300],
        notes=f"<p>{_NOTES}</p>",
        published_at=1_600_000_000_000 + place,
        duration_ms=3_600_000,
        season=None,
        episode=place,
        enclosure_url=url,
        enclosure_key=f"url:{url}",
        enclosure_type="audio/mpeg",
        enclosure_bytes=None,
        image_url=None,
        chapters_url=None,
        transcript_url=None,
        transcript_type=None,
    )
