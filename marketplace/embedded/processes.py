"""Starting servers and their tools: as the right account, with an environment of their own."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psutil

from marketplace.embedded.places import Account

# Not ours: PGPORT or MARKETPLACE_RUN mean nothing to the servers; messages come in English.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
PATIENCE_SECONDS = 120


def run(command: Sequence[str | Path], account: Account | None = None) -> tuple[int, str]:
    """Run a tool and return its exit code and what it said."""
    if os.geteuid() != 0:
        account = None  # it is ourselves
    done = subprocess.run(  # noqa: S603  (our own programs)
        command,
        cwd="/",
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=PATIENCE_SECONDS,
        check=False,
        start_new_session=True,  # Ctrl-C is for us to handle
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    return done.returncode, done.stdout


def launch(command: Sequence[str | Path], log: Path, account: Account) -> psutil.Process | None:
    """Start a server that outlives us, or return None if it is gone at once.

    The shell in between leaves it to init, so that no zombie of ours stays when it dies.
    """
    script = 'log=$1; shift; "$@" >>"$log" 2>&1 </dev/null & echo $!'
    _, pid = run(["/bin/sh", "-c", script, "sh", log, *command], account)
    try:
        return psutil.Process(int(pid))
    except psutil.NoSuchProcess:
        return None


def alive(process: psutil.Process | None) -> bool:
    """Say if the process runs; one that only waits to be buried does not."""
    try:
        return process is not None and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
