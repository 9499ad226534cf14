"""A HandBrakeCLI that runs the real one and notes when it hands on which progress: "seconds fraction" a line.

bench/progress.py installs it; the notes go to ``lines.log`` beside it.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

FRACTION = re.compile(rb'"Progress": *([0-9.]+)')


def main() -> int:
    """Be HandBrakeCLI, which means the next one in PATH."""
    here = Path(sys.argv[0]).absolute().parent
    elsewhere = [folder for folder in os.environ["PATH"].split(os.pathsep) if Path(folder).absolute() != here]
    os.environ["PATH"] = os.pathsep.join(elsewhere)
    command = ["HandBrakeCLI", *sys.argv[1:]]
    if "-o" not in command:
        os.execvp(command[0], command)
    working, fraction = False, b""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as real, (here / "lines.log").open("ab", 0) as notes:
        assert real.stdout is not None
        for line in iter(real.stdout.readline, b""):
            working = working or b'"Working"' in line  # scanning has a progress of its own
            if working and (found := FRACTION.search(line)):
                fraction = found[1]
            if line.startswith(b"}"):
                if fraction:
                    notes.write(b"%.6f %s\n" % (time.time(), fraction))
                working, fraction = False, b""
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        return real.wait()


if __name__ == "__main__":
    sys.exit(main())
