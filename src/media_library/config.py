"""Reads ``.env``, ``config.json`` and the environment once, into frozen settings.

Order of precedence, the later wins: the defaults of this module, ``config.json`` with its ``${NAME:-default}``
references filled in, the variables of ``OVERRIDES``. A bad value stops the start with one line naming the key.
"""

import hashlib
import ipaddress
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from dotenv import dotenv_values
from platformdirs import user_data_path

from media_library.errors import ConfigError

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\$\{)[^}])*))?\}")
_OPTION = re.compile(r"-[A-Za-z0-9]|--[A-Za-z0-9][A-Za-z0-9-]*")  # a short one alone: “-ifile” is “-i file”
_UNSAFE_OPTIONS = frozenset(
    {
        "-i",
        "--input",
        "-o",
        "--output",
        "-t",
        "--title",
        "--titles",
        "--scan",
        "--json",
        "--preset-import-file",
        "--preset-import-gui",
        "--preset-export",
        "--preset-export-file",
        "--queue-import-file",
        "--srt-file",
        "--ssa-file",
        "--main-feature",
        "-a",
        "--audio",
        "-s",
        "--subtitle",
        "--two-pass",
        "-2",
        "--multi-pass",
        "-f",
        "--format",
        "-c",
        "--chapters",
        "--start-at",
        "--stop-at",
        "--min-duration",
        "-Z",
        "--preset",
        "-z",
        "--preset-list",
        "-h",
        "--help",
        "--version",
    }
)

OVERRIDES: Mapping[str, str] = {
    "MEDIA_ROOT": "paths.media_root",
    "DATA_DIR": "paths.data_directory",
    "HOST": "web_server.host",
    "PORT": "web_server.port",
    "PUBLIC_URL": "web_server.public_url",
    "CORS_ALLOWED_ORIGINS": "web_server.cors_allowed_origins",
    "DISC_IMAGES": "disc_detection.disc_images",
    "MIN_TITLE_SECONDS": "disc_detection.min_title_seconds",
}
"""Environment variables that override a key of ``config.json``."""

SECRETS = (
    "TMDB_API_KEY",
    "ACOUSTID_API_KEY",
    "SECRET_KEY",
    "INIT_ADMIN_USER",
    "INIT_ADMIN_PASS",
    "SERVER_URL",
    "SERVER_API_KEY",
)
"""Environment variables that never stand in ``config.json`` and are never shown."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things lie. An empty ``data_directory`` derives one from ``media_root`` in the user's data folder."""

    media_root: str = "~/media-library"
    data_directory: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """What a rip becomes. ``quality`` is the encoder's own scale (x264, x265: lower is better); bitrate in kbit/s."""

    base_directory: str = ""
    format: Literal["mp4", "mkv"] = "mp4"
    video_encoder: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_]{1,32}$")] = "x264"
    quality: Annotated[float, msgspec.Meta(ge=0, le=100)] = 20
    audio_encoder: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_:]{1,32}$")] = "av_aac"
    audio_bitrate: Annotated[int, msgspec.Meta(ge=32, le=1536)] = 160
    music_encoder: Literal["flac", "alac", "mp3", "aac", "opus"] = "flac"


@dataclass(frozen=True, slots=True)
class Automation:
    """What happens by itself; people change these in the web app, here are the first values."""

    auto_detect_disc: bool = True
    auto_eject_after_rip: bool = True
    notification_enabled: bool = True


@dataclass(frozen=True, slots=True)
class WebServer:
    """Where and as what the web app is served. ``cors_allowed_origins``: further origins, separated by commas."""

    host: str = "0.0.0.0"  # the house reaches it; every route but sign-in asks who you are
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8096
    library_name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)] = "Media Library"
    threads: Annotated[int, msgspec.Meta(ge=16, le=2048)] = 256
    public_url: str = ""
    cors_allowed_origins: str = ""


@dataclass(frozen=True, slots=True)
class DiscDetection:
    """How drives are watched. ``mount_path`` is where the system mounts discs, empty = as the system says.

    ``disc_images`` is a folder whose disc images act as drives. Titles shorter than ``min_title_seconds`` are never
    considered.
    """

    check_interval_seconds: Annotated[float, msgspec.Meta(ge=0.2, le=3600)] = 5
    mount_path: str = ""
    disc_images: str = ""
    min_title_seconds: Annotated[float, msgspec.Meta(ge=0, le=36000)] = 120


@dataclass(frozen=True, slots=True)
class HandBrake:
    """The preset and further options that HandBrakeCLI gets."""

    preset: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ./+()_-]{0,79}$")] = "Fast 1080p30"
    additional_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Auth:
    """Signing in. With ``enabled`` false everybody who reaches the port on this machine only is the admin."""

    enabled: bool = True
    session_hours: Annotated[float, msgspec.Meta(gt=0, le=2160)] = 336


@dataclass(frozen=True, slots=True)
class Uploads:
    """Uploads from the browser. ``user_quota_mb`` is how much of one person may be on its way into the library."""

    enabled: bool = True
    max_upload_size_mb: Annotated[int, msgspec.Meta(ge=1)] = 51_200
    user_quota_mb: Annotated[int, msgspec.Meta(ge=1)] = 204_800


@dataclass(frozen=True, slots=True)
class Offline:
    """What people take along. ``prepared_size_mb`` is how much room versions made for that may take."""

    prepared_size_mb: Annotated[int, msgspec.Meta(ge=1)] = 20_480


@dataclass(frozen=True, slots=True)
class Podcasts:
    """Podcast feeds."""

    enabled: bool = True
    check_interval_hours: Annotated[float, msgspec.Meta(gt=0)] = 1
    auto_download: bool = True
    max_episodes_per_feed: Annotated[int, msgspec.Meta(ge=1)] = 50


@dataclass(frozen=True, slots=True)
class Downloads:
    """Downloads by yt-dlp. ``ytdlp_releases`` is where its newest release lies, with the file of its checksums."""

    ytdlp_format: str = "bv*+ba/b"
    ytdlp_releases: str = "https://github.com/yt-dlp/yt-dlp/releases/latest/download"


@dataclass(frozen=True, slots=True)
class FileNaming:
    """Templates of file names; empty = the built-in tree."""

    video_template: str = ""
    audio_template: str = ""


@dataclass(frozen=True, slots=True)
class Services:
    """Base addresses of the services that are asked; empty = never ask."""

    musicbrainz_url: str = "https://musicbrainz.org"
    cover_art_url: str = "https://coverartarchive.org"
    spotify_url: str = "https://open.spotify.com"
    tmdb_url: str = "https://api.themoviedb.org/3"
    tmdb_images_url: str = "https://image.tmdb.org/t/p"
    acoustid_url: str = "https://api.acoustid.org"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only the environment may hold."""

    tmdb_api_key: str = field(default="", repr=False)
    acoustid_api_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    init_admin_user: str = field(default="", repr=False)
    init_admin_pass: str = field(default="", repr=False)
    server_url: str = ""
    server_api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the program, read once."""

    paths: Paths = field(default_factory=Paths)
    output: Output = field(default_factory=Output)
    automation: Automation = field(default_factory=Automation)
    web_server: WebServer = field(default_factory=WebServer)
    disc_detection: DiscDetection = field(default_factory=DiscDetection)
    handbrake: HandBrake = field(default_factory=HandBrake)
    auth: Auth = field(default_factory=Auth)
    uploads: Uploads = field(default_factory=Uploads)
    offline: Offline = field(default_factory=Offline)
    podcasts: Podcasts = field(default_factory=Podcasts)
    downloads: Downloads = field(default_factory=Downloads)
    file_naming: FileNaming = field(default_factory=FileNaming)
    services: Services = field(default_factory=Services)
    secrets: Secrets = field(default_factory=Secrets)

    @property
    def media_root(self) -> Path:
        """The folder of the media, absolute."""
        return Path(os.path.abspath(os.path.expanduser(self.paths.media_root)))

    @property
    def library_root(self) -> Path:
        """The folder below which the libraries lie: ``media_root`` or ``output.base_directory`` inside it."""
        return self.media_root / self.output.base_directory

    @property
    def data_directory(self) -> Path:
        """The folder of the program's own state.

        It is kept apart from the media, so that an unplugged media drive takes nothing else away; its name follows
        from ``media_root``, so that two media folders never share a state.
        """
        if self.paths.data_directory:
            return Path(os.path.abspath(os.path.expanduser(self.paths.data_directory)))
        root = self.media_root
        mark = hashlib.sha256(os.fsencode(root)).hexdigest()[:8]
        name = re.sub(r"[^A-Za-z0-9]+", "-", root.name).strip("-").lower() or "media"
        return user_data_path("media-library", appauthor=False) / f"{name}-{mark}"

    @property
    def disc_images(self) -> Path | None:
        """The folder of disc images that act as drives, if any."""
        folder = self.disc_detection.disc_images
        return Path(os.path.abspath(os.path.expanduser(folder))) if folder else None


def load(config_file: Path, environ: Mapping[str, str], *, env_file: Path | None = None) -> Settings:
    """Read the settings; raises ``ConfigError`` naming the key that is wrong."""
    variables = {**_read_env_file(env_file), **environ}
    tree = _read_json(config_file)
    if "secrets" in tree:
        raise ConfigError(f"{config_file.name}: there is no section “secrets”; they come from the environment or .env.")
    filled = {key: _fill(value, variables, key) for key, value in tree.items()}
    for name, key in OVERRIDES.items():
        if variables.get(name):
            section, _, leaf = key.partition(".")
            table = filled.setdefault(section, {})
            if isinstance(table, dict):
                table[leaf] = variables[name]
    filled["secrets"] = {name.lower(): variables[name] for name in SECRETS if variables.get(name)}
    settings = _convert(filled, config_file)
    _check(settings)
    return settings


def keys() -> dict[str, object]:
    """Every key that ``config.json`` may hold, with its default, for the documentation and its test."""
    defaults = msgspec.to_builtins(Settings())
    return {
        f"{section}.{leaf}": value
        for section, table in defaults.items()
        if section != "secrets"
        for leaf, value in table.items()
    }


def _read_env_file(env_file: Path | None) -> dict[str, str]:
    if env_file is None or not env_file.exists():
        return {}
    try:
        return {name: value for name, value in dotenv_values(env_file).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{env_file} cannot be read: {error}.") from error


def _read_json(config_file: Path) -> dict[str, object]:
    if not config_file.exists():
        return {}
    try:
        tree = json.loads(config_file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{config_file} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(
            f"{config_file} is not valid JSON: {error}. Correct it or remove it to use the defaults."
        ) from error
    if not isinstance(tree, dict):
        raise ConfigError(f"{config_file} must hold one JSON object with a section for each subject.")
    return tree


def _fill(value: object, variables: Mapping[str, str], key: str) -> object:
    """Replace ``${NAME}`` and ``${NAME:-default}`` in every string of a value."""
    if isinstance(value, str):

        def replacement(match: re.Match[str]) -> str:
            name, default = match[1], match[2]
            found = variables.get(name) or default
            if found is None:
                raise ConfigError(f"{key}: the environment variable {name} is not set and has no default.")
            return found

        if "${" in _REFERENCE.sub("", value):
            raise ConfigError(f"{key}: write a variable as ${{NAME}} or ${{NAME:-default}}, not one inside another.")
        return _REFERENCE.sub(replacement, value)
    if isinstance(value, dict):
        return {name: _fill(inner, variables, f"{key}.{name}") for name, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, variables, f"{key}[{index}]") for index, inner in enumerate(value)]
    return value


def _convert(filled: dict[str, object], config_file: Path) -> Settings:
    known = keys()
    sections = {key.partition(".")[0] for key in known} | {"secrets"}
    for section, table in filled.items():
        if section not in sections:
            raise ConfigError(f"{config_file.name}: there is no section “{section}”.")
        if not isinstance(table, dict):
            raise ConfigError(f"{section}: expected an object with settings.")
        for leaf in table:
            if section != "secrets" and f"{section}.{leaf}" not in known:
                raise ConfigError(f"{section}.{leaf}: there is no such setting.")
    try:
        return msgspec.convert(filled, Settings, strict=False)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$.")
        raise ConfigError(f"{where.rstrip('`') or config_file.name}: {reason}.") from error


def _check(settings: Settings) -> None:
    """What the types cannot say."""
    base = Path(settings.output.base_directory)
    if base.is_absolute() or ".." in base.parts:
        raise ConfigError("output.base_directory: must be a folder below MEDIA_ROOT, without “..”.")
    for option in settings.handbrake.additional_options:
        if not option.isprintable():
            raise ConfigError("handbrake.additional_options: contains a control character.")
        name = option.partition("=")[0]
        if option.startswith("-") and (not _OPTION.fullmatch(name) or _sets_what_is_ours(name)):
            raise ConfigError(f"handbrake.additional_options: {name} cannot be set here; the program sets it itself.")
    root, data = settings.media_root, settings.data_directory
    if root == Path(root.anchor):
        raise ConfigError("paths.media_root: the root of the file system cannot be the media folder.")
    if data == root or data in root.parents:
        raise ConfigError(f"paths.data_directory: {data} must not be or contain the media folder {root}.")
    images = settings.disc_images
    library = settings.library_root
    if images is not None and (images in (library, *library.parents) or library in images.parents):
        raise ConfigError(f"disc_detection.disc_images: {images} must lie outside the library {library}.")
    if not settings.auth.enabled and (settings.web_server.public_url or not _is_loopback(settings.web_server.host)):
        raise ConfigError(
            "auth.enabled: signing in can only be off where nobody else gets in: set web_server.host to 127.0.0.1 and"
            " leave web_server.public_url empty."
        )
    for origin in origins(settings):
        if not re.fullmatch(r"https?://[^/\s*]+", origin):
            raise ConfigError(f"web_server: “{origin}” is not an origin such as https://media.example.org.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _sets_what_is_ours(name: str) -> bool:
    """Whether getopt_long(3) would take an option for one of ours: a long one may be cut short."""
    if name.startswith("--"):
        return any(unsafe.startswith(name) for unsafe in _UNSAFE_OPTIONS)
    return name in _UNSAFE_OPTIONS


def origins(settings: Settings) -> tuple[str, ...]:
    """The origins, besides the address a browser came by, from which the web app may be used."""
    listed = [settings.web_server.public_url, *settings.web_server.cors_allowed_origins.split(",")]
    return tuple(origin.strip().rstrip("/") for origin in listed if origin.strip())


def describe(settings: Settings) -> str:
    """One line for the log: where things are; no secret."""
    return f"media in {settings.media_root}, state in {settings.data_directory}, Python {sys.version.split()[0]}"
