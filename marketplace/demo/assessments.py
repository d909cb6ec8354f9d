"""Two self-assessments: of a municipality's project, and of a provider's own solution."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from criteria.assessments.standing import settle
from criteria.assessments.versions import take_snapshot
from criteria.models import Assessment, Catalogue, Rating
from marketplace.demo.market import FIRST_DAY
from profiles.models import Organisation, Phase, Solution, User

MET, PARTLY, NOT_MET, UNKNOWN = "met", "partly", "not_met", "unknown"
EARLIER = (MET, PARTLY, MET, UNKNOWN, MET, NOT_MET)
NOW = (MET, UNKNOWN, PARTLY, UNKNOWN, NOT_MET)
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


def _load(**fields: Any) -> None:
    by = User.objects.filter(memberships__organisation=fields["organisation"]).first()
    assessment = Assessment.objects.start(by=by, at=FIRST_DAY, **fields)
    ratings = list(assessment.ratings.select_related("criterion").in_order())
    early = [rating for rating in ratings if rating.criterion.phase in {Phase.P1, Phase.P2}]
    _rate(early, EARLIER)
    if by:
        label = "Halbjahresgespräch"
        take_snapshot(assessment, label, by=by, at=FIRST_DAY + timedelta(days=120))
    _rate([rating for rating in ratings if rating.criterion.phase == Phase.P3], NOW)
    _rate([rating for rating in early if rating.value == NOT_MET], (PARTLY,))
    if assessment.is_public:
        _rate(early, (MET,))
        settle(assessment.solution_id)


def _rate(ratings: list[Rating], values: tuple[str, ...]) -> None:
    """Give the values in turn; what is not met is due in two months."""
    for place, rating in enumerate(ratings):
        rating.value = values[place % len(values)]
        if rating.value == NOT_MET:
            rating.due_on = timezone.localdate() + timedelta(days=60)
    Rating.objects.bulk_update(ratings, ["value", "due_on"])
