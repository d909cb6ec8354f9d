"""What deployments have for the dashboard: to be answered, to be judged, and what was said."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.deployments.models import DeploymentAnswer
from profiles.models import Deployment, User
from profiles.waiting import RECENT, Change, Waiting


def waiting_for(user: User, _at: datetime) -> Iterator[Waiting]:
    rows = Deployment.objects
    if count := rows.waiting().asked().decidable_by(user).count():
        sentence = ngettext(
            "Einsatz wartet auf Ihre Bestätigung", "Einsätze warten auf Ihre Bestätigung", count
        )
        yield Waiting(count, sentence, reverse("deployments:list"))
    if count := rows.to_check().checkable_by(user).count():
        sentence = ngettext(
            "Einsatz ist per E-Mail bestätigt; bitte prüfen Sie den Absender",
            "Einsätze sind per E-Mail bestätigt; bitte prüfen Sie die Absender",
            count,
        )
        yield Waiting(count, sentence, reverse("deployments:list"))


def changes_for(user: User) -> Iterator[Change]:
    """What municipalities have said of the solutions of the person's organisations."""
    offered = Deployment.objects.offered_by(user)
    rows = DeploymentAnswer.objects.filter(deployment__in=offered.values("pk"))
    rows = rows.select_related("by", "deployment__solution", "deployment__municipality")
    for answer in rows.newest_first()[:RECENT]:
        texts = {
            "place": answer.deployment.municipality.name,
            "title": answer.deployment.solution.title,
            "said": answer.get_kind_display(),
        }
        sentence = _("%(place)s, Einsatz von „%(title)s“: %(said)s") % texts
        yield Change(answer.at, answer.by, sentence, answer.deployment.get_absolute_url())
