"""Too many people want a picture encoded at a time."""

from media_library.errors import TooManyRequests

_TRY_AGAIN_SECONDS = 30


class TooManyTranscodes(TooManyRequests):
    """The appliance encodes as many pictures as it may."""

    code = "too_many_transcodes"

    def __init__(self, limit: int) -> None:
        films = "another film" if limit == 1 else f"{limit} other films"
        super().__init__(
            f"The appliance is busy converting {films} for others. Try again when one has ended, or play a version that"
            " this browser can play as it is.",
            _TRY_AGAIN_SECONDS,
        )
