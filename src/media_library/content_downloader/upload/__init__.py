"""Takes what people send into the library: told by its content, put where it belongs, or kept out with a reason."""

from media_library.content_downloader.upload.arrival import Arrival, Shelving, Waits
from media_library.content_downloader.upload.beside import Companions
from media_library.content_downloader.upload.importer import UploadImporter
from media_library.content_downloader.upload.library import upload_importer

__all__ = ["Arrival", "Companions", "Shelving", "UploadImporter", "Waits", "upload_importer"]
