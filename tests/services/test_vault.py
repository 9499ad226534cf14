"""Sealed texts: only the same secret and purpose open them."""

import pytest

from media_library.errors import StorageError
from media_library.services.vault import Vault


def test_a_sealed_text_is_unreadable_and_opens_again() -> None:
    vault = Vault(b"secret of the house")
    sealed = vault.seal("ann:päss", "feeds")
    assert "ann" not in sealed and vault.open(sealed, "feeds") == "ann:päss"
    assert vault.seal("ann:päss", "feeds") != sealed


@pytest.mark.parametrize(("secret", "purpose"), [(b"another secret", "feeds"), (b"secret of the house", "cookies")])
def test_another_secret_or_purpose_opens_nothing(secret: bytes, purpose: str) -> None:
    sealed = Vault(b"secret of the house").seal("x", "feeds")
    with pytest.raises(StorageError, match="Enter it again"):
        Vault(secret).open(sealed, purpose)


def test_a_changed_text_opens_nothing() -> None:
    sealed = Vault(b"s").seal("x" * 100, "feeds")
    with pytest.raises(StorageError):
        Vault(b"s").open(sealed[:-10] + "AAAAAAAAA=", "feeds")
