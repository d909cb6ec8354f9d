"""What is uploaded for an application never lies on a disk as it came: it stays in memory."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemoryHandler(MemoryFileUploadHandler):
    """Comes first, takes what is sent to the addresses of applications, whatever its size.

    Drops what comes beyond the limit; the size stays true, so that the form refuses it.
    """

    taken = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        match = self.request.resolver_match if self.request else None
        self.activated = match is not None and match.app_name == "applications"

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.taken = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.taken += len(raw_data)
        if self.activated and self.taken > settings.UPLOAD_MAX_BYTES + self.chunk_size:
            return None
        return super().receive_data_chunk(raw_data, start)
