"""Tokens and the secret key: what is stored says nothing, and a weak key stops the start."""

import os
import stat
from pathlib import Path

import pytest

from media_library.config import Paths, Secrets, Settings
from media_library.errors import StartError
from media_library.services.tokens import TokenKind, is_token, load_secret, new_token, secret_path, token_hash

SECRET = b"s" * 32
ARM_KEY = "Big secret key"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data")))


def with_key(settings: Settings, key: str) -> Settings:
    return Settings(paths=settings.paths, secrets=Secrets(secret_key=key))


def test_a_token_has_the_prefix_of_its_kind_and_256_random_bits() -> None:
    made = [new_token(TokenKind.KEY) for _ in range(100)]
    assert len(set(made)) == 100
    assert all(token.startswith("mlk_") and len(token) == 4 + 43 for token in made)


def test_threat_51_a_token_of_one_kind_is_worth_nothing_as_another() -> None:
    for made in TokenKind:
        token = new_token(made)
        assert [kind for kind in TokenKind if is_token(kind, token)] == [made]
        assert len({token_hash(SECRET, kind, token) for kind in TokenKind}) == len(TokenKind)


def test_threat_28_the_stored_hash_depends_on_a_key_outside_the_database() -> None:
    token = new_token(TokenKind.SESSION)
    assert token_hash(SECRET, TokenKind.SESSION, token) != token_hash(b"t" * 32, TokenKind.SESSION, token)
    assert token not in token_hash(SECRET, TokenKind.SESSION, token)
    assert not is_token(TokenKind.SESSION, token_hash(SECRET, TokenKind.SESSION, token))


@pytest.mark.parametrize("text", ["", "mls_", "mls_\ud800", f"mls_{42 * 'a'}", f"mls_{44 * 'a'}", f"mls_{42 * 'a'}\n"])
def test_what_has_not_the_form_of_a_token_is_none(text: str) -> None:
    assert not is_token(TokenKind.SESSION, text)


def test_the_first_start_makes_a_key_that_only_its_user_can_read(settings: Settings) -> None:
    secret = load_secret(settings)
    assert len(bytes.fromhex(secret.decode())) == 32
    assert stat.S_IMODE(secret_path(settings).stat().st_mode) == 0o600
    assert load_secret(settings) == secret
    assert [file.name for file in settings.data_directory.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", ["", "\n", "short", "a" * 64, "\ufffd" * 64, ARM_KEY])
def test_threat_19_an_empty_short_or_damaged_key_file_stops_the_start(settings: Settings, content: str) -> None:
    load_secret(settings)
    secret_path(settings).write_text(content, "utf-8")
    with pytest.raises(StartError, match=r"secret\.key"):
        load_secret(settings)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_threat_19_a_key_file_that_others_can_read_stops_the_start(settings: Settings, mode: int) -> None:
    load_secret(settings)
    secret_path(settings).chmod(mode)
    with pytest.raises(StartError, match="chmod 600"):
        load_secret(settings)


def test_threat_19_a_key_file_that_is_a_link_or_a_pipe_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    load_secret(settings)
    real = secret_path(settings).rename(tmp_path / "elsewhere")
    secret_path(settings).symlink_to(real)
    with pytest.raises(StartError):
        load_secret(settings)
    secret_path(settings).unlink()
    os.mkfifo(secret_path(settings), 0o600)
    with pytest.raises(StartError, match="not a file"):
        load_secret(settings)


def test_threat_19_a_missing_key_is_not_silently_replaced_once_it_was_used(settings: Settings) -> None:
    with pytest.raises(StartError, match="is gone"):
        load_secret(settings, may_create=False)
    assert not secret_path(settings).exists()


@pytest.mark.parametrize(
    "key",
    [
        ARM_KEY,
        "dev",
        "changeme-changeme-changeme-changeme",
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "09D25E094FAA6CA2556C818166B7A9563B93F7099F6F0F4CAA6CF63B88E8D3E7",
        "0" * 64,
    ],
)
def test_threat_19_a_well_known_or_short_secret_key_stops_the_start(settings: Settings, key: str) -> None:
    with pytest.raises(StartError, match="SECRET_KEY"):
        load_secret(with_key(settings, key))


def test_a_good_secret_key_is_used_and_no_file_is_made(settings: Settings) -> None:
    key = "3f1b8c2e9d7a4f60b5c1e8d29a7f3064"
    assert load_secret(with_key(settings, key)) == key.encode()
    assert not secret_path(settings).exists()


def test_a_folder_that_cannot_be_written_gives_one_sentence(settings: Settings) -> None:
    settings.data_directory.parent.mkdir(exist_ok=True)
    settings.data_directory.write_text("a file where the folder should be")
    with pytest.raises(StartError, match=r"secret\.key"):
        load_secret(settings)
