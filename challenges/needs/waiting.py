"""What needs have for the dashboard."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.needs.models import Need
from profiles.models import User
from profiles.waiting import RECENT, Change, Waiting


def waiting_for(user: User, at: datetime) -> Iterator[Waiting]:
    mine = Need.objects.editable_by(user)
    for need in mine.overdue(on=localdate(at)).most_urgent_first()[:RECENT]:
        sentence = _("Termin vorbei: „%(title)s“. Was ist daraus geworden?")
        yield Waiting(1, sentence % {"title": need.title}, need.get_absolute_url())
    if count := mine.drafts().filter(owner=user).count():
        sentence = ngettext("Ihr Entwurf eines Bedarfs", "Ihre Entwürfe von Bedarfen", count)
        yield Waiting(count, sentence, f"{reverse('needs:list')}?state=draft")


def changes_for(user: User) -> Iterator[Change]:
    """The latest record of each need of the person's organisations."""
    recent = Need.objects.of_member(user).order_by("-updated_at", "-pk")[:RECENT]
    needs = {need.pk: need for need in recent}
    latest = (
        Need.history.filter(id__in=needs)
        .order_by("id", "-history_date", "-history_id")
        .distinct("id")
    )
    for row in latest.select_related("history_user"):
        need = needs[row.id]
        texts = {"title": need.title, "state": need.get_state_display()}
        sentence = _("Bedarf „%(title)s“: %(state)s") % texts
        yield Change(row.history_date, row.history_user, sentence, need.get_absolute_url())
