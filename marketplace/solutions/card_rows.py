"""What the cards show, read in one query; names and counts of references are in memory."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.db import connection
from django.utils.translation import get_language

from profiles.models.standards import claim_state
from profiles.snapshot import Snapshot
from profiles.snapshot.market import Vocabulary

# By the ORM this is three queries, which take four times as long to put together as to answer.
READ = """
SELECT solution.id, solution.slug, solution.title, solution.tagline, solution.summary,
       organisation.name, solution.phase, solution.seeks_pilot, solution.price_model,
       solution.price_from_eur, solution.hosting::text[], solution.licence,
       ARRAY (SELECT state_id FROM profiles_solution_regions WHERE solution_id = solution.id),
       ARRAY (SELECT ARRAY[standard_id::text, status, valid_until::text]
              FROM profiles_standardclaim WHERE solution_id = solution.id ORDER BY id)
FROM profiles_solution solution
JOIN profiles_organisation organisation ON organisation.id = solution.provider_id
WHERE solution.id = ANY(%s) AND solution.published_at IS NOT NULL
"""


class Claim(NamedTuple):
    state: str
    standard: str


class Row(NamedTuple):
    pk: int
    slug: str
    title: str
    tagline: str
    summary: str
    provider: str
    phase: str
    seeks_pilot: bool
    price_model: str
    price_from_eur: int | None
    hosting: list[str]
    licence: str
    regions: list[str]
    claims: list[Claim]
    references: int


class Names(NamedTuple):
    states: dict[int, str]
    standards: dict[str, tuple[int, str]]  # after its place in the order by German name


def rows(ids: list[int], snapshot: Snapshot) -> Iterator[Row]:
    names = _names(snapshot.vocabulary, get_language())
    with connection.cursor() as cursor:
        cursor.execute(READ, [ids])
        found = cursor.fetchall()
    for pk, *columns, regions, claims in found:
        offered = [name for key, name in names.states.items() if key in regions]
        claimed = list(_claims(claims, names, snapshot.on))
        count = int(snapshot.reference_counts[snapshot.slots[pk]])
        yield Row._make([pk, *columns, offered, claimed, count])


@lru_cache(maxsize=4)
def _names(vocabulary: Vocabulary, language: str | None) -> Names:
    """Return the names in that language, states in the order of the vocabulary."""
    states = {state.pk: state.name for state in vocabulary.states}
    by_name = sorted(vocabulary.standards, key=lambda standard: standard.name_de)
    standards = {str(known.pk): (place, known.name) for place, known in enumerate(by_name)}
    return Names(states, standards)


def _claims(found: list[list[str]], names: Names, on: date) -> Iterator[Claim]:
    known = [(names.standards[claim[0]], claim) for claim in found if claim[0] in names.standards]
    for (_, name), (_, status, until) in sorted(known, key=itemgetter(0)):
        valid_until = date.fromisoformat(until) if until else None
        yield Claim(claim_state(status, valid_until, on=on), name)
