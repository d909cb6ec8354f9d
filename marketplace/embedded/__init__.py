"""PostgreSQL and Valkey out of Python packages, for one folder of data.

They are real servers, shared by every process of the project and independent of it: Ctrl-C or
the end of whoever started them does not stop them, only `stop` does.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from marketplace.embedded import postgres, valkey
from marketplace.embedded.errors import EmbeddedError, from_os_error
from marketplace.embedded.places import Place

__all__ = ["SERVICES", "EmbeddedError", "ensure", "lent", "status", "stop"]

SERVICES = {"postgres": postgres, "valkey": valkey}


def ensure(data: Path, names: Iterable[str] = SERVICES) -> list[str]:
    """Have the servers run, and return the names of those that were started for it."""
    place, started = Place.of(data), []
    try:
        for name in names:
            if SERVICES[name].running(place):
                continue
            place.prepare()
            with place.locked():
                if not SERVICES[name].running(place):
                    SERVICES[name].start(place)
                    started.append(name)
    except OSError as error:
        raise from_os_error(error, place.home) from error
    return started


def stop(data: Path, names: Iterable[str] = SERVICES) -> None:
    """Stop the servers; their data stays."""
    place = Place.of(data)
    if place.home.exists():
        with place.locked():
            for name in names:
                SERVICES[name].stop(place)


@contextmanager
def lent(data: Path, names: Iterable[str] = SERVICES) -> Iterator[None]:
    """Have the servers run meanwhile; those that ran before run on afterwards."""
    started = ensure(data, names)
    try:
        yield
    finally:
        stop(data, started)


def status(data: Path) -> dict[str, bool]:
    """Say which of the servers run."""
    place = Place.of(data)
    return {name: service.running(place) for name, service in SERVICES.items()}
