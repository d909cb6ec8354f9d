"""The embedded PostgreSQL: one cluster in the data folder, reached by a socket alone."""

import shutil
import signal
import time
from pathlib import Path

import psutil

from marketplace.embedded import errors
from marketplace.embedded.binaries import postgres_tool, runnable
from marketplace.embedded.places import Place, make_own
from marketplace.embedded.processes import PATIENCE_SECONDS, alive, launch, run

NAME = USER = "marketplace"
READY, BUSY, SILENT = 0, 1, 2  # what pg_isready answers; busy: starting, recovering or stopping
ATTEMPTS = 20
PID_FILE, SOCKET_LOCK = "postmaster.pid", ".s.PGSQL.5432.lock"
# What it says when a server that was killed or stopped is not quite gone: worth another try.
STILL_THERE = ("lock file", "shared memory")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "512MB",
    # /dev/shm of a container holds 64 MB, too little to build an index in parallel.
    "dynamic_shared_memory_type": "mmap",
    "max_parallel_maintenance_workers": "0",
}


def connection(data: Path) -> dict[str, str]:
    """Return what Django needs to connect; nothing is started or made."""
    # The port is part of the socket's name, and PGPORT must not change it.
    return {"HOST": str(Place.of(data).sockets), "PORT": "5432", "USER": USER, "NAME": NAME}


def running(place: Place) -> bool:
    return state(place) == READY


def state(place: Place) -> int:
    code, _ = run([postgres_tool("pg_isready"), "-q", "-h", place.sockets, "-p", "5432"])
    return code


def start(place: Place) -> None:
    """Start the server, making its cluster first; call it under the lock."""
    folder = place.home / "postgres"
    make_own(folder, place.account)
    log = folder / "log"
    if log.exists():
        log.replace(folder / "log.old")
    if not (folder / "cluster").exists():
        make_cluster(place, folder, log)
    if wait_until_ready(place, postmaster(place)):
        return
    stop(place)  # it may live, but without its socket
    said = ""
    for _ in range(ATTEMPTS):
        if wait_until_ready(place, launch_server(place, log)):
            return
        said = log.read_text(errors="replace") if log.exists() else ""
        if not any(sign in said for sign in STILL_THERE):
            break
        time.sleep(0.3)
    raise errors.from_output("PostgreSQL", said, log)


def make_cluster(place: Place, folder: Path, log: Path) -> None:
    """Make a cluster that holds our database, complete or not at all."""
    draft = folder / "cluster.new"
    shutil.rmtree(draft, ignore_errors=True)
    initdb = f"""-U {USER} --auth=trust --encoding=UTF8 --locale=C --locale-provider=builtin
        --builtin-locale=C.UTF-8 --no-sync""".split()
    bins = runnable(postgres_tool("postgres"), place.account).parent
    code, said = run([bins / "initdb", *initdb, "-D", draft], place.account)
    if code == 0:
        single = f'echo "CREATE DATABASE {NAME}" | "$0" --single -j -D "$1" postgres'
        code, said = run(["/bin/sh", "-c", single, bins / "postgres", draft], place.account)
    if code != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise errors.from_output("PostgreSQL", said, log)
    draft.rename(folder / "cluster")


def launch_server(place: Place, log: Path) -> psutil.Process | None:
    cluster = place.home / "postgres" / "cluster"
    forget_foreign_pids(cluster / PID_FILE, place.sockets / SOCKET_LOCK)
    settings = SETTINGS | {"unix_socket_directories": str(place.sockets)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    server = runnable(postgres_tool("postgres"), place.account)
    return launch([server, "-D", cluster, *options], log, place.account)


def wait_until_ready(place: Place, server: psutil.Process | None) -> bool:
    """Wait as long as it lives; recovering after a crash may take a while."""
    silent_since = time.monotonic()
    deadline = silent_since + PATIENCE_SECONDS
    while alive(server) and time.monotonic() < deadline:
        answer = state(place)
        if answer == READY:
            return True
        if answer == BUSY:
            silent_since = time.monotonic()
        if time.monotonic() - silent_since > 10:
            return False
        time.sleep(0.02)
    return False


def recorded_pid(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def postmaster(place: Place) -> psutil.Process | None:
    """Return the server of this cluster; a mere number in a file proves nothing."""
    cluster = place.home / "postgres" / "cluster"
    pid = recorded_pid(cluster / PID_FILE)
    try:
        process = psutil.Process(pid) if pid else None
        if process and alive(process) and process.name() == "postgres":
            return process if Path(process.cwd()) == cluster.resolve() else None
    except psutil.Error:
        pass
    return None


def forget_foreign_pids(*paths: Path) -> None:
    """Remove stale files whose process id another process has now, or a zombie.

    PostgreSQL would take that for a running server. Should an orphaned child of the old server
    still live, PostgreSQL refuses to start all the same: the shared memory is in use.
    """
    for path in paths:
        pid = recorded_pid(path)
        if pid and psutil.pid_exists(pid):
            path.unlink()


def stop(place: Place) -> None:
    """Stop the server in order, its open connections cut; call it under the lock."""
    if server := postmaster(place):
        for order in (signal.SIGINT, signal.SIGQUIT):
            server.send_signal(order)
            deadline = time.monotonic() + 30
            while alive(server) and time.monotonic() < deadline:
                time.sleep(0.02)
            if not alive(server):
                return
