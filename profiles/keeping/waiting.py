"""What drafts have for the dashboard: to be checked, handed back, and what came into the market."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.keeping.models import SolutionDraft
from profiles.models import User
from profiles.waiting import RECENT, Change, Waiting


def waiting_for(user: User, _at: datetime) -> Iterator[Waiting]:
    for draft in SolutionDraft.objects.returned_to(user).latest_first()[:RECENT]:
        sentence = _("Zu „%(title)s“ ist eine Änderung erbeten.")
        yield Waiting(1, sentence % {"title": draft.title}, draft.get_absolute_url())
    for draft in SolutionDraft.objects.begun_by(user).latest_first()[:RECENT]:
        sentence = _("Ihr Entwurf „%(title)s“ ist noch nicht eingereicht.")
        yield Waiting(1, sentence % {"title": draft.title}, draft.get_absolute_url())
    if count := SolutionDraft.objects.waiting_for(user).count():
        sentence = ngettext("Lösung wartet auf Prüfung", "Lösungen warten auf Prüfung", count)
        yield Waiting(count, sentence, reverse("keeping:queue"))


def changes_for(user: User) -> Iterator[Change]:
    """What was published of the person's organisations."""
    rows = SolutionDraft.objects.visible_to(user).published().select_related("solution")
    for draft in rows.select_related("decided_by").order_by("-decided_at", "-pk")[:RECENT]:
        if draft.solution and draft.decided_at:
            sentence = _("„%(title)s“ ist veröffentlicht") % {"title": draft.title}
            url = draft.solution.get_absolute_url()
            yield Change(draft.decided_at, draft.decided_by, sentence, url)
