"""A market of random rows of every kind that filters look at, and random changes to it."""

import random
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from profiles.models import Deployment, MetPhase, Provider, Solution, StandardClaim
from profiles.models.scales import Hosting
from tests.factories import (
    LONG_AGO,
    make_claim,
    make_deployment,
    make_municipality,
    make_provider,
    make_size_class,
    make_solution,
    make_standard,
    make_state,
    make_topic,
)

TODAY = timezone.localdate()
WORDS = ["Formular", "Ratsinformation", "Parken", "Friedhof", "Wärme", "Bürgerbüro", "Antrag"]
SORTS = ["newest", "title", "references", "relevance"]


class Market:
    """Random rows of every kind that filters look at, and random changes to them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        upper = [make_topic() for _ in range(2)]
        self.topics = [*upper, *(make_topic(parent=self.chance.choice(upper)) for _ in range(4))]
        self.standards = [make_standard() for _ in range(3)]
        self.states = [make_state("DE-HE"), make_state("DE-NI")]
        make_size_class()
        make_size_class(50_000, None)
        self.places = [
            make_municipality(state=self.chance.choice(self.states), population=people)
            for people in (20_000, 49_999, 50_000, 400_000, None)
        ]
        self.providers = [
            make_provider(kind=kind, state=state)
            for kind in ("startup", "sme")
            for state in (*self.states, None)
        ]
        for _ in range(12):
            self.add()

    def some(self, values: list) -> list:
        return self.chance.sample(values, self.chance.randint(0, min(3, len(values))))

    def fields(self) -> dict:
        pick, low = self.chance.choice, self.chance.choice([None, 10_000, 50_000])
        return {
            "title": " ".join(self.some(WORDS)) or "Ä ohne Titel",
            "phase": pick(["P2", "P3", "P4"]),
            "licence": pick(["open_source", "proprietary"]),
            "hosting": self.some(Hosting.values),
            "offering_type": pick(["product", "service"]),
            "price_from_eur": pick([None, 0, 500, 1000]),
            "min_population": low,
            "max_population": pick([None, 50_000, 60_000]),
            "seeks_pilot": pick([True, False]),
            "published_at": pick([None, *[datetime(2026, 1, d, tzinfo=UTC) for d in (1, 2, 3)]]),
        }

    def add(self) -> None:
        solution = make_solution(
            provider=self.chance.choice(self.providers),
            topics=self.some(self.topics),
            regions=self.some(self.states),
            **self.fields(),
        )
        for standard in self.some(self.standards):
            self.claim(solution, standard)
        self.meet(solution)
        for place in self.some(self.places):
            confirmed = self.chance.choice([None, timezone.now()])
            make_deployment(solution, municipality=place, confirmed_at=confirmed)

    def meet(self, solution: Solution) -> None:
        met = {phase: self.chance.random() < 0.5 for phase in self.some(["P2", "P3", "P4"])}
        MetPhase.objects.put(solution, met)

    def claim(self, solution: Solution, standard: object) -> None:
        days = [None, *(TODAY + timedelta(days=day) for day in (-1, 0, 1))]
        valid = sorted(filter(None, (self.chance.choice(days), self.chance.choice(days))))
        fields = dict(zip(self.chance.choice([("valid_from", "valid_until")]), valid, strict=False))
        status = self.chance.choice(["planned", "self_declared", "evidence_uploaded"])
        make_claim(solution, standard, status=status, **fields)

    def change(self) -> None:
        solution = self.chance.choice(list(Solution.objects.order_by("pk")))
        other = make_solution(**self.fields())
        moved = Deployment.objects.filter(
            pk__in=list(solution.deployments.values_list("pk", flat=True)[:1])
        )
        new = self.providers[0]
        possible = [
            self.add,
            solution.delete,
            lambda: Solution.objects.filter(pk=solution.pk).update(**self.fields()),
            lambda: solution.topics.set(self.some(self.topics)),
            lambda: solution.regions.set(self.some(self.states)),
            lambda: StandardClaim.objects.filter(solution=solution).delete(),
            lambda: self.meet(solution),
            lambda: self.claim(other, self.chance.choice(self.standards)),
            lambda: StandardClaim.objects.filter(solution=solution).update(status="planned"),
            lambda: Deployment.objects.filter(solution=solution).update(confirmed_at=LONG_AGO),
            lambda: moved.update(solution=other),
            lambda: Provider.objects.filter(pk=solution.provider_id).update(kind=new.kind),
        ]
        self.chance.choice(possible)()

    def filters(self) -> dict:
        pick = self.chance.choice
        possible = {
            "search": " ".join(self.some(WORDS)),
            "municipality": pick(self.places).ags,
            "topic": [topic.key for topic in self.some(self.topics)],
            "phase": self.some(["P2", "P3", "P4"]),
            "criteria_met": self.some(["P2", "P3"]),
            "confirmed": pick(["", "true"]),
            "standard": [standard.key for standard in self.some(self.standards)],
            "evidence": pick(["", "true", "false"]),
            "hosting": self.some(Hosting.values),
            "licence": self.some(["open_source", "proprietary"]),
            "region": [state.code for state in self.some(self.states)],
            "max_price": pick(["0", "500", "999.5"]),
            "price_on_request": pick(["true", "false"]),
            "provider_kind": self.some(["startup", "sme"]),
            "provider_state": [state.code for state in self.some(self.states)],
            "offering_type": self.some(["product", "service"]),
            "has_references": pick(["true", "false"]),
            "references_in_size_class": pick(["true", ""]),
            "references_in_state": pick(["true", ""]),
            "seeks_pilot": pick(["true", "false"]),
        }
        chosen = self.chance.sample(sorted(possible), self.chance.randint(0, 3))
        return {name: possible[name] for name in chosen} | {"sort": pick(SORTS)}
