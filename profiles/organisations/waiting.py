"""What organisations have for the dashboard."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.models import Invitation, JoinRequest, Membership, Organisation, User
from profiles.waiting import RECENT, Change, Waiting


def waiting_for(user: User, at: datetime) -> Iterator[Waiting]:
    for invitation in _invitations(user, at):
        sentence = _("%(name)s lädt Sie ein. Der Link zum Annehmen steht in der E-Mail an Sie.")
        yield Waiting(1, sentence % {"name": invitation.organisation.name}, "")
    requests = JoinRequest.objects.open().filter(
        organisation__in=Organisation.objects.managed_by(user)
    )
    for request in requests.select_related("organisation", "user").oldest_first()[:RECENT]:
        sentence = _("%(person)s möchte zu „%(name)s“ gehören.")
        names = {"person": str(request.user), "name": request.organisation.name}
        yield Waiting(1, sentence % names, request.get_absolute_url())
    if count := Organisation.objects.verifiable_by(user).waiting().count():
        sentence = ngettext(
            "Organisation wartet auf Prüfung", "Organisationen warten auf Prüfung", count
        )
        yield Waiting(count, sentence, reverse("organisations:verifications"))


def _invitations(user: User, at: datetime) -> Iterator[Invitation]:
    found = Invitation.objects.open(at=at).filter(email__iexact=user.email)
    yield from found.select_related("organisation").newest_first()[:RECENT]


def changes_for(user: User) -> Iterator[Change]:
    """Who came, went or has another role in the person's organisations."""
    own = {row.pk: row for row in Organisation.objects.of_member(user)}
    told = {"+": _("neu dabei: %(who)s"), "-": _("nicht mehr dabei: %(who)s")}
    changed = _("neue Rolle: %(who)s")
    rows = Membership.history.filter(organisation__in=own).select_related("history_user")
    rows = list(rows.order_by("-history_date", "-history_id")[:RECENT])
    people = User.objects.in_bulk({row.user_id for row in rows})
    for row in rows:
        organisation = own[row.organisation_id]
        who = {"who": str(people.get(row.user_id) or _("gelöschtes Konto"))}
        sentence = f"{organisation.name}: {told.get(row.history_type, changed) % who}"
        yield Change(row.history_date, row.history_user, sentence, organisation.get_absolute_url())
