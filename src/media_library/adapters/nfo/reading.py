"""Reads .nfo files, which anybody may have written."""

import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Final

from media_library.adapters.nfo.decoding import mended, text_of
from media_library.adapters.nfo.items import item_of
from media_library.adapters.nfo.links import ids_in
from media_library.adapters.nfo.refusal import NfoRefused
from media_library.adapters.nfo.tree import tree_of
from media_library.models.nfo import Nfo, NfoKind

_MOST_BYTES: Final = 2 << 20
_MOST_ITEMS: Final = 100
_ROOTS = {kind.value: kind for kind in NfoKind if kind is not NfoKind.LINK}
_ROOT = re.compile(r"<(?:[a-z]{1,10}:)?(?:" + "|".join(_ROOTS) + r")[\s/>]", re.IGNORECASE)
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_nfo(file: Path) -> tuple[Nfo, ...]:
    """The items of an .nfo file: one, or as many as it has episodes.

    Raises ``NfoRefused`` with the reason for what is none: a link, a device, larger than 2 MiB, damaged, hostile.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as content:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NfoRefused("The .nfo file is no regular file, so it is not read.")
            return parse_nfo(content.read(_MOST_BYTES + 1))
    except OSError as error:
        raise NfoRefused(f"The .nfo file cannot be read: {error.strerror}.") from error


def parse_nfo(content: bytes) -> tuple[Nfo, ...]:
    """The items that ``content`` describes; raises ``NfoRefused``. Nothing is fetched and no entity is expanded."""
    if len(content) > _MOST_BYTES:
        raise NfoRefused("The .nfo file is larger than 2 MB, so it is not read. Remove it.")
    text = text_of(content)
    if _DECLARES.search(text):
        raise NfoRefused("The .nfo file declares a document type or entities, so it is not read. Remove it.")
    if _ROOT.search(text) is None:
        return (_link(text),)
    start = text.index("<")
    end = text.rindex(">") + 1
    root = tree_of(mended(text[start:end]))
    items = [item_of(element, _ROOTS[element.tag]) for element in root if element.tag in _ROOTS]
    if not items:
        raise NfoRefused("The .nfo file describes nothing that is known here.")
    beside = ids_in(text[end:])
    if beside and not items[0].ids:
        items[0] = replace(items[0], ids=beside)
    return tuple(items[:_MOST_ITEMS])


def _link(text: str) -> Nfo:
    ids = ids_in(text)
    if not ids:
        raise NfoRefused("The .nfo file holds neither a description nor the address of a page that is known here.")
    return Nfo(NfoKind.LINK, ids=ids)
