"""How a challenge begins: empty, from a template, as a copy, or from what is already known."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from challenges.calls.models import Challenge
from challenges.needs.models import Need
from challenges.procurement.adviser import facts
from challenges.procurement.models import Procedure, ProcurementRule
from challenges.surveys.models import FieldOfAction
from profiles.models import Organisation
from profiles.slugs import free_slug

DATA = Path(__file__).parent.parent / "data" / "templates.json"
Given = dict[str, Any]
"""What is known of a challenge: its fields by name, keys for rows, and rows of `criteria`."""

# What another call may take over; dates, money's basis and people are of each its own.
COPIED = (
    "problem_citizens",
    "problem_staff",
    "goals",
    "hosting",
    "licence",
    "max_budget_eur",
    "min_phase",
    "wishes",
    "data_sets",
    "test_areas",
    "eligible_kinds",
    "budget_eur",
    "term_months",
    "prize",
    "contact",
)
MANY = ("topics", "standards", "needs")
ADDRESSES = frozenset(
    {"neu", "eigene", "vergabeweg", "feed", "entwurf", "zahlen"}
)  # of other pages


@cache
def templates() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def from_template(key: str) -> Given:
    found = next((row for row in templates() if row["key"] == key), None)
    return {**found["fields"], "criteria": found["criteria"]} if found else {}


def from_challenge(other: Challenge) -> Given:
    given: Given = {name: getattr(other, name) for name in COPIED}
    given |= {name: list(getattr(other, name).all()) for name in ("topics", "standards")}
    names = ("label", "description", "weight", "points", "is_price")
    given["criteria"] = list(other.criteria.values(*names))
    return given


def from_needs(needs: Sequence[Need]) -> Given:
    """Pool needs: all their topics and standards, and of demands what each of them can accept."""
    if not needs:
        return {}
    budgets = [need.max_budget_eur for need in needs if need.max_budget_eur is not None]
    hosting = [set(need.hosting) for need in needs if need.hosting]
    licences = {need.licence for need in needs if need.licence}
    return {
        "title": needs[0].title,
        "problem_staff": "\n\n".join(need.problem for need in needs if need.problem),
        "wishes": "\n".join(need.wishes for need in needs if need.wishes),
        "max_budget_eur": min(budgets, default=None),
        "hosting": sorted(set.intersection(*hosting)) if hosting else [],
        "licence": licences.pop() if len(licences) == 1 else "",
        "min_phase": max((need.min_phase for need in needs), default=""),
        "topics": list({topic.pk: topic for need in needs for topic in need.topics.all()}.values()),
        "standards": list({row.pk: row for need in needs for row in need.standards.all()}.values()),
        "needs": list(needs),
    }


def from_field(field: FieldOfAction) -> Given:
    """Pool the needs of a field of action, and add what the agency itself wrote of it.

    A challenge gets public: words and demands are those of released needs alone.
    """
    released = field.needs.released().prefetch_related("topics", "standards").order_by("pk")
    given = from_needs(list(released))
    texts = [field.description, given.get("problem_staff", "")]
    topics = [field.topic] if field.topic else given.get("topics", [])
    return given | {
        "title": field.title,
        "problem_staff": "\n\n".join(text for text in texts if text),
        "topics": topics,
        "needs": list(field.needs.order_by("pk")),
    }


@transaction.atomic
def start(title: str, organisation: Organisation, given: Given, *, at: datetime) -> Challenge:
    """Make the draft, once: the second of two clicks gets what the first one made."""
    organisation.lock()
    twin: Challenge | None = organisation.challenges.drafts().filter(title=title, version=1).first()
    if twin:
        return twin
    fields = {name: value for name, value in given.items() if name in COPIED}
    fields |= _procedure(given, organisation, at)
    challenge = Challenge.objects.create(
        organisation=organisation, title=title, slug=new_slug(title), created_at=at, **fields
    )
    for name in MANY:
        getattr(challenge, name).set(given.get(name, []))
    for position, row in enumerate(given.get("criteria", [])):
        challenge.criteria.create(position=position, **row)
    return challenge


def _procedure(given: Given, organisation: Organisation, at: datetime) -> Given:
    """The way to award that a template names, with what it rests on today."""
    chosen = Procedure.objects.filter(key=given.get("procedure", "")).first()
    if chosen is None:
        return {}
    level, today = ProcurementRule.level_of(organisation), timezone.localdate(at)
    basis = facts(chosen, given.get("budget_eur"), organisation.seat, on=today, level=level)
    return {"procedure": chosen.key, "procedure_facts": basis}


def new_slug(title: str) -> str:
    taken = Challenge.objects.filter(slug__startswith=free_slug(title, [])[:20])
    return free_slug(title, ADDRESSES | set(taken.values_list("slug", flat=True)))
