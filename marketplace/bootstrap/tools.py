"""Running other programs quietly, and saying in one sentence what went wrong."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SIGN_OF_LIFE_SECONDS = 10
FULL = ("No space left on device", "ENOSPC", "Disk quota exceeded")
UNREACHABLE = (
    *("name resolution", "Name or service not known", "nodename nor servname", "ENOTFOUND"),
    *("NewConnectionError", "Connection refused", "ECONNREFUSED", "Network is unreachable"),
    *("ConnectTimeout", "Read timed out", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "ENETUNREACH"),
    *("ProxyError", "Cannot connect to proxy", "SSLError", "CERTIFICATE_VERIFY_FAILED"),
    *("ConnectionResetError", "503 Service", "502 Bad Gateway"),
)


class SetupError(Exception):
    """The setup cannot go on; the message is one sentence for people."""


class UnreachableError(SetupError):
    """There is no way to the package registry now; another tool will not find one either."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(
    command: Sequence[str | Path],
    *,
    what: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a program, showing only that it still works, or raise why it failed."""
    # A file, not a pipe: a program that fills a pipe that nobody reads stands still.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603  (our own commands)
            command,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            code = wait(process)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if code != 0:
            output.seek(0)
            raise explain(what, output.read().decode(errors="replace"))


def wait(process: subprocess.Popen[bytes]) -> int:
    begun = time.monotonic()
    while True:
        try:
            return process.wait(SIGN_OF_LIFE_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"  … still at it ({time.monotonic() - begun:.0f} s)")


def explain(what: str, output: str) -> SetupError:
    """Put what a program complained about into a sentence."""
    if any(sign in output for sign in FULL):
        return SetupError(f"{what} failed: the disk is full.")
    if any(sign in output for sign in UNREACHABLE):
        return UnreachableError(
            f"{what} failed: the package registry cannot be reached; look at the network "
            "connection (or the proxy settings) and try again."
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    complaints = [line for line in lines if "error" in line.lower()] or lines
    return SetupError(f"{what} failed: {' / '.join(complaints[-2:]) or 'it does not say why'}")
