from typing import Any

from django.core.management.base import BaseCommand

from marketplace.pages import texts
from profiles import reference


class Command(BaseCommand):
    help = "Load territory, topics, standards and the legal pages; keeps what admins have changed."

    def handle(self, **options: Any) -> None:
        added = {**reference.load(), "pages": texts.load()}
        new = ", ".join(f"{count} {kind}" for kind, count in added.items() if count)
        self.stdout.write(f"Reference data: {new or 'nothing new'}")
