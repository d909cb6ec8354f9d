import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from criteria.catalogue.importing.facts import facts_of
from criteria.catalogue.importing.problems import UnreadableError
from criteria.catalogue.importing.run import Import
from criteria.catalogue.importing.vocabulary import NewWord


class Command(BaseCommand):
    help = "Read a catalogue of criteria from the raw export, CSV, XLSX or JSON into a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read and compare, keep nothing")
        parser.add_argument("--json", action="store_true", help="print what the file holds")

    @transaction.atomic
    def handle(self, *, file: Path, dry_run: bool, json: bool, **options: Any) -> None:
        now = timezone.now()
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        try:
            found = Import.of(file.name, content, at=now)
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        draft = found.apply(at=now)
        self.stdout.write(_facts(found) if json else _report(found))
        if not json and draft:
            self.stdout.write(f"{draft} (Entwurf)" + (", nicht gespeichert" if dry_run else ""))
        if dry_run:
            transaction.set_rollback(True)


def _facts(found: Import) -> str:
    return json.dumps(facts_of(found.reading, found.known), ensure_ascii=False, indent=1)


def _word(word: NewWord) -> str:
    similar = f" (ähnlich: {word.similar})" if word.similar else ""
    return f"+ neuer Begriff, {word.label}: {word.name}{similar}"


def _report(found: Import) -> str:
    counts = found.differences.counts
    lines = [*found.reading.notes]
    lines += [_word(word) for word in found.reading.new_words]
    lines.append("{added} neu, {changed} geändert, {removed} entfallen".format(**counts))
    lines += [f"+ {entry.number} {entry.title_de}" for entry in found.differences.added]
    lines += [
        f"~ {row.entry.number} {row.entry.title_de}: {', '.join(c.label for c in row.changes)}"
        for row in found.differences.changed
    ]
    lines += [f"- {entry.number} {entry.title_de}" for entry in found.differences.removed]
    return "\n".join(lines)
