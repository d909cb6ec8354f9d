"""Who hears what of a judging."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from challenges.applications.models import Application, Submission
from challenges.calls.models import Challenge
from challenges.evaluation import letters
from challenges.evaluation.models import Decision, Reviewer
from challenges.evaluation.record import number
from profiles.mail import send, send_each

LONGEST_REASON = 300


def invited(reviewer: Reviewer) -> None:
    _to_reviewer("reviewer_invited", reviewer, f"reviewer_invited:{reviewer.pk}")


def remind(reviewer: Reviewer) -> None:
    """At most once for declaring conflicts, and once for scoring."""
    stage = "score" if reviewer.declarations.exists() else "declare"
    _to_reviewer("review_reminder", reviewer, f"review_reminder:{stage}:{reviewer.pk}")


def _to_reviewer(kind: str, reviewer: Reviewer, event: str) -> None:
    challenge = reviewer.panel.challenge
    send(
        kind,
        to=reviewer.user,
        context=lambda: {
            "challenge": challenge.title,
            "organisation": challenge.organisation.name,
            "link": f"{settings.SITE_URL}{reverse('evaluation:sheet', args=[challenge.slug])}",
        },
        event=event,
    )


def decided(decision: Decision, *, at: datetime) -> None:
    """Tell each applicant the own result; the winner's name follows after the standstill."""
    judged = {one.application.pk: one for one in letters.letters(decision, at=at)}
    for application in _applications(decision.challenge):
        letter = judged.get(application.pk) or letters.without_scores(decision, application)
        _to_applicant("application_decided", application, partial(_result, decision, letter))
        if decision.winner and decision.standstill_until and not letter.has_won:
            named = partial(_winner, decision.winner)
            told_at = decision.standstill_until
            _to_applicant("application_winner", application, named, at=told_at)


def _result(decision: Decision, letter: letters.Letter) -> dict[str, str]:
    return {
        "outcome": "won" if letter.has_won else "lost" if decision.winner_id else "none",
        "winner": letter.winner,
        "standstill": _moment(decision.standstill_until),
        "scores": "\n".join(_said(line) for line in letter.lines),
        "reason": "" if decision.winner_id else decision.reason[:LONGEST_REASON],
    }


def _winner(application: Application) -> dict[str, str]:
    return {"winner": application.organisation.name}


def _applications(challenge: Challenge) -> list[Application]:
    handed_in = Submission.objects.valid().filter(application__challenge=challenge)
    rows = Application.objects.filter(submissions__in=handed_in).distinct()
    return list(rows.for_page().order_by("pk"))


def _context(application: Application) -> dict[str, str]:
    path = reverse("evaluation:letter", args=[application.pk])
    return {
        "challenge": application.challenge.title,
        "organisation": application.organisation.name,
        "link": f"{settings.SITE_URL}{path}",
    }


def _to_applicant(
    kind: str,
    application: Application,
    more: Callable[[], dict[str, str]],
    at: datetime | None = None,
) -> None:
    send_each(
        kind,
        to=application.organisation.deciders(),
        context=lambda: _context(application) | more(),
        event=f"{kind}:{application.pk}",
        at=at,
    )


def _said(line: letters.Line) -> str:
    head = f"{line.criterion.label}: {number(line.points)}/10"
    return f"{head} – {line.reason[:LONGEST_REASON]}" if line.reason else head


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""
