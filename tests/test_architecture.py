"""The rules of the house that no tool checks: each holds for what is there, and notices a planted breach."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.job import LEGAL_PREDECESSORS, JobStatus
from media_library.repositories.base import Repository
from tests import architecture as rules

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = rules.sources(ROOT / "src" / "media_library", ".py")
REPOSITORIES = {
    path.removeprefix("repositories/"): text for path, text in PACKAGE.items() if path.startswith("repositories/")
}
SPEAKS_SQL = {
    path: text for path, text in PACKAGE.items() if path.startswith("repositories/") or path == "app_state.py"
}
PROGRAM = {**PACKAGE, "main.py": (ROOT / "main.py").read_text("utf-8")}
TESTS = rules.sources(ROOT / "tests", ".py")

OWNERS = {
    "api_key_repo.py": ("api_keys",),
    "audit_repo.py": ("audit",),
    "disc_repo.py": ("discs",),
    "drive_repo.py": ("drives",),
    "fact_repo.py": ("facts",),
    "job_repo/": ("jobs", "content_jobs"),
    "highlight_repo.py": ("highlights",),
    "library_repo.py": ("libraries", "library_folders"),
    "notice_repo.py": ("push_subscriptions", "notices"),
    "prepared_repo.py": ("prepared",),
    "room_repo.py": ("room_samples",),
    "sight_repo.py": ("trickplay", "markers", "sound_prints"),
    "sign_in_code_repo.py": ("sign_in_codes",),
    "subtitle_repo/": ("subtitle_sources", "subtitle_tracks", "subtitle_lines"),
    "word_repo.py": ("search_words",),
    "user_setting_repo.py": ("user_settings",),
    "media_repo/": ("media", "media_texts", "media_origins"),
    "file_repo/": ("files",),
    "work_repo/": ("works", "work_tags", "persons", "credits", "show_episodes", "show_seasons"),
    "track_repo.py": ("track_ids", "loudness"),
    "photo_repo.py": ("photos",),
    "artwork_repo.py": ("artwork",),
    "upload_repo.py": ("uploads",),
    "rename_repo/": ("renames", "rename_steps"),
    "article_repo.py": ("articles", "article_versions"),
    "book_repo.py": ("books",),
    "collection_repo/": ("collections", "collection_items", "subscriptions", "playlist_tracks"),
    "playback_repo.py": ("playback_progress",),
    "podcast_repo/": ("podcasts", "podcast_episodes", "episode_marks"),
    "publication_repo.py": ("publications",),
    "session_repo.py": ("sessions", "known_devices"),
    "setting_repo.py": ("settings",),
    "site_cookie_repo.py": ("site_cookies",),
    "user_repo.py": ("users", "library_grants"),
    "app_state.py": ("events", "rooms"),
}
"""The tables that each module writes, and nobody else."""

FORMATTED = {
    ("repositories/room_repo.py", "Age.MONTH"): "a word of an enum",
    ("repositories/room_repo.py", "Age.YEAR"): "a word of an enum",
    ("repositories/room_repo.py", "Age.EARLIER"): "a word of an enum",
    ("repositories/room_repo.py", "condition"): "conditions that RoomRepo writes out",
    ("repositories/job_repo/queue.py", "', ' + also if also else ''"): "assignments that methods of JobQueue write out",
    ("repositories/sign_in_code_repo.py", "assignment"): "one assignment that methods of SignInCodeRepo write out",
    ("repositories/user_repo.py", "assignment"): "one assignment that methods of UserRepo write out",
    ("repositories/media_repo/artists.py", "group_sql('album', _GUEST)"): "SQL made of show, album or channel",
    (
        "repositories/media_repo/artists.py",
        "group_sql('album', f'AND {_ARTIST} = :artist')",
    ): "SQL made of show, album or channel",
    ("repositories/media_repo/lists.py", "' AND '.join(conditions)"): "conditions that narrowing.py writes out",
    ("repositories/media_repo/lists.py", "fitting"): "conditions that narrowing.py writes out",
    ("repositories/media_repo/index.py", "' AND '.join(conditions)"): "conditions that narrowing.py writes out",
    ("repositories/media_repo/smart.py", "order"): "an expression of a fixed table and a direction",
    ("repositories/media_repo/index.py", "walk(query)"): "an index of a fixed table",
    ("repositories/media_repo/lists.py", "walk(query)"): "an index of a fixed table",
    ("repositories/media_repo/lists.py", "title"): "a column of a fixed table",
    ("repositories/media_repo/lists.py", "group_sql(kind, chosen)"): "SQL made of show, album or channel",
    ("repositories/media_repo/smart.py", "where"): "conditions of fixed words, values bound",
    ("repositories/media_repo/smart.py", "kept"): "an order of a fixed table and a whole number",
    ("repositories/media_repo/smart.py", "_walk(rule, count)"): "an index of a fixed table",
    ("repositories/photo_repo.py", "beyond"): "< or >",
    ("repositories/photo_repo.py", "direction"): "DESC or ASC",
    ("repositories/photo_repo.py", "'DESC' if query.descending else 'ASC'"): "DESC or ASC",
    ("repositories/podcast_repo/episode_lists.py", "direction"): "DESC or ASC",
    ("repositories/podcast_repo/episode_lists.py", "beyond"): "< or >",
    ("repositories/media_repo/index.py", "where"): "conditions that narrowing.py writes out",
    ("repositories/media_repo/index.py", "' AND '.join(inner) or 'true'"): "conditions that narrowing.py writes out",
    ("repositories/media_repo/index.py", "key"): "an expression over a column of SORT_COLUMNS",
    ("repositories/media_repo/index.py", "direction"): "DESC or ASC",
    ("repositories/media_repo/index.py", "column"): "a column of a fixed table",
    ("repositories/media_repo/index.py", "title"): "a column of a fixed table",
    ("repositories/media_repo/index.py", "group_key"): "a column of a fixed table",
    ("repositories/media_repo/index.py", "groups"): "SQL made of show, album or channel",
    ("repositories/media_repo/cards.py", "watched"): "an expression of constant words",
    ("repositories/media_repo/cards.py", "seen"): "a join of constant words",
    ("repositories/media_repo/lists.py", "key"): "an expression over a column of _SORT_COLUMNS",
    ("repositories/media_repo/lists.py", "direction"): "DESC or ASC",
    ("repositories/media_repo/lists.py", "beyond"): "< or >",
    ("repositories/media_repo/lists.py", "column"): "a column of a fixed table",
    ("repositories/media_repo/search.py", "key"): "a column of a fixed table",
    ("repositories/media_repo/search.py", "group_sql(kind, condition)"): "SQL made of show, album or channel",
    ("repositories/media_repo/cards.py", "kind"): "show, album or channel",
    ("repositories/media_repo/cards.py", "key"): "a column of a fixed table",
    ("repositories/media_repo/cards.py", "media_type"): "a media type of a fixed table",
    ("repositories/media_repo/cards.py", "title"): "a column of a fixed table",
    ("repositories/media_repo/cards.py", "subtitle"): "an expression of a fixed table",
    ("repositories/media_repo/cards.py", "condition"): "a condition that methods of MediaRepo write out",
    ("repositories/media_repo/lists.py", "condition"): "a condition that methods of MediaLists write out",
    ("repositories/media_repo/lists.py", "group_key"): "a column of a fixed table",
    ("repositories/media_repo/lists.py", "order"): "columns that methods of MediaRepo write out",
    ("repositories/media_repo/cards.py", "_own_picture(kind, key, 'poster')"): "a condition of constant words",
    ("repositories/media_repo/cards.py", "_own_picture(kind, key, 'backdrop')"): "a condition of constant words",
    ("repositories/media_repo/cards.py", "picture"): "poster or backdrop",
    ("repositories/media_repo/lists.py", "GROUP_KEYS[kind]"): "a column of a fixed table",
    ("repositories/media_repo/lists.py", "group_sql(kind, condition)"): "SQL made of show, album or channel",
    (
        "repositories/media_repo/lists.py",
        "group_sql(kind, 'AND m.' + GROUP_KEYS[kind] + ' = :key')",
    ): "SQL made of show, album or channel",
}
"""What is formatted into SQL although it is no constant by its name, and why it is none of a user's values."""

LONG = {
    "config.py": "every setting with its type, limits and default, and what they say of each other: read as one list",
    "repositories/media_repo/rows.py": "everything that changes an item stands together: each change announces itself",
}
"""The modules that may be longer than 300 lines, and why."""


def test_app_state_never_learns_a_noun() -> None:
    names = [name for name in vars(AppState) if not name.startswith("_")]
    assert len(names) <= 8, names


def test_every_mixin_writes_only_its_own_tables() -> None:
    assert rules.foreign_writes({**REPOSITORIES, "app_state.py": PACKAGE["app_state.py"]}, OWNERS) == []


def test_every_table_is_written_by_exactly_one_module(state: AppState) -> None:
    rows = state._connection().execute(
        """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_search%'
        """
    )
    owned = [table for tables in OWNERS.values() for table in tables]
    assert sorted(owned) == sorted(str(row[0]) for row in rows)


def test_a_write_of_a_foreign_table_is_noticed() -> None:
    planted = 'self._change(f"""\n  DELETE FROM\n users WHERE id = {X}""")\nX = "INSERT OR IGNORE INTO audit"'
    owners = {"a.py": ("audit",)}
    assert rules.foreign_writes({"a.py": planted}, owners) == ["a.py:1 writes users"]
    upsert = 'X = "INSERT INTO jobs (id) VALUES (?) ON CONFLICT DO UPDATE SET id = 1"; Y = "UPDATE media SET x = 1"'
    assert rules.foreign_writes({"b.py": upsert}, {"b.py": ("jobs",)}) == ["b.py:1 writes media"]


def test_no_mixin_calls_another() -> None:
    assert rules.foreign_methods(REPOSITORIES) == []


def test_a_call_of_another_mixin_is_noticed() -> None:
    base = "class Repository:\n    def _row(self): ...\n"
    planted = (
        "class A(Repository):\n    def a(self):\n        self._row()\n        self.a()\n        self.get_user(1)\n"
    )
    other = "class B(Repository):\n    def get_user(self): ...\n"
    assert rules.foreign_methods({"base.py": base, "a.py": planted, "b.py": other}) == ["a.py:5 uses get_user"]


def test_sql_stays_in_app_state_and_the_repositories() -> None:
    assert rules.sql_outside(PROGRAM, SPEAKS_SQL.__contains__) == []


@pytest.mark.parametrize(
    "sql",
    ["SELECT id\\nFROM media", "UPDATE jobs SET a = 1", "PRAGMA user_version", "DELETE FROM x", "CREATE TABLE x (y)"],
)
def test_sql_elsewhere_is_noticed(sql: str) -> None:
    planted = f'"""Not in a docstring: {sql}."""\nstate.run("{sql}")\nlog.info("Select one from the list")'
    assert rules.sql_outside({"a.py": planted}, lambda path: False) == ["a.py:2"]


def test_values_are_bound_and_never_formatted_into_sql() -> None:
    assert rules.formatted_sql(SPEAKS_SQL, FORMATTED) == []


def test_every_exception_for_formatted_sql_is_used() -> None:
    used = rules.formatted_sql(SPEAKS_SQL)
    for path, expression in FORMATTED:
        assert any(one.startswith(path) and one.endswith(f" formats {expression}") for one in used), expression


@pytest.mark.parametrize(
    ("planted", "noticed"),
    [
        ('f"SELECT {_COLUMNS} FROM t WHERE id = {user_id}"', ["a.py:1 formats user_id"]),
        ('f"DELETE FROM t LIMIT {LIMIT:d} {limit:d} {limit}"', ["a.py:1 formats limit"]),
        ('f"UPDATE t SET a = {row[0]!r}"', ["a.py:1 formats row[0]"]),
        ('"SELECT 1 FROM t WHERE a = " + name', ["a.py:1 puts SQL together"]),
        ('"SELECT 1 FROM t WHERE a = %s" % name', ["a.py:1 puts SQL together"]),
        ('"SELECT 1 FROM t WHERE a = {}".format(name)', ["a.py:1 puts SQL together"]),
        ("f\"SELECT {', '.join('k.' + name for name in _COLUMNS.split(','))} FROM t\"", []),
        ('f"{title} was selected from {where}"', []),
    ],
)
def test_a_value_that_is_formatted_into_sql_is_noticed(planted: str, noticed: list[str]) -> None:
    assert rules.formatted_sql({"a.py": planted}) == noticed


def test_a_status_changes_in_one_place_only() -> None:
    movers = {
        ("repositories/job_repo/queue.py", "_move"),
        ("repositories/job_repo/rips.py", "claim_rip"),
        ("repositories/job_repo/content.py", "claim_content"),
    }
    assert rules.assigned_statuses(PACKAGE, movers) == []
    assert len(rules.assigned_statuses(PACKAGE, ())) == len(movers)


@pytest.mark.parametrize(
    "planted",
    [
        "job.status = 'done'",
        "new = replace(job, status=DONE)",
        "state._change('UPDATE jobs SET title = ?, status = ? WHERE id = ?')",
        "state._change(f'''UPDATE jobs\nSET percent = 1, {also} status = 'done'\nWHERE id = 1''')",
    ],
)
def test_a_status_that_is_assigned_is_noticed(planted: str) -> None:
    assert len(rules.assigned_statuses({"a.py": f"def f():\n    {planted}"}, ())) == 1


def test_reading_a_status_is_no_assignment() -> None:
    fine = "x = job.status\nstate._rows('UPDATE jobs SET a = 1 WHERE status = 1')\nJob(status=1)\nstatus = 2"
    assert rules.assigned_statuses({"a.py": fine}, ()) == []


def test_every_state_has_its_legal_predecessors() -> None:
    assert set(LEGAL_PREDECESSORS) == set(JobStatus)
    assert JobStatus.DONE not in frozenset().union(*LEGAL_PREDECESSORS.values())


def test_every_exception_is_caught_in_the_worker_loop_only() -> None:
    assert rules.broad_handlers(PROGRAM, {"workers/base.py"}) == []
    assert len(rules.broad_handlers({"workers/base.py": PACKAGE["workers/base.py"]}, ())) == 1


def test_the_last_handler_of_flask_is_registered_once() -> None:
    registered = [line for text in PACKAGE.values() for line in text.splitlines() if "handler(Exception" in line]
    assert len(registered) == 1


@pytest.mark.parametrize(
    ("handler", "count"),
    [
        ("except Exception:\n    pass", 1),
        ("except:\n    pass", 1),
        ("except (OSError, BaseException) as e:\n    raise e from None", 1),
        ("except BaseException:\n    undo()\n    raise", 0),
        ("except OSError:\n    pass", 0),
    ],
)
def test_a_handler_of_everything_is_noticed(handler: str, count: int) -> None:
    assert len(rules.broad_handlers({"a.py": f"try:\n    f()\n{handler}"}, ())) == count
    assert rules.broad_handlers({"a.py": "with contextlib.suppress(Exception): f()"}, ()) == ["a.py:1"]


def test_what_takes_much_room_is_imported_where_it_is_used() -> None:
    """By the processes that always run; children that work for a while may hold what they like."""
    heavy = [
        "mutagen",
        "yt_dlp",
        "trafilatura",
        "feedparser",
        "lxml",
        "nh3",
        "PIL",
        "pypdfium2",
        "rapidfuzz",
        "cryptography",
        "guessit",
        "pymediainfo",
    ]
    resident = "import sys, media_library.web_server.app, media_library.workers.work_process"
    found = subprocess.run(
        [sys.executable, "-c", f"{resident}; print(*({{*{heavy}}} & {{*sys.modules}}))"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == []


def test_nothing_is_loaded_that_could_run_and_no_shell_is_started() -> None:
    bench = rules.sources(ROOT / "bench", ".py")
    assert rules.dangerous_code({**PROGRAM, **{f"bench/{path}": text for path, text in bench.items()}}) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import pickle",
        "from pickle import loads",
        "import marshal as m",
        "import shelve",
        "yaml.load(text)",
        "eval(text)",
        "exec(text)",
        "os.system('ls')",
        "os.popen('ls')",
        "subprocess.run('ls', shell=True)",
        "subprocess.run('ls', shell=wanted)",
        "__import__('os')",
    ],
)
def test_a_dangerous_loader_or_shell_is_noticed(planted: str) -> None:
    assert len(rules.dangerous_code({"a.py": f"def f():\n    {planted}"})) == 1


def test_media_are_never_sent_by_flask() -> None:
    assert rules.uses_of(PACKAGE, {"send_file"}) == []
    others = {path: text for path, text in PACKAGE.items() if path != "routes/pages.py"}
    assert rules.uses_of(others, {"send_from_directory"}) == []


def test_sending_by_flask_is_noticed() -> None:
    planted = "from flask import send_file\nflask.send_file(path)\nsend_file(path)"
    assert len(rules.uses_of({"a.py": planted}, {"send_file"})) == 3


def test_the_library_does_not_print() -> None:
    others = {path: text for path, text in PACKAGE.items() if path != "console.py"}
    assert rules.calls_of(others, "print", "sys.stdout.write") == []


def test_printing_is_noticed() -> None:
    assert rules.calls_of({"a.py": "def f():\n    print(1)"}, "print") == ["a.py:2 calls print"]


def test_modules_are_short_or_have_a_reason() -> None:
    assert set(rules.long_modules(PACKAGE, 300)) == set(LONG)


def test_a_long_module_is_noticed() -> None:
    assert rules.long_modules({"a.py": "x\n" * 301, "b.py": "x\n" * 300}, 300) == {"a.py": 301}


def test_everything_public_says_what_it_is_for() -> None:
    assert rules.without_docstring(PROGRAM) == []


def test_what_does_not_say_what_it_is_for_is_noticed() -> None:
    planted = '''
def a(): pass
class B:
    """Said."""
    def c(self): pass
    def _private(self): pass
    def d(self): ...
@api.route("GET", "/", summary="Said")
def e(): pass
@cache
def f(): pass
'''
    assert rules.without_docstring({"a.py": planted}) == ["a.py", "a.py:2 a", "a.py:5 B.c", "a.py:11 f"]


def test_modules_are_named_after_their_subject() -> None:
    allowed = {"adapters/process.py", "routes/helpers.py", "workers/work_process.py"}
    assert rules.untelling_names(PACKAGE, allowed) == []
    assert allowed <= PACKAGE.keys()


@pytest.mark.parametrize("name", ["services/disc_manager.py", "util.py", "routes/data.py", "adapters/info_reader.py"])
def test_a_name_that_says_nothing_is_noticed(name: str) -> None:
    assert rules.untelling_names([name, "services/database.py"], ()) == [name]


def test_the_folders_of_the_tests_mirror_the_package() -> None:
    beside = {"attacks", "bench", "browser", "crashes", "fakes", "fixtures", "internet", "js"}
    assert rules.strange_folders(TESTS, PACKAGE, beside) == []


def test_a_folder_of_tests_without_a_counterpart_is_noticed() -> None:
    package = ["adapters/process.py", "adapters/ffmpeg/probe.py", "config.py"]
    tests = [
        "adapters/test_process.py",
        "adapters/ffmpeg/test_probe.py",
        "unit/test_x.py",
        "js/test_node.py",
        "test_y.py",
    ]
    assert rules.strange_folders(tests, package, {"js"}) == ["unit"]


def test_tests_fake_programs_and_never_our_own_code() -> None:
    assert rules.uses_of(TESTS, {"mock", "MagicMock", "mocker", "patch"}) == []
    assert rules.patched_code(TESTS, "media_library") == []


@pytest.mark.parametrize(
    "target",
    ["config, 'load', f", "media_library.config, 'load', f", "'media_library.config.load', f", "AppState, 'x', f"],
)
def test_a_patch_of_our_own_code_is_noticed(target: str) -> None:
    imports = (
        "import media_library.config\nfrom media_library import config\nfrom media_library.app_state import AppState"
    )
    fine = "monkeypatch.setattr('sys.platform', 'darwin')\nmonkeypatch.setattr(os, 'link', f)\nsetattr(config, 'a', 1)"
    planted = f"{imports}\n{fine}\nmonkeypatch.setattr({target})"
    assert len(rules.patched_code({"test_a.py": planted}, "media_library")) == 1


def test_tests_wait_for_a_condition_and_never_for_a_time() -> None:
    waiting = {path: text for path, text in TESTS.items() if Path(path).name.startswith("test_")}
    allowed = {"ripper/test_watch.py"}  # its sleeping generators are the tools under watch
    assert [one for one in rules.calls_of(waiting, "time.sleep", "sleep") if one.split(":")[0] not in allowed] == []


def tracked() -> dict[str, str]:
    """The texts that git keeps; the lock file of npm is made of hashes."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    texts = {}
    for path in listed.stdout.decode().split("\0"):
        file = ROOT / path
        if path and path != "package-lock.json" and file.is_file():
            texts[path] = file.read_bytes().decode("utf-8", "replace")
    return texts


def test_the_project_speaks_only_of_itself() -> None:
    assert rules.words_in(tracked()) == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "X" * 3, "Cla" + "ude", "co" + "pilot", "/wo" + "rk/main"])
def test_a_word_that_has_no_place_is_noticed(word: str) -> None:
    assert len(rules.words_in({"a.py": f"# {word}: later\n# method, fixme_not, work/ of others"})) == 1


def test_scripts_never_make_elements_of_text() -> None:
    assert rules.markup_from_text(rules.sources(ROOT / "static" / "js", ".js")) == []


@pytest.mark.parametrize(
    "planted", ["a.innerHTML = x", "a.outerHTML", "a.insertAdjacentHTML('x', y)", "document.write(x)", "eval(x)"]
)
def test_an_element_made_of_text_is_noticed(planted: str) -> None:
    assert len(rules.markup_from_text({"a.js": f"fine();\n{planted}"})) == 1


def test_templates_hold_nothing_that_a_strict_policy_forbids() -> None:
    templates = rules.sources(ROOT / "templates", ".html")
    assert templates
    assert rules.unsafe_markup(templates) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<a onclick="x()">',
        '<p style="color: red">',
        "<style>p {}</style>",
        "{{ title | safe }}",
        "<script>x()</script>",
        '<script src="/media/x.js"></script>',
        '<img src="https://example.org/x.png">',
        '<a href="javascript:x()">',
    ],
)
def test_unsafe_markup_is_noticed(planted: str) -> None:
    assert rules.unsafe_markup({"a.html": planted})
    fine = '<script src="/static/js/x.js"></script><script type="importmap" nonce="{{ csp_nonce }}">{}</script>'
    assert rules.unsafe_markup({"a.html": fine}) == []


def test_colours_stand_in_the_tokens() -> None:
    assert rules.stray_colours(rules.sources(ROOT / "static" / "css", ".css"), "tokens.css") == []


def test_a_stray_colour_is_noticed() -> None:
    planted = {
        "tokens.css": "--a: #f2a65a",
        "a.css": "color: #fff; background: #8883;\nborder: #f2a65a; x: #000000a6; y: #12f",
    }
    assert rules.stray_colours(planted, "tokens.css") == ["a.css:2 #f2a65a", "a.css:2 #12f"]


def test_no_two_mixins_have_a_method_of_the_same_name() -> None:
    """AppState would give both the one of the first, and say nothing."""
    names = Counter(
        name
        for mixin in AppState.__mro__
        if mixin.__module__.startswith("media_library.repositories.") and mixin is not Repository
        for name in vars(mixin)
        if not name.startswith("__") and name != "_abc_impl"
    )
    assert [name for name, count in names.items() if count > 1] == []
