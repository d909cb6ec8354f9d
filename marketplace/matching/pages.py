"""What the page of a need's matches shows: stored rows, checked once more against the need."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from html import escape
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from challenges.models import Need
from challenges.needs.requirements import REQUIREMENTS, narrowed
from marketplace.feedback.models import Rejection
from marketplace.matching.models import Match, Matching
from marketplace.matching.reasons import Names, Reason, reasons
from marketplace.matching.weights import PART_NAMES, Mix
from profiles.models import Solution
from profiles.models.figures import price_in_words
from profiles.snapshot import Hits, current

SHOWN = 20


class Row(NamedTuple):
    """A stored match."""

    pk: int
    solution: int
    score: float
    parts: dict[str, float]
    facts: dict[str, Any]
    violations: list[str]


class Offer(NamedTuple):
    """What a hit shows of its solution."""

    pk: int
    title: str
    slug: str
    provider: str
    price_model: str
    price_from_eur: int | None


class Hit(NamedTuple):
    """A row of the page, in words: a template takes longer for numbers than for texts."""

    key: str
    slug: str
    title: str
    provider: str
    price: str
    percent: str
    points: str
    violated: str
    reasons: SafeString


@dataclass(frozen=True)
class MatchPage:
    matching: Matching | None
    hits: list[Hit]
    near_misses: list[Hit]
    hidden: list[Rejection]

    @classmethod
    def of(cls, need: Need, *, on: date, is_own: bool) -> "MatchPage":
        """Show no row whose solution has been withdrawn or violates a requirement by now.

        What its own people have hidden is hidden from them alone.
        """
        hidden = _hidden(need) if is_own else []
        published = Hits(current(on=on))
        names = Names.of(published.snapshot.vocabulary)
        columns = ("pk", "solution", "score", "parts", "facts", "violations")
        stored = Match.objects.filter(need=need).order_by("position").values_list(*columns)
        rejected = {row.solution_id for row in hidden}
        shown = [row for row in map(Row._make, stored) if row.solution not in rejected]
        keys = [row.solution for row in shown]
        fit = narrowed(need, published, on=on).having_ids(keys)
        unfit = published.having_ids(keys) - fit
        hits = [row for row in shown if not row.violations and row.solution in fit][:SHOWN]
        missed = [row for row in shown if row.violations and row.solution in unfit]
        offers = _offers([row.solution for row in (*hits, *missed)])
        return cls(
            getattr(need, "matching", None),
            [_hit(row, offers, names) for row in hits if row.solution in offers],
            [_hit(row, offers, names) for row in missed if row.solution in offers],
            hidden,
        )


def _hidden(need: Need) -> list[Rejection]:
    return list(Rejection.objects.filter(need=need).published().for_rows())


def _offers(keys: list[int]) -> dict[int, Offer]:
    columns = ("pk", "title", "slug", "provider__organisation__name")
    prices = ("price_model", "price_from_eur")
    rows = Solution.objects.filter(pk__in=keys).order_by().values_list(*columns, *prices)
    return {row[0]: Offer(*row) for row in rows}


def _hit(row: Row, offers: Mapping[int, Offer], names: Names) -> Hit:
    offer, percent = offers[row.solution], str(round(row.score * 100))
    return Hit(
        key=str(row.pk),
        slug=offer.slug,
        title=offer.title,
        provider=offer.provider,
        price=price_in_words(offer),
        percent=percent,
        points=gettext("%(points)s von 100 Punkten") % {"points": percent},
        violated=", ".join(str(REQUIREMENTS[name]) for name in row.violations),
        reasons=_listed(reasons(row.parts, row.facts, names)),
    )


def _listed(said: list[Reason]) -> SafeString:
    """Return the reasons as a list. As a loop in the template they took half of the page."""
    kinds = {False: ("match-reason", gettext("Dafür:")), True: ("match-gap", gettext("Lücke:"))}
    rows = [(*kinds[is_gap], text) for text, is_gap in said]
    html = (
        f'<li class="{css}"><span class="kern-sr-only">{escape(kind)} </span>{escape(text)}</li>'
        for css, kind, text in rows
    )
    return mark_safe("".join(html))  # noqa: S308  (the parts are escaped above)


def shares(mix: Mix) -> list[tuple[str, str | Promise, float]]:
    """Return key, name and share in percent of each part, the largest first."""
    total = sum(asdict(mix).values()) or 1
    rows = [
        (key, PART_NAMES[key], round(100 * share / total, 1)) for key, share in asdict(mix).items()
    ]
    return sorted(rows, key=lambda row: -row[2])
