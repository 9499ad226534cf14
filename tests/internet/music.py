"""A loopback stand-in for MusicBrainz, AcoustID and the Cover Art Archive: their documented shapes, from a catalogue.

``with music_world() as world:`` gives a ``MusicWorld``; ``world.add(Release(…))`` fills it, ``world.hear(fingerprint,
recording_id)`` teaches AcoustID a sound, ``world.draw(release_id, picture)`` gives a release a front,
``world.faults[path]`` replaces the answer at a path, ``world.asked`` tells what was asked.

MusicBrainz answers JSON to ``fmt=json`` and its XML otherwise (https://musicbrainz.org/doc/MusicBrainz_API), AcoustID
takes a lookup as GET or as a compressed form (https://acoustid.org/webservice).
"""

import gzip
import json
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape, quoteattr

KEY = "aBcDeF1234"

Fault = tuple[int, Mapping[str, str], bytes]

_XML = "http://musicbrainz.org/ns/mmd-2.0#"


def mbid(name: str) -> str:
    """The id of something by its name, always the same one."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


@dataclass(frozen=True, slots=True)
class Track:
    """A track of a release; its recording is known by title and artist unless ``recording`` names it."""

    title: str
    seconds: float
    artist: str = ""
    isrcs: tuple[str, ...] = ()
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """An album as it was published; each of ``media`` is a tuple of tracks. ``group`` names what it is a form of."""

    name: str
    title: str
    artist: str
    media: tuple[tuple[Track, ...], ...]
    group: str = ""
    date: str = "1997-06-16"
    first_date: str = ""
    country: str = "GB"
    status: str = "Official"
    format: str = "CD"
    label: str = "Parlophone"
    catalog_number: str = "CDNODATA 02"
    genres: tuple[tuple[str, int], ...] = (("rock", 5), ("alternative rock", 9))
    disc_ids: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return mbid(f"release {self.name}")

    @property
    def group_id(self) -> str:
        """The id of its release group."""
        return mbid(f"group {self.group or self.title}")

    @property
    def count(self) -> int:
        """How many tracks it has."""
        return sum(len(tracks) for tracks in self.media)

    def artist_of(self, track: Track) -> str:
        """Who plays a track."""
        return track.artist or self.artist

    def recording_id(self, track: Track) -> str:
        """The id of what was recorded."""
        return mbid(track.recording or f"recording {track.title} {self.artist_of(track)}")

    def track_id(self, disc: int, number: int) -> str:
        """The id of a track."""
        return mbid(f"track {self.name} {disc} {number}")


@dataclass(slots=True)
class MusicWorld:
    """What the services know, and what they were asked."""

    url: str
    releases: list[Release] = field(default_factory=list)
    sounds: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    fronts: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tells_releases: bool = True
    """Whether AcoustID tells the releases of a recording."""

    def add(self, release: Release) -> Release:
        """Let MusicBrainz know a release."""
        self.releases.append(release)
        return release

    def hear(self, fingerprint: str, *recordings: str, score: float = 0.97) -> None:
        """Let AcoustID know a sound as these recordings."""
        self.sounds.setdefault(fingerprint, []).extend((score, recording) for recording in recordings)

    def draw(self, release_id: str, picture: bytes) -> None:
        """Give a release, or a release group, a front."""
        self.fronts[release_id] = picture

    def asked_of(self, path: str) -> list[dict[str, str]]:
        """The parameters of the questions whose path begins so."""
        return [parameters for asked, parameters in self.asked if asked.startswith(path)]

    def answer(self, path: str, parameters: dict[str, str]) -> Fault:
        """What a question gets."""
        self.asked.append((path, parameters))
        for start, fault in self.faults.items():
            if path.startswith(start):
                return fault
        if path.startswith("/ws/2/"):
            return self._musicbrainz(path.removeprefix("/ws/2/"), parameters)
        if path == "/v2/lookup":
            return self._acoustid(parameters)
        kind, name, size = [*path.strip("/").split("/"), "", "", ""][:3]
        if kind in ("release", "release-group") and size.startswith("front") and name in self.fronts:
            return 200, {"Content-Type": "image/jpeg"}, self.fronts[name]
        return 404, {"Content-Type": "text/html"}, b"<!doctype html><title>404 Not Found</title>"

    def _musicbrainz(self, path: str, parameters: dict[str, str]) -> Fault:
        if parameters.get("fmt") != "json":
            return self._xml(path)
        kind, _, name = path.partition("/")
        if kind == "release" and name:
            found = next((one for one in self.releases if one.id == name), None)
            return _missing() if found is None else _json(_release(found))
        if kind == "discid":
            listed = [one for one in self.releases if name in one.disc_ids]
            body = {
                "id": name,
                "sectors": 1,
                "offset-count": 1,
                "offsets": [150],
                "releases": [_release(r) for r in listed],
            }
            return _json(body) if listed else _missing()
        if kind == "release" and "query" in parameters:
            return _json(self._found(parameters["query"]))
        if kind == "release":
            group, recording = parameters.get("release-group"), parameters.get("recording")
            listed = [one for one in self.releases if one.group_id == group or recording in _recordings(one)]
            body = {"releases": [_listed(one) for one in listed], "release-count": len(listed), "release-offset": 0}
            return _json(body)
        return _missing()

    def _found(self, query: str) -> object:
        """A search: every word in quotes must be in its field."""
        wanted = {
            part.partition(":")[0]: part.partition(":")[2].strip('"').replace("\\", "") for part in query.split(" AND ")
        }
        found = [
            one
            for one in self.releases
            if wanted.get("release", "").casefold() in one.title.casefold()
            and wanted.get("artist", "").casefold() in one.artist.casefold()
            and int(wanted.get("tracks", one.count)) == one.count
        ]
        return {
            "created": "2026-11-21T11:00:00.000Z",
            "count": len(found),
            "offset": 0,
            "releases": [{**_listed(one), "score": 100 - 5 * place} for place, one in enumerate(found)],
        }

    def _xml(self, path: str) -> Fault:
        found = next((one for one in self.releases if path == f"release/{one.id}"), None)
        if found is None:
            body = f'<?xml version="1.0"?><error xmlns="{_XML}"><text>Not Found</text></error>'
            return 404, {"Content-Type": "application/xml"}, body.encode()
        return 200, {"Content-Type": "application/xml; charset=UTF-8"}, _release_xml(found).encode()

    def _acoustid(self, parameters: dict[str, str]) -> Fault:
        if parameters.get("client") != KEY:
            return _json({"status": "error", "error": {"code": 4, "message": "invalid API key"}}, 400)
        if not parameters.get("fingerprint"):
            message = "missing required parameter fingerprint"
            return _json({"status": "error", "error": {"code": 2, "message": message}}, 400)
        results = [
            {"id": mbid(f"sound {recording}"), "score": score, "recordings": [self._recording(recording)]}
            for score, recording in self.sounds.get(parameters["fingerprint"], ())
        ]
        return _json({"status": "ok", "results": results})

    def _recording(self, recording_id: str) -> object:
        on = [one for one in self.releases if recording_id in _recordings(one)]
        named: dict[str, object] = {"id": recording_id}
        for one in on[:1]:
            track = next(track for tracks in one.media for track in tracks if one.recording_id(track) == recording_id)
            artist = one.artist_of(track)
            named |= {
                "title": track.title,
                "duration": round(track.seconds),
                "artists": [{"id": mbid(artist), "name": artist}],
            }
        if self.tells_releases:
            named["releases"] = [
                {"id": one.id, "title": one.title, "country": one.country, "track_count": one.count, "medium_count": 1}
                for one in on
            ]
        return named


@contextmanager
def music_world() -> Iterator[MusicWorld]:
    """Run the stand-in on a free port; it knows nothing until it is told."""
    world = MusicWorld("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            self._say(dict(parse_qsl(body.decode())))

        def _say(self, parameters: dict[str, str]) -> None:
            status, headers, body = world.answer(urlsplit(self.path).path, parameters)
            with suppress(ConnectionError):  # whoever asked may be gone by now
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    world.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _json(body: object, status: int = 200) -> Fault:
    return status, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(body).encode()


def _missing() -> Fault:
    return _json({"error": "Not Found", "help": "For usage, please see: https://musicbrainz.org/development/mmd"}, 404)


def _recordings(release: Release) -> set[str]:
    return {release.recording_id(track) for tracks in release.media for track in tracks}


def _credit(artist: str) -> list[dict[str, object]]:
    names = artist.split(" & ")
    return [
        {
            "name": name,
            "joinphrase": " & " if place < len(names) - 1 else "",
            "artist": {"id": mbid(f"artist {name}"), "name": name, "sort-name": name, "disambiguation": ""},
        }
        for place, name in enumerate(names)
    ]


def _group(release: Release) -> dict[str, object]:
    return {
        "id": release.group_id,
        "title": release.title,
        "primary-type": "Album",
        "primary-type-id": mbid("Album"),
        "secondary-types": ["Compilation"] if release.artist == "Various Artists" else [],
        "first-release-date": release.first_date or release.date,
        "disambiguation": "",
        "genres": [
            {"id": mbid(name), "name": name, "count": count, "disambiguation": ""} for name, count in release.genres
        ],
    }


def _release(release: Release) -> dict[str, object]:
    """A release as a look-up gives it."""
    return {
        "id": release.id,
        "title": release.title,
        "status": release.status,
        "status-id": mbid(release.status),
        "quality": "normal",
        "disambiguation": "",
        "packaging": None,
        "barcode": None,
        "asin": None,
        "date": release.date,
        "country": release.country,
        "text-representation": {"language": "eng", "script": "Latn"},
        "artist-credit": _credit(release.artist),
        "release-group": _group(release),
        "label-info": [
            {"catalog-number": release.catalog_number, "label": {"id": mbid(release.label), "name": release.label}}
        ],
        "cover-art-archive": {"artwork": False, "count": 0, "front": False, "back": False, "darkened": False},
        "genres": [],
        "media": [_medium(release, place, tracks) for place, tracks in enumerate(release.media, 1)],
    }


def _medium(release: Release, position: int, tracks: Sequence[Track]) -> dict[str, object]:
    return {
        "position": position,
        "title": "",
        "format": release.format,
        "format-id": mbid(release.format),
        "track-offset": 0,
        "track-count": len(tracks),
        "discs": [{"id": release.disc_ids[position - 1], "sectors": 1}] if len(release.disc_ids) >= position else [],
        "tracks": [
            {
                "id": release.track_id(position, number),
                "number": str(number),
                "position": number,
                "title": track.title,
                "length": round(track.seconds * 1000),
                "artist-credit": _credit(release.artist_of(track)),
                "recording": {
                    "id": release.recording_id(track),
                    "title": track.title,
                    "length": round(track.seconds * 1000),
                    "isrcs": list(track.isrcs),
                    "video": False,
                    "disambiguation": "",
                    "artist-credit": _credit(release.artist_of(track)),
                },
            }
            for number, track in enumerate(tracks, 1)
        ],
    }


def _listed(release: Release) -> dict[str, object]:
    """A release as a search or a list gives it: without its tracks."""
    listed = {name: value for name, value in _release(release).items() if name not in ("media", "label-info", "genres")}
    return {
        **listed,
        "track-count": release.count,
        "media": [
            {"position": place, "format": release.format, "disc-count": 1, "track-count": len(tracks)}
            for place, tracks in enumerate(release.media, 1)
        ],
    }


def _release_xml(release: Release) -> str:
    def credit(artist: str) -> str:
        return (
            "<artist-credit>"
            + "".join(
                f"<name-credit{' joinphrase=' + quoteattr(str(one['joinphrase'])) if one['joinphrase'] else ''}>"
                f"<artist id={quoteattr(mbid('artist ' + str(one['name'])))}><name>{escape(str(one['name']))}</name>"
                "</artist></name-credit>"
                for one in _credit(artist)
            )
            + "</artist-credit>"
        )

    media = "".join(
        f"<medium><position>{place}</position><format>{escape(release.format)}</format>"
        f'<track-list count="{len(tracks)}" offset="0">'
        + "".join(
            f'<track id="{release.track_id(place, number)}"><position>{number}</position><number>{number}</number>'
            f"<length>{round(track.seconds * 1000)}</length>"
            f'<recording id="{release.recording_id(track)}"><title>{escape(track.title)}</title>'
            f"<length>{round(track.seconds * 1000)}</length>{credit(release.artist_of(track))}</recording></track>"
            for number, track in enumerate(tracks, 1)
        )
        + "</track-list></medium>"
        for place, tracks in enumerate(release.media, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><metadata xmlns="{_XML}"><release id="{release.id}">'
        f"<title>{escape(release.title)}</title><status>{release.status}</status><date>{release.date}</date>"
        f"<country>{release.country}</country>{credit(release.artist)}"
        f'<release-group id="{release.group_id}"><title>{escape(release.title)}</title>'
        f"<first-release-date>{release.first_date or release.date}</first-release-date></release-group>"
        f'<medium-list count="{len(release.media)}">{media}</medium-list></release></metadata>'
    )
