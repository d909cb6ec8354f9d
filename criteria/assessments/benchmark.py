"""How others stand in the same phase, told so that nobody can be made out.

The groups are the phases, and there is no narrower choice: no two groups overlap, so that one
cannot be subtracted from another. Every organisation counts once, by its newest assessment. The
group is the same for all who look, and the figures are rounded to steps of five points.
"""

from dataclasses import dataclass
from statistics import quantiles

from criteria.assessments.models import Assessment
from profiles.models import Organisation

FEWEST = 5
STEP = 5


@dataclass(frozen=True)
class Benchmark:
    """Lower quartile, middle and upper quartile of the sure readiness, in percent."""

    organisations: int
    lower: int
    middle: int
    upper: int


def benchmark(phase: str, *, for_organisation: Organisation | None) -> Benchmark | None:
    """Return the distribution, or None where fewer than five others are in the group."""
    figures = _figures(phase)
    others = [key for key in figures if for_organisation is None or key != for_organisation.pk]
    if len(others) < FEWEST:
        return None
    lower, middle, upper = quantiles(sorted(figures.values()), n=4, method="inclusive")
    return Benchmark(len(figures), _rounded(lower), _rounded(middle), _rounded(upper))


def _figures(phase: str) -> dict[int, int]:
    """The sure readiness of each organisation, by its key; without what nobody has rated yet."""
    figures: dict[int, int] = {}
    for assessment in Assessment.objects.filter(phase=phase).with_readiness().newest_first():
        sure = assessment.readiness.sure_percent
        if assessment.rated_count and sure is not None:
            figures.setdefault(assessment.organisation_id, sure)
    return figures


def _rounded(figure: float) -> int:
    return STEP * round(figure / STEP)
