from datetime import date
from typing import NamedTuple

from challenges.models import Need
from challenges.needs.requirements import meeting
from marketplace.feedback.models import Rejection
from profiles.models.solutions import SolutionQuerySet

SHOWN = 6


class Fitting(NamedTuple):
    """What meets every requirement of a need, how much of it is on its topics, and the first."""

    meeting_count: int
    on_topic_count: int
    shown: SolutionQuerySet


def fitting_for(need: Need, *, on: date) -> Fitting:
    """Leave out what the people of the need have hidden."""
    hidden = Rejection.objects.filter(need=need).order_by().values("solution")
    found = meeting(need, on=on).exclude(pk__in=hidden)
    topics = need.topics.all()
    on_topic = found.on_topics(topics) if topics else found
    shown = on_topic.for_cards().by_title()[:SHOWN]
    return Fitting(found.count(), on_topic.count(), shown)
