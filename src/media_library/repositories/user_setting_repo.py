"""How each person likes things: one JSON value for each group of choices."""

import msgspec

from media_library.models.personal import PersonalChoices
from media_library.repositories.base import Repository

_CHOICES = "choices"


class UserSettingRepo(Repository):
    """Reads and writes ``user_settings``."""

    def personal_choices(self, user_id: str) -> PersonalChoices:
        """How this person likes things; as the program comes until they said otherwise."""
        row = self._row("SELECT value FROM user_settings WHERE user_id = ? AND key = ?", (user_id, _CHOICES))
        return PersonalChoices() if row is None else msgspec.json.decode(str(row[0]), type=PersonalChoices)

    def change_personal_choices(self, user_id: str, choices: PersonalChoices) -> None:
        """Store how this person likes things from now on."""
        self._change(
            """
            INSERT INTO user_settings (user_id, key, value)
            VALUES (?, ?, ?)
            ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value
            """,
            (user_id, _CHOICES, msgspec.json.encode(choices).decode()),
        )
