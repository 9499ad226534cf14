"""ffmpeg and ffprobe: what is in a media file, whether it decodes, a picture of it, and music in another form."""

from media_library.adapters.ffmpeg.decode import Pcm, decodes, pcm_of
from media_library.adapters.ffmpeg.excerpt import write_excerpt
from media_library.adapters.ffmpeg.loudness import Measured, measure_loudness, measure_together
from media_library.adapters.ffmpeg.music import MUSIC_FORMATS, MusicFormat, encode_music
from media_library.adapters.ffmpeg.portable import make_portable
from media_library.adapters.ffmpeg.probe import Probe, probe
from media_library.adapters.ffmpeg.remux import remux
from media_library.adapters.ffmpeg.sound_hash import sound_hash
from media_library.adapters.ffmpeg.still import write_still
from media_library.adapters.ffmpeg.trickplay import write_sheets

__all__ = [
    "MUSIC_FORMATS",
    "Measured",
    "MusicFormat",
    "Pcm",
    "Probe",
    "decodes",
    "encode_music",
    "make_portable",
    "measure_loudness",
    "measure_together",
    "pcm_of",
    "probe",
    "remux",
    "sound_hash",
    "write_excerpt",
    "write_sheets",
    "write_still",
]
