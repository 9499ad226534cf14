"""ffmpeg and ffprobe: what is in a media file, whether it decodes, a picture of it, and music in another form."""

from media_library.adapters.ffmpeg.decode import Pcm, decodes, pcm_of
from media_library.adapters.ffmpeg.music import MUSIC_FORMATS, MusicFormat, encode_music
from media_library.adapters.ffmpeg.probe import Probe, probe
from media_library.adapters.ffmpeg.remux import remux
from media_library.adapters.ffmpeg.still import write_still

__all__ = [
    "MUSIC_FORMATS",
    "MusicFormat",
    "Pcm",
    "Probe",
    "decodes",
    "encode_music",
    "pcm_of",
    "probe",
    "remux",
    "write_still",
]
