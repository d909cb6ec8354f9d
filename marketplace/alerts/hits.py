"""What fits a watch today."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from challenges.calls.models.queries import ChallengeQuerySet
from challenges.models import Challenge, Need
from challenges.needs.requirements import meeting
from marketplace.alerts.models import Watch
from marketplace.feedback.models import Rejection
from marketplace.matching.models import Match, MatchQuerySet
from profiles.filters import SolutionFilter
from profiles.models import Organisation, Provider, Solution, Topic

Keys = AbstractSet[int]


def solutions_of(watch: Watch, *, on: date) -> Keys:
    """Return the solutions that a search or a need finds."""
    if watch.kind == Watch.Kind.SEARCH:
        found = _filterset(watch)
        if found.errors:  # without what is gone it would find more than was asked for
            return set()
        return set(found.narrowed().order_by().values_list("pk", flat=True))
    return solutions_for(watch.need, on=on) if watch.need else set()


def _filterset(search: Watch) -> SolutionFilter:
    return SolutionFilter(search.filters, queryset=Solution.objects.published())


def gone_from(watch: Watch) -> list[str]:
    """Name the values of a search that are not valid any more, such as a place that has merged."""
    if watch.kind != Watch.Kind.SEARCH:
        return []
    found, gone = _filterset(watch), []
    for name, errors in found.form.errors.as_data().items():
        named = [error.params["value"] for error in errors if "value" in (error.params or {})]
        label = str(found.filters[name].label)
        for value in named or watch.filters.getlist(name):
            gone.append(_("„%(value)s“ (%(label)s)") % {"value": value, "label": label})
    return gone


def solutions_for(need: Need, *, on: date) -> Keys:
    """Return what fits the need well, but for what its people have hidden."""
    rows = Match.objects.filter(need=need).hits().fair().order_by()
    keys = set(rows.values_list("solution", flat=True))
    keys -= set(Rejection.objects.filter(need=need).values_list("solution", flat=True))
    return set(meeting(need, on=on).filter(pk__in=keys).order_by().values_list("pk", flat=True))


def needs_for(
    organisation: Organisation, *, on: date, known: Keys = frozenset(), among: Keys | None = None
) -> Keys:
    """Return the released needs of others, not yet known, that one of its solutions fits well."""
    rows = offers_to(organisation).exclude(need__in=known).order_by("need")
    rows = rows if among is None else rows.filter(need__in=among)
    offered: dict[int, set[int]] = {}
    for need, solution in rows.values_list("need", "solution"):
        offered.setdefault(need, set()).add(solution)
    needs = Need.objects.filter(pk__in=offered).select_related("organisation__municipality__state")
    return {
        need.pk for need in needs if meeting(need, on=on).filter(pk__in=offered[need.pk]).exists()
    }


def offers_to(organisation: Organisation) -> MatchQuerySet:
    """The matches between what the organisation offers and what others openly need."""
    needs = Need.objects.released().open().exclude(organisation=organisation)
    return (
        Match.objects.hits()
        .fair()
        .published()
        .filter(
            solution__provider__organisation=organisation,
            need__in=needs.order_by().values("pk"),
        )
    )


def challenges_for(organisation: Organisation, *, at: datetime) -> ChallengeQuerySet:
    """The challenges of others for which it can apply, in a field where it offers something.

    The upper topic is enough: a challenge often has a single topic, that of a field of action or
    of its whole upper level, so its neighbours would be missed. A line too many in a mail costs
    less than a deadline that nobody knew of.
    """
    provider = Provider.objects.filter(pk=organisation.pk).first()
    if provider is None:
        return Challenge.objects.none()
    own = Solution.objects.published().filter(provider=provider).order_by().values("pk")
    fields = Topic.objects.fields().filter(Q(solutions__in=own) | Q(children__solutions__in=own))
    return Challenge.objects.within_reach_of(provider, at=at).on_topics(fields.distinct())


def challenges_of(watch: Watch, *, at: datetime) -> list[Challenge]:
    """The same for a watch, the nearest deadline first; no query unless it is about offers."""
    if watch.organisation is None:
        return []
    return list(challenges_for(watch.organisation, at=at).nearest_deadline_first())
