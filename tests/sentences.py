"""Finds the sentences that the program writes for people, each as a template with numbered holes."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "media_library"

NOT_FOR_READERS = (
    "config.py",
    "console.py",
    "supervisor.py",
    "adapters/egress_proxy/",
    "adapters/sandbox_launcher.py",
    "adapters/web_push/",
    "routes/openapi.py",
    "services/file_naming/samples.py",
    "services/notices/keys.py",
    "services/notices/wording.py",
    "services/private_file.py",
    "services/state_file.py",
    "services/tokens.py",
)
"""What is said on the console, to other programs, or in all languages already."""

PARTS = (
    "adapters/durable.py",
    "adapters/feeds/decoding.py",
    "adapters/feeds/reading.py",
    "adapters/http/body.py",
    "content_downloader/article_page.py",
    "services/file_naming/template.py",
    "services/list_rules.py",
    "services/media_identifier/judging.py",
    "services/music_identifier/choosing.py",
    "services/tool_check.py",
)
"""Where pieces are made that stand by themselves or fill the hole of a sentence: each of their strings counts."""

REASONS = ("services/playback/planner.py", "services/playback/reasons.py")
"""Where sentences get their capital and their full stop at the end, all in one place."""

_UNTOLD = frozenset({"ConfigError", "StartError", "Stopped", "SignatureError", "Malformed", "Odd", "Declined"})
_NOT_SAID = re.compile(r"(log|logging|re|self\._log|struct|warnings)\.")
_TECHNICAL = frozenset({"summary", "description", "help", "metavar", "mimetype", "content_type"})
_BEGINNING = re.compile(r"[A-Z“{]")
_ENDING = re.compile(r"([.?!”…](\s*\{\d+\})?|: \{\d+\})$")
_PIECE = re.compile(r"[a-z]{2}[,.:;”}]* [a-z“{]")
_HOLE = re.compile(r"\{\d*\w*\}")
_FOREIGN = re.compile(r"\n|https?://\S+ |</|\b(SELECT|FROM|WHERE|UPDATE|INSERT)\b|^\{\d+\}\W*$|^(brew|apt) install")


@dataclass
class Found:
    """``told`` has to be said in each language; ``known`` are all strings, which a catalogue may name too."""

    told: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)


@cache
def find_sentences(source: Path = SOURCE) -> Found:
    """All templates below ``source``; each that is told leads to the place where it was found first."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(source.rglob("*.py"))}
    errors = _error_classes(trees.values())
    found = Found()
    for path, tree in trees.items():
        module = path.relative_to(source).as_posix()
        if not module.startswith(NOT_FOR_READERS):
            _Module(module, tree, errors, found).visit(tree)
    return found


def _error_classes(trees: Iterable[ast.Module]) -> frozenset[str]:
    """The names of the errors that people read: ``MediaLibraryError`` and what descends from it."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    errors = {"MediaLibraryError"}
    while more := {one.name for one in classes if errors & {ast.unparse(base) for base in one.bases}} - errors:
        errors |= more
    return frozenset(errors - _UNTOLD)


class _Module(ast.NodeVisitor):
    def __init__(self, name: str, tree: ast.Module, errors: frozenset[str], found: Found) -> None:
        self._name, self._errors, self._found = name, errors, found
        self._constants = dict(_constants(tree))
        self._formatted = {
            node.func.value.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if node.func.attr == "format" and isinstance(node.func.value, ast.Name)
        }

    def visit_Expr(self, node: ast.Expr) -> None:
        if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names & self._formatted and isinstance(node.value, ast.Constant):
            numbers = iter(range(1, 99))
            self._take(_HOLE.sub(lambda _: f"{{{next(numbers)}}}", str(node.value.value)), node, certain=False)
        else:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func)
        if _NOT_SAID.match(name) or name in _UNTOLD:
            return
        self.visit(node.func)
        for number, argument in enumerate(node.args):
            is_message = number == 0 and name.rpartition(".")[2] in self._errors
            for text in self._templates(argument) if is_message else ():
                self._take(text, argument, certain=True)
            self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg not in _TECHNICAL:
                self.visit(keyword.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._take(node.value, node, certain=False)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for text in self._templates(node):
            self._take(text, node, certain=False)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        whole = [text for text in self._templates(node) if text.strip()]
        for text in whole:
            self._take(text, node, certain=False)
        if not whole:
            self.generic_visit(node)

    def _take(self, text: str, node: ast.expr | ast.stmt, *, certain: bool) -> None:
        text = _numbered(text.strip())
        if self._name in REASONS and _PIECE.search(text) and not text.endswith("."):
            text = f"{text[:1].upper()}{text[1:]}."
        self._found.known.add(text)
        is_piece = self._name in PARTS + REASONS and _PIECE.search(text) and not set("<>=") & set(text)
        is_sentence = _BEGINNING.match(text) and _ENDING.search(text)
        has_words = " " in text and re.search(r"[a-z]{2}", _HOLE.sub("", text))
        if has_words and (certain or is_piece or is_sentence) and not _FOREIGN.search(text):
            self._found.told.setdefault(text, f"{self._name}:{node.lineno}")

    def _templates(self, node: ast.expr) -> list[str]:
        """What an expression may say, none if it makes no string here."""
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.Name(id=name) if name in self._constants:
                return self._templates(self._constants[name])
            case ast.IfExp():
                return self._templates(node.body) + self._templates(node.orelse)
            case ast.BoolOp():
                return [text for value in node.values for text in self._templates(value)]
            case ast.JoinedStr():
                return _joined([self._pieces(value) for value in node.values])
            case ast.BinOp(op=ast.Add()):
                sides = self._templates(node.left), self._templates(node.right)
                return _joined([side or ["{}"] for side in sides]) if any(sides) else []
        return []

    def _pieces(self, value: ast.expr) -> list[str]:
        if isinstance(value, ast.Constant):
            return [str(value.value)]
        return (self._templates(value.value) if isinstance(value, ast.FormattedValue) else []) or ["{}"]


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str()) | ast.JoinedStr()):
                yield name, node.value


def _joined(choices: list[list[str]]) -> list[str]:
    return ["".join(pieces) for pieces in product(*choices)]


def _numbered(text: str) -> str:
    """``{}`` as ``{1}``, ``{2}`` …; holes that are numbered already are counted anew."""
    numbers = iter(range(1, 99))
    return re.sub(r"\{\d*\}", lambda _: f"{{{next(numbers)}}}", text)
