import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from marketplace import embedded
from marketplace.supervisor import StopRequested, Supervisor, SupervisorError

PYTHON_MODULE = [sys.executable, "-m"]


class Command(BaseCommand):
    help = "Run the whole marketplace with invented data, until Ctrl-C."
    requires_system_checks = []  # the database is about to be started

    def handle(self, **options: Any) -> None:
        """Start everything in order, then watch over it; stop what was started here."""
        port = chosen_port()
        become_demo(port)
        supervisor = Supervisor(settings.DATA_DIR)
        supervisor.listen()
        try:
            with supervisor.presence():
                insist_free(port)
                with self.services(supervisor):
                    self.prepare()
                    self.serve(supervisor, port)
        except StopRequested:
            self.say("Stopped.")
        except (embedded.EmbeddedError, SupervisorError) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database does not serve us: {error}") from error
        except OSError as error:
            raise CommandError(f"The system refuses: {error}") from error

    @contextlib.contextmanager
    def services(self, supervisor: Supervisor) -> Iterator[None]:
        """Have the embedded services run meanwhile, unless there are others outside."""
        data, wanted = settings.DATA_DIR, settings.EMBEDDED
        runs = embedded.status(data) if wanted else {}
        missing = [name for name in wanted if not runs[name]]
        try:
            if missing:
                self.say("Starting PostgreSQL and Valkey …")
                supervisor.owe([*supervisor.services, *missing])
                embedded.ensure(data, missing)
            yield
        finally:
            supervisor.stop()
            if supervisor.services and supervisor.alone():
                embedded.stop(data, supervisor.services)
                supervisor.owe([])

    def prepare(self) -> None:
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        self.say("Collecting style sheets and pictures …")
        call_command("collectstatic", verbosity=0, interactive=False)
        self.say("Loading reference data …")
        call_command("load_reference_data")
        self.say("Loading the invented market …")
        call_command("load_demo")

    def serve(self, supervisor: Supervisor, port: int) -> None:
        self.say("Starting the worker and the web server …")
        env = {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        worker = "--quiet -A marketplace worker --beat --without-gossip --without-mingle"
        web = (
            f"marketplace.wsgi --no-control-socket --workers 2 --threads 2 --bind 127.0.0.1:{port}"
        )
        celery = [*PYTHON_MODULE, "celery", *worker.split(), "--concurrency", "1"]
        celery += ["--loglevel", "warning"]
        gunicorn = [*PYTHON_MODULE, "gunicorn", *web.split(), "--log-level", "warning"]
        supervisor.start("worker", celery, env)
        supervisor.start("web server", gunicorn, env)
        supervisor.wait_for_answer(port)
        self.greet(port)
        supervisor.watch()

    def greet(self, port: int) -> None:
        from marketplace.demo.accounts import accounts, password

        self.say(f"\nThe marketplace runs on http://127.0.0.1:{port}/ (Ctrl-C stops it).")
        self.say(f"Sign in with the password {password()} as")
        for role, email in accounts():
            self.say(f"  {email:28} {role}")

    def say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # the terminal may be closed already
            self.stdout.write(line)
            self.stdout.flush()


def chosen_port() -> int:
    value = os.environ.get("PORT", "8000")
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise CommandError(f"PORT={value} is no port: choose a number from 1024 to 65535.")
    return int(value)


def become_demo(port: int) -> None:
    """Start this command again if the settings were read without the demo's environment."""
    demo = {"DEMO": "true", "HTTPS": "false", "SITE_URL": f"http://127.0.0.1:{port}"}
    if missing := {name: value for name, value in demo.items() if name not in os.environ}:
        os.environ.update(missing)
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  (ourselves)


def insist_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is not available: choose another one, like PORT={port + 1} make demo."
            ) from error
