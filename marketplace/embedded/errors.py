import errno
import shutil
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
ROOM_BYTES = 1_000_000


class EmbeddedError(Exception):
    """An embedded server cannot do what was asked; the message is one sentence for people."""


def disk_full(folder: Path) -> EmbeddedError:
    return EmbeddedError(f"The disk that holds {folder} is full: free some space and try again.")


def from_os_error(error: OSError, folder: Path) -> EmbeddedError:
    """Put into a sentence what the system refused."""
    if error.errno in FULL:
        return disk_full(folder)
    return EmbeddedError(f"The embedded services cannot use {folder}: {error}.")


def from_output(server: str, output: str, log: Path) -> EmbeddedError:
    """Put into a sentence why a server or its tool gave up, from the last that it said."""
    # On a disk that is quite full, the log has no room for the complaint either.
    full = shutil.disk_usage(log.parent).free < ROOM_BYTES
    if full or "No space left" in output or "quota exceeded" in output:
        return disk_full(log.parent)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    said = " / ".join(lines[-4:]) or "it said nothing"
    return EmbeddedError(f"{server} cannot start, see {log}: {said}")
