"""What the market writes to the people who look after needs."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.formats import date_format

from challenges.needs.models import Need
from profiles.mail import send

REMIND_WITHIN = timedelta(days=14)  # older ones are known: the log of mails forgets after a while


def remind_owners(*, on: date) -> None:
    """Write once for each need and due date to the owner, as long as that is a member."""
    late = Need.objects.overdue(on=on).filter(due_on__gte=on - REMIND_WITHIN)
    mine = late.filter(owner__memberships__organisation=F("organisation"))
    for need in mine.select_related("owner").order_by("pk"):
        _remind(need)


def _remind(need: Need) -> None:
    assert need.owner  # noqa: S101  (asked for)
    send(
        "need_overdue",
        to=need.owner,
        context=lambda: {
            "need": need.title,
            "due": date_format(need.due_on, "j. F Y") if need.due_on else "",
            "link": f"{settings.SITE_URL}{need.get_absolute_url()}",
        },
        event=f"need_overdue:{need.pk}:{need.due_on}",
    )
