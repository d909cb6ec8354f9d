from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from profiles.files import sweeping


class Command(BaseCommand):
    help = "Delete uploaded files that belong to nothing, and name what is missing."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Deleted: {sweeping.sweep(at=timezone.now())}")
        for row in sweeping.missing():
            self.stderr.write(f"The file is missing in the storage: {row}")
