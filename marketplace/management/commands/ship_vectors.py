import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from challenges.models import Need
from marketplace.matching import passages, vectors
from profiles.models import Solution, Topic


class Command(BaseCommand):
    help = "Write the vectors that come with the program: topics, and the texts of the folders."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path)

    def handle(self, *, folders: list[Path], **options: Any) -> None:
        topics = [passages.of_topic(topic) for topic in Topic.objects.all()]
        texts = [text for folder in folders for text in of_folder(folder)]
        self.stdout.write(f"{vectors.ship(texts, topics)} vectors in {vectors.SHIPPED}")


def of_folder(folder: Path) -> Iterator[str]:
    for row in _rows(folder / "solutions.json"):
        yield passages.of_solution(Solution(title=row["title"], summary=row["summary"]))
    for row in _rows(folder / "needs.json"):
        yield passages.of_need(Need(title=row["title"], problem=row["description"]))


def _rows(file: Path) -> list[dict[str, Any]]:
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
