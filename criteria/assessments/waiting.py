"""What self-assessments have for the dashboard."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from criteria.assessments.ratings import Rating
from profiles.models import User
from profiles.waiting import RECENT, Waiting


def waiting_for(user: User, at: datetime) -> Iterator[Waiting]:
    """What should be reached by now: the person's own, and what nobody looks after."""
    rows = Rating.objects.editable_by(user).overdue_for(user, on=localdate(at))
    for rating in rows.select_related("assessment", "criterion")[:RECENT]:
        texts = {"title": rating.assessment.title, "criterion": rating.criterion.title}
        sentence = _("%(title)s, „%(criterion)s“: Der Termin ist da. Wie steht es?")
        yield Waiting(1, sentence % texts, rating.get_absolute_url())
