"""Take no more of an upload than we would keep."""

from typing import Any, Protocol

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Drops what comes beyond the limit; the size stays true, so that the form refuses it."""

    taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken <= settings.UPLOAD_MAX_BYTES + self.chunk_size:
            super().receive_data_chunk(raw_data, start)


class Upload(Protocol):
    """What a form gets for a file."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...
