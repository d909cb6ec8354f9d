from celery import shared_task
from django.utils import timezone

from marketplace.grouping.models import Proposal
from marketplace.grouping.proposing import propose


@shared_task
def propose_groups(proposal_id: int) -> None:
    """Twice makes no second groups: by then no statement is left without one."""
    for proposal in Proposal.objects.filter(pk=proposal_id, done_at=None).select_related(
        "survey", "question"
    ):
        propose(proposal, at=timezone.now())
