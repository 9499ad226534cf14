"""The token of the console: private, short-lived, forgiving to type."""

import os
import stat
import time
from pathlib import Path

import pytest

from media_library.config import Paths, Settings
from media_library.errors import Forbidden
from media_library.services import setup_token


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data")))


def test_threat_17_the_token_has_128_bits_and_only_the_programs_user_can_read_it(settings: Settings) -> None:
    made = {setup_token.renew(settings) for _ in range(50)}
    assert len(made) == 50
    assert all(len(token.replace("-", "")) == 26 for token in made)  # 26 letters of 5 bits hold 128
    file = setup_token.token_path(settings)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in settings.data_directory.iterdir()] == ["setup-token"]


def test_the_file_holds_the_token_that_is_shown(settings: Settings) -> None:
    assert setup_token.renew(settings) == setup_token.token_path(settings).read_text().strip()


def test_the_token_may_be_typed_with_capitals_and_spaces(settings: Settings) -> None:
    token = setup_token.renew(settings)
    setup_token.require_token(settings, token)
    setup_token.require_token(settings, f" {token.upper().replace('-', ' ')}\n")


@pytest.mark.parametrize("typed", ["", "-", "aaaa-bbbb", "\ud800", "é" * 26, "\0", "a" * 100_000])
def test_threat_17_a_wrong_token_is_refused(settings: Settings, typed: str) -> None:
    setup_token.renew(settings)
    with pytest.raises(Forbidden, match="not the token"):
        setup_token.require_token(settings, typed)


def test_threat_17_without_a_token_nothing_is_the_token(settings: Settings) -> None:
    with pytest.raises(Forbidden):
        setup_token.require_token(settings, "")
    token = setup_token.renew(settings)
    setup_token.remove(settings)
    with pytest.raises(Forbidden):
        setup_token.require_token(settings, token)


def test_a_renewed_token_replaces_the_one_before(settings: Settings) -> None:
    old = setup_token.renew(settings)
    setup_token.renew(settings)
    with pytest.raises(Forbidden):
        setup_token.require_token(settings, old)


def test_threat_17_a_token_lives_for_a_day(settings: Settings) -> None:
    token = setup_token.renew(settings)
    file = setup_token.token_path(settings)
    almost = time.time() - setup_token.LIFE_SECONDS + 60
    os.utime(file, (almost, almost))
    setup_token.require_token(settings, token)
    os.utime(file, (almost - 120, almost - 120))
    with pytest.raises(Forbidden, match="older than a day"):
        setup_token.require_token(settings, token)


def test_a_token_that_others_could_read_is_not_accepted(settings: Settings) -> None:
    token = setup_token.renew(settings)
    setup_token.token_path(settings).chmod(0o644)
    with pytest.raises(Forbidden, match="Restart the program"):
        setup_token.require_token(settings, token)
