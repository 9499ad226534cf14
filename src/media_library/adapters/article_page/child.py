"""The child process: reads a page from a file and writes its article as JSON, or nothing if there is none.

Arguments: the file, the address of the page, and the headers Content-Type and Content-Language of its answer.
"""

import logging
import sys
from pathlib import Path

import msgspec

from media_library.adapters.article_page.reading import read


def main(file: str, url: str, content_type: str, content_language: str) -> int:
    """Write the article of the page in ``file`` to standard output; returns the exit code."""
    logging.disable(logging.CRITICAL)
    article = read(Path(file).read_bytes(), url, content_type, content_language)
    if article is not None:
        sys.stdout.buffer.write(msgspec.json.encode(article))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
