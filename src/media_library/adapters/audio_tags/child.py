"""The child's program that changes single tags of one file."""

import json
import sys
from pathlib import Path

from mutagen import MutagenError

from media_library.adapters.audio_tags.formats import change


def main(file: str, container: str, said: str) -> int:
    """0 if the tags were written."""
    try:
        change(Path(file), container, json.loads(said))
    except (MutagenError, KeyError, ValueError, OSError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
