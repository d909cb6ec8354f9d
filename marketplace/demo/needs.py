"""Invented needs of real places: seen by all kinds of people, named and anonymous, open and ended.

A second run adds none.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from challenges.models import Need
from marketplace.demo.market import FIRST_DAY, read
from profiles.models import Municipality, Organisation, Solution, Standard, Topic, User
from profiles.slugs import german_slug

ACCOUNT = "kommune@demo.example"
ITS_OWN = frozenset({"n01", "n05", "n08", "n12"})  # what the account of the municipality owns
VISIBILITIES = ("public", "public", "agencies", "public", "private")
ENDS = {
    "n03": ("served", "Läuft seit dem Sommer im Fachbereich Kultur."),
    "n07": ("no_offer", "Alle Angebote setzen eine andere Kassensoftware voraus."),
    "n12": ("no_offer", "Kein Angebot misst an so kleinen Bächen."),
    "n15": ("in_challenge", "Vier Nachbarkommunen bereiten die Challenge gemeinsam vor."),
    "n19": ("withdrawn", "Der Landkreis hat eine gemeinsame Lösung beschafft."),
}


@transaction.atomic
def load() -> None:
    """Load them after the accounts, one of which looks after some."""
    if Need.objects.exists():
        return
    for number, row in enumerate(read("needs")):
        _end(_need(number, row), row["id"])


def _need(number: int, row: dict[str, Any]) -> Need:
    asked, is_own = row["requirements"], row["id"] in ITS_OWN
    at = FIRST_DAY + timedelta(days=90 + number)
    is_draft = row["id"] == "n08"
    need = Need.objects.create(
        organisation=_organisation("Baunatal" if is_own else row["municipality"]["name"]),
        owner=User.objects.get(email=ACCOUNT) if is_own else None,
        title=row["title"],
        problem=row["description"],
        hosting=asked["hosting"] or [],
        licence=asked["licence"] or "",
        max_budget_eur=asked["max_budget_eur"],
        min_phase=asked["min_phase"] or "",
        visibility=VISIBILITIES[number % len(VISIBILITIES)],
        is_named=number % 3 == 0,
        due_on=timezone.localdate() + timedelta(days=14 * number - 5),
        state=Need.State.DRAFT if is_draft else Need.State.OPEN,
        created_at=at,
        released_at=None if is_draft else at,
    )
    need.topics.set(Topic.objects.filter(key__in=row["topics"]))
    need.standards.set(Standard.objects.filter(key__in=asked["standards"]))
    return need


def _end(need: Need, key: str) -> None:
    if key not in ENDS:
        return
    state, outcome = ENDS[key]
    served_by = None
    if state == Need.State.SERVED:
        served_by = Solution.objects.on_topics(need.topics.all()).by_title().first()
    at = need.created_at + timedelta(days=60)
    need.end(state, at=at, outcome=outcome, served_by=served_by)


def _organisation(name: str) -> Organisation:
    place = Municipality.objects.get(name=name)
    is_district = place.kind == Municipality.Kind.DISTRICT
    kind = Organisation.Kind.DISTRICT if is_district else Organisation.Kind.MUNICIPALITY
    values = {"slug": german_slug(name), "kind": kind, "municipality": place, "state": place.state}
    found, _is_new = Organisation.objects.get_or_create(
        name=name, defaults={**values, "verified_at": FIRST_DAY}
    )
    return found
