from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from challenges.procurement import loading as procurement
from criteria.catalogue import built_in
from marketplace.pages import texts
from profiles import reference


class Command(BaseCommand):
    help = "Load territory, topics, standards, criteria and legal pages; keeps what admins changed."

    def handle(self, **options: Any) -> None:
        criteria = built_in.load(at=timezone.now())
        added = {**reference.load(), **procurement.load(), **criteria, "pages": texts.load()}
        new = ", ".join(f"{count} {kind}" for kind, count in added.items() if count)
        self.stdout.write(f"Reference data: {new or 'nothing new'}")
