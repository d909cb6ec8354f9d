import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace import embedded
from marketplace.matching.embeddings import UnavailableError
from marketplace.matching.evaluation import Figures, evaluate, scratch_database
from marketplace.matching.weights import Mix

FILES = ("solutions", "needs", "qrels")


class Command(BaseCommand):
    help = "Measure the matching on a relevance set, in a database of its own."
    requires_system_checks = ()  # the database may be about to be started

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="with solutions, needs and qrels.json")
        parser.add_argument("--json", action="store_true", help="print figures as JSON")
        parser.add_argument("--out", type=Path, help="write the ranking of each need here")
        parser.add_argument("--weights", default="{}", help="shares that differ, as JSON")

    def handle(self, *, folder: Path, out: Path | None, weights: str, **options: Any) -> None:
        missing = [name for name in FILES if not (folder / f"{name}.json").is_file()]
        if missing:
            raise CommandError(f"{folder} lacks {', '.join(missing)} (.json)")
        try:
            with embedded.lent(settings.DATA_DIR, settings.EMBEDDED), scratch_database():
                figures, run = evaluate(folder, Mix(**json.loads(weights)))
        except UnavailableError as problem:
            raise CommandError(f"No vectors: {problem}") from problem
        if out:
            out.write_text(json.dumps(run, indent=1), encoding="utf-8")
        self.report(figures, as_json=options["json"])

    def report(self, figures: dict[str, Figures], *, as_json: bool) -> None:
        if as_json:
            rows = {name: row._asdict() for name, row in figures.items()}
            self.stdout.write(json.dumps(rows))
            return
        self.stdout.write(f"{'':20}{'ndcg@10':>9}{'recall@5':>10}{'violations@10':>15}")
        for name, row in figures.items():
            self.stdout.write(f"{name:20}{row[0]:9.3f}{row[1]:10.3f}{row[2]:15.2f}")
