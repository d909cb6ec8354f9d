from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.demo import (
    accounts,
    assessments,
    challenges,
    conversations,
    drafts,
    market,
    needs,
    pictures,
    survey,
)
from profiles.models import Solution


class Command(BaseCommand):
    help = "Load the demo market: real places, invented organisations and offers."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Set DEMO=true: it shows on every page that organisations and offers are invented."
            )
        market.load()
        accounts.load()
        pictures.load()
        drafts.load()
        survey.load()
        assessments.load()
        needs.load()
        conversations.load()
        challenges.load()
        self.stdout.write(f"Demo market: {Solution.objects.count()} solutions")
