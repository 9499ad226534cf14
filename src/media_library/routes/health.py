"""Whether the appliance is well, for people, containers and Prometheus."""

import flask
import msgspec

from media_library.constants import VERSION
from media_library.errors import StorageError
from media_library.models.user import Role, Viewer
from media_library.repositories.base import now_ms
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.services import Services
from media_library.routes.shapes import Shape
from media_library.services.health import Health, read_health

api = Api("health")

_STARTING_MS = 10_000
"""How long the work process may take until it tells how it is."""

_EVERYTHING = Viewer("", None)


class LoopShape(Shape):
    """A loop of the program; times are milliseconds."""

    name: str
    state: str
    last_beat_at: int
    restarts: int
    error: str | None


class ToolShape(Shape):
    """An outside program; no version: it is not installed."""

    name: str
    version: str | None
    needed_for: str
    hint: str


class StorageShape(Shape):
    """The volume of the media."""

    online: bool
    message: str | None
    free_bytes: int
    capacity_bytes: int


class HealthShape(Shape, omit_defaults=True):
    """Everybody learns the status, an admin the rest."""

    status: str
    loops: tuple[LoopShape, ...] | None = None
    tools: tuple[ToolShape, ...] | None = None
    storage: StorageShape | None = None
    version: str | None = None


@api.route("GET", "/api/healthz", access=Access.PUBLIC, returns=HealthShape, summary="Whether everything runs")
def get_health(call: Call[None, None]) -> flask.Response:
    services = call.services
    health = read_health(services.settings)
    own = services.own_loops()
    is_starting = not health.processes and now_ms() - services.started_at < _STARTING_MS
    is_ok = (health.status == "ok" or is_starting) and all(loop.state == "running" for loop in own)
    shape = HealthShape("ok" if is_ok else "degraded")
    if call.visitor is not None and call.visitor.user.role is Role.ADMIN:
        shape = _details(services, health, shape.status)
    return flask.Response(msgspec.json.encode(shape), 200 if is_ok else 503, mimetype="application/json")


@api.route("GET", "/api/metrics", access=Access.METRICS, returns="text/plain", summary="Figures for Prometheus")
def get_metrics(call: Call[None, None]) -> flask.Response:
    services = call.services
    state, loops = services.state, (*read_health(services.settings).loops, *services.own_loops())
    newest = state.events_after(None)
    families: dict[tuple[str, str, str], dict[str, int]] = {
        ("media_library_media", "gauge", "Media items and their groups"): {
            _label("type", kind): count for kind, count in state.media_count(_EVERYTHING).items()
        },
        ("media_library_media_bytes", "gauge", "Bytes of all media"): {"": state.media_size(_EVERYTHING)[0]},
        ("media_library_jobs", "gauge", "Jobs by status"): {
            _label("status", status): count for status, count in state.job_count().items()
        },
        ("media_library_loop_up", "gauge", "Whether a loop runs"): {
            _label("loop", loop.name): loop.state == "running" for loop in loops
        },
        ("media_library_loop_restarts_total", "counter", "How often a loop failed and was started again"): {
            _label("loop", loop.name): loop.restarts for loop in loops
        },
        ("media_library_events_total", "counter", "Live events that were ever announced"): {
            "": newest[0].id if newest else 0
        },
        ("media_library_sockets", "gauge", "Live connections of browsers"): {"": services.count_sockets()},
        ("media_library_storage_online", "gauge", "Whether the media folder is there"): {
            "": services.media_root.is_online()
        },
    }
    lines = []
    for (name, kind, meaning), samples in families.items():
        lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
        lines += [f"{name}{labels} {value:d}" for labels, value in samples.items()]
    return flask.Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _details(services: Services, health: Health, status: str) -> HealthShape:
    loops = (*health.loops, *services.own_loops())
    return HealthShape(
        status,
        tuple(LoopShape(one.name, one.state, one.last_beat_at, one.restarts, one.error) for one in loops),
        tuple(ToolShape(one.name, one.version, one.needed_for, one.hint) for one in health.tools),
        _storage(services),
        VERSION,
    )


def _storage(services: Services) -> StorageShape:
    try:
        return StorageShape(True, None, *services.media_root.space())
    except StorageError as error:
        return StorageShape(False, str(error), 0, 0)


def _label(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{{{name}="{escaped}"}}'
