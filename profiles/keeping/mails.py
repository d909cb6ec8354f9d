"""What becomes of a draft, told to those who may change it."""

from django.conf import settings

from profiles.keeping.models import SolutionDraft
from profiles.mail import send


def changes_requested(draft: SolutionDraft) -> None:
    context = {
        "title": draft.title,
        "reason": draft.reason,
        "link": f"{settings.SITE_URL}{draft.get_absolute_url()}",
    }
    _send("solution_changes_requested", draft, context)


def published(draft: SolutionDraft) -> None:
    solution = draft.solution
    assert solution is not None  # noqa: S101  (a constraint says so)
    link = f"{settings.SITE_URL}{solution.get_absolute_url()}"
    _send("solution_published", draft, {"title": draft.title, "link": link})


def _send(kind: str, draft: SolutionDraft, context: dict[str, str]) -> None:
    for person in draft.provider.organisation.deciders():
        event = f"draft:{draft.pk}:{draft.state}:{draft.decided_at}:{person.pk}"
        send(kind, to=person, context=context, event=event)
