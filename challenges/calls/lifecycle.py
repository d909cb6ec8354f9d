"""The states of a challenge and the steps between them: the diagram, as data.

    draft ▸ in review ▸ published ▸ questions open ▸ applications open ▸ evaluation ▸ decision
    ▸ awarded | no award, and cancelled from every state before an end

Three steps are made by the clock. They count from their moment on, to the second, whether or not
a worker has written them down by then (`Challenge.state_at`); what is written down carries the
moment, not the time of writing. Moments are aware datetimes: a deadline on a wall clock in
Europe/Berlin is one moment, in winter and in summer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    IN_REVIEW = "in_review", _("in Prüfung durch eine zweite Person")
    PUBLISHED = "published", _("veröffentlicht")
    QUESTIONS_OPEN = "questions_open", _("Fragen möglich")
    APPLICATIONS_OPEN = "applications_open", _("Bewerbungen möglich")
    EVALUATION = "evaluation", _("in Bewertung")
    DECISION = "decision", _("Entscheidung steht an")
    AWARDED = "awarded", _("vergeben")
    NO_AWARD = "no_award", _("ohne Vergabe beendet")
    CANCELLED = "cancelled", _("abgebrochen")


ENDS = frozenset({State.AWARDED, State.NO_AWARD, State.CANCELLED})
HIDDEN = frozenset({State.DRAFT, State.IN_REVIEW})
PUBLIC = frozenset(State) - HIDDEN


class Action(models.TextChoices):
    SUBMIT = "submit", _("zur Prüfung gegeben")
    RETURN = "return", _("zurückgegeben")
    PUBLISH = "publish", _("freigegeben und veröffentlicht")
    OPEN_QUESTIONS = "open_questions", _("Fragen geöffnet")
    OPEN_APPLICATIONS = "open_applications", _("Bewerbungen geöffnet")
    CLOSE_APPLICATIONS = "close_applications", _("Bewerbungsfrist abgelaufen")
    FINISH_EVALUATION = "finish_evaluation", _("Bewertung abgeschlossen")
    AWARD = "award", _("vergeben")
    END_WITHOUT_AWARD = "end_without_award", _("ohne Vergabe beendet")
    CANCEL = "cancel", _("abgebrochen")


@dataclass(frozen=True)
class Step:
    sources: frozenset[State]
    target: State
    needs_reason: bool = False


STEPS = {
    Action.SUBMIT: Step(frozenset({State.DRAFT}), State.IN_REVIEW),
    Action.RETURN: Step(frozenset({State.IN_REVIEW}), State.DRAFT, needs_reason=True),
    Action.PUBLISH: Step(frozenset({State.IN_REVIEW}), State.PUBLISHED),
    Action.OPEN_QUESTIONS: Step(frozenset({State.PUBLISHED}), State.QUESTIONS_OPEN),
    Action.OPEN_APPLICATIONS: Step(frozenset({State.QUESTIONS_OPEN}), State.APPLICATIONS_OPEN),
    Action.CLOSE_APPLICATIONS: Step(frozenset({State.APPLICATIONS_OPEN}), State.EVALUATION),
    Action.FINISH_EVALUATION: Step(frozenset({State.EVALUATION}), State.DECISION),
    Action.AWARD: Step(frozenset({State.DECISION}), State.AWARDED),
    Action.END_WITHOUT_AWARD: Step(
        frozenset({State.EVALUATION, State.DECISION}), State.NO_AWARD, needs_reason=True
    ),
    Action.CANCEL: Step(frozenset(State) - ENDS, State.CANCELLED, needs_reason=True),
}


OF_THE_CLOCK = frozenset(
    {Action.OPEN_QUESTIONS, Action.OPEN_APPLICATIONS, Action.CLOSE_APPLICATIONS}
)


class Dated(Protocol):
    """What the clock needs to know of a challenge."""

    questions_from: datetime | None
    applications_from: datetime | None
    applications_until: datetime | None


def timed_step(state: str, dates: Dated) -> tuple[Action, datetime | None] | None:
    """Return the step that the clock makes out of this state, and when; None if it makes none."""
    match state:
        case State.PUBLISHED:
            return Action.OPEN_QUESTIONS, dates.questions_from
        case State.QUESTIONS_OPEN:
            return Action.OPEN_APPLICATIONS, dates.applications_from
        case State.APPLICATIONS_OPEN:
            return Action.CLOSE_APPLICATIONS, dates.applications_until
    return None


def due_steps(state: str, dates: Dated, *, at: datetime) -> list[tuple[Action, datetime]]:
    """Return the steps that the clock has made by that moment, in order.

    An application at the very second of the deadline is in time: the deadline is over after it.
    """
    steps: list[tuple[Action, datetime]] = []
    while (step := timed_step(state, dates)) and step[1] is not None and _is_over(step, at):
        action, moment = step
        steps.append((action, moment or at))
        state = STEPS[action].target
    return steps


def _is_over(step: tuple[Action, datetime | None], at: datetime) -> bool:
    action, moment = step
    if moment is None:
        return False
    return at > moment if action == Action.CLOSE_APPLICATIONS else at >= moment


def possible(state: str) -> list[Action]:
    """Return the actions that people may take in this state; the clock's own are left out."""
    clock = {Action.OPEN_QUESTIONS, Action.OPEN_APPLICATIONS, Action.CLOSE_APPLICATIONS}
    return [
        action for action, step in STEPS.items() if state in step.sources and action not in clock
    ]
