import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from marketplace.bootstrap.environment import LOCKS, ensure_environment
from marketplace.bootstrap.frontend import ensure_frontend
from marketplace.bootstrap.tools import SetupError, explain, say
from marketplace.bootstrap.translations import compile_translations


def main(arguments: Sequence[str]) -> int:
    """Bring the working copy up to date, and return the exit code."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        say(f"Usage: python3 -m marketplace.bootstrap {'|'.join(LOCKS)}")
        return 2
    try:
        with alone():
            ensure_environment(arguments[0])
            ensure_frontend()
            compile_translations()
    except SetupError as error:
        return give_up(str(error))
    except OSError as error:
        return give_up(str(explain("The setup", str(error))))
    except KeyboardInterrupt:
        return give_up("Interrupted; the next run goes on from here.")
    return 0


def give_up(sentence: str) -> int:
    say(sentence)
    return 1


@contextmanager
def alone() -> Iterator[None]:
    """Let one setup at a time work in this folder, without leaving a file for it."""
    folder = os.open("requirements", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
