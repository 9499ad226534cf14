"""What is shown and measured from outside: the demo, and measurements beside peers, all over real processes."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the checkout."""

sys.path.insert(0, str(ROOT / "src"))  # the package lies in src; ROOT itself is there through ``python -m``
