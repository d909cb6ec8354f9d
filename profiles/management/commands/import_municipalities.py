import csv
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from profiles import gv100ad, territory
from profiles.models import State

EXAMPLES = 5
NAMED_LINES = 100


class Command(BaseCommand):
    help = (
        "Take over states' districts and municipalities from a GV100AD file (Destatis, GV-ISys). "
        "Wrong lines are named and skipped; then nothing ends, and the exit status is 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GV100AD_….txt, as downloaded and unpacked")
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")
        parser.add_argument(
            "--changes", type=Path, help="CSV of mergers: ended AGS;AGS of its successor"
        )
        parser.add_argument("--json", action="store_true", help="report everything as JSON")

    def handle(self, **options: Any) -> None:
        """Read, compare, write, report; the report comes even when lines are wrong."""
        try:
            register, as_of = self.register(options["file"])
            merged = dict(mergers(options["changes"])) if options["changes"] else {}
            comparison = territory.compare(register, as_of, merged)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if not options["dry_run"]:
            territory.take_over(comparison)
        report = {
            "file": str(options["file"]),
            "as_of": str(as_of),
            "dry_run": options["dry_run"],
            "read": len(register.places),
            "unincorporated": register.unincorporated,
            "wrong_lines": register.wrong_lines,
            "kept_though_missing": comparison.kept_though_missing,
            "wrong_successors": comparison.wrong_successors,
            "counts": dict(Counter(change.what for change in comparison.changes)),
        }
        if options["json"]:
            self.print_json(report, comparison)
        else:
            self.print_text(report, comparison)
        self.complain(register, comparison)

    def register(self, path: Path) -> tuple[gv100ad.Register, date]:
        prefixes = set(State.objects.values_list("ags_prefix", flat=True))
        if not prefixes:
            raise CommandError("There are no states yet: run load_reference_data first.")
        total = path.stat().st_size // (gv100ad.LINE_LENGTH + 2)
        lines = tqdm(gv100ad.lines_of(path), total=total, unit=" lines", disable=None)
        register = gv100ad.read(lines, prefixes)
        if register.as_of is None or not register.places:
            self.name_wrong_lines(register)
            raise CommandError(f"{path} holds no municipality: is it a GV100AD file?")
        return register, register.as_of

    def print_json(self, report: dict[str, Any], comparison: territory.Comparison) -> None:
        names = ("what", "ags", "name", "before", "after")
        changes = [{name: getattr(c, name) for name in names} for c in comparison.changes]
        self.stdout.write(json.dumps({**report, "changes": changes}, ensure_ascii=False, indent=1))

    def print_text(self, report: dict[str, Any], comparison: territory.Comparison) -> None:
        self.stdout.write(
            f"As of {report['as_of']}: {report['read']} districts and municipalities, "
            f"{report['unincorporated']} unincorporated areas skipped"
        )
        for what, count in report["counts"].items():
            self.stdout.write(f"{what}: {count}")
            examples = [change for change in comparison.changes if change.what == what]
            for change in examples[:EXAMPLES]:
                self.stdout.write(f"  {described(change)}")
            if count > EXAMPLES:
                self.stdout.write(f"  and {count - EXAMPLES} more")
        if not comparison.changes:
            self.stdout.write("Nothing has changed.")
        if report["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")

    def complain(self, register: gv100ad.Register, comparison: territory.Comparison) -> None:
        self.name_wrong_lines(register)
        if count := comparison.kept_though_missing:
            self.stderr.write(
                f"{count} places are missing from the file and were kept all the same."
            )
        for _, reason in comparison.wrong_successors:
            self.stderr.write(f"--changes: {reason}")
        if wrong := len(register.wrong_lines) + len(comparison.wrong_successors):
            raise CommandError(f"{wrong} lines were wrong; all others count.")

    def name_wrong_lines(self, register: gv100ad.Register) -> None:
        for number, reason in register.wrong_lines[:NAMED_LINES]:
            self.stderr.write(f"line {number}: {reason}")
        if (more := len(register.wrong_lines) - NAMED_LINES) > 0:
            self.stderr.write(f"and {more} more wrong lines")


def described(change: territory.Change) -> str:
    if change.before is None and change.after is None:
        return f"{change.ags} {change.name}"
    if change.before is None:
        return f"{change.ags} {change.name}: {change.after}"
    return f"{change.ags} {change.name}: {change.before} -> {change.after}"


def mergers(path: Path) -> Iterator[tuple[str, str]]:
    """Read pairs of keys; a first line without digits is a heading."""
    seen: set[str] = set()
    for number, row in enumerate(csv.reader(gv100ad.lines_of(path), delimiter=";"), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not cells[0].isdecimal()):
            continue
        if len(cells) < 2 or not all(cell.isdecimal() for cell in cells[:2]):
            raise ValueError(f"{path}, line {number}: not two keys, ended;successor")
        if cells[0] in seen:
            raise ValueError(f"{path}, line {number}: {cells[0]} for the second time")
        seen.add(cells[0])
        yield cells[0], cells[1]
