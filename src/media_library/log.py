"""How the program logs: one line an entry on standard error, whatever a disc or a header tries to put into it."""

import logging


class _OneLine(logging.Formatter):
    """Escapes control and bidirectional characters, so that a name can neither forge a line nor steer a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        trace = record.exc_info or record.exc_text
        text = super().format(record)
        lines = text.splitlines() if trace else [text]
        return "\n".join("".join(_escape(char) for char in line) for line in lines)


def set_up_logging() -> None:
    """Send everything from INFO on to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def _escape(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
