"""An invented market of any size: a few topics and towns have most, many have little.

The same size gives the same market. Rows are copied in with the triggers off; the search
documents are then written by the very function that the triggers call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, chain
from random import Random
from typing import Any, TypeVar

from django.db import connection, models

from marketplace.bench import words
from profiles.models import (
    Deployment,
    Municipality,
    Organisation,
    Provider,
    Solution,
    Standard,
    StandardClaim,
    State,
    Topic,
)
from profiles.models.scales import Hosting

MUNICIPALITIES = 10_700
SOLUTIONS_A_PROVIDER = 6
CHUNK = 20_000  # solutions whose search documents are written at once
NEWEST = datetime(2026, 11, 1, tzinfo=UTC)
Value = TypeVar("Value")
Row = dict[str, Any]


def build(size: int) -> None:
    """Put a market of that size in place of what is there."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE profiles_organisation, profiles_municipality CASCADE")
    market = Market(size)
    with triggers_off(Solution, StandardClaim, Deployment, Provider, Organisation):
        copy(Municipality, market.municipalities())
        copy(Organisation, market.organisations())
        copy(Provider, market.providers())
        copy(Solution, market.solutions())
        copy(Solution.topics.through, market.topics())
        copy(Solution.regions.through, market.regions())
        copy(StandardClaim, market.claims())
        copy(Deployment, market.deployments())
    with connection.cursor() as cursor:
        for start in range(1, size + 1, CHUNK):
            ids = list(range(start, min(start + CHUNK, size + 1)))
            cursor.execute("SELECT refresh_search_documents(%s)", [ids])
        cursor.execute("INSERT INTO profiles_solutionchange (solution_id) VALUES (NULL)")
        cursor.execute("VACUUM ANALYZE")


class Market:
    def __init__(self, size: int) -> None:
        self.size = size
        self.provider_count = -(-size // SOLUTIONS_A_PROVIDER)
        self.states = list(State.objects.values_list("pk", flat=True))
        self.topic_rows = list(Topic.objects.exclude(parent=None))
        self.topic_pks = [topic.pk for topic in self.topic_rows]
        self.standards = list(Standard.objects.values_list("pk", flat=True))

    def municipalities(self) -> Iterator[Row]:
        chance = Random(1)
        for number in range(1, MUNICIPALITIES + 1):
            state = 1 + number % 16
            yield {
                "id": number,
                "ags": f"{state:02}{number:06}",
                "name": f"{chance.choice(words.PLACES)}{chance.choice(words.ENDINGS)} {number}",
                "kind": Municipality.Kind.TOWN,
                "state_id": self.states[state - 1],
                "population": int(chance.lognormvariate(8.2, 1.2)),
            }

    def organisations(self) -> Iterator[Row]:
        chance = Random(2)
        for number in range(1, self.provider_count + 1):
            name = f"{words.brand(chance)} {chance.choice(['GmbH', 'UG', 'eG', 'AG'])}"
            kind = Organisation.Kind.PROVIDER
            yield {"id": number, "name": name, "slug": f"anbieter-{number}", "kind": kind}

    def providers(self) -> Iterator[Row]:
        chance = Random(3)
        for number in range(1, self.provider_count + 1):
            yield {
                "organisation_id": number,
                "kind": zipf(chance, Provider.Kind.values),
                "state_id": zipf(chance, self.states),
            }

    def solutions(self) -> Iterator[Row]:
        chance = Random(4)
        step = timedelta(days=900) / self.size
        for number, topics in enumerate(self.topic_sets(), 1):
            topic = self.topic_rows[topics[0]]
            low = zipf(chance, [None, 5_000, 20_000, 100_000])
            yield {
                "id": number,
                "provider_id": chance.randint(1, self.provider_count),
                "title": words.title(chance, topic),
                "slug": f"loesung-{number}",
                "tagline": words.tagline(chance, topic),
                "summary": words.summary(chance, topic),
                "phase": zipf(chance, ["P4", "P3", "P5", "P2", "P1"]),
                "licence": zipf(chance, ["proprietary", "open_source"]),
                "hosting": sample(chance, Hosting.values, 2) or ["germany"],
                "offering_type": zipf(chance, Solution.OfferingType.values),
                "price_model": "subscription",
                "price_from_eur": chance.choice([None, int(chance.lognormvariate(8.5, 1))]),
                "min_population": low,
                "max_population": low and low * 10,
                "seeks_pilot": chance.random() < 0.1,
                "published_at": NEWEST - step * chance.randint(0, self.size),
                "updated_at": NEWEST,
            }

    def topic_sets(self) -> Iterator[list[int]]:
        """Yield the topics of each solution, by their numbers in `topic_rows`."""
        chance, numbers = Random(5), range(len(self.topic_rows))
        for _ in range(self.size):
            yield sample(chance, numbers, 3) or [0]

    def topics(self) -> Iterator[Row]:
        for solution, numbers in enumerate(self.topic_sets(), 1):
            for number in numbers:
                yield {"solution_id": solution, "topic_id": self.topic_pks[number]}

    def regions(self) -> Iterator[Row]:
        chance = Random(6)
        for solution in range(1, self.size + 1):
            if chance.random() < 0.3:
                for state in sample(chance, self.states, 3):
                    yield {"solution_id": solution, "state_id": state}

    def claims(self) -> Iterator[Row]:
        chance = Random(7)
        statuses = ["self_declared", "evidence_uploaded", "planned", "verified"]
        for solution in range(1, self.size + 1):
            for standard in sample(chance, self.standards, 4):
                status = zipf(chance, statuses)
                yield {
                    "solution_id": solution,
                    "standard_id": standard,
                    "status": status,
                    "verified_at": NEWEST if status == "verified" else None,
                    "valid_until": date(2026, 1, 1) + timedelta(days=chance.randint(0, 1500)),
                }

    def deployments(self) -> Iterator[Row]:
        chance = Random(8)
        for solution in range(1, self.size + 1):
            for place in sample(chance, range(1, MUNICIPALITIES + 1), 3):
                confirmed = NEWEST if chance.random() < 0.7 else None
                yield {
                    "solution_id": solution,
                    "municipality_id": place,
                    "phase": "P4",
                    "confirmed_at": confirmed,
                }


WEIGHTS = list(accumulate(1 / rank for rank in range(1, MUNICIPALITIES + 1)))


def zipf(chance: Random, values: "list[Value] | range") -> Any:
    """Choose one; the second half as often as the first, the third a third as often."""
    return chance.choices(values, cum_weights=WEIGHTS[: len(values)])[0]


def sample(chance: Random, values: "list[Any] | range", most: int) -> list[Any]:
    """Choose up to that many different ones."""
    count = chance.randint(0, most)
    chosen = chance.choices(values, cum_weights=WEIGHTS[: len(values)], k=count)
    return list(dict.fromkeys(chosen))


def copy(model: type[models.Model], rows: Iterator[Row]) -> None:
    """Write rows past the ORM; what a row does not say is the default of its field."""
    first = next(rows)
    table = connection.ops.quote_name(model._meta.db_table)
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (field.attname in first or not field.primary_key)
    ]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    defaults = {field.attname: field.get_default() for field in fields}
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
            for row in chain([first], rows):
                out.write_row([*(defaults | row).values()])
        if "id" in first:
            last = f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table}"  # noqa: S608
            cursor.execute(last, [model._meta.db_table])


@contextmanager
def triggers_off(*changed: type[models.Model]) -> Iterator[None]:
    tables = [model._meta.db_table for model in changed]
    tables += [Solution.topics.through._meta.db_table, Solution.regions.through._meta.db_table]
    _switch("DISABLE", tables)
    try:
        yield
    finally:
        _switch("ENABLE", tables)


def _switch(how: str, tables: list[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} {how} TRIGGER USER")
