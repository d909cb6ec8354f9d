"""One draft in work and one that waits, so that the pages of both sides show something."""

from django.utils import timezone

from marketplace.demo.accounts import ACCOUNTS
from profiles.keeping.snapshots import snapshot
from profiles.models import Organisation, Provider, Solution, SolutionDraft, User

NEW = {
    "title": "Amtsdolmetsch – Bescheide in verständlicher Sprache",
    "summary": (
        "Amtsdolmetsch schreibt Entwürfe von Bescheiden in verständliche Sprache um. Die "
        "Sachbearbeitung sieht beide Fassungen nebeneinander und entscheidet Satz für Satz."
    ),
    "offering_type": "product",
    "phase": "P2",
    "licence": "open_source",
    "hosting": ["on_premise"],
}


def load() -> None:
    """A second run changes nothing, whatever became of the drafts."""
    (account,) = (row for row in ACCOUNTS if row.kind == Organisation.Kind.PROVIDER)
    provider = Provider.objects.get(organisation__name=account.organisation)
    by, at = User.objects.get(email=account.email), timezone.now()
    if SolutionDraft.objects.filter(provider=provider).exists():
        return
    SolutionDraft.objects.create(provider=provider, data=NEW, edited_by=by, edited_at=at)
    solution = Solution.objects.filter(provider=provider).published().by_title()[0]
    before = snapshot(solution)
    after = before | {"price_from_eur": (before["price_from_eur"] or 0) + 1200}
    after["tagline"] = "Jetzt mit Anschluss an das Ratsinformationssystem."
    draft = SolutionDraft.objects.revise(solution, after, by=by, at=at)
    draft.submit(seen=draft.version, by=by, at=at)
