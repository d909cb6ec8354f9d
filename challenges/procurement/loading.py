"""The procurement rules that the product comes with; what admins changed is left alone."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from challenges.procurement.models import EuThreshold, Procedure, ProcurementRule
from profiles.models import State

DATA = Path(__file__).parent.parent / "data" / "procurement.json"
REGIMES = {
    "unter EU-Schwelle": Procedure.Regime.BELOW,
    "ab EU-Schwelle": Procedure.Regime.ABOVE,
    "beide": Procedure.Regime.BOTH,
    "Vorstufe": Procedure.Regime.BEFORE,
    "Ausnahme": Procedure.Regime.EXEMPT,
    "Ausnahme vom Vergaberecht": Procedure.Regime.EXEMPT,
}
GENERAL = {"DEFAULT", "DE"}


@transaction.atomic
def load() -> dict[str, int]:
    """Make what is missing; return the number of new rows by kind."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return {
        "EU thresholds": sum(_threshold(row) for row in data["eu_thresholds"]),
        "procedures": sum(_procedure(row, at) for at, row in enumerate(data["procedures"])),
        "procurement rules": sum(_rule(row, data["meta"]["as_of"]) for row in data["rules"]),
    }


def _threshold(row: dict[str, Any]) -> bool:
    values = {
        "valid_to": row["valid_to"],
        "sub_central_eur": row["supplies_services_sub_central"],
        "regulation": row["regulation"],
        "source": row["source"],
        "confidence": row["confidence"],
    }
    return EuThreshold.objects.get_or_create(valid_from=row["valid_from"], defaults=values)[1]


def _procedure(row: dict[str, Any], position: int) -> bool:
    values = {
        "name_de": row["name_de"],
        "name_en": row["name_en"],
        "regime": REGIMES[row["regime"]],
        "legal_basis": row["legal_basis"],
        "min_offers": row.get("min_offers") or None,
        "ocds_method": row["ocds_method"] or "",
        "when": row["when"],
        "position": position,
    }
    return Procedure.objects.get_or_create(key=row["key"], defaults=values)[1]


def _rule(row: dict[str, Any], as_of: str) -> bool:
    """Make a rule; those of the federation are left out, for they bind nobody here."""
    if row["buyer_level"] == "federal":
        return False
    state = None
    if row["state"] not in GENERAL:
        state = State.objects.get(code=f"DE-{row['state']}")
    values = {
        "state": state,
        "procedure": Procedure.objects.get(key=row["procedure"]),
        "kind": row["max_value_kind"],
        "limit_eur": row["max_value_eur_net"],
        "buyer_level": _level(row),
        "subject": row["subject"],
        "scope": row["scope"],
        "valid_from": row["valid_from"],
        "valid_to": row.get("valid_to"),
        "legal_basis": row["legal_basis"],
        "source": row["source"],
        "as_of": as_of,
        "confidence": row["confidence"],
        "status": row["status"],
        "note": row.get("note", ""),
    }
    return ProcurementRule.objects.get_or_create(key=row["id"], defaults=values)[1]


def _level(row: dict[str, Any]) -> str:
    """Return for whom a rule is: some of those for municipalities name the state as well."""
    also_state = row["buyer_level"] == "municipal" and row["scope"].startswith("Land")
    return ProcurementRule.Level.BOTH if also_state else row["buyer_level"]
