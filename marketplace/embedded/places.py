"""Where the embedded servers keep data and sockets, and whom they run as.

PostgreSQL refuses to run as root. When root starts it, both servers run as an ordinary
account, and that may not be able to enter the data folder (below root's home, say). Then
what they need lives in a folder of ours that it can enter: other people's folders keep
their modes. Looking at a place touches nothing; `prepare` makes its folders.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from marketplace.embedded.errors import EmbeddedError

SHELTER = Path("/var/lib/govtech-marketplace")
# Not the temp folder of the environment: every process has to come to the same answer.
SHORT = Path("/tmp")  # noqa: S108  (`make_own` refuses a folder that someone else put there)
# A socket path holds 103 bytes on macOS (107 on Linux), and ours end in /.s.PGSQL.5432.lock.
# Other characters mean something in the servers' settings or in URLs.
USABLE_AS_SOCKETS = re.compile(r"[\w./+-]{1,80}", re.ASCII)


class Account(NamedTuple):
    uid: int
    gid: int


def server_account() -> Account:
    """Return whom the servers run as: ourselves or, when we are root, an ordinary account."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(65534, 65534)
    return Account(nobody.pw_uid, nobody.pw_gid)


def reaches(account: Account, path: Path) -> bool:
    """Say if the account may enter (or execute) the path and every folder on the way to it.

    What does not exist yet will be made by us, and does not stand in the way.
    """

    def enters(step: Path) -> bool:
        info = step.stat()
        owns, shares = info.st_uid == account.uid, info.st_gid == account.gid
        bit = stat.S_IXUSR if owns else stat.S_IXGRP if shares else stat.S_IXOTH
        return bool(info.st_mode & bit)

    return all(enters(step) for step in (path, *path.parents) if step.exists())


@dataclass(frozen=True)
class Place:
    """The folders and the account of the servers that belong to one data folder."""

    home: Path
    sockets: Path
    account: Account

    @classmethod
    def of(cls, data: Path) -> "Place":
        data = data.resolve()
        account, root = server_account(), os.geteuid() == 0
        name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
        home = SHELTER / name if root and not reaches(account, data) else data
        sockets = home / "sockets"
        if not USABLE_AS_SOCKETS.fullmatch(str(sockets)):
            short = SHORT / f"govtech-{account.uid}-{name}"
            sockets = SHELTER / name / "sockets" if root else short
        return cls(home=home, sockets=sockets, account=account)

    def prepare(self) -> None:
        """Make the folders that are missing: the home ours, the sockets the servers' own."""
        for folder in (self.home, self.sockets.parent):
            make_way(folder)
        make_own(self.sockets, self.account)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time start or stop servers; the kernel frees it after kill -9."""
        with (self.home / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def make_way(folder: Path) -> None:
    """Make a folder and its missing parents, such that the servers' account can pass."""
    for step in (*reversed(folder.parents), folder):
        if not step.exists():
            step.mkdir(exist_ok=True)
            if os.geteuid() == 0:  # whatever the umask says
                step.chmod(0o755)


def make_own(folder: Path, account: Account) -> None:
    """Make a folder that nobody but the servers' account (and root) can look into."""
    folder.mkdir(exist_ok=True)
    check_owner(folder, account.uid, os.geteuid())
    if folder.stat().st_uid != account.uid:
        os.chown(folder, *account)
    if stat.S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)


def check_owner(folder: Path, *owners: int) -> None:
    """Refuse a link, and a folder that belongs to someone else."""
    info = folder.lstat()
    if not stat.S_ISDIR(info.st_mode) or info.st_uid not in owners:
        raise EmbeddedError(
            f"{folder} belongs to someone else: remove it, or choose another folder "
            "with MARKETPLACE_DATA."
        )
