"""Finds the JSON blocks in what ``HandBrakeCLI --json`` writes to standard output.

The blocks are printed over many lines, and libdvdread and libdvdnav print to the same stream, often without a line
break. So a block is searched for by its heading and decoded from there; everything else is kept as text.
"""

import codecs
import json
import re
from collections import deque
from collections.abc import Iterator

from media_library.adapters.process import printable
from media_library.errors import ToolFailed

_HEADING = re.compile(r"(Version|Progress|JSON Title Set): (?=\{)")
_LONGEST_HEADING = 20
_LONGEST_BLOCK = 32 * 1024 * 1024
_LONGEST_WORD = 8
_LINES_KEPT = 60
_LONGEST_LINE = 500


class BlockReader:
    """Takes the output in pieces of any size and gives the blocks that are complete."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._json = json.JSONDecoder()
        self._rest = ""
        self._line = ""
        self._text: deque[str] = deque(maxlen=_LINES_KEPT)

    @property
    def lines(self) -> tuple[str, ...]:
        """The last lines that stood between the blocks."""
        return tuple(self._text) if not self._line.strip() else (*self._text, _shown(self._line))

    def feed(self, chunk: bytes) -> Iterator[tuple[str, object]]:
        """Yield the heading and the content of every block that ``chunk`` completes."""
        self._rest += self._decoder.decode(chunk)
        while match := _HEADING.search(self._rest):
            self._keep(self._rest[: match.start()])
            try:
                content, end = self._json.raw_decode(self._rest, match.end())
            except json.JSONDecodeError as error:
                if _may_go_on(error):
                    self._rest = self._rest[match.start() :]
                    if len(self._rest) > _LONGEST_BLOCK:
                        raise ToolFailed("HandBrake wrote more than can be understood.", self.lines) from error
                    return
                self._rest = self._rest[match.end() :]
            else:
                self._rest = self._rest[end:]
                yield match[1], content
        self._keep(self._rest[:-_LONGEST_HEADING])
        self._rest = self._rest[-_LONGEST_HEADING:]

    def _keep(self, text: str) -> None:
        *lines, self._line = (self._line + text).split("\n")
        self._text.extend(_shown(line) for line in lines if line.strip())
        self._line = self._line[-_LONGEST_LINE:]


def _shown(line: str) -> str:
    return printable(line.encode("utf-8", "replace"))[:_LONGEST_LINE]


def _may_go_on(error: json.JSONDecodeError) -> bool:
    """Whether a block only has not come to its end yet; one that was cut off makes no sense in its middle."""
    return error.msg.startswith("Unterminated") or error.pos > len(error.doc) - _LONGEST_WORD
