"""The rules of the house that no tool checks, as functions over sources: each returns what breaks a rule, and where."""

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypeGuard

Sources: TypeAlias = Mapping[str, str]
"""Texts by their path inside their tree, with "/" between the parts."""

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_WRITES = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+[A-Z]+\s+)?INTO|REPLACE\s+INTO|DELETE\s+FROM|UPDATE(?:\s+OR\s+[A-Z]+)?)\s+(?!SET\b)(\w+)"
)
_SQL = re.compile(
    r"\b(?:SELECT\s[\s\S]*\bFROM\s|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|(?:CREATE|DROP|ALTER)\s+(?:UNIQUE\s+|VIRTUAL\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s+\w|VACUUM\b|BEGIN\s+IMM)"
)
_BEGINNINGS = re.compile(r"^\s*(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|VACUUM|BEGIN)\b")
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_BANNED_MODULES = frozenset({"pickle", "cPickle", "marshal", "shelve", "dill", "imp", "telnetlib", "ftplib"})
_BANNED_CALLS = frozenset(
    {
        "eval",
        "exec",
        "compile",
        "__import__",
        "os.system",
        "os.popen",
        "os.spawnl",
        "os.spawnv",
        "yaml.load",
        "yaml.unsafe_load",
        "subprocess.getoutput",
        "subprocess.getstatusoutput",
        "msgspec.yaml.decode",
        "torch.load",
        "joblib.load",
    }
)
_UNTELLING = frozenset({"manager", "helper", "helpers", "util", "utils", "handler", "data", "info", "process"})
_DOM_FROM_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(|new Function\(|\bsrcdoc\b"
)
_UNSAFE_MARKUP = {
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "markup that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "a script without nonce or address": re.compile(
        r"<script(?![^>]*\s(?:src=\"/static/|nonce=\"\{\{ csp_nonce \}\}\"))[^>]*>"
    ),
    "an address of another site": re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
}
_COLOUR = re.compile(r"#([0-9a-fA-F]{3,8})\b")
_GREY = re.compile(r"([0-9a-f])\1\1[0-9a-f]?|([0-9a-f]{2})\2\2(?:[0-9a-f]{2})?", re.IGNORECASE)
WORDS = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b"
    r"|(?i:\b(?:" + "|".join(("cla" + "ude", "co" + "pilot", "assis" + "tant", "chat" + "gpt")) + r")\b|/wo" + "rk/)"
)
"""Notes to oneself, and names that have no place in what the project says of itself."""


def sources(folder: Path, *suffixes: str, without: str = "vendor") -> dict[str, str]:
    """The texts of a folder with one of these suffixes."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in suffixes and path.is_file() and without not in path.parts and "node_modules" not in path.parts
    }


# ── what SQL says ──


def foreign_writes(modules: Sources, owners: Mapping[str, Collection[str]]) -> list[str]:
    """SQL that writes a table of another module; ``owners`` names the tables of each module or package ("name/")."""
    return [
        f"{path}:{line} writes {table}"
        for path, line, sql in _each_text(modules)
        for table in _WRITES.findall(sql)
        if table not in owners.get(path, owners.get(f"{path.partition('/')[0]}/", ()))
    ]


def foreign_methods(modules: Sources) -> list[str]:
    """Calls of ``self.<name>`` that neither ``base.py`` nor the classes of the module, or of its package, have."""
    shared = _methods(modules.get("base.py", ""))
    packages: dict[str, set[str]] = {}
    for path, text in modules.items():
        if "/" in path:
            packages.setdefault(path.partition("/")[0], set()).update(_methods(text))
    return [
        f"{path}:{node.lineno} uses {node.attr}"
        for path, text in modules.items()
        for node in ast.walk(_parse(text))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and not node.attr.startswith("__")
        and node.attr
        not in shared | _methods(text) | _own_attributes(text) | packages.get(path.partition("/")[0], set())
    ]


def sql_outside(modules: Sources, allowed: Callable[[str], bool]) -> list[str]:
    """SQL in a module for which ``allowed`` is false."""
    return [f"{path}:{line}" for path, line, text in _each_text(modules) if _SQL.search(text) and not allowed(path)]


def formatted_sql(modules: Sources, declared: Collection[tuple[str, str]] = ()) -> list[str]:
    """What is formatted into SQL and is neither a constant of the module, nor a number, nor declared.

    ``declared`` holds pairs of a path and an expression as ``ast.unparse`` writes it.
    """
    found = []
    for path, text in modules.items():
        for node in ast.walk(_parse(text)):
            if isinstance(node, ast.JoinedStr) and _is_sql(_text_of(node)):
                for value in node.values:
                    if isinstance(value, ast.FormattedValue) and not _is_constant(value):
                        expression = ast.unparse(value.value)
                        if (path, expression) not in declared:
                            found.append(f"{path}:{node.lineno} formats {expression}")
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
                sides = [side for side in (node.left, node.right) if isinstance(side, ast.Constant | ast.JoinedStr)]
                if any(_is_sql(_text_of(side)) for side in sides) and len(sides) < 2:
                    found.append(f"{path}:{node.lineno} puts SQL together")
            elif isinstance(node, ast.Attribute) and node.attr == "format" and _is_sql(_text_of(node.value)):
                found.append(f"{path}:{node.lineno} puts SQL together")
    return found


def assigned_statuses(modules: Sources, movers: Collection[tuple[str, str]]) -> list[str]:
    """Where a job's status is set: by SQL outside the ``movers`` (path, function), or on a record anywhere."""
    setting = re.compile(r"\bUPDATE\s+jobs\s+SET\b(?:(?!\bWHERE\b)[\s\S])*?\bstatus\s*=")
    found = []
    for path, text in modules.items():
        for function, node in _with_function(_parse(text)):
            if isinstance(node, ast.Constant | ast.JoinedStr) and setting.search(_text_of(node)):
                if (path, function) not in movers:
                    found.append(f"{path}:{node.lineno} sets a status in {function}")
            elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(one, ast.Attribute) and one.attr == "status" for one in targets):
                    found.append(f"{path}:{node.lineno} assigns a status")
            elif _calls(node, "replace") and any(keyword.arg == "status" for keyword in node.keywords):
                found.append(f"{path}:{node.lineno} replaces a status")
    return found


# ── what Python does ──


def broad_handlers(modules: Sources, allowed: Collection[str]) -> list[str]:
    """Handlers of every exception, in other modules than ``allowed``, unless they raise it again."""
    broad = ("Exception", "BaseException")
    found = []
    for path, text in modules.items():
        for node in ast.walk(_parse(text)):
            if isinstance(node, ast.ExceptHandler):
                kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                is_broad = any(kind is None or _name(kind) in broad for kind in kinds)
                raises = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                if is_broad and not raises and path not in allowed:
                    found.append(f"{path}:{node.lineno}")
            elif _calls(node, "suppress") and any(_name(argument) in broad for argument in node.args):
                found.append(f"{path}:{node.lineno}")
    return found


def dangerous_code(modules: Sources) -> list[str]:
    """Loaders that run what they load, and shells."""
    found = []
    for path, text in modules.items():
        for node in ast.walk(_parse(text)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                banned = [name for name in names if name.split(".")[0] in _BANNED_MODULES]
                found += [f"{path}:{node.lineno} imports {name}" for name in banned]
            elif isinstance(node, ast.Call):
                if _name(node.func) in _BANNED_CALLS:
                    found.append(f"{path}:{node.lineno} calls {_name(node.func)}")
                if any(keyword.arg == "shell" and not _is_false(keyword.value) for keyword in node.keywords):
                    found.append(f"{path}:{node.lineno} starts a shell")
    return found


def uses_of(modules: Sources, names: Collection[str]) -> list[str]:
    """Where one of these names is read, imported or called."""
    found = []
    for path, text in modules.items():
        for node in ast.walk(_parse(text)):
            if isinstance(node, ast.Name | ast.Attribute) and _name(node).rpartition(".")[2] in names:
                found.append(f"{path}:{node.lineno} uses {_name(node)}")
            elif isinstance(node, ast.ImportFrom):
                found += [f"{path}:{node.lineno} imports {alias.name}" for alias in node.names if alias.name in names]
    return found


def calls_of(modules: Sources, *names: str) -> list[str]:
    """Where one of these functions is called, written as in ``os.system``."""
    return [
        f"{path}:{node.lineno} calls {_name(node.func)}"
        for path, text in modules.items()
        for node in ast.walk(_parse(text))
        if isinstance(node, ast.Call) and _name(node.func) in names
    ]


def patched_code(tests: Sources, package: str) -> list[str]:
    """Where a test replaces a part of ``package`` instead of the world around it."""
    found = []
    for path, text in tests.items():
        tree = _parse(text)
        ours = {
            (alias.asname or alias.name).split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
            if (node.module or "" if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0] == package
        }
        for node in ast.walk(tree):
            if _calls(node, "setattr") and isinstance(node.func, ast.Attribute) and node.args:
                target = _text_of(node.args[0]) or _name(node.args[0])
                if target.split(".")[0] in {*ours, package}:
                    found.append(f"{path}:{node.lineno} patches {target}")
    return found


# ── how it is written ──


def long_modules(modules: Sources, most: int) -> dict[str, int]:
    """The modules with more than ``most`` lines, and how many they have."""
    return {path: lines for path, text in modules.items() if (lines := len(text.splitlines())) > most}


def without_docstring(modules: Sources) -> list[str]:
    """Modules, public classes, and public functions and methods that do not say what they are for.

    A route says it in the ``summary`` by which it is declared; an attribute of a protocol says it by its name.
    """
    found = []
    for path, text in modules.items():
        tree = _parse(text)
        if ast.get_docstring(tree) is None:
            found.append(path)
        for name, node in _public_definitions(tree):
            if (
                ast.get_docstring(node) is None
                and not _is_bare(node)
                and not any(
                    isinstance(one, ast.Call) and any(keyword.arg == "summary" for keyword in one.keywords)
                    for one in node.decorator_list
                )
            ):
                found.append(f"{path}:{node.lineno} {name}")
    return found


def untelling_names(paths: Collection[str], allowed: Collection[str]) -> list[str]:
    """Modules whose names say nothing about their subject."""
    return [path for path in paths if path not in allowed and set(Path(path).stem.split("_")) & _UNTELLING]


def strange_folders(tests: Collection[str], package: Collection[str], allowed: Collection[str]) -> list[str]:
    """Folders of tests for which the package has no folder and no module."""
    known = {part for path in package for part in (Path(path).parent.as_posix(), Path(path).with_suffix("").as_posix())}
    folders = {Path(path).parent.as_posix() for path in tests} - {"."}
    return sorted(folder for folder in folders if folder not in known and folder.split("/")[0] not in allowed)


def words_in(texts: Sources) -> list[str]:
    """Words that have no place in what is tracked."""
    return [
        f"{path}:{number} says {match[0]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        for match in WORDS.finditer(line)
    ]


# ── what browsers are given ──


def markup_from_text(scripts: Sources) -> list[str]:
    """Scripts that make elements or code of text."""
    return [
        f"{path}:{number} uses {match[0]}"
        for path, text in scripts.items()
        for number, line in enumerate(text.splitlines(), 1)
        for match in _DOM_FROM_TEXT.finditer(line)
    ]


def unsafe_markup(templates: Sources) -> list[str]:
    """What a strict content security policy forbids, or what lets text become markup."""
    return [
        f"{path} has {what}"
        for path, text in templates.items()
        for what, pattern in _UNSAFE_MARKUP.items()
        if pattern.search(text)
    ]


def stray_colours(sheets: Sources, home: str) -> list[str]:
    """Colours that stand outside the sheet of tokens; black, white and grey, at any opacity, are nobody's taste."""
    return [
        f"{path}:{number} {match[0]}"
        for path, text in sheets.items()
        if path != home
        for number, line in enumerate(text.splitlines(), 1)
        for match in _COLOUR.finditer(line)
        if not _GREY.fullmatch(match[1])
    ]


# ── reading Python ──


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


def _calls(node: ast.AST, name: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and _name(node.func).rpartition(".")[2] == name


def _name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return ""


def _text_of(node: ast.AST) -> str:
    """The text of a literal; what is formatted into it is a question mark."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text_of(value) if isinstance(value, ast.Constant) else "?" for value in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _each_text(modules: Sources) -> Iterator[tuple[str, int, str]]:
    """Path, line and text of every literal that is no docstring; the parts of a formatted one come together."""
    for path, text in modules.items():
        tree = _parse(text)
        skipped = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        skipped |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in skipped and _text_of(node):
                yield path, node.lineno, _text_of(node)


def _is_sql(text: str) -> bool:
    return bool(_SQL.search(text) or _BEGINNINGS.match(text))


def _is_constant(value: ast.FormattedValue) -> bool:
    """Whether it is a constant by its name, names put together from constants, or formatted as a whole number."""
    if isinstance(value.format_spec, ast.JoinedStr) and _text_of(value.format_spec) == "d":
        return True
    bound = {
        target.id
        for node in ast.walk(value.value)
        if isinstance(node, ast.comprehension)
        for target in ast.walk(node.target)
        if isinstance(target, ast.Name)
    }
    names = {node.id for node in ast.walk(value.value) if isinstance(node, ast.Name)}
    return bool(names) and all(name in bound or _CONSTANT.fullmatch(name) for name in names)


def _is_false(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _is_bare(node: ast.ClassDef | FunctionNode) -> bool:
    """Whether it has no body but ``...``."""
    (first, *others) = node.body
    return (
        not others
        and isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and first.value.value is ...
    )


def _methods(text: str) -> set[str]:
    return {
        one.name
        for node in ast.walk(_parse(text))
        if isinstance(node, ast.ClassDef)
        for one in node.body
        if isinstance(one, ast.FunctionDef)
    }


def _own_attributes(text: str) -> set[str]:
    """The names that are assigned on ``self`` or declared in a class."""
    assigned = {
        node.attr
        for node in ast.walk(_parse(text))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    declared = {
        one.target.id
        for node in ast.walk(_parse(text))
        if isinstance(node, ast.ClassDef)
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }
    return assigned | declared


def _with_function(tree: ast.AST, function: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Every node with the name of the function around it."""
    for node in ast.iter_child_nodes(tree):
        yield function, node
        inside = node.name if isinstance(node, FunctionNode) else function
        if not isinstance(node, ast.JoinedStr):
            yield from _with_function(node, inside)


def _public_definitions(tree: ast.Module) -> Iterator[tuple[str, ast.ClassDef | FunctionNode]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | FunctionNode) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for one in node.body:
                    if isinstance(one, FunctionNode) and not one.name.startswith("_"):
                        yield f"{node.name}.{one.name}", one
