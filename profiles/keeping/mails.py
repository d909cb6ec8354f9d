"""What becomes of a draft, told to those who may change it."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from profiles.keeping.models import SolutionDraft
from profiles.mail import send_each


def changes_requested(draft: SolutionDraft) -> None:
    _send(
        "solution_changes_requested",
        draft,
        lambda: {
            "title": draft.title,
            "reason": draft.reason,
            "link": f"{settings.SITE_URL}{draft.get_absolute_url()}",
        },
    )


def published(draft: SolutionDraft) -> None:
    solution = draft.solution
    assert solution is not None  # noqa: S101  (a constraint says so)
    withdrawn = "yes" if solution.withdrawn_at else ""
    offers = reverse("keeping:list", args=[draft.provider.organisation.slug])
    page = offers if withdrawn else solution.get_absolute_url()
    _send(
        "solution_published",
        draft,
        lambda: {
            "title": draft.title,
            "is_withdrawn": withdrawn,
            "link": f"{settings.SITE_URL}{page}",
        },
    )


def _send(kind: str, draft: SolutionDraft, context: Callable[[], dict[str, str]]) -> None:
    people = draft.provider.organisation.deciders()
    event = f"draft:{draft.pk}:{draft.state}:{draft.decided_at}"
    send_each(kind, to=people, context=context, event=event)
