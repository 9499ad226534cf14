"""Whether the appliance is well."""

import os
from typing import Any

from media_library.repositories.base import now_ms
from media_library.services.health import LoopHealth, ProcessHealth, ToolHealth, write_health
from tests.routes.house import House


def tell(house: House, state: str = "running", *, at: int | None = None) -> None:
    loop = LoopHealth("rip worker", state, now_ms(), 2, "ToolFailed: it broke")
    tool = ToolHealth("HandBrakeCLI", "1.6.1", "ripping", "apt install handbrake-cli")
    write_health(house.settings, ProcessHealth("work", os.getpid(), now_ms() if at is None else at, (loop,), (tool,)))


def test_everybody_learns_the_status_and_an_admin_the_rest(house: House) -> None:
    tell(house)
    for somebody in (house.stranger, house.kid, house.member):
        answer = somebody.get("/api/healthz")
        assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    details: Any = house.admin.get("/api/healthz").json
    assert details["loops"][0]["restarts"] == 2
    assert details["tools"][0]["version"] == "1.6.1"
    assert details["storage"]["online"] and details["storage"]["free_bytes"] > 0
    assert details["version"]


def test_a_loop_that_failed_or_a_process_that_is_silent_is_told(house: House) -> None:
    for arguments in ({"state": "restarting"}, {"at": now_ms() - 60_000}):
        tell(house, **arguments)
        answer = house.stranger.get("/api/healthz")
        assert (answer.status_code, answer.json) == (503, {"status": "degraded"})


def test_nothing_is_wrong_while_the_work_process_is_still_starting(house: House) -> None:
    assert house.stranger.get("/api/healthz").status_code == 200


def test_the_figures_are_what_prometheus_reads(house: House) -> None:
    tell(house)
    house.film("One", b"x" * 10)
    lines = house.admin.get("/api/metrics").text.splitlines()
    assert 'media_library_media{type="movie"} 1' in lines
    assert "media_library_media_bytes 10" in lines
    assert 'media_library_jobs{status="failed"} 0' in lines
    assert 'media_library_loop_up{loop="rip worker"} 1' in lines
    assert "media_library_storage_online 1" in lines
    named = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    for line in lines:
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            assert name.partition("{")[0] in named and float(value) >= 0
