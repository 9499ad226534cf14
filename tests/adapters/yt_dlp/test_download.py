"""A download by the real yt-dlp within its bounds: the gate before it, the limit of a recording, what it may touch."""

import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from media_library.adapters import process, yt_dlp
from media_library.adapters.egress import Egress
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.yt_dlp import DownloadedVideo, VideoInfo, VideoOrder
from media_library.adapters.yt_dlp.command import bounds
from media_library.errors import InvalidInput, ToolFailed
from tests.internet import Hit, Page, Site, media, serve, shapes


@pytest.fixture
def web() -> Iterator[Site]:
    """A site on loopback."""
    with serve() as site:
        yield site


@pytest.fixture
def proxy(web: Site) -> Iterator[EgressProxy]:
    """The only network of children, with this site allowed."""
    with EgressProxy(Egress(lambda: [web.authority])) as running:
        yield running


def load(proxy: EgressProxy, url: str, folder: Path, judge: object = None, **more: object) -> DownloadedVideo:
    """Download to the end."""
    order = VideoOrder(url, folder, proxy.url, **more)  # type: ignore[arg-type]
    run = yt_dlp.download(
        yt_dlp.bundled(), order, proxy_port=proxy.port, judge=judge if callable(judge) else lambda _: None
    )
    return to_the_end(run)


def to_the_end(run: Generator[object, None, DownloadedVideo]) -> DownloadedVideo:
    """What a download has made when it ends."""
    while True:
        try:
            next(run)
        except StopIteration as end:
            found: DownloadedVideo = end.value
            return found


def test_nothing_but_a_look_is_taken_before_the_word_is_given(proxy: EgressProxy, web: Site, tmp_path: Path) -> None:
    url = shapes.stream(web)

    def refuse(info: VideoInfo) -> None:
        threading.Event().wait(1.5)  # without the gate it would load meanwhile
        raise InvalidInput("not this one")

    with pytest.raises(InvalidInput, match="not this one"):
        load(proxy, url, tmp_path, refuse)
    assert not [hit for hit in web.hits if hit.path.endswith(".ts")]
    assert list(tmp_path.iterdir()) == []
    load(proxy, url, tmp_path)
    assert [hit for hit in web.hits if hit.path.endswith(".ts")]


def test_threat_93_a_recording_ends_at_its_limit(proxy: EgressProxy, web: Site, tmp_path: Path) -> None:
    video = load(proxy, shapes.live_stream(web), tmp_path, recording_seconds=3)
    assert video.info.is_live
    assert video.file.stat().st_size > 0


def test_threat_109_its_environment_holds_no_secret(
    proxy: EgressProxy, web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary-in-the-mine")
    monkeypatch.setenv("PYTHONPATH", "/canary-path")
    fake = tmp_path / "fake.py"
    fake.write_text("import os, sys\nprint(dict(os.environ), os.getcwd(), file=sys.stderr)\nsys.exit(1)\n")
    program = yt_dlp.Program((yt_dlp.bundled().argv[0], "-I", str(fake)), "2026.10.26", tmp_path)
    run = yt_dlp.download(
        program, VideoOrder("https://a.example", tmp_path, proxy.url), proxy_port=proxy.port, judge=lambda _: None
    )
    with pytest.raises(ToolFailed) as caught:
        to_the_end(run)
    told = " ".join(caught.value.output)
    assert "http_proxy" in told
    assert "canary" not in told


def test_threat_87_a_netrc_is_never_used(
    proxy: EgressProxy, web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    (home / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(home))
    staging = tmp_path / "staging"
    staging.mkdir()
    load(proxy, shapes.video_page(web), staging)
    assert not [hit for hit in web.hits if "authorization" in hit.headers]


def test_threat_87_cookies_do_not_follow_a_redirect_to_another_host(tmp_path: Path, web: Site) -> None:
    with serve() as other, EgressProxy(Egress(lambda: [web.authority, f"localhost:{other.port}"])) as proxy:
        shapes.file(other, "/film.mp4", media.video())
        web.redirect("/film", f"http://localhost:{other.port}/film.mp4")
        jar = tmp_path / "cookies.txt"
        jar.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tsecret\n")
        staging = tmp_path / "staging"
        staging.mkdir()
        load(proxy, web.url("/film"), staging, cookies=jar)
        assert [hit for hit in web.hits if "sid=secret" in hit.headers.get("cookie", "")]
        assert not [hit for hit in other.hits if "cookie" in hit.headers]


def test_a_site_that_never_stops_describing_is_given_up(proxy: EgressProxy, web: Site, tmp_path: Path) -> None:
    def endless(_: Hit) -> Page:
        return Page(b"<title>x</title>" + b"<p>" * 100, headers={"Refresh": f"0; url={web.url('/again')}"})

    web.put("/again", endless)
    with pytest.raises(ToolFailed):
        load(proxy, web.url("/again"), tmp_path)
    assert len(web.hits) < 50


@pytest.mark.skipif(process.find("node") is None, reason="there is no JavaScript runtime here")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("console.log(6 * 7)", "42"),
        (
            "try { console.log(require('fs').readFileSync('/etc/passwd', 'utf8')) } catch (e) { console.log(e.code) }",
            "EACCES",
        ),
        ("try { require('fs').writeFileSync('/tmp/written', 'x') } catch (e) { console.log(e.code) }", "EACCES"),
        ("require('net').connect(PORT, '127.0.0.1').on('error', e => console.log(e.code))", "EACCES"),
        ("console.log(require('child_process').spawnSync('/bin/cat', ['/etc/passwd']).stdout.length)", "0"),
    ],
)
def test_threat_94_a_script_of_a_site_reaches_nothing(web: Site, proxy: EgressProxy, script: str, told: str) -> None:
    argv = ["node", "-e", script.replace("PORT", str(web.port))]
    finished = process.run(argv, timeout_seconds=30, sandbox=bounds(yt_dlp.bundled(), proxy.port))
    assert finished.stdout.decode().strip() == told, finished.stderr
    assert web.hits == []
