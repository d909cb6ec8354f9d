from argparse import ArgumentParser
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
                call_command(command, verbosity=0)
            self.report(runs)
        finally:
            embedded.stop(settings.DATA_DIR, started)

    def report(self, runs: int) -> None:
        self.stdout.write(f"{'':30}{'p50 ms':>9}{'p95 ms':>9}{'p50 / template floor':>22}")
        floor = 0.0
        for timing in bench.measure(runs):
            floor = floor or timing.p50
            ratio = timing.p50 / floor
            self.stdout.write(f"{timing.name:30}{timing.p50:9.2f}{timing.p95:9.2f}{ratio:22.1f}")
