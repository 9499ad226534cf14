"""Files on their way from people into the library: sent in parts, kept apart until they are known for what they are."""

from media_library.services.uploads.description import ALGORITHMS, read_checksum, read_description, read_number
from media_library.services.uploads.desk import CHUNK_BYTES, Limits, Uploads, hand_on, upload_file
from media_library.services.uploads.destinations import Destinations
from media_library.services.uploads.names import shown_folder, shown_name
from media_library.services.uploads.part import Checksum, Part
from media_library.services.uploads.refusal import Refusal, UploadRefused
from media_library.services.uploads.seats import Connection
from media_library.services.uploads.settling import PATIENCE_MS, is_to_come, settle_uploads

__all__ = [
    "ALGORITHMS",
    "CHUNK_BYTES",
    "PATIENCE_MS",
    "Checksum",
    "Connection",
    "Destinations",
    "Limits",
    "Part",
    "Refusal",
    "UploadRefused",
    "Uploads",
    "hand_on",
    "is_to_come",
    "read_checksum",
    "read_description",
    "read_number",
    "settle_uploads",
    "shown_folder",
    "shown_name",
    "upload_file",
]
