"""What grows old, for the dashboard: claims that run out, profiles that nobody looked at."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from profiles.models import Provider, StandardClaim, User
from profiles.models.providers import ProviderQuerySet
from profiles.reminders.due import STAGES
from profiles.waiting import RECENT, Waiting


def waiting_for(user: User, at: datetime) -> Iterator[Waiting]:
    own = Provider.objects.maintained_by(user)
    yield from _claims(own, at)
    for provider in own.stale(at=at).select_related("organisation").by_name()[:RECENT]:
        sentence = _("Seit einem halben Jahr nicht bestätigt: Stimmt bei „%(name)s“ noch alles?")
        url = reverse("provider_check", args=[provider.organisation.slug])
        yield Waiting(1, sentence % {"name": provider.organisation.name}, url)


def _claims(own: ProviderQuerySet, at: datetime) -> Iterator[Waiting]:
    """From the first reminder on, and on until somebody has renewed them or taken them off."""
    until = localdate(at) + STAGES["60"]
    rows = StandardClaim.objects.running_out(after=date.min, until=until)
    rows = rows.filter(solution__provider__in=own.values("pk"))
    for claim in rows.select_related("standard", "solution").order_by("valid_until", "pk")[:RECENT]:
        is_over = claim.is_expired(on=localdate(at))
        sentence = (
            _("%(standard)s zu „%(title)s“ ist seit %(day)s abgelaufen")
            if is_over
            else _("%(standard)s zu „%(title)s“ gilt nur noch bis %(day)s")
        )
        texts = {
            "standard": claim.standard.name,
            "title": claim.solution.title,
            "day": date_format(claim.valid_until, "DATE_FORMAT") if claim.valid_until else "",
        }
        yield Waiting(1, sentence % texts, reverse("solution_files", args=[claim.solution.slug]))
