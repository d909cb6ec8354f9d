"""Two self-assessments, of a municipality's project and of a provider's solution; a letterhead."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from criteria.assessments.standing import settle
from criteria.assessments.versions import take_snapshot
from criteria.models import Assessment, Catalogue, Letterhead, Rating
from marketplace.demo.market import FIRST_DAY
from profiles.models import Organisation, Phase, Solution, User

MET, PARTLY, NOT_MET, UNKNOWN = "met", "partly", "not_met", "unknown"
EARLIER = (MET, PARTLY, MET, UNKNOWN, MET, NOT_MET)
NOW = (MET, UNKNOWN, PARTLY, UNKNOWN, NOT_MET)
AGENCY = "Landesstelle Digitales Rathaus (erfunden)"
BEGUN = FIRST_DAY - timedelta(days=200)  # so that a year has ended since
PROJECT = "Parkraum-Leitsystem Innenstadt"


@transaction.atomic
def load() -> None:
    catalogue = Catalogue.objects.current().first()
    town = Organisation.objects.filter(name="Baunatal").first()
    solution = Solution.objects.filter(provider__organisation__name="Wortkaskade GmbH").first()
    if catalogue is None or town is None or solution is None:
        return
    if Assessment.objects.filter(organisation=town, title=PROJECT).exists():
        return
    _brand()
    _load(
        organisation=town,
        catalogue=catalogue,
        title=PROJECT,
        phase=Phase.P3,
        stakeholders=["kommune", "politik"],
        is_shared_with_agency=True,
        situation=(
            "Seit dem Frühjahr zeigen Sensoren auf drei Parkplätzen freie Plätze an. Der "
            "Probebetrieb endet im Dezember."
        ),
        decision=(
            "Der Rat beschließt, das Parkleitsystem ab 2027 dauerhaft zu betreiben und die "
            "Mittel dafür im Haushalt vorzusehen."
        ),
        risks="Die Wartung der Sensoren ist nur bis zum Ende des Probebetriebs bezahlt.",
    )
    _load(
        organisation=solution.provider.organisation,
        catalogue=catalogue,
        title=solution.title,
        solution=solution,
        phase=solution.phase,
        is_public=True,
    )


def _brand() -> None:
    agency = Organisation.objects.filter(name=AGENCY).first()
    if agency is None:
        return
    look = {
        "head": "Landesstelle Digitales Rathaus",
        "address": "Musterallee 1, 12345 Musterstadt · landesstelle.example",
        "accent": "#00594f",
        "foot": "Rückfragen: beratung@landesstelle.example",
    }
    Letterhead.objects.get_or_create(organisation=agency, defaults=look)


def _load(**fields: Any) -> None:
    by = User.objects.filter(memberships__organisation=fields["organisation"]).first()
    assessment = Assessment.objects.start(by=by, at=BEGUN, **fields)
    ratings = list(assessment.ratings.select_related("criterion").in_order())
    early = [rating for rating in ratings if rating.criterion.phase in {Phase.P1, Phase.P2}]
    _rate(early, EARLIER, by=by, at=BEGUN + timedelta(days=30))
    if by:
        label = "Halbjahresgespräch"
        take_snapshot(assessment, label, by=by, at=BEGUN + timedelta(days=120))
    now = timezone.now()
    _rate([row for row in ratings if row.criterion.phase == Phase.P3], NOW, by=by, at=now)
    _rate([row for row in early if row.value == NOT_MET], (PARTLY,), by=by, at=now)
    if assessment.is_public:
        _rate(early, (MET,), by=by, at=now)
        settle(assessment.solution_id)


def _rate(ratings: list[Rating], values: tuple[str, ...], *, by: User | None, at: datetime) -> None:
    """Give the values in turn; what is not met is due in two months."""
    for place, rating in enumerate(ratings):
        rating.value = values[place % len(values)]
        if rating.value == NOT_MET:
            rating.due_on = timezone.localdate() + timedelta(days=60)
    bulk_update_with_history(ratings, Rating, ["value", "due_on"], default_user=by, default_date=at)
