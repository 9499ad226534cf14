"""XSPF (https://xspf.org/spec), which is XML: without document types, entities of its own and the network."""

import re
from typing import TYPE_CHECKING

from media_library.adapters.playlist_files.track import isrc_of, line, track
from media_library.errors import InvalidInput
from media_library.models.collection import MusicList, NewTrack

if TYPE_CHECKING:
    from lxml import etree

_NAMESPACE = "{http://xspf.org/ns/0/}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TYPE = re.compile(r"<!(?!--|\[CDATA\[)")
_NO_XSPF = "This file is not an XSPF playlist."


def read(text: str) -> MusicList:
    """The list in a file; raises ``InvalidInput`` for what is no XSPF, or declares a type or entities."""
    from lxml import etree

    if _TYPE.search(text):
        raise InvalidInput("This playlist declares a document type, which no XSPF needs. It is not read.", "content")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    # the text is decoded already, so what it says of its encoding is of no account
    plain = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    try:
        root = etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as error:
        raise InvalidInput(f"{_NO_XSPF} It is broken in line {error.lineno}.", "content") from error
    if root.tag != f"{_NAMESPACE}playlist":
        raise InvalidInput(_NO_XSPF, "content")
    found = [_track(one) for one in root.iterfind(f"{_NAMESPACE}trackList/{_NAMESPACE}track")]
    tracks = tuple(one for one in found if one is not None)
    return MusicList(line(root.findtext(f"{_NAMESPACE}title")) or "", tracks, len(found) - len(tracks))


def _track(element: "etree._Element") -> NewTrack | None:
    def text(name: str) -> str | None:
        found: str | None = element.findtext(f"{_NAMESPACE}{name}")
        return found

    identifiers = [one.text or "" for one in element.iterfind(f"{_NAMESPACE}identifier")]
    isrc = next((code for one in identifiers if (code := isrc_of(one.rpartition("/")[2]))), None)
    duration = (text("duration") or "").strip()
    return track(text("title"), text("creator"), text("album"), isrc, float(duration) if duration.isdecimal() else None)
