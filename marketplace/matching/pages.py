"""What the page of a need's matches shows: stored rows, checked once more against the need."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from challenges.models import Need
from challenges.needs.requirements import demanded, narrowed
from marketplace.feedback.models import Rejection
from marketplace.matching.hit_html import Hit, Reader, articles
from marketplace.matching.models import FAIR, IS_HIT, Match, Matching
from marketplace.matching.reasons import Names, reasons
from profiles.models.figures import price_in_words
from profiles.snapshot import Hits, current

SHOWN = 20


class Row(NamedTuple):
    """A stored match with what it shows of its solution; some columns are JSON."""

    pk: int
    score: float
    parts: str
    facts: str
    violations: str
    slug: str
    title: str
    provider: str
    price_model: str
    price_from_eur: int | None


# The ORM takes four times as long to put this together as the database to answer.
READ = """
SELECT listed.id, listed.score, listed.parts, listed.facts, listed.violations,
       solution.slug, solution.title, organisation.name,
       solution.price_model, solution.price_from_eur
FROM marketplace_match listed
JOIN profiles_solution solution ON solution.id = listed.solution_id
JOIN profiles_organisation organisation ON organisation.id = solution.provider_id
WHERE listed.id = ANY(%s)
"""


@dataclass(frozen=True)
class MatchPage:
    matching: Matching | None
    hits: list[SafeString]
    weaker: list[SafeString]  # that meet all requirements, and have little in common with the need
    near_misses: list[SafeString]
    hidden: list[Rejection]

    @classmethod
    def of(cls, need: Need, reader: Reader, *, on: date) -> "MatchPage":
        """Show no row whose solution has been withdrawn or violates a requirement by now.

        What its own people have hidden is hidden from them alone.
        """
        hidden = _hidden(need) if reader.is_own else []
        published = Hits(current(on=on))
        rejected = {row.solution_id for row in hidden}
        stored = [row for row in _stored(need) if row.solution_id not in rejected]
        keys = [row.solution_id for row in stored]
        fit = narrowed(need, published, on=on).having_ids(keys)
        unfit = published.having_ids(keys) - fit
        hits = [row.pk for row in stored if row.is_hit and row.solution_id in fit][:SHOWN]
        missed = [row.pk for row in stored if not row.is_hit and row.solution_id in unfit]
        said = _said([*hits, *missed], Names.of(published.snapshot.vocabulary))
        fitting = [said[pk] for pk in hits if pk in said]
        near = [said[pk] for pk in missed if pk in said and _may_be_told(need, reader, said[pk])]
        return cls(
            getattr(need, "matching", None),
            articles([hit for hit in fitting if hit.is_fair], reader, level="h2"),
            articles([hit for hit in fitting if not hit.is_fair], reader, level="h3"),
            articles(near, reader, level="h3", demanded=demanded(need) if near else None),
            hidden,
        )


def _may_be_told(need: Need, reader: Reader, near_miss: Hit) -> bool:
    """Whether it says nothing of who asks that the reader may not know.

    Offers with bounds of their own, placed by the dozen, would find out the population of an
    anonymous municipality. That such an offer is a hit, or is none, tells as much; but it has to
    be published and compare well with all others, each tells one bound, and hits are what the
    need is released for. State and size class of an anonymous need are told to all anyway.
    """
    return reader.is_own or need.is_named or "place" not in near_miss.violations


def _hidden(need: Need) -> list[Rejection]:
    return list(Rejection.objects.filter(need=need).published().for_rows())


def _stored(need: Need) -> "QuerySet[Match, Any]":
    """Read which solutions the need lists, best first; what is said of them is read of few."""
    listed = Match.objects.filter(need=need).annotate(is_hit=IS_HIT).order_by("position")
    return listed.values_list("pk", "solution_id", "is_hit", named=True)


def _said(matches: list[int], names: Names) -> dict[int, Hit]:
    """Read what the page shows of each match: one query."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [matches])
        return {row.pk: _hit(row, names) for row in map(Row._make, cursor)}


def _hit(row: Row, names: Names) -> Hit:
    violations = json.loads(row.violations)
    return Hit(
        match=row.pk,
        slug=row.slug,
        title=row.title,
        provider=row.provider,
        price=price_in_words(row),
        percent=round(row.score * 100),
        is_fair=row.score >= FAIR,
        violations=violations,
        reasons=reasons(json.loads(row.parts), json.loads(row.facts), names, violations),
    )
