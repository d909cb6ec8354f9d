"""From a draft to what everybody sees, and back from the market."""

from datetime import datetime

from django.db import connection, transaction

from profiles.keeping.models import Data, SolutionDraft
from profiles.keeping.snapshots import claims_of
from profiles.keeping.steps import Whole
from profiles.models import Solution, Standard, StandardClaim, User
from profiles.slugs import free_slug, german_slug


@transaction.atomic
def publish(draft: SolutionDraft, *, seen: int, by: User, at: datetime) -> bool:
    """Let the solution say what the draft says; False if it is not that version, or not whole.

    The organisation has to be verified now, whatever it was when the draft was handed in.
    """
    waiting = SolutionDraft.objects.waiting().of_verified().select_for_update(of=("self",))
    found = waiting.filter(pk=draft.pk, version=seen).select_related("provider").first()
    if found is None:
        return False
    if found.solution_id is not None:  # a join would hold what it was before the wait for the row
        found.solution = Solution.objects.select_for_update().get(pk=found.solution_id)
        list(found.solution.claims.order_by("pk").select_for_update())  # no paper slips in between
    whole = Whole(found)
    if whole.problems():
        return False
    solution = _write(whole, found, at=at)
    return draft.settle(solution, by=by, at=at)


def _write(whole: Whole, draft: SolutionDraft, *, at: datetime) -> Solution:
    solution = whole.instance  # the forms have filled it
    solution.provider = draft.provider
    solution.slug = solution.slug or _slug(solution.title)
    if solution.withdrawn_at is None:  # what its provider has withdrawn stays so until brought back
        solution.published_at = solution.published_at or at
    solution.save()
    rows = whole.cleaned()
    for name in ("topics", "technology_tags", "regions"):
        getattr(solution, name).set(rows[name])
    _write_claims(solution, whole.claims_stated())
    return solution


def _slug(title: str) -> str:
    """Return an address that nobody else gives away until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('solution slug'))")
    start = german_slug(title.partition(" – ")[0])[:70].strip("-")
    taken = Solution.objects.filter(slug__startswith=start).values_list("slug", flat=True)
    return free_slug(title.partition(" – ")[0], taken)


def _write_claims(solution: Solution, stated: list[Data]) -> None:
    """Leave alone what stays as it is: only that keeps the mark of somebody who checked it."""
    before = claims_of(solution)
    standards = {row.key: row for row in Standard.objects.all()}
    keys = {claim["standard"] for claim in stated}
    solution.claims.exclude(standard__key__in=keys).delete()
    for claim in stated:
        if claim == before.get(claim["standard"]):
            continue
        values = {name: value for name, value in claim.items() if name != "standard"}
        StandardClaim.objects.update_or_create(
            solution=solution,
            standard=standards[claim["standard"]],
            defaults=values | {"verified_by": None, "verified_at": None},
        )


def withdraw(solution: Solution, *, at: datetime) -> bool:
    """Take it from the market; say whether it was there."""
    with transaction.atomic():
        found = Solution.objects.published().select_for_update().filter(pk=solution.pk).first()
        if found is None:
            return False
        found.published_at, found.withdrawn_at = None, at
        found.save()
    return True


def bring_back(solution: Solution, *, at: datetime) -> bool:
    """Offer it again as it was; it does not count as new, since its first day stays."""
    verified = Solution.objects.withdrawn().filter(
        provider__organisation__verified_at__isnull=False
    )
    with transaction.atomic():
        found = verified.select_for_update(of=("self",)).filter(pk=solution.pk).first()
        if found is None:
            return False
        before = found.history.filter(published_at__isnull=False).order_by("-history_id")
        found.published_at = before.values_list("published_at", flat=True).first() or at
        found.withdrawn_at = None
        found.save()
    return True
