"""Runs the child process that takes an article out of a page: a parser of strangers' text must be able to die alone."""

from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.article_page.result import PageArticle
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import ToolFailed, ToolStalled
from media_library.models.tool import ToolRun

_CHILD = "media_library.adapters.article_page.child"
_SECONDS = 40
"""Enough for a page of several megabytes of text."""

_MEMORY_BYTES = 1536 * 1024 * 1024
_MOST_ANSWER_BYTES = 64 * 1024 * 1024
_MOST_HEADER = 200


def extracting(
    page: Path, url: str, *, content_type: str = "", content_language: str = "", timeout_seconds: int = _SECONDS
) -> ToolRun[PageArticle | None]:
    """Read the article of the page in a file, which was answered at ``url`` with these headers.

    Yields ``None`` while the child works; the result is ``None`` if the page holds no article. Raises ``ToolFailed``.
    """
    argv = python_argv(_CHILD, page, url, content_type[:_MOST_HEADER], content_language[:_MOST_HEADER])
    sandbox = Sandbox(read=(page,), memory_bytes=_MEMORY_BYTES, cpu_seconds=timeout_seconds, file_bytes=0)
    try:
        finished = yield from process.running(
            argv, timeout_seconds=timeout_seconds, sandbox=sandbox, max_output_bytes=_MOST_ANSWER_BYTES
        )
    except ToolStalled as error:
        raise ToolFailed("The page is too large or too tangled to be read as an article.", error.output) from error
    if finished.code != 0:
        lines = finished.stderr.decode("utf-8", "replace").splitlines()
        raise ToolFailed("The page is too large or too tangled to be read as an article.", lines)
    if not finished.stdout:
        return None
    try:
        return msgspec.json.decode(finished.stdout, type=PageArticle)
    except msgspec.MsgspecError as error:
        raise ToolFailed("The page could not be read as an article: the reader gave no proper answer.") from error
