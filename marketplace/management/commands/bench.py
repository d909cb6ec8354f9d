from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from marketplace import bench, embedded


class Command(BaseCommand):
    help = "Time the pages of the demo market, as ratios to a floor of the same run."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--runs", type=int, default=40)

    def handle(self, *, runs: int, **options: Any) -> None:
        started = [] if settings.DATABASE_URL else embedded.ensure(settings.DATA_DIR)
        try:
            for command in ("migrate", "load_reference_data", "load_demo"):
                call_command(command, verbosity=0, stdout=StringIO())
            call_command("collectstatic", interactive=False, verbosity=0)
            self.report(runs)
        finally:
            embedded.stop(settings.DATA_DIR, started)

    def report(self, runs: int) -> None:
        self.stdout.write(
            f"{'':30}{'p50 ms':>9}{'p95 ms':>9}{'over the floor':>16}{'times the floor':>17}"
        )
        floor = 0.0
        for name, p50, p95 in bench.measure(runs):
            floor = floor or p50
            figures = f"{p50:9.2f}{p95:9.2f}{p50 - floor:16.2f}{p50 / floor:17.1f}"
            self.stdout.write(f"{name:30}{figures}")
