"""Says in words why yt-dlp failed, and whether the same may succeed later or with somebody's cookies."""

import re
from collections.abc import Sequence

from media_library.errors import MediaLibraryError, StorageError, ToolFailed, TransientFailure

_FLAGS = re.IGNORECASE
_PREFIX = re.compile(r"^ERROR:\s*(\[[\w:+.-]+\]\s*(\S{1,100}:\s+)?)?")
_CAUSE = re.compile(r"\s*\(caused by .*", re.DOTALL)
_ADVICE = re.compile(
    r"(;|\.)?\s*(please report this issue|Confirm you are on the latest|Use --\S+|See +https?://|"
    r"Set --|Try --|Also see|You might want to|Check if the).*",
    re.DOTALL | _FLAGS,
)
_MOST_WORDS = 300

_ABSENT = re.compile(r"HTTP Error (404|410)\b|\b(404|410): (Not Found|Gone)", _FLAGS)
_SIGN_IN = re.compile(
    r"sign[ -]?in|log[ -]?in\b|logged[ -]in|login required|authenticat|confirm your age|age[- ]restrict|inappropriate"
    r"|not a bot|members?[- ]only|only available (to|for) (registered|members|subscribers|logged)|subscribers? only"
    r"|requires? (an account|payment|a subscription|purchase)|--cookies|HTTP Error 401\b|premium (users|members)",
    _FLAGS,
)
_REFUSED = re.compile(r"Address not allowed", _FLAGS)
_FULL = re.compile(r"No space left on device|Disk quota exceeded", _FLAGS)
_DRM = re.compile(r"\bDRM\b", _FLAGS)
_GEO = re.compile(
    r"not (made this video )?available (in|from) your (country|location|region)|geo[- ]?restrict|blocked.{0,40}country",
    _FLAGS,
)
_UPCOMING = re.compile(r"premieres? in|will begin in|has not (yet )?started|is upcoming|starts in", _FLAGS)
_UNSUPPORTED = re.compile(r"Unsupported URL|No video formats found|There(’|'|)s no video|no media found", _FLAGS)
_FORMAT = re.compile(r"Requested format is not available", _FLAGS)
_CERTIFICATE = re.compile(r"CERTIFICATE_VERIFY_FAILED|certificate verify failed", _FLAGS)
_TRANSIENT = re.compile(
    r"HTTP Error (408|425|429|5\d\d)\b|timed? ?out|Connection (reset|refused|aborted|closed)|Remote end closed"
    r"|IncompleteRead|bytes read|more expected|Temporary failure|name resolution|unreachable|EOF occurred|broken pipe"
    r"|Too Many Requests|rate[- ]?limit|fragment \d+ not found|Unable to download|Got error|Tunnel connection failed"
    r"|Service Unavailable|Bad Gateway|SSLError|giving up after",
    _FLAGS,
)


class NeedsSignIn(ToolFailed):
    """The site wants to know who asks."""

    code = "needs_sign_in"


def failure(lines: Sequence[str], code: int) -> MediaLibraryError:
    """The error for what yt-dlp wrote last to standard error, ending with exit ``code``."""
    errors = [line for line in lines if line.startswith("ERROR:")]
    text = "\n".join(errors or lines)
    said = _said(errors[-1]) if errors else ""
    quoted = f" The site says: “{said}”" if said else ""
    output = tuple(lines)
    if _FULL.search(text):
        return StorageError("The volume of the media folder is full. Make room, then retry.")
    final = _final(text, quoted, output)
    if final is not None:
        return final
    if _TRANSIENT.search(text):
        return TransientFailure(f"The download broke off. Try again later.{_told(said)}", None, output)
    if code > 128:
        return ToolFailed(f"yt-dlp was ended by signal {code - 128}. Retry the download.", output)
    if said:
        return ToolFailed(f"yt-dlp cannot fetch this. It says: “{said}”", output)
    return ToolFailed(f"yt-dlp ended with code {code} and fetched nothing. Update it, then retry.", output)


def _final(text: str, quoted: str, output: tuple[str, ...]) -> ToolFailed | None:
    """What a second try would not change."""
    for pattern, sentence in (
        (_REFUSED, "This leads to an address that may not be reached: it is not public. An admin can allow its host."),
        (_DRM, "This video is protected by DRM and cannot be fetched."),
        (_GEO, f"The site does not show this video in your country.{quoted}"),
        (_UPCOMING, f"This stream has not begun. Fetch it once it is over.{quoted}"),
        (_UNSUPPORTED, "No video was found at this address. Check it, or keep the page as an article."),
        (_FORMAT, "The video does not come in the format of the settings. Change the format for downloads."),
        (_CERTIFICATE, "The site’s certificate is not valid, so nothing was fetched from it."),
    ):
        if pattern.search(text):
            return ToolFailed(sentence, output)
    if _SIGN_IN.search(text):
        return NeedsSignIn(f"The site wants you to be signed in.{quoted} An admin can give its cookies.", output)
    if _ABSENT.search(text):
        return ToolFailed("There is nothing at this address any more. Check it.", output)
    if re.search(r"HTTP Error 403\b", text):
        return ToolFailed(f"The site refuses to give this out.{quoted} Updating yt-dlp often helps.", output)
    if re.search(r"private|removed|unavailable|does not exist|deleted|terminated", text, _FLAGS) and not (
        _TRANSIENT.search(text)
    ):
        return ToolFailed(f"This video is not there.{quoted}", output)
    return None


def _told(said: str) -> str:
    return f" The reason: “{said}”" if said else ""


def _said(line: str) -> str:
    """An error of yt-dlp without what it adds for people who use it on a console."""
    return _ADVICE.sub("", _CAUSE.sub("", _PREFIX.sub("", line))).strip(" .;:")[:_MOST_WORDS]
