"""The decision: proposed by one, signed by another, told to all who applied."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.applications.models import Application
from challenges.calls.lifecycle import Action, State
from challenges.calls.models import Challenge
from challenges.evaluation import consensus, mails
from challenges.evaluation.models import Decision, PanelEntry
from profiles.models import User

RANKING_CHANGED = gettext_lazy(
    "Die Rangfolge hat sich inzwischen geändert. Bitte sehen Sie sie noch einmal an."
)

OVERTAKEN = gettext_lazy(
    "Hier steht inzwischen ein anderer Vorschlag. Bitte lesen Sie ihn, bevor Sie zeichnen."
)


@transaction.atomic
def propose(
    challenge: Challenge,
    *,
    winner: Application | None,
    reason: str,
    by: User,
    at: datetime,
    standstill_until: datetime | None = None,
) -> Decision:
    """Propose to award to `winner`, the first of the ranking, or to nobody, with the reason."""
    locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
    locked.settle(at=at)
    if locked.state not in {State.EVALUATION, State.DECISION}:
        raise ValidationError(_("Dafür ist es zu früh oder zu spät."), "state")
    if Decision.objects.filter(challenge=locked).exists():
        raise ValidationError(_("Es gibt schon einen Vorschlag."), "twice")
    ranked = consensus.results(locked)
    if winner and not ranked:
        raise ValidationError(_("Es fehlen noch gemeinsam festgestellte Punkte."), "incomplete")
    if winner and winner != ranked[0].submission.application:
        raise ValidationError(RANKING_CHANGED, "overtaken")
    if winner and standstill_until is not None and standstill_until <= at:
        raise ValidationError(_("Die Wartefrist endet in der Zukunft."), "standstill")
    if locked.state == State.EVALUATION:
        locked.take(Action.FINISH_EVALUATION, by=by, at=at)
    decision = Decision.objects.create(
        challenge=locked,
        winner=winner,
        reason=reason,
        standstill_until=standstill_until if winner else None,
        proposed_by=by,
        proposed_at=at,
    )
    _note(decision, PanelEntry.Kind.PROPOSED, by=by, at=at)
    return decision


@transaction.atomic
def dismiss(decision: Decision, reason: str, *, by: User, at: datetime) -> bool:
    """Give a proposal back with the reason; say whether this call did."""
    waiting = Decision.objects.select_for_update().filter(pk=decision.pk, signed_at=None).first()
    if waiting is None:
        return False
    waiting.delete()
    _note(decision, PanelEntry.Kind.DISMISSED, by=by, at=at, note=reason)
    return True


@transaction.atomic
def sign(decision: Decision, *, by: User, at: datetime, seen: str | None = None) -> bool:
    """Sign as the second person: the challenge ends, and all applicants are told.

    `seen` is the mark of the proposal that the person has read, if that is not `decision`.
    """
    waiting = Decision.objects.select_for_update().filter(pk=decision.pk, signed_at=None).first()
    if waiting is None:
        return False
    if waiting.mark != (decision.mark if seen is None else seen):
        raise ValidationError(OVERTAKEN, "overtaken")
    if waiting.proposed_by_id == by.pk:
        raise ValidationError(
            _("Zeichnen muss eine andere Person als die, die es vorgeschlagen hat."), "four_eyes"
        )
    if waiting.standstill_until is not None and waiting.standstill_until <= at:
        raise ValidationError(
            _(
                "Die Wartefrist wäre schon vorbei, bevor jemand von der Entscheidung erfährt. "
                "Bitte geben Sie den Vorschlag zurück und schlagen Sie mit einem späteren Ende "
                "der Wartefrist neu vor."
            ),
            "standstill",
        )
    challenge = waiting.challenge
    action, reason = Action.AWARD, ""
    if waiting.winner_id is None:
        action, reason = Action.END_WITHOUT_AWARD, waiting.reason
    if not challenge.take(action, by=by, at=at, reason=reason):
        return False  # it was cancelled meanwhile
    waiting.signed_by, waiting.signed_at = by, at
    waiting.save(update_fields=["signed_by", "signed_at"])
    _note(waiting, PanelEntry.Kind.SIGNED, by=by, at=at)
    mails.decided(waiting, at=at)
    return True


def _note(decision: Decision, kind: str, *, by: User, at: datetime, note: str = "") -> None:
    winner = str(decision.winner.organisation) if decision.winner else _("ohne Vergabe")
    PanelEntry.objects.create(
        challenge_id=decision.challenge_id,
        kind=kind,
        by=by,
        at=at,
        note=note or f"{winner}: {decision.reason}",
    )
