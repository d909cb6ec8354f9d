"""The individual round: invited, conflicts declared, scored, locked, closed."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from string import ascii_uppercase

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from challenges.applications.models import Application, Submission
from challenges.calls.lifecycle import ENDS, State
from challenges.calls.models import Challenge, EvaluationCriterion
from challenges.evaluation.models import Declaration, Panel, PanelEntry, Reviewer, Score
from profiles.models import Membership, User

FEWEST_SHEETS = 2


def submissions_of(challenge: Challenge) -> QuerySet[Submission]:
    """What there is to judge: valid, opened, and not damaged."""
    opened = Submission.objects.valid().filter(content__isnull=False)
    return opened.filter(application__challenge=challenge.pk).select_related(
        "application__organisation"
    )


def judged_criteria(challenge: Challenge) -> list[EvaluationCriterion]:
    """Those that people judge; the price has its formula."""
    return [row for row in challenge.criteria.all() if not row.is_price]


def letters(challenge: Challenge) -> dict[int, str]:
    """Return the name of each application in the blind round, by its key.

    They follow the checksums, hence neither names nor the order of arrival.
    """
    keys = submissions_of(challenge).order_by("checksum", "pk")
    return {
        key: _letter(number)
        for number, key in enumerate(keys.values_list("application", flat=True))
    }


def _letter(number: int) -> str:
    rounds, place = divmod(number, len(ascii_uppercase))
    return (_letter(rounds - 1) if rounds else "") + ascii_uppercase[place]


@transaction.atomic
def invite(challenge: Challenge, email: str, *, by: User, at: datetime) -> Reviewer:
    """Make somebody a reviewer who has an account here; twice is once."""
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise ValidationError(
            _("Zu dieser Adresse gibt es kein Konto. Bitten Sie die Person, sich zu registrieren."),
            "email",
        )
    panel, _is_new = Panel.objects.get_or_create(challenge=challenge)
    if panel.closed_at or challenge.state in {State.DECISION, *ENDS}:
        raise ValidationError(_("Die Einzelbewertung ist schon geschlossen."), "closed")
    reviewer, is_new = panel.reviewers.get_or_create(user=person, defaults={"invited_at": at})
    if is_new:
        _note(panel, PanelEntry.Kind.INVITED, by=by, at=at, note=str(person))
    return reviewer


@transaction.atomic
def appoint(reviewer: Reviewer, *, by: User, at: datetime) -> None:
    """Make a reviewer the chair, who has no conflict with anybody."""
    panel = Panel.objects.select_for_update().get(pk=reviewer.panel_id)
    if reviewer.declarations.filter(has_conflict=True).exists():
        raise ValidationError(_("Wer befangen ist, kann den Vorsitz nicht führen."), "conflict")
    panel.reviewers.update(is_chair=False)
    panel.reviewers.filter(pk=reviewer.pk).update(is_chair=True)
    _note(panel, PanelEntry.Kind.CHAIR, by=by, at=at, note=str(reviewer.user))


@transaction.atomic
def declare(reviewer: Reviewer, conflicts: Mapping[int, str], *, at: datetime) -> None:
    """Write down for each applicant whether there is a conflict; `conflicts` holds the notes.

    Who belongs to an applicant has one, whatever was said. It is said once, before reading.
    """
    Reviewer.objects.select_for_update().get(pk=reviewer.pk)
    if reviewer.declarations.exists():
        return
    mine = set(Membership.objects.of_person(reviewer.user).values_list("organisation", flat=True))
    challenge = reviewer.panel.challenge
    names = letters(challenge)
    for application in Application.objects.filter(pk__in=names).order_by("pk"):
        is_own = application.organisation_id in mine
        reviewer.declarations.create(
            application=application,
            letter=names[application.pk],
            has_conflict=is_own or application.pk in conflicts,
            note=conflicts.get(application.pk, _("gehört zur Organisation") if is_own else ""),
            at=at,
        )
    held = reviewer.declarations.filter(has_conflict=True).select_related("application")
    note = "; ".join(f"{row.application.organisation}: {row.note}" for row in held)
    _note(reviewer.panel, PanelEntry.Kind.DECLARED, by=reviewer.user, at=at, note=note)
    if note:
        Reviewer.objects.filter(pk=reviewer.pk).update(is_chair=False)


@transaction.atomic
def score(declaration: Declaration, scores: Mapping[int, tuple[int, str]]) -> None:
    """Keep points and reasons by criterion, until the sheet is locked."""
    Reviewer.objects.select_for_update().judging().unlocked().get(pk=declaration.reviewer_id)
    for key, (points, reason) in scores.items():
        Score.objects.update_or_create(
            declaration=declaration,
            criterion_id=key,
            defaults={"points": points, "reason": reason},
        )


def workload(reviewer: Reviewer) -> tuple[int, int]:
    """Return how many scores are there, and how many it takes."""
    free = [row for row in reviewer.declarations.all() if not row.has_conflict]
    wanted = len(free) * len(judged_criteria(reviewer.panel.challenge))
    return sum(len(row.scores.all()) for row in free), wanted


@transaction.atomic
def lock(reviewer: Reviewer, *, at: datetime) -> None:
    """Close the own sheet for good, once everything in it has points and a reason."""
    mine = Reviewer.objects.select_for_update().judging().unlocked().filter(pk=reviewer.pk)
    if not mine.exists():
        return
    done, wanted = workload(reviewer)
    if not reviewer.declarations.exists() or done < wanted:
        raise ValidationError(_("Es fehlen noch Punkte."), "incomplete")
    mine.update(locked_at=at)
    _note(reviewer.panel, PanelEntry.Kind.LOCKED, by=reviewer.user, at=at)


@transaction.atomic
def close(panel: Panel, *, by: User, at: datetime) -> None:
    """End the individual round; sheets that are not locked do not count."""
    locked = Panel.objects.select_for_update().select_related("challenge").get(pk=panel.pk)
    if locked.closed_at:
        return
    errors = what_hinders(locked)
    if errors:
        raise ValidationError(errors)
    locked.closed_at = at
    locked.save(update_fields=["closed_at"])
    _note(locked, PanelEntry.Kind.CLOSED, by=by, at=at)


def what_hinders(panel: Panel) -> list[str]:
    """Say what has to be there before the round can be closed."""
    challenge = panel.challenge
    found = []
    if challenge.state != State.EVALUATION or not submissions_of(challenge).exists():
        found.append(_("Es gibt keine geöffneten Bewerbungen."))
    if not panel.reviewers.filter(is_chair=True).exists():
        found.append(_("Es fehlt noch, wer den Vorsitz führt."))
    elif not panel.reviewers.filter(is_chair=True, declarations__isnull=False).exists():
        found.append(_("Wer den Vorsitz führt, hat Interessenkonflikte noch nicht erklärt."))
    locked = Declaration.objects.free().filter(
        reviewer__panel=panel, reviewer__locked_at__isnull=False
    )
    sheets = Counter(locked.values_list("application", flat=True))
    for key, letter in letters(challenge).items():
        if sheets[key] < FEWEST_SHEETS:
            text = _(
                "Bewerbung %(letter)s braucht noch abgeschlossene Bögen: mindestens %(count)s."
            )
            found.append(text % {"letter": letter, "count": FEWEST_SHEETS})
    return found


def _note(panel: Panel, kind: str, *, by: User, at: datetime, note: str = "") -> None:
    PanelEntry.objects.create(challenge_id=panel.pk, kind=kind, by=by, at=at, note=note)
