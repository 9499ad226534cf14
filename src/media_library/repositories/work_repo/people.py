"""Persons, and the parts that they had in works."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence

from media_library.errors import NotFound
from media_library.models.user import Viewer
from media_library.models.work import Credit, Person
from media_library.repositories.base import Repository, new_id, now_ms
from media_library.repositories.viewing import sight
from media_library.repositories.work_repo.records import HAS_MEDIA, PERSON, person_of

_MISSING = "There is no such person."
_MOST_LOOKED_AT = 300


class People(Repository):
    """Reads and writes ``persons`` and ``credits``."""

    def put_credits(self, key: str, credits: Sequence[Credit]) -> None:
        """Who had a part in a work, in this order, instead of those before.

        Persons are known by their id at a service, or by their name if they have none; their own ``id`` does not count.
        """
        with self.transaction():
            self._change("DELETE FROM credits WHERE work_key = ?", (key,))
            for position, credit in enumerate(credits):
                self._change(
                    """
                    INSERT INTO credits (work_key, person_id, job, character, position) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """,
                    (key, self._person_id(credit.person), credit.job, credit.character, position),
                )

    def credits_of(self, key: str) -> list[Credit]:
        """Who had a part in a work, in order."""
        rows = self._rows(
            f"""
            SELECT {PERSON}, c.job, c.character FROM credits AS c JOIN persons AS p ON p.id = c.person_id
            WHERE c.work_key = ? ORDER BY c.position
            """,
            (key,),
        )
        return [Credit(person_of(row[:-2]), str(row[-2]), str(row[-1])) for row in rows]

    def person(self, person_id: str) -> Person:
        """A person, seen by the program itself; raises ``NotFound``."""
        row = self._row(f"SELECT {PERSON} FROM persons AS p WHERE p.id = ?", (person_id,))
        if row is None:
            raise NotFound(_MISSING)
        return person_of(row)

    def person_for(self, viewer: Viewer, person_id: str) -> Person:
        """A person who had a part in something that the viewer may see; raises ``NotFound``."""
        if not self.parts_of(viewer, person_id):
            raise NotFound(_MISSING)
        return self.person(person_id)

    def parts_of(self, viewer: Viewer, person_id: str) -> list[tuple[str, str, str]]:
        """Key of the work, job and character of every part in what the viewer may see, the newest work first."""
        rows = self._rows(
            f"""
            SELECT c.work_key, c.job, c.character FROM credits AS c JOIN works AS w ON w.key = c.work_key
            WHERE c.person_id = :person AND {HAS_MEDIA}
            ORDER BY w.released_on DESC, w.title, c.position
            """,
            {**sight(viewer), "person": person_id},
        )
        return [(str(key), str(job), str(character)) for key, job, character in rows]

    def search_persons(self, viewer: Viewer, text: str, limit: int) -> list[Person]:
        """Persons whose name has every word of ``text`` as the beginning of one of its own, with something to see."""
        words = _folded(text).split()[:6]
        if not words or len(words[0]) < 2:
            return []
        first, *others = words
        rows = self._rows(
            f"""
            SELECT {PERSON} FROM (
                SELECT p.id AS id FROM persons AS p
                WHERE (p.sort_name GLOB :first || '*' OR p.sort_name GLOB '* ' || :first || '*')
                    AND NOT EXISTS (
                        SELECT 1 FROM json_each(:others) AS other
                        WHERE instr(' ' || p.sort_name, ' ' || other.value) = 0
                    )
                LIMIT {_MOST_LOOKED_AT}
            ) AS found JOIN persons AS p ON p.id = found.id
            WHERE EXISTS (
                SELECT 1 FROM credits AS c JOIN works AS w ON w.key = c.work_key
                WHERE c.person_id = p.id AND {HAS_MEDIA}
            )
            ORDER BY (SELECT count(*) FROM credits AS c WHERE c.person_id = p.id) DESC, p.sort_name
            LIMIT :limit
            """,
            {**sight(viewer), "first": _literal(first), "others": json.dumps(others), "limit": limit},
        )
        return [person_of(row) for row in rows]

    def describe_person(self, person: Person) -> None:
        """Note what a service tells of a person: life, dates, portrait."""
        self._change(
            """
            UPDATE persons SET overview = ?, born_on = ?, died_on = ?, portrait = coalesce(?, portrait), updated_at = ?
            WHERE id = ?
            """,
            (person.overview, person.born_on, person.died_on, person.portrait, now_ms(), person.id),
        )

    def mark_portrait(self, person_id: str, *, has_portrait: bool, is_hopeless: bool = False) -> None:
        """Note whether there is a picture; one that cannot be had (``is_hopeless``) is not asked for again."""
        self._change(
            "UPDATE persons SET has_portrait = ?, portrait = iif(?, NULL, portrait) WHERE id = ?",
            (has_portrait, is_hopeless, person_id),
        )

    def forget_persons_without_credits(self) -> int:
        """Forget those who have no part in anything any more; returns how many."""
        return self._change("DELETE FROM persons WHERE id NOT IN (SELECT person_id FROM credits)")

    def _person_id(self, person: Person) -> str:
        """The id of a person, who is added if not known yet."""
        known = None
        if person.tmdb_id is not None:
            known = self._row("SELECT id FROM persons WHERE tmdb_id = ?", (person.tmdb_id,))
        elif person.musicbrainz_id is not None:
            known = self._row("SELECT id FROM persons WHERE musicbrainz_id = ?", (person.musicbrainz_id,))
        else:
            known = self._row(
                "SELECT id FROM persons WHERE sort_name = ? AND tmdb_id IS NULL AND musicbrainz_id IS NULL",
                (_folded(person.name),),
            )
        if known is not None:
            self._change(
                "UPDATE persons SET name = ?, sort_name = ?, portrait = coalesce(?, portrait) WHERE id = ?",
                (person.name, _folded(person.name), person.portrait, known[0]),
            )
            return str(known[0])
        person_id = new_id()
        self._change(
            """
            INSERT INTO persons (id, name, sort_name, tmdb_id, musicbrainz_id, portrait, hue, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                person_id,
                person.name,
                _folded(person.name),
                person.tmdb_id,
                person.musicbrainz_id,
                person.portrait,
                int.from_bytes(hashlib.sha256(person.name.encode()).digest()[:2]) % 360,
                now_ms(),
            ),
        )
        return person_id


def _folded(name: str) -> str:
    """A name as it is searched: without accents, case and signs."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain.casefold()).split())


def _literal(word: str) -> str:
    """A word of letters and digits needs no escape in a pattern; anything else does not get this far."""
    return "".join(char for char in word if char.isalnum())
