"""The marketplace on a PostgreSQL that somebody else runs, reached by TCP and a password."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from marketplace.embedded.binaries import postgres_tool, runnable
from marketplace.embedded.places import make_own, server_account
from marketplace.embedded.processes import launch, run

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture
def database_url():
    """Start a server of its own on a free port, and return the address of its database."""
    account = server_account()
    tools = runnable(postgres_tool("postgres"), account).parent
    with tempfile.TemporaryDirectory() as name, socket.socket() as probe:
        folder = Path(name)
        folder.chmod(0o755)
        make_own(folder / "server", account)
        password, cluster = folder / "password", folder / "server" / "cluster"
        password.write_text("invented")
        options = ["-U", "owner", "--auth=scram-sha-256", f"--pwfile={password}", "--no-sync"]
        code, said = run([tools / "initdb", "-D", cluster, *options], account)
        assert code == 0, said
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        where = [
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-k",
            "",
            "-c",
            "dynamic_shared_memory_type=mmap",
        ]
        command = [tools / "postgres", "-D", cluster, *where]
        server = launch(command, folder / "server" / "log", account)
        url = f"postgresql://owner:invented@127.0.0.1:{port}/postgres"
        wait_for(url)
        yield url
        server.terminate()
        server.wait(10)


def wait_for(url):
    deadline = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def test_tables_are_made_and_checks_pass(database_url):
    environment = {**os.environ, "DATABASE_URL": database_url}
    for command in (["migrate", "profiles", "-v0"], ["check", "--database", "default"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    with psycopg.connect(database_url) as connection:
        found = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
    assert found[0] > 0
