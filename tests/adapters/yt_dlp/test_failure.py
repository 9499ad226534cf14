"""Why yt-dlp failed, in words, and whether another try may help. The lines are those that it writes."""

import pytest

from media_library.adapters.yt_dlp import NeedsSignIn
from media_library.adapters.yt_dlp.failure import failure
from media_library.errors import StorageError, ToolFailed, TransientFailure

_REPORT = "; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the appropriate form"


@pytest.mark.parametrize(
    "line",
    [
        "ERROR: [youtube] abc: Sign in to confirm your age. This video may be inappropriate for some users.",
        "ERROR: [youtube] abc: Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies for the",
        "ERROR: [vimeo] 1: The web client only works when logged-in. Use --cookies, --cookies-from-browser",
        "ERROR: [generic] Unable to download webpage: HTTP Error 401: Unauthorized (caused by <HTTPError 401>)",
        "ERROR: [x] 1: This video is only available for registered users",
    ],
)
def test_a_site_that_wants_to_know_who_asks_can_be_given_cookies(line: str) -> None:
    error = failure([line], 1)
    assert isinstance(error, NeedsSignIn)
    assert "--cookies" not in str(error)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ERROR: Unsupported URL: https://example.com/", "No video was found"),
        ("ERROR: [x] 1: This video is DRM protected", "DRM"),
        ("ERROR: [x] 1: This video is not available in your country" + _REPORT, "country"),
        (
            "ERROR: [generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError>)",
            "nothing at",
        ),
        ("ERROR: [x] 1: Video unavailable. This video has been removed by the uploader", "not there"),
        ("ERROR: [x] 1: Private video. Sign up for fun", "not there"),
        ("ERROR: unable to download video data: HTTP Error 403: Forbidden", "refuses"),
        ("ERROR: [generic] Unable to download webpage: HTTP Error 403: Address not allowed", "may not be reached"),
        ("ERROR: [x] 1: Premieres in 3 hours", "not begun"),
        ("ERROR: [x] 1: Requested format is not available. Use --list-formats", "format of the settings"),
        (
            "ERROR: [generic] Unable to download webpage: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify",
            "certificate",
        ),
        ("ERROR: [x] 1: something strange" + _REPORT, "“something strange”"),
    ],
)
def test_what_another_try_would_not_change_is_final(line: str, words: str) -> None:
    error = failure(["WARNING: before", line], 1)
    assert isinstance(error, ToolFailed) and not isinstance(error, NeedsSignIn)
    assert words in str(error)
    assert "report this issue" not in str(error) and "ERROR" not in str(error)
    assert line in error.output


@pytest.mark.parametrize(
    "line",
    [
        "ERROR: [generic] Unable to download webpage: HTTP Error 503: Service Unavailable (caused by <HTTPError>)",
        "ERROR: [generic] Unable to download webpage: HTTP Error 429: Too Many Requests",
        "ERROR: [generic] Unable to download webpage: The read operation timed out (caused by TransportError)",
        "ERROR: unable to download video data: [Errno 104] Connection reset by peer",
        "ERROR: 1024 bytes read, 5000 more expected. Giving up after 10 retries",
        "ERROR: [generic] Unable to download webpage: Tunnel connection failed: 502 Bad Gateway",
        "ERROR: [x] Unable to download webpage: [Errno -3] Temporary failure in name resolution",
    ],
)
def test_what_may_work_later_is_tried_again(line: str) -> None:
    error = failure([line], 1)
    assert isinstance(error, TransientFailure)
    assert error.output == (line,)


def test_a_full_volume_is_told_as_such() -> None:
    assert isinstance(failure(["ERROR: unable to write data: [Errno 28] No space left on device"], 1), StorageError)


def test_an_end_without_words_is_told_with_its_code() -> None:
    assert "signal 9" in str(failure([], 137))
    assert "code 2" in str(failure([], 2))
