"""What is in an uploaded file, whatever its name and the browser say."""

from profiles.files.inspection.inspecting import inspect
from profiles.files.inspection.kinds import Accepted, Format, RefusedError

__all__ = ["Accepted", "Format", "RefusedError", "inspect"]
