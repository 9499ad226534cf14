"""The documents say what the code does, all of it, and nothing else."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest

from main import MODES, _parser
from media_library import config, events
from media_library.app_state import AppState
from media_library.config import OVERRIDES, SECRETS, Paths, Settings
from media_library.models.api_key import Scope
from media_library.routes.auth import POLICIES, Access
from media_library.routes.helpers import App, Endpoint
from media_library.routes.live import EVENTS
from media_library.routes.openapi import build
from media_library.services.disc_desk import first_preferences
from media_library.services.preferences import Preferences
from media_library.web_server import create_app

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "bench").glob("*.md")])

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")


def sections(text: str, level: int) -> dict[str, str]:
    """The texts below the headings of one level, by their words."""
    parts = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    return {
        title.strip(): re.split(rf"^#{{1,{level - 1}}} ", body, flags=re.MULTILINE)[0]
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def table(text: str, *header: str) -> list[list[str]]:
    """The cells of every row below a table head of exactly these words."""
    rows: list[list[str]] = []
    wanted = False
    for line in text.splitlines():
        if not line.startswith("|"):
            wanted = False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        if tuple(cells) == header:
            wanted = True
        elif wanted and not set(line) <= set("|-: "):
            rows.append(cells)
    return rows


def codes(cell: str) -> list[str]:
    """What stands in backticks."""
    return _CODE.findall(cell)


def only_once(names: list[str]) -> set[str]:
    """The names, none of which may occur twice."""
    assert sorted(set(names)) == sorted(names)
    return set(names)


def read(name: str) -> str:
    """A document."""
    return (DOCS / name).read_text("utf-8")


# ── configuration ──


def test_every_setting_is_documented_with_its_default_and_no_other() -> None:
    rows = table(read("CONFIGURATION.md"), "key", "default", "meaning")
    documented = {codes(key)[0]: json.loads(codes(default)[0]) for key, default, _ in rows}
    assert len(rows) == len(documented)
    assert documented == json.loads(json.dumps(config.keys()))
    assert all(meaning for *_, meaning in rows)


def test_every_environment_variable_is_documented_with_what_it_sets_and_no_other() -> None:
    rows = table(read("CONFIGURATION.md"), "variable", "sets", "meaning")
    documented = {codes(name)[0]: next(iter(codes(key)), None) for name, key, _ in rows}
    assert documented == {**OVERRIDES, **dict.fromkeys(SECRETS)}


def test_every_preference_is_documented_with_its_default_and_no_other(state: AppState) -> None:
    groups = sections(sections(read("CONFIGURATION.md"), 2)["Preferences"], 3)
    settings = Settings()
    first = Preferences(state, settings)
    preferences = {
        "Discs": first_preferences(settings),
        "Downloads": first.downloads(),
        "Podcasts": first.podcasts(),
        "Library": first.library(),
        "Playback": first.playback(),
    }
    assert set(groups) == set(preferences)
    for title, group in preferences.items():
        rows = table(groups[title], "preference", "default", "meaning")
        documented = {codes(name)[0]: _default(codes(default)[0], settings) for name, default, _ in rows}
        assert documented == msgspec.json.decode(msgspec.json.encode(group)), title


def _default(written: str, settings: Settings) -> object:
    """A default as the page has it: JSON, a word, or the key of config.json that gives it."""
    section, _, leaf = written.partition(".")
    if leaf and hasattr(settings, section):
        return getattr(getattr(settings, section), leaf)
    try:
        return json.loads(written)
    except ValueError:
        return written


def test_every_mode_and_command_is_documented_and_no_other() -> None:
    text = read("CONFIGURATION.md")
    assert {codes(mode)[0] for mode, _ in table(text, "mode", "starts")} == set(MODES)
    documented = [codes(command)[0] for command, _ in table(text, "command", "does")]
    assert {command.split()[0] for command in documented} == {name for name, _ in _commands()}
    for name, parser in _commands():
        command = next(one for one in documented if one.split()[0] == name)
        for action in _options(parser):
            assert action in command, f"{name}: {action}"
    assert set(codes(next(does for command, does in table(text, "command", "does") if "key create" in command))) == set(
        Scope
    )


def _commands() -> list[tuple[str, Any]]:
    (commands,) = (action for action in _parser()._actions if action.dest == "command")
    assert commands.choices is not None
    return list(dict(commands.choices).items())


def _options(parser: Any) -> Iterator[str]:
    """The words of a command: options, and those of the commands below it."""
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for name, below in action.choices.items():
                yield name
                yield from _options(below)
        elif action.option_strings and "-h" not in action.option_strings:
            yield action.option_strings[0]


# ── schema ──


def test_every_column_is_documented_with_its_type_and_no_other(state: AppState) -> None:
    documented = {
        title: [(codes(name)[0], kind) for name, kind, _ in table(body, "column", "type", "what")]
        for title, body in sections(read("SCHEMA.md"), 2).items()
    }
    connection = state._connection()
    tables = connection.execute(
        """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'media_search_%'
            AND name NOT LIKE 'media_text_search_%' AND name NOT LIKE 'subtitle_search_%'
        """
    )
    migrated = {}
    for (name,) in list(tables):
        columns = connection.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,))
        migrated[name] = [
            (str(column), f"{kind}?" if kind and not not_null and not key else str(kind or ""))
            for column, kind, not_null, key in columns
        ]
    assert documented == migrated


# ── API ──


@pytest.fixture
def app(state: AppState, tmp_path: Path) -> App:
    """The app, without a server around it."""
    return create_app(state, Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "state"))))


def test_every_route_is_documented_with_policy_input_and_answer_and_no_other(app: App) -> None:
    rows = table(read("API.md"), "route", "policy", "takes", "gives", "what")
    documented = {codes(route)[0]: (policy, set(codes(takes)), gives) for route, policy, takes, gives, _ in rows}
    assert len(rows) == len(documented)
    declared = {}
    for rule in app.url_map.iter_rules():
        endpoint = app.view_functions[rule.endpoint]
        assert isinstance(endpoint, Endpoint)
        query = [f"?{field.encode_name}" for field in msgspec.structs.fields(endpoint.query)] if endpoint.query else []
        body = [endpoint.body.__name__] if endpoint.body else []
        declared[f"{endpoint.method} {rule.rule}"] = (str(endpoint.access), {*query, *body}, _gives(endpoint))
    assert documented == declared
    assert all(row[-1] for row in rows)


def test_every_route_that_changes_or_removes_says_how_that_is_taken_back(app: App) -> None:
    rows = table(read("UNDO.md"), "what", "call", "way back")
    ways = {codes(call)[0]: way for _, call, way in rows}
    assert len(rows) == len(ways) and all(what for what, _, _ in rows)
    assert {re.split(r"\W", way)[0] for way in ways.values()} == {
        "undo", "bin", "waits", "asks", "itself", "at",
    }  # fmt: skip
    declared = set()
    for rule in app.url_map.iter_rules():
        endpoint = app.view_functions[rule.endpoint]
        assert isinstance(endpoint, Endpoint)
        declared.add(f"{endpoint.method} {rule.rule}")
    assert set(ways) <= declared
    assert {route for route in declared if route.startswith(("PATCH", "PUT", "DELETE"))} <= set(ways)


def _gives(endpoint: Endpoint) -> str:
    if endpoint.returns is None:
        return "204"
    if isinstance(endpoint.returns, str):
        return f"`{endpoint.returns}`"
    return f"`{endpoint.returns.__name__}`" + ("" if endpoint.status == 200 else f" ({endpoint.status})")


def test_every_shape_is_documented_with_its_fields_and_no_other(app: App) -> None:
    schemas = build(view for view in app.view_functions.values() if isinstance(view, Endpoint))["components"]["schemas"]
    documented = sections(sections(read("API.md"), 2)["Shapes"], 3)
    assert sorted(documented) == sorted(schemas)
    for name, body in documented.items():
        schema = schemas[name]
        if "enum" in schema:
            assert set(codes(body.rpartition("One of")[2])) == set(schema["enum"]), name
            continue
        rows = {codes(field)[0]: kind for field, kind, what in table(body, "field", "type", "what") if what}
        required = schema.get("required", [])
        assert rows == {
            field: _kind(described) + ("" if field in required else ", optional")
            for field, described in schema["properties"].items()
        }, name


def _kind(schema: dict[str, Any]) -> str:
    """The type of a field, in words."""
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(f"`{one}`" for one in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("type", "any"))


def test_every_policy_is_documented_as_it_is_and_no_other() -> None:
    rows = table(read("API.md"), "policy", "roles", "by a browser", "by a key")
    documented = {codes(name)[0]: (roles, browser, key) for name, roles, browser, key in rows}
    declared = {
        str(access): (
            ", ".join(sorted(policy.roles)),
            "yes" if policy.by_session else "no",
            "no" if policy.scope is None else f"scope `{policy.scope}`",
        )
        for access, policy in POLICIES.items()
    }
    assert documented == {**declared, str(Access.PUBLIC): ("everybody", "yes", "not needed")}


def test_every_live_event_is_documented_with_its_payload_and_no_other() -> None:
    rows = table(read("API.md"), "event", "room", "payload", "when")
    documented = {codes(name)[0]: set(codes(payload)) for name, _, payload, _ in rows}
    kinds = [kind for kind in events.Event.__subclasses__() if kind.__name__ != "StoredEvent"]
    declared = {kind.name: {field.name for field in fields(kind)} - {"steps"} for kind in kinds}
    assert set(declared) == EVENTS
    assert documented == {**declared, "hello": {"rooms"}}


# ── all documents ──


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in _LINK.findall(document.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        assert ROOT in file.parents or file == ROOT, target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), flags=re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, target


def _anchor(heading: str) -> str:
    """How GitHub names a heading in a link."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_make_command_exists(document: Path) -> None:
    verbs = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    written = re.findall(r"(?:^|`|&& |\s{2,})make ([a-z]+)", document.read_text("utf-8"), flags=re.MULTILINE)
    assert set(written) <= verbs


def test_the_readme_names_every_verb_of_the_makefile() -> None:
    verbs = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert verbs - {"help"} == set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_of_the_program_exists(document: Path) -> None:
    names = {name for name, _ in _commands()}
    written = re.findall(r"main\.py ([a-z]+)", document.read_text("utf-8"))
    assert set(written) <= names


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_document_knows_the_machine_of_a_developer(document: Path) -> None:
    paths = re.findall(r"(?<![\w.])/(?:root|home|tmp|Users|work|private)/[\w./-]+", document.read_text("utf-8"))
    assert [path for path in paths if not path.startswith("/Users/you/")] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_source_file_that_is_named_exists(document: Path) -> None:
    known = {
        part
        for folder in (
            ROOT,
            ROOT / "src" / "media_library",
            ROOT / "static",
            ROOT / "static" / "js",
            ROOT / "static" / "css",
        )
        for path in folder.rglob("*")
        if not {"node_modules", ".venv", ".git"} & set(path.relative_to(ROOT).parts)
        for part in (path.relative_to(folder).as_posix(), path.name)
    }
    named = re.findall(r"`([\w./-]+\.(?:py|js|css|json|sql|html|toml|yml))(?:::\w+)?`", document.read_text("utf-8"))
    made_up = re.compile(r"NNNN|collection|<|^article\.")
    assert [name for name in named if name not in known and not made_up.search(name)] == []


def test_every_decision_has_context_choice_and_consequence() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. "), path.name
        for part in ("**Context.**", "**Choice.**", "**Consequence.**"):
            assert text.count(part) == 1, f"{path.name}: {part}"
        assert len(text.split()) < 400, path.name


# ── the comparison itself ──


def test_a_row_too_many_and_a_row_too_few_are_noticed() -> None:
    text = (
        '| key | default | meaning |\n|---|---|---|\n| `a.b` | `1` | x |\n| `c.d` | `"x"` | y |\n\n| other |\n| z |\n'
    )
    rows = table(text, "key", "default", "meaning")
    assert [codes(row[0]) for row in rows] == [["a.b"], ["c.d"]]
    assert {codes(row[0])[0] for row in rows} != {"a.b"}
    assert table(text, "key") == []


def test_sections_end_where_the_next_heading_of_their_rank_begins() -> None:
    text = "## A\none\n### B\ntwo\n## C\nthree\n### D\nfour\n# E\nfive\n"
    assert sections(text, 2) == {"A": "\none\n### B\ntwo\n", "C": "\nthree\n### D\nfour\n"}
