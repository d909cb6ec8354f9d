"""The words that pages, filters and the API choose solutions with."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from profiles.models.deployments import Deployment
from profiles.models.memberships import Membership
from profiles.models.people import User
from profiles.models.scales import Licence, Phase, Topic
from profiles.models.standards import Standard
from profiles.models.terms import TERMS, affordable, claim_kind, for_population
from profiles.models.territory import Municipality, MunicipalityQuerySet, State

if TYPE_CHECKING:
    from profiles.models.solutions import Solution
    from profiles.search import TextQuery


class SolutionQuerySet(models.QuerySet["Solution"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Published ones and, for a signed-in user, all of their own; for staff everything."""
        if user.is_staff:
            return self.all()
        own = Q(provider__organisation__members=user.pk) if user.is_authenticated else Q(pk__in=[])
        return self.filter(Q(published_at__isnull=False) | own).distinct()

    def having_ids(self, ids: Iterable[int]) -> set[int]:
        """Return those of the ids that are among them; one query."""
        return set(self.filter(pk__in=ids).order_by().values_list("pk", flat=True))

    def withdrawn(self) -> Self:
        """Once published, and taken from the market by their own provider."""
        return self.filter(withdrawn_at__isnull=False)

    def of_member(self, user: User | AnonymousUser) -> Self:
        """Those of the organisations that the person belongs to, in whatever role."""
        mine = Membership.objects.of_person(user)
        return self.filter(provider__in=mine.values("organisation"))

    def editable_by(self, user: User | AnonymousUser) -> Self:
        """Those of the organisations for which the person speaks."""
        mine = Membership.objects.deciders().of_person(user)
        return self.filter(provider__in=mine.values("organisation"))

    def open_source(self) -> Self:
        return self.filter(licence=Licence.OPEN_SOURCE)

    def having(self, kind: str, values: Iterable[Any]) -> Self:
        """With any of the values of that kind (`profiles.models.terms`)."""
        return self.filter(TERMS[kind].condition(values))

    def on_topics(self, topics: Iterable[Topic]) -> Self:
        """On any of the topics; an upper topic stands for all below it."""
        return self.having("topic", [topic.pk for topic in topics])

    def claiming_on(self, on: date, standards: Iterable[Standard], *, with_evidence: bool) -> Self:
        """With a claim to any of the standards that is valid on that day."""
        kind = TERMS[claim_kind(with_evidence)]
        return self.filter(kind.condition([standard.pk for standard in standards], on=on))

    def claiming_all_on(self, on: date, standards: Iterable[Standard]) -> Self:
        """With a claim to each of the standards that is valid on that day."""
        found = self.all()
        for standard in standards:
            found = found.claiming_on(on, [standard], with_evidence=False)
        return found

    def hosted_in_any(self, options: Iterable[str]) -> Self:
        return self.having("hosting", options)

    def serving(self, states: Iterable[State]) -> Self:
        """Offered in any of the states; an offer without regions is nationwide."""
        return self.having("region", [state.pk for state in states])

    def suited_to(self, municipality: Municipality) -> Self:
        """Offered in its state and for towns of its size; an unknown population fits any."""
        suited = self.serving([municipality.state])
        return suited.filter(for_population(municipality.population))

    def at_least_in_phase(self, phase: str) -> Self:
        return self.having("phase", Phase(phase).and_later)

    def referenced(self, among: MunicipalityQuerySet | None = None) -> Self:
        """With a confirmed deployment: anywhere, or in any of these municipalities."""
        deployments = Deployment.objects.confirmed().filter(solution=OuterRef("pk"))
        if among is not None:
            deployments = deployments.filter(municipality__in=among)
        return self.filter(Exists(deployments))

    def referenced_in_state_of(self, place: Municipality) -> Self:
        return self.referenced(Municipality.objects.in_state_of(place))

    def referenced_in_size_class_of(self, place: Municipality) -> Self:
        return self.referenced(Municipality.objects.in_size_class_of(place))

    def unreferenced(self) -> Self:
        return self.filter(~Exists(Deployment.objects.confirmed().filter(solution=OuterRef("pk"))))

    def priced_up_to(self, limit: Decimal, *, or_on_request: bool = False) -> Self:
        """With a known price of at most `limit` euro a year; on request, with an unknown one."""
        return self.filter(affordable(limit, or_on_request=or_on_request))

    def with_reference_count(self) -> Self:
        """Annotate `reference_count`: confirmed deployments."""
        confirmed = Deployment.objects.confirmed().filter(solution=OuterRef("pk")).order_by()
        count = confirmed.values("solution").annotate(count=Count("pk")).values("count")
        return self.annotate(reference_count=Coalesce(Subquery(count), 0))

    def found_by(self, query: "TextQuery") -> Self:
        """Those that hold the words of the query; annotates `relevance`."""
        if not query:
            return self.annotate(relevance=Value(0))
        found = self.filter(document__vector=query.matching)
        return found.annotate(relevance=query.relevance("document__vector"))

    def similar_to(self, solution: "Solution") -> Self:
        """Others that share topics with it, those sharing most first."""
        topics = solution.topics.all()
        return (
            self.exclude(pk=solution.pk)
            .filter(topics__in=topics)
            .annotate(shared_topics=Count("topics", distinct=True))
            .order_by("-shared_topics", "sort_title", "pk")
        )

    def for_cards(self) -> Self:
        """Load what lists, feeds and tables show: 4 queries, whatever the count."""
        return (
            self.select_related("provider__organisation")
            .prefetch_related("topics", "regions", "claims__standard")
            .with_reference_count()
        )

    def most_relevant_first(self) -> Self:
        """For what `found_by` has found."""
        return self.order_by("-relevance", "sort_title", "pk")

    def for_page(self) -> Self:
        """Load what `marketplace/solution.html` shows."""
        references = Deployment.objects.not_declined().with_askable_flag().for_reference_list()
        return (
            self.for_cards()
            .select_related("provider__state")
            .prefetch_related(
                "technology_tags",
                Prefetch("deployments", queryset=references),
            )
        )

    def with_files(self) -> Self:
        """Load the pictures and documents of their pages."""
        return self.prefetch_related("files__file")

    def newest_first(self) -> Self:
        return self.order_by(F("published_at").desc(nulls_last=True), "-pk")

    def most_referenced_first(self) -> Self:
        return self.with_reference_count().order_by("-reference_count", "sort_title", "pk")

    def by_title(self) -> Self:
        return self.order_by("sort_title", "pk")
