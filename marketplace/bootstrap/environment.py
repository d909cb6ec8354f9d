"""The project's own Python environment, `.venv`, with exactly what a lock file names."""

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from marketplace.bootstrap.tools import SetupError, run, say

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"  # never its scripts: their first line breaks in a moved folder
STAMP = VENV / "installed"  # written last, so that an interrupted installation has none
LOCKS = {"run": Path("requirements/run.lock"), "dev": Path("requirements/dev.lock")}


def ensure_environment(kind: str) -> None:
    """Have `.venv` hold what the lock of that kind names; the developer's has it all."""
    wanted = {fingerprint(LOCKS[kind]), fingerprint(LOCKS["dev"])}
    installed = STAMP.read_text().strip() if STAMP.exists() else ""
    if installed and not works():
        installed = ""
    if installed not in wanted:
        if not installed:
            make()
        install(kind)


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def works() -> bool:
    """Say if the environment's Python still starts and finds its packages.

    It does not once the system's Python that it was made from has been replaced.
    """
    try:
        return subprocess.run([PYTHON, "-c", "import django"], check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def make() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise SetupError(
            "Python's venv module is incomplete here: install it (on Debian and Ubuntu: "
            "apt-get install python3-venv) and try again."
        )
    again = " anew, the last one is incomplete" if VENV.exists() else ""
    say(f"Making a Python environment in {VENV}{again} …")
    run([sys.executable, "-m", "venv", "--clear", VENV], what="Making the Python environment")


def install(kind: str) -> None:
    say("Installing Python packages (the first time takes about a minute) …")
    STAMP.unlink(missing_ok=True)
    pip_install(LOCKS[kind], what="Installing the Python packages")
    STAMP.write_text(fingerprint(LOCKS[kind]))


def pip_install(lock: Path, *, what: str, options: Sequence[str] = ()) -> None:
    """Install what a lock file names, each file checked against the hash in it."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", *options]
    lockdown = ["--disable-pip-version-check", "--require-hashes", "--requirement", str(lock)]
    run([*pip, *lockdown], what=what, env={"PIP_USER": "0"})
