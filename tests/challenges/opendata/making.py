from datetime import timedelta

from django.utils import timezone

from challenges.calls.lifecycle import STEPS, Action, State
from challenges.models import Application, ChallengeKey, Submission
from profiles.models import Provider
from tests.factories import make_member, make_provider, make_running


def make_told(**fields):
    """Make a running one whose log tells of its publication."""
    call = make_running(**fields)
    log(call, Action.PUBLISH, at=call.published_at)
    return call


def log(call, action, *, at=None, reason=""):
    step = STEPS[action]
    source = next(state for state in State if state in step.sources)
    by = make_member(call.organisation)
    at = at or timezone.now()
    call.log.create(action=action, source=source, target=step.target, at=at, by=by, reason=reason)
    if step.target not in {State.PUBLISHED, call.state}:
        call.state = step.target
        call.save()


def make_ended(*, startups=0, others=0, action=Action.AWARD, reason="", is_opened=True, at=None):
    """Make one that has ended, with applications that its key holders have opened."""
    now = timezone.now()
    ends_at = at or now
    call = make_told(published_at=ends_at - timedelta(days=3))
    log(call, action, at=ends_at, reason=reason)
    opened_at = now if is_opened else None
    ChallengeKey.objects.create(challenge=call, public_key=b"", made_at=now, opened_at=opened_at)
    make_applications(call, [Provider.Kind.STARTUP] * startups + [Provider.Kind.SME] * others)
    return call


def make_applications(call, kinds):
    """Let a provider of each kind apply."""
    when = timezone.now() - timedelta(days=1)
    for kind in kinds:
        applicant = make_provider(kind=kind).organisation
        application = Application.objects.create(
            challenge=call, organisation=applicant, created_at=when
        )
        Submission.objects.create(
            application=application, number=1, sealed=b"x", checksum="0" * 64, received_at=when
        )
