"""How the claims of a draft stand by now: checks and papers come while somebody writes."""

from profiles.keeping.models import Data, SolutionDraft
from profiles.keeping.snapshots import claims_of
from profiles.models import Solution, StandardClaim

BACKED = {StandardClaim.Status.EVIDENCE_UPLOADED, StandardClaim.Status.VERIFIED}


def with_file(solution: Solution | None) -> set[str]:
    """Return the standards, by key, behind whose claims a file lies; drafts hold none."""
    if solution is None:
        return set()
    backed = solution.claims.exclude(evidence_file=None)
    return set(backed.values_list("standard__key", flat=True))


def unchecked(claim: Data, *, has_file: bool) -> str:
    """Return the status of a claim that nobody has checked as it is now."""
    return "evidence_uploaded" if has_file or claim.get("evidence_url") else "self_declared"


def as_it_stands(draft: SolutionDraft) -> Data:
    """Return what the draft says, with the status of today where its authors left that alone.

    The first version of a draft is what the solution said then. A status that is still the same
    is nothing that somebody has chosen, so it follows what became of the claim since.
    """
    data: Data = draft.data
    if draft.solution is None or not data.get("claims"):
        return data
    published, files = claims_of(draft.solution), with_file(draft.solution)
    begun = _statuses(draft.version_seen(1) or {})
    claims = []
    for claim in data["claims"]:
        key, status = claim.get("standard"), claim.get("status")
        if status and begun.get(key) == status:
            today = _status_of(claim, published.get(key), has_file=key in files)
            claim = claim | {"status": today}
        claims.append(claim)
    return data | {"claims": claims}


def _status_of(claim: Data, published: Data | None, *, has_file: bool) -> str:
    status: str = (published or claim)["status"]
    says_the_same = published == claim | {"status": status}
    if status in BACKED and not says_the_same:
        return unchecked(claim, has_file=has_file)
    return status


def as_kept(values: Data, *, shown: Data, kept: Data) -> Data:
    """Return what a page sent; a status shown as of today and left alone stays as it was kept."""
    if "claims" not in values:
        return values
    today, own = _statuses(shown), _statuses(kept)
    claims = []
    for claim in values["claims"]:
        key, status = claim["standard"], claim["status"]
        left_alone = today.get(key) == status
        claims.append(claim | {"status": own[key] if left_alone else status})
    return values | {"claims": claims}


def _statuses(data: Data) -> dict[str, str]:
    return {claim.get("standard"): claim.get("status") for claim in data.get("claims", [])}
