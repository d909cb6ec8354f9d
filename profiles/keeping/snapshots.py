"""A published solution in the form in which drafts are kept."""

from typing import Any

from profiles.keeping.models import Data
from profiles.models import Solution, StandardClaim

PLAIN = (
    "title",
    "tagline",
    "summary",
    "benefit",
    "offering_type",
    "phase",
    "licence",
    "spdx_licence",
    "repository_url",
    "hosting",
    "operator_models",
    "languages",
    "data_processing",
    "interfaces",
    "price_model",
    "price_from_eur",
    "min_population",
    "max_population",
    "seeks_pilot",
    "pilot_offer",
)
OF_CLAIM = ("status", "version_or_level", "scope", "issuer", "certificate_no", "evidence_url")
DAYS = ("valid_from", "valid_until")


def snapshot(solution: Solution) -> Data:
    """Return what a solution says: 4 queries."""
    data: Data = {name: getattr(solution, name) for name in PLAIN}
    data["topics"] = sorted(topic.key for topic in solution.topics.all())
    data["technology_tags"] = sorted(tag.key for tag in solution.technology_tags.all())
    data["regions"] = sorted(state.code for state in solution.regions.all())
    data["claims"] = list(claims_of(solution).values())
    return data


def claims_of(solution: Solution) -> dict[str, Data]:
    """Return what it states, by the key of the standard."""
    rows = solution.claims.select_related("standard")
    return {claim.standard.key: _claim(claim) for claim in rows}


def _claim(claim: StandardClaim) -> Data:
    days = {name: _day(getattr(claim, name)) for name in DAYS}
    said = {name: getattr(claim, name) for name in OF_CLAIM}
    return {"standard": claim.standard.key} | said | days


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
