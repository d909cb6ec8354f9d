"""Processes that start together and stop together, and leave nothing behind.

Each child has a session of its own, so that Ctrl-C reaches the supervisor alone, and carries
the data folder in its environment, so that the next run finds what a killed one left.
"""

import contextlib
import fcntl
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

import psutil

MARK = "MARKETPLACE_RUN"
GRACE_SECONDS = 10
START_SECONDS = 60


class SupervisorError(Exception):
    """The run cannot go on; the message is one sentence for people."""


class StopRequested(KeyboardInterrupt):
    """Someone pressed Ctrl-C, closed the terminal or asked the process to end."""


class Supervisor:
    """The children of one run on one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.services: list[str] = []
        self.stopping = False

    def listen(self) -> None:
        """From now on the first signal raises `StopRequested`, a second one forces the end."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            self.kill()
        else:
            self.stopping = True
            raise StopRequested

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.children[name] = subprocess.Popen(  # noqa: S603  (our own commands)
            command,
            env={**os.environ, **env, MARK: str(self.data)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def check(self) -> None:
        """Raise if a child has ended."""
        for name, child in self.children.items():
            if (code := child.poll()) is not None:
                raise SupervisorError(f"The {name} stopped unexpectedly (exit code {code}).")

    def wait_for_answer(self, port: int) -> None:
        """Wait until the start page answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            if status := answer(port):
                if status >= 500:
                    raise SupervisorError(f"The start page answers with an error ({status}).")
                return
            time.sleep(0.1)
        raise SupervisorError(f"The web server did not answer within {START_SECONDS} seconds.")

    def watch(self) -> None:
        """Return never: only a signal or the end of a child leads out."""
        while True:
            self.check()
            time.sleep(0.2)

    def stop(self) -> None:
        """End the children in order, and kill what is left of them after a while."""
        self.stopping = True
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
        self.kill()
        for child in self.children.values():
            child.wait()

    def kill(self) -> None:
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)

    @contextlib.contextmanager
    def presence(self) -> Iterator[None]:
        """Show that a run uses the data folder, after ending what a killed run left there.

        The kernel lifts the lock with the process, so it says who lives better than a pid does.
        The file names the services that this run has to stop: those that it started, and those
        of a killed run.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "run.lock").open("a+") as self.lock:
            if self.alone():
                end_leftovers(self.data)
                self.lock.seek(0)
                self.services = self.lock.read().split()
            fcntl.flock(self.lock, fcntl.LOCK_SH)
            yield

    def owe(self, services: list[str]) -> None:
        """Note which services have to be stopped, for the next run if this one is killed."""
        self.services = services
        self.lock.truncate(0)
        self.lock.write(" ".join(services))
        self.lock.flush()

    def alone(self) -> bool:
        """Say if no other run uses the data folder now."""
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def answer(port: int) -> int:
    """Return the status of the start page, or 0 if nobody answers yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def end_leftovers(data: Path) -> None:
    """Kill our own processes that carry the mark of the data folder, but not who asks."""
    me = psutil.Process()
    spared = {me, *me.parents()}
    found = [process for process in psutil.process_iter() if process not in spared]
    leftovers = [process for process in found if marked(process, data, me.uids().real)]
    for process in leftovers:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(leftovers, timeout=GRACE_SECONDS)


def marked(process: psutil.Process, data: Path, user: int) -> bool:
    try:
        return process.uids().real == user and process.environ().get(MARK) == str(data)
    except psutil.Error:
        return False
