"""What the market writes to the people who look after needs."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format

from challenges.needs.models import Need
from profiles.mail import send_each
from profiles.models import User

REMIND_WITHIN = timedelta(days=14)  # older ones are known: the log of mails forgets after a while


def remind_owners(*, on: date) -> None:
    """Write once for each need and due date to its carer, or else to those who speak for it."""
    late = Need.objects.overdue(on=on).filter(due_on__gte=on - REMIND_WITHIN).order_by("pk")
    for need in late.with_carer().select_related("owner"):
        _remind(need, [need.owner] if need.owner else [])
    for need in late.without_carer().select_related("organisation"):
        _remind(need, need.organisation.deciders())


def _remind(need: Need, people: Iterable[User]) -> None:
    send_each(
        "need_overdue",
        to=people,
        context=lambda: {
            "need": need.title,
            "due": date_format(need.due_on, "j. F Y") if need.due_on else "",
            "link": f"{settings.SITE_URL}{need.get_absolute_url()}",
        },
        event=f"need_overdue:{need.pk}:{need.due_on}",
    )
