"""What the judging has for the dashboard: of reviewers, of their chair, of who signs second."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.applications.models import Submission
from challenges.evaluation import consensus
from challenges.evaluation.models import Decision, Reviewer
from profiles.models import User
from profiles.waiting import RECENT, Waiting


def waiting_for(user: User, at: datetime) -> Iterator[Waiting]:
    yield from _to_judge(user)
    yield from _to_agree(user)
    signable = Decision.objects.signable_by(user).select_related("challenge")
    for decision in signable.order_by("proposed_at", "pk")[:RECENT]:
        challenge = decision.challenge
        sentence = _("Entscheidung zeichnen: „%(title)s“") % {"title": challenge.title}
        yield Waiting(1, sentence, reverse("evaluation:overview", args=[challenge.slug]))


def _to_judge(user: User) -> Iterator[Waiting]:
    readable = Submission.objects.valid().filter(
        application__challenge=OuterRef("panel"), content__isnull=False
    )
    rows = Reviewer.objects.of_person(user).judging().unlocked().filter(Exists(readable))
    rows = rows.select_related("panel__challenge").with_declared()
    for row in rows.order_by("invited_at", "pk")[:RECENT]:
        sentence = _("Interessenkonflikte erklären: „%(title)s“")
        if row.has_declared:
            sentence = _("Bewerbungen bewerten: „%(title)s“")
        challenge = row.panel.challenge
        address = reverse("evaluation:sheet", args=[challenge.slug])
        yield Waiting(1, sentence % {"title": challenge.title}, address)


def _to_agree(user: User) -> Iterator[Waiting]:
    applications = "challenge__applications"
    opened = Q(**{f"{applications}__submissions__content__isnull": False}) & Q(
        **{f"{applications}__submissions__ended_at": None}
    )
    judged = Q(challenge__criteria__is_price=False)
    rows = (
        consensus.chaired_by(user)
        .annotate(
            given=Count(f"{applications}__agreed_scores", distinct=True),
            count=Count(applications, filter=opened, distinct=True),
            judged=Count("challenge__criteria", filter=judged, distinct=True),
        )
        .filter(given__lt=F("count") * F("judged"))
    )
    for panel in rows.select_related("challenge").order_by("closed_at", "pk")[:RECENT]:
        challenge = panel.challenge
        sentence = _("Gemeinsame Punkte feststellen: „%(title)s“") % {"title": challenge.title}
        yield Waiting(1, sentence, reverse("evaluation:sheet", args=[challenge.slug]))
