"""The settings: what is read from where, and the sentence for every way in which it can be wrong."""

import dataclasses
import json
from pathlib import Path

import pytest

from media_library import config
from media_library.config import OVERRIDES, SECRETS, Settings, load
from media_library.errors import ConfigError

ROOT = Path(__file__).resolve().parents[1]


def loaded(tmp_path: Path, tree: object = None, **environ: str) -> Settings:
    """The settings of a ``config.json`` with this content."""
    file = tmp_path / "config.json"
    file.write_text(tree if isinstance(tree, str) else json.dumps({} if tree is None else tree), "utf-8")
    return load(file, environ)


def refusal(tmp_path: Path, tree: object = None, **environ: str) -> str:
    """What the program says of a ``config.json`` that it does not take: one line."""
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, tree, **environ)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_the_config_that_is_shipped_gives_the_defaults() -> None:
    assert load(ROOT / "config.json", {}) == Settings()


def test_the_config_that_is_shipped_names_every_key() -> None:
    tree = json.loads((ROOT / "config.json").read_text("utf-8"))
    named = {f"{section}.{leaf}" for section, table in tree.items() for leaf in table}
    assert named == set(config.keys())


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json", {}) == Settings()


def test_every_example_in_the_environment_file_is_a_variable_that_is_read() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = {line[1:].partition("=")[0] for line in lines if line.startswith("#") and "=" in line and line[1] != " "}
    assert named == {*OVERRIDES, *SECRETS}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"x"', '{"output": }', "\ufeff{}", "[" * 100_000, '{"a": 1} x']
)
def test_a_file_that_is_no_object_of_json_is_named(tmp_path: Path, text: str) -> None:
    assert "config.json" in refusal(tmp_path, text)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(b"\xff\xfe{}\x80")
    with pytest.raises(ConfigError, match=r"config\.json"):
        load(tmp_path / "config.json", {})


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").mkdir()
    with pytest.raises(ConfigError, match=r"config\.json cannot be read"):
        load(tmp_path / "config.json", {})


@pytest.mark.parametrize(
    ("section", "leaf", "value"),
    [
        ("web_server", "port", "http"),
        ("web_server", "port", 70_000),
        ("web_server", "port", -1),
        ("web_server", "port", None),
        ("web_server", "port", [8096]),
        ("web_server", "threads", 1),
        ("web_server", "library_name", ""),
        ("output", "format", "avi"),
        ("output", "quality", "good"),
        ("output", "quality", float("nan")),
        ("output", "quality", 1e400),
        ("output", "audio_bitrate", 10**30),
        ("output", "video_encoder", "x264 -o /etc/passwd"),
        ("output", "audio_encoder", "--help"),
        ("automation", "auto_detect_disc", "perhaps"),
        ("disc_detection", "check_interval_seconds", 0),
        ("disc_detection", "min_title_seconds", -1),
        ("handbrake", "preset", "--preset-import-file"),
        ("handbrake", "additional_options", "--optimize"),
        ("handbrake", "additional_options", [1, {}]),
        ("auth", "session_hours", 0),
        ("auth", "session_hours", float("nan")),
        ("podcasts", "check_interval_hours", float("nan")),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_key(
    tmp_path: Path, section: str, leaf: str, value: object
) -> None:
    assert f"{section}.{leaf}" in refusal(tmp_path, {section: {leaf: value}})


def test_a_key_that_does_not_exist_is_refused_with_its_name(tmp_path: Path) -> None:
    assert "output.qualty" in refusal(tmp_path, {"output": {"qualty": 20}})
    assert "“outputs”" in refusal(tmp_path, {"outputs": {}})


def test_a_section_that_is_no_object_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"output": "mp4"}).startswith("output:")


def test_a_secret_cannot_stand_in_the_file(tmp_path: Path) -> None:
    assert "“secrets”" in refusal(tmp_path, {"secrets": {"secret_key": "from the file"}})


def test_variables_fill_references_and_their_defaults_fill_the_rest(tmp_path: Path) -> None:
    tree = {"web_server": {"library_name": "${NAME:-Films} of ${WHO}", "port": "${PORT_OF_MINE:-81}"}}
    settings = loaded(tmp_path, tree, WHO="Ann", PORT_OF_MINE="")
    assert (settings.web_server.library_name, settings.web_server.port) == ("Films of Ann", 81)


def test_a_missing_variable_without_a_default_is_named_with_its_key(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"handbrake": {"additional_options": ["--angle", "${ANGLE}"]}})
    assert "handbrake.additional_options[1]" in said
    assert "ANGLE" in said


@pytest.mark.parametrize("text", ["${A:-${B:-c}}", "${A", "${}", "${1A}", "x ${A:-b} ${"])
def test_a_reference_that_cannot_be_filled_is_refused_and_not_taken_literally(tmp_path: Path, text: str) -> None:
    assert "paths.media_root" in refusal(tmp_path, {"paths": {"media_root": text}}, A="a", B="b")


def test_what_a_variable_holds_is_never_filled_again(tmp_path: Path) -> None:
    tree = {"web_server": {"library_name": "${NAME}"}}
    settings = loaded(tmp_path, tree, NAME="${SECRET_KEY}", SECRET_KEY="canary")
    assert settings.web_server.library_name == "${SECRET_KEY}"


def test_the_environment_wins_over_the_file_of_variables_and_that_over_config_json(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=1111\nHOST=10.0.0.1\n")
    (tmp_path / "config.json").write_text('{"web_server": {"port": 2222, "host": "10.0.0.2", "threads": 32}}')
    web = load(tmp_path / "config.json", {"PORT": "3333"}, env_file=tmp_path / ".env").web_server
    assert (web.port, web.host, web.threads) == (3333, "10.0.0.1", 32)


@pytest.mark.parametrize(("name", "key"), OVERRIDES.items())
def test_every_override_reaches_its_key(tmp_path: Path, name: str, key: str) -> None:
    section, leaf = key.split(".")
    value = {"PORT": "1234", "MIN_TITLE_SECONDS": "5", "PUBLIC_URL": "https://x.example"}.get(name, "http://x")
    settings = loaded(tmp_path, None, **{name: value})
    assert str(getattr(getattr(settings, section), leaf)).removesuffix(".0") == value


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_is_read_and_never_shown(tmp_path: Path, name: str) -> None:
    settings = loaded(tmp_path, None, **{name: "canary"})
    assert getattr(settings.secrets, name.lower()) == "canary"
    shown = f"{settings!r} {settings} {config.describe(settings)} {config.keys()}"
    assert name == "SERVER_URL" or "canary" not in shown


def test_a_refused_value_does_not_show_a_secret(tmp_path: Path) -> None:
    assert "canary" not in refusal(
        tmp_path, {"output": {"quality": "x"}}, SECRET_KEY="canary", INIT_ADMIN_PASS="canary"
    )


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded(tmp_path).output.quality = 1  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize(
    "option",
    [
        "-i", "--input", "--input=/etc/passwd", "-i/etc/passwd", "-ipasswd", "-o", "--output=x", "--outpu=x", "--out",
        "-t1", "--json", "--js", "--scan", "--preset-import-file", "--preset-i=x", "--queue-import-file=x", "-2",
        "--main-feature", "-Z", "--preset=x", "--help", "-h", "--", "-", "--srt-file=/etc/passwd", "--stop-at",
        "-f", "--format=av_mkv", "--crop 0:0",
    ],
)  # fmt: skip
def test_an_option_that_the_program_sets_itself_is_refused(tmp_path: Path, option: str) -> None:
    assert "handbrake.additional_options" in refusal(tmp_path, {"handbrake": {"additional_options": [option]}})


@pytest.mark.parametrize(
    "options", [["--encoder-preset", "slow"], ["--crop=0:0:0:0"], ["--no-decomb", "-g"], ["-w", "720"]]
)
def test_an_option_for_the_picture_is_handed_on(tmp_path: Path, options: list[str]) -> None:
    settings = loaded(tmp_path, {"handbrake": {"additional_options": options}})
    assert settings.handbrake.additional_options == tuple(options)


@pytest.mark.parametrize("option", ["--x\n", "a\x1b[2J", "\u202e"])
def test_a_control_character_in_an_option_is_refused(tmp_path: Path, option: str) -> None:
    assert "control character" in refusal(tmp_path, {"handbrake": {"additional_options": [option]}})


@pytest.mark.parametrize("root", ["/", "//", "/.", "/../.."])
def test_the_root_of_the_file_system_is_no_media_folder(tmp_path: Path, root: str) -> None:
    assert "paths.media_root" in refusal(tmp_path, None, MEDIA_ROOT=root)


@pytest.mark.parametrize("data", ["/srv/media", "/srv", "/"])
def test_the_state_folder_neither_is_nor_holds_the_media_folder(tmp_path: Path, data: str) -> None:
    assert "paths.data_directory" in refusal(tmp_path, None, MEDIA_ROOT="/srv/media", DATA_DIR=data)


@pytest.mark.parametrize(
    "images", ["/srv/media/lib", "/srv/media/lib/iso", "/srv/media", "/srv", "/", "/srv/media/lib/../lib/x"]
)
def test_the_folder_of_disc_images_and_the_library_lie_apart(tmp_path: Path, images: str) -> None:
    tree = {"output": {"base_directory": "lib"}}
    assert "disc_detection.disc_images" in refusal(tmp_path, tree, MEDIA_ROOT="/srv/media", DISC_IMAGES=images)


def test_disc_images_may_lie_beside_the_library(tmp_path: Path) -> None:
    tree = {"output": {"base_directory": "lib"}}
    settings = loaded(tmp_path, tree, MEDIA_ROOT="/srv/media", DISC_IMAGES="/srv/media/lib2")
    assert settings.disc_images == Path("/srv/media/lib2")
    assert loaded(tmp_path).disc_images is None


@pytest.mark.parametrize("folder", ["/films", "../films", "a/../../b"])
def test_the_library_lies_below_the_media_folder(tmp_path: Path, folder: str) -> None:
    assert "output.base_directory" in refusal(tmp_path, {"output": {"base_directory": folder}})


def test_every_media_folder_has_a_state_of_its_own(tmp_path: Path) -> None:
    roots = ["/srv/a/media", "/srv/b/media", "/srv/a/media2", "/srv/Фильмы"]
    folders = {loaded(tmp_path, None, MEDIA_ROOT=root).data_directory for root in roots}
    assert len(folders) == 4
    again = loaded(tmp_path, None, MEDIA_ROOT="/srv/a/../a/media/").data_directory
    assert again == loaded(tmp_path, None, MEDIA_ROOT="/srv/a/media").data_directory
    assert all(Path("/srv") not in folder.parents for folder in folders)


def test_a_tilde_is_the_home_folder_and_a_relative_folder_becomes_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.chdir(tmp_path)
    settings = loaded(tmp_path, None, MEDIA_ROOT="~/films", DATA_DIR="state", DISC_IMAGES="~/iso")
    assert settings.media_root == Path("/home/ann/films")
    assert settings.data_directory == tmp_path / "state"
    assert settings.disc_images == Path("/home/ann/iso")


@pytest.mark.parametrize("origin", ["*", "media.example.org", "https://*.example.org", "https://x/y", "null"])
def test_what_is_no_origin_is_refused(tmp_path: Path, origin: str) -> None:
    assert origin in refusal(tmp_path, None, CORS_ALLOWED_ORIGINS=f"https://fine.example, {origin}")


def test_origins_are_the_public_address_and_those_listed(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path, None, PUBLIC_URL="https://media.example/", CORS_ALLOWED_ORIGINS=" http://a:1 ,https://b,"
    )
    assert config.origins(settings) == ("https://media.example", "http://a:1", "https://b")


def test_signing_in_can_only_be_off_on_this_machine_alone(tmp_path: Path) -> None:
    tree = {"auth": {"enabled": False}}
    assert not loaded(tmp_path, tree, HOST="127.0.0.1").auth.enabled
    assert "auth.enabled" in refusal(tmp_path, tree)
    assert "auth.enabled" in refusal(tmp_path, tree, HOST="127.0.0.1", PUBLIC_URL="https://media.example")
