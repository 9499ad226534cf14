"""The service worker: one file at the root, with a policy of its own, asked about again at each visit."""

from tests.routes.house import House


def test_threat_118_the_worker_is_served_to_anybody_and_owns_no_more_than_the_root(house: House) -> None:
    answer = house.stranger.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "Service-Worker-Allowed" not in answer.headers
    assert b'addEventListener("fetch"' in answer.data
    again = house.stranger.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_threat_118_no_other_answer_lets_a_worker_reach_further(house: House) -> None:
    media = house.film("sw.js", b"self.addEventListener('fetch', () => {})")
    for path in (f"/api/stream/{media.id}", f"/api/download/{media.id}", "/static/sw.js", "/static/js/app.js"):
        answer = house.admin.get(path)
        assert answer.status_code == 200
        assert "Service-Worker-Allowed" not in answer.headers
    assert house.admin.get(f"/api/stream/{media.id}").headers["Content-Type"].startswith("video/")
