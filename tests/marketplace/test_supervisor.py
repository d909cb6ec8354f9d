"""Real processes, started and stopped by the supervisor and by `manage.py demo`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from marketplace import embedded
from marketplace.supervisor import MARK, Supervisor, SupervisorError, end_leftovers

PROJECT = Path(__file__).parent.parent.parent
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = (
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
)


@pytest.fixture
def data():
    """Return a data folder that is removed with all that was started for it."""
    folder = Path(tempfile.mkdtemp(prefix="govtech-test-"))
    folder.chmod(0o755)
    yield folder / "data"
    embedded.stop(folder / "data")
    shutil.rmtree(folder)


@pytest.fixture
def supervisor(data):
    supervisor = Supervisor(data)
    yield supervisor
    supervisor.stop()


def alive(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_children_stop_together(supervisor):
    supervisor.start("first", SLEEP, {})
    supervisor.start("second", SLEEP, {})
    supervisor.check()
    supervisor.stop()
    assert not any(alive(child.pid) for child in supervisor.children.values())


def test_a_child_that_ends_is_named(supervisor):
    supervisor.start("worker", [sys.executable, "-c", "raise SystemExit(3)"], {})
    with pytest.raises(SupervisorError, match=r"worker stopped unexpectedly \(exit code 3\)"):
        supervisor.watch()


def test_a_child_that_will_not_stop_is_killed(supervisor, monkeypatch):
    monkeypatch.setattr("marketplace.supervisor.GRACE_SECONDS", 0.2)
    supervisor.start("worker", [sys.executable, "-c", STUBBORN], {})
    supervisor.stop()
    assert supervisor.children["worker"].returncode in {-signal.SIGKILL, -signal.SIGTERM}


def test_leftovers_of_this_data_folder_alone_are_ended(data):
    mine, other = ({**os.environ, MARK: str(path)} for path in (data, data / "other"))
    leftover = subprocess.Popen(SLEEP, env=mine)
    unrelated = [subprocess.Popen(SLEEP, env=other), subprocess.Popen(SLEEP)]
    try:
        end_leftovers(data)
        assert not alive(leftover.pid)
        assert all(process.poll() is None for process in unrelated)
    finally:
        for process in (leftover, *unrelated):
            process.kill()
            process.wait()


def test_what_a_living_run_started_is_no_leftover(data, supervisor):
    with supervisor.presence():
        supervisor.start("worker", SLEEP, {})
        later = Supervisor(data)
        with later.presence():
            supervisor.check()
            assert not later.alone()


def test_a_killed_run_leaves_its_duties_to_the_next(data):
    first, second = Supervisor(data), Supervisor(data)
    with first.presence():
        first.owe(["valkey"])
    with second.presence():
        assert second.services == ["valkey"]


def demo(data, port):
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=PROJECT,
        env={
            **os.environ,
            "MARKETPLACE_DATA": str(data),
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_said_in_one_sentence(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = demo(data, port)
        said, _ = run.communicate(timeout=30)
    assert run.returncode == 1
    assert len(said.splitlines()) == 1
    assert f"PORT={port + 1}" in said


def test_ctrl_c_stops_what_the_run_started_and_nothing_else(data):
    embedded.ensure(data, ["valkey"])
    with demo(data, free_port()) as run:
        for line in run.stdout:
            if line.startswith("Preparing"):
                run.send_signal(signal.SIGINT)
    assert run.returncode == 0
    assert embedded.status(data) == {"postgres": False, "valkey": True}
