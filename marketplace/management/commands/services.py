from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace import embedded


class Command(BaseCommand):
    help = "Start or stop the embedded PostgreSQL and Valkey, or say which of them run."
    requires_system_checks = []  # they may need what is about to be started

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *, action: str, **options: Any) -> None:
        """Act on the servers of the data folder, whoever started them."""
        data = settings.DATA_DIR
        try:
            if action == "start":
                embedded.ensure(data)
            elif action == "stop":
                embedded.stop(data)
            for name, runs in embedded.status(data).items():
                self.stdout.write(f"{name}: {'running' if runs else 'stopped'}")
        except embedded.EmbeddedError as error:
            raise CommandError(str(error)) from error
