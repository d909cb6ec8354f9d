"""What invitations to providers have for the dashboard."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from challenges.surveys.acting.models import ProviderInvitation
from profiles.models import User
from profiles.waiting import RECENT, Waiting


def waiting_for(user: User, at: datetime) -> Iterator[Waiting]:
    rows = ProviderInvitation.objects.answerable_by(user).unanswered().select_related("field")
    for row in rows.order_by("invited_at", "pk")[:RECENT]:
        sentence = _("Einladung zum Handlungsfeld „%(title)s“: Können Sie helfen?")
        yield Waiting(1, sentence % {"title": row.field.title}, row.get_absolute_url())
