"""A virus scanner, if the operator has one: ClamAV's daemon, asked by its INSTREAM command."""

import socket
from contextlib import suppress

from django.conf import settings
from django.utils.translation import gettext

from profiles.files.inspection import RefusedError

CHUNK = 64 * 1024
TIMEOUT = 30  # seconds for each step
LONGEST_ANSWER = 4096


def scan(content: bytes) -> None:
    """Raise RefusedError when something is found, and when nobody can tell."""
    if not settings.CLAMD_SOCKET and not settings.CLAMD_HOST:
        return
    answer = ""
    with suppress(OSError):
        answer = _asked(content)
    if answer == "stream: OK":
        return
    if answer.endswith(" FOUND"):
        raise RefusedError(gettext("Der Virenscanner hat in der Datei etwas gefunden."))
    raise RefusedError(
        gettext(
            "Der Virenscanner ist gerade nicht erreichbar. Bitte versuchen Sie es später "
            "noch einmal."
        )
    )


def _asked(content: bytes) -> str:
    """Return what the daemon answers; raises OSError when it does not."""
    with _connected() as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
        connection.sendall(b"\0\0\0\0")
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            part = connection.recv(LONGEST_ANSWER)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connected() -> socket.socket:
    if settings.CLAMD_SOCKET:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIMEOUT)
        try:
            connection.connect(settings.CLAMD_SOCKET)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = settings.CLAMD_HOST.partition(":")
    return socket.create_connection((host, int(port or 3310)), TIMEOUT)
