"""The next steps of somebody who is new."""

from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Need
from profiles.models import Organisation, Solution, SolutionDraft, User


class Step(NamedTuple):
    title: str
    hint: str
    url: str
    is_done: bool


def steps_of(user: User) -> list[Step]:
    """The way into the market; empty once all of it is behind the person."""
    own = [row.organisation for row in user.memberships.select_related("organisation")]
    steps = [_confirm(user), _belong(own), _be_verified(own), _begin(user, own)]
    return [] if user.is_staff or all(step.is_done for step in steps) else steps


def _confirm(user: User) -> Step:
    is_done = EmailAddress.objects.filter(user=user, verified=True).exists()
    return Step(_("E-Mail-Adresse bestätigen"), "", reverse("account_email"), is_done)


def _belong(own: list[Organisation]) -> Step:
    hint = _("Gibt es Ihre Organisation schon, fragen Sie den Beitritt an. Sonst legen Sie sie an.")
    url = reverse("organisations:search")
    return Step(_("Einer Organisation beitreten oder sie anlegen"), hint, url, bool(own))


def _be_verified(own: list[Organisation]) -> Step:
    hint = _(
        "Eine Landesbehörde oder die Betreiberin prüft die Angaben. "
        "Bis dahin bleibt intern, was Sie schreiben."
    )
    is_done = any(organisation.is_verified for organisation in own)
    url = own[0].get_absolute_url() if own else reverse("organisations:list")
    return Step(_("Organisation prüfen lassen"), hint, url, is_done)


def _begin(user: User, own: list[Organisation]) -> Step:
    """Providers offer, agencies check, all others need something; who only reads, reads."""
    kinds = {organisation.kind for organisation in own}
    writes = user.memberships.deciders().exists()
    if not own or kinds - {Organisation.Kind.PROVIDER, Organisation.Kind.STATE_AGENCY}:
        is_done = Need.objects.of_member(user).exists() or (bool(own) and not writes)
        hint = _("Beginnen Sie mit dem Problem; passende Lösungen zeigen wir Ihnen danach.")
        return Step(_("Einen Bedarf schreiben"), hint, reverse("needs:new"), is_done)
    providers = [row for row in own if row.kind == Organisation.Kind.PROVIDER]
    if not providers or not writes:
        return Step(_("Den Markt kennenlernen"), "", reverse("solutions"), is_done=True)
    offers = Solution.objects.filter(provider__organisation__members=user)
    drafts = SolutionDraft.objects.visible_to(user)
    hint = _("In vier Schritten, jederzeit zu unterbrechen, oder aus einer publiccode.yml.")
    url = reverse("keeping:list", args=[providers[0].slug])
    return Step(_("Eine Lösung schreiben"), hint, url, offers.exists() or drafts.exists())
