"""Which encoder of H.264 is used: hardware that proved in a trial that it works, or the processor."""

import logging
import threading

from media_library.adapters.ffmpeg.hls_encoders import candidates, has_filter, works
from media_library.adapters.ffmpeg.recipe import Encoder, EncoderKind
from media_library.models.preferences import Hardware
from media_library.services.playback.software import software_encoder

log = logging.getLogger(__name__)


class Encoders:
    """Tries the hardware once, when it is first needed, and remembers. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tried: dict[Hardware, Encoder | None] = {}
        self._can_tone_map: bool | None = None

    def hardware(self, wanted: Hardware) -> Encoder | None:
        """The encoder in hardware that is ``wanted`` and works here; ``None`` for the processor."""
        if wanted is Hardware.NONE:
            return None
        with self._lock:
            if wanted not in self._tried:
                self._tried[wanted] = self._try(wanted)
            return self._tried[wanted]

    def software(self, height: int) -> Encoder:
        """The encoder of the processor, for a picture of so many lines."""
        return software_encoder(height)

    def best(self, wanted: Hardware, height: int, *, needed: bool) -> Encoder:
        """The encoder for a picture of so many lines; nothing is tried when none is ``needed``."""
        return (self.hardware(wanted) if needed else None) or self.software(height)

    def can_tone_map(self) -> bool:
        """Whether this ffmpeg can turn HDR into SDR."""
        with self._lock:
            if self._can_tone_map is None:
                self._can_tone_map = has_filter("zscale") and has_filter("tonemap")
            return self._can_tone_map

    def failed(self, kind: EncoderKind) -> None:
        """Hardware that failed while it was at work is not used again until the next start."""
        with self._lock:
            for wanted, encoder in self._tried.items():
                if encoder is not None and encoder.kind is kind:
                    self._tried[wanted] = None

    def _try(self, wanted: Hardware) -> Encoder | None:
        for encoder in candidates():
            if wanted in (Hardware.AUTO, encoder.kind) and works(encoder):
                log.info("Pictures are encoded by %s", encoder.kind)
                return encoder
        if wanted is not Hardware.AUTO:
            log.warning("%s does not work here: pictures are encoded by the processor", wanted)
        return None
