from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace import embedded
from marketplace.bench import history
from marketplace.bench.databases import market_of
from marketplace.bench.matching import seconds_to_match
from marketplace.bench.measures import Timing, timings


class Command(BaseCommand):
    help = "Time the pages of an invented market of each size, against a floor of the same run."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000])
        parser.add_argument("--runs", type=int, default=30)
        parser.add_argument(
            "--needs", type=int, default=1_000, help="how many are matched by 1 and by 2 workers"
        )

    def handle(self, *, sizes: list[int], runs: int, needs: int, **options: Any) -> None:
        file = settings.DATA_DIR / "history.jsonl"
        smaller: dict[str, float] = {}
        with embedded.lent(settings.DATA_DIR, settings.EMBEDDED):
            call_command("collectstatic", interactive=False, verbosity=0)
            for size in sizes:
                self.stdout.write(f"\n{size:,} solutions".replace(",", " "))
                before = history.last(file, size)
                with market_of(size):
                    found = self.report(runs, smaller, before)
                    self.report_sharing(needs)
                history.keep(file, size, found, at=timezone.now())
                smaller = {timing.name: timing.p50 for timing in found}

    def report_sharing(self, needs: int) -> None:
        """Print how long 1 and 2 workers take for the matches of that many needs."""
        alone, shared = (seconds_to_match(needs, workers) for workers in (1, 2))
        name = f"all matches of {needs} needs"
        self.stdout.write(f"{name:42}{alone:10.1f} s{shared:10.1f} s{alone / shared:12.2f} times")

    def report(
        self, runs: int, smaller: dict[str, float], before: dict[str, float]
    ) -> list[Timing]:
        """Print each figure as it comes; growth is against the size before in this run."""
        heads = ("p50 ms", "p95 ms", "CPU ms", "over floor", "growth", "last run")
        self.stdout.write(f"{'':42}" + "".join(f"{head:>12}" for head in heads))
        found: list[Timing] = []
        for timing in timings(runs):
            found.append(timing)
            floor = sum(each.p50 for each in found[:2])  # a template and a query
            name, p50, p95, cpu = timing
            growth = f"{p50 / smaller[name]:12.2f}" if name in smaller else f"{'':12}"
            last = f"{before[name]:12.2f}" if name in before else f"{'':12}"
            figures = f"{p50:12.2f}{p95:12.2f}{cpu:12.2f}{p50 - floor:12.2f}"
            self.stdout.write(f"{name:42}{figures}{growth}{last}")
            self.stdout.flush()
        return found
