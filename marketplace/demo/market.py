"""Load the demo market; a second run changes nothing."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from profiles.models import (
    Deployment,
    Municipality,
    Organisation,
    Provider,
    Solution,
    Standard,
    StandardClaim,
    State,
    TechnologyTag,
    Topic,
)
from profiles.slugs import german_slug

HERE = Path(__file__).parent
KINDS = {
    "Stadt (kreisfrei)": Municipality.Kind.INDEPENDENT_CITY,
    "Stadtstaat": Municipality.Kind.INDEPENDENT_CITY,
    "Stadt": Municipality.Kind.TOWN,
    "Gemeinde": Municipality.Kind.MUNICIPALITY,
    "Landkreis": Municipality.Kind.DISTRICT,
}
FIRST_DAY = datetime(2026, 1, 5, 9, tzinfo=timezone.get_default_timezone())


def read(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def load() -> None:
    states = {state.code: state for state in State.objects.all()}
    for row in read("municipalities"):
        values = {
            "name": row["name"],
            "kind": KINDS[row["kind"]],
            "state": states[row["state"]],
            "population": row["population"],
        }
        Municipality.objects.get_or_create(ags=row["ags"], defaults=values)
    for row in read("providers"):
        _provider(row, states[row["state"]])
    additions = read("additions")
    for number, row in enumerate(read("solutions")):
        _solution({**row, **additions[row["id"]]}, FIRST_DAY + timedelta(days=number), states)


def _provider(row: dict[str, Any], state: State) -> None:
    organisation, _ = Organisation.objects.get_or_create(
        slug=german_slug(row["name"]),
        defaults={
            "name": row["name"],
            "kind": Organisation.Kind.PROVIDER,
            "state": state,
            "website": row["website"],
            "verified_at": FIRST_DAY,
        },
    )
    fields = ("kind", "tagline", "description", "city", "founded", "employees_range")
    Provider.objects.get_or_create(
        organisation=organisation, defaults={"state": state} | {name: row[name] for name in fields}
    )


def _solution(row: dict[str, Any], published_at: datetime, states: dict[str, State]) -> None:
    solution, is_new = Solution.objects.get_or_create(
        slug=german_slug(row["title"].partition(" – ")[0]),
        defaults={
            "provider": Provider.objects.get(organisation__name=row["provider"]),
            "title": row["title"],
            "summary": row["summary"],
            "benefit": row["benefit_de"],
            "offering_type": row["offering"],
            "phase": row["phase"],
            "licence": row["licence"],
            "hosting": row["hosting"],
            "interfaces": row["interfaces_de"],
            "price_model": row["price_model"],
            "price_from_eur": row["price_from_eur"],
            "min_population": row["min_population"],
            "max_population": row["max_population"],
            "operator_models": row["operator_models"],
            "languages": ["de"],
            "seeks_pilot": bool(row["pilot_offer_de"]),
            "pilot_offer": row["pilot_offer_de"],
            "published_at": published_at,
        },
    )
    if not is_new:
        return
    solution.skip_history_when_saving = True  # type: ignore[attr-defined]
    solution.technology_tags.set(TechnologyTag.objects.filter(key__in=row["tags"]))
    solution.regions.set(states[code] for code in row["regions"])
    del solution.skip_history_when_saving  # type: ignore[attr-defined]  # one version has it all
    solution.topics.set(Topic.objects.filter(key__in=row["topics"]))
    StandardClaim.objects.bulk_create(
        StandardClaim(solution=solution, standard=standard, **_backing(row, standard))
        for standard in Standard.objects.filter(key__in=row["standards"])
    )
    Deployment.objects.bulk_create(
        Deployment(
            solution=solution,
            municipality=Municipality.objects.get(name=reference["municipality"]),
            phase=row["phase"],
            confirmed_at=published_at,
            # Not everybody agrees; the towns with a demo account do, so that one can try it.
            contact_consent_at=published_at
            if number == 0 or reference["municipality"] in {"Baunatal", "Vellmar"}
            else None,
        )
        for number, reference in enumerate(row["references"])
    )


def _backing(row: dict[str, Any], standard: Standard) -> dict[str, Any]:
    """Let each kind of backing be seen: widely used offers have certificates checked."""
    if standard.kind != Standard.Kind.CERTIFICATE or row["phase"] not in {"P4", "P5"}:
        return {"status": StandardClaim.Status.SELF_DECLARED}
    if row["phase"] == "P4":
        return {"status": StandardClaim.Status.EVIDENCE_UPLOADED, "issuer": "Prüfstelle (erfunden)"}
    now = timezone.now()
    return {
        "status": StandardClaim.Status.VERIFIED,
        "issuer": "Prüfstelle (erfunden)",
        "verified_at": now,
        "valid_until": now.date() + timedelta(days=730),
    }
