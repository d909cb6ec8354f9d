"""The embedded Valkey (speaks the Redis protocol): broker and cache, reached by a socket."""

import socket as sockets
import time
from pathlib import Path

from marketplace.embedded import errors
from marketplace.embedded.binaries import runnable, valkey_server
from marketplace.embedded.places import Place, make_own
from marketplace.embedded.processes import PATIENCE_SECONDS, alive, launch

# Every write is kept in a file; a full memory refuses tasks rather than drop some silently.
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "save": "",
    "maxmemory": "256mb",
    "maxmemory-policy": "noeviction",
}


def socket(data: Path) -> Path:
    """Return the socket that Celery and the cache connect to; nothing is started or made."""
    return socket_in(Place.of(data))


def socket_in(place: Place) -> Path:
    return place.sockets / "valkey.sock"


def running(place: Place) -> bool:
    answer = ask(place, "PING")
    if answer.startswith(b"-MISCONF"):  # it could not write its file, and takes no more
        raise errors.disk_full(place.home)
    return answer.startswith(b"+PONG")


def loading(place: Place) -> bool:
    return ask(place, "PING").startswith(b"-LOADING")


def ask(place: Place, command: str) -> bytes:
    """Send a command and return the start of its answer, or nothing if nobody is there."""
    try:
        with sockets.socket(sockets.AF_UNIX, sockets.SOCK_STREAM) as line:
            line.settimeout(5)
            line.connect(str(socket_in(place)))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(100)
    except OSError:
        return b""


def start(place: Place) -> None:
    """Start the server and wait for what it reads from its files; call it under the lock."""
    while loading(place):  # whoever started it was killed meanwhile
        time.sleep(0.05)
    if running(place):
        return
    folder = place.home / "valkey"
    make_own(folder, place.account)
    log = folder / "log"
    if log.exists():
        log.replace(folder / "log.old")
    settings = SETTINGS | {"dir": str(folder), "unixsocket": str(socket_in(place))}
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    program = runnable(valkey_server(), place.account)
    server = launch([program, *options], log, place.account)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while alive(server) and time.monotonic() < deadline:
        if running(place):
            return
        time.sleep(0.01)
    said = log.read_text(errors="replace") if log.exists() else ""
    raise errors.from_output("Valkey", said, log)


def stop(place: Place) -> None:
    """Stop the server once its files are written; call it under the lock."""
    ask(place, "SHUTDOWN")
    deadline = time.monotonic() + 30
    while running(place) and time.monotonic() < deadline:
        time.sleep(0.01)
