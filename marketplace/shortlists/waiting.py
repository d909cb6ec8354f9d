"""What shortlists have for the dashboard."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.shortlists.models import ShortlistChange, ShortlistEntry
from profiles.models import Organisation, User
from profiles.waiting import RECENT, Change, Waiting


def waiting_for(user: User, _at: datetime) -> Iterator[Waiting]:
    """What is to be looked at, by organisation: each has a list of its own."""
    entries = ShortlistEntry.objects.editable_by(user)
    keys = list(
        entries.filter(state=ShortlistEntry.State.LOOK_CLOSER).values_list(
            "organisation", flat=True
        )
    )
    for organisation in Organisation.objects.filter(pk__in=keys).by_name():
        count = keys.count(organisation.pk)
        sentence = ngettext(
            "Lösung auf der Merkliste von %(name)s möchten Sie näher ansehen",
            "Lösungen auf der Merkliste von %(name)s möchten Sie näher ansehen",
            count,
        )
        url = f"{reverse('shortlist')}?organisation={organisation.slug}"
        yield Waiting(count, sentence % {"name": organisation.name}, url)


def changes_for(user: User) -> Iterator[Change]:
    entries = ShortlistEntry.objects.visible_to(user)
    rows = ShortlistChange.objects.filter(entry__in=entries).select_related(
        "entry__solution__provider__organisation", "changed_by"
    )
    for row in rows.order_by("-changed_at", "-pk")[:RECENT]:
        texts = {"title": row.entry.shown_title, "state": row.get_state_display()}
        sentence = _("Merkliste, „%(title)s“: %(state)s") % texts
        yield Change(row.changed_at, row.changed_by, sentence, row.entry.get_absolute_url())
