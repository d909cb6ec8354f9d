"""A draft is found again: on the dashboard, with its deadline, and from the challenge."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.applications.waiting import waiting_for
from challenges.calls.lifecycle import State
from tests.challenges.applications.making import (
    END,
    SECOND,
    WHEN_OPEN,
    author_of,
    hand_in,
    make_application,
    make_running,
)
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def waits(user, at=WHEN_OPEN):
    return [(item.sentence, item.url) for item in waiting_for(user, at)]


def test_a_draft_waits_with_its_deadline_for_all_who_may_hand_it_in():
    application = make_application(make_running(title="Radwege"))
    organisation = application.organisation
    [(sentence, url)] = waits(author_of(application))
    assert sentence == "Entwurf Ihrer Bewerbung für „Radwege“: Frist 19.02.2027 13:00 Uhr"
    assert url == application.get_absolute_url()
    assert waits(make_member(organisation, "editor"))
    assert not waits(make_member(organisation, "viewer"))
    assert not waits(make_user())


@pytest.mark.parametrize(("at", "count"), [(END, 1), (END + SECOND, 0)])
def test_a_draft_waits_until_the_second_of_the_deadline(at, count):
    assert len(waits(author_of(make_application()), at)) == count


def test_what_is_handed_in_or_cancelled_waits_no_longer():
    handed_in, cancelled = make_application(), make_application()
    hand_in(handed_in)
    cancelled.challenge.state = State.CANCELLED
    cancelled.challenge.save()
    assert not waits(author_of(handed_in))
    assert not waits(author_of(cancelled))


def test_the_nearest_deadline_comes_first():
    later = make_application()
    sooner = make_application(make_running(end=END - DAY), provider=later.organisation.provider)
    urls = [url for _sentence, url in waits(author_of(later))]
    assert urls == [sooner.get_absolute_url(), later.get_absolute_url()]


def test_the_page_of_the_challenge_leads_to_the_draft_of_ones_own(client):
    now = timezone.now()
    running = make_running(start=now - 30 * DAY, end=now + DAY)
    application = make_application(running)
    new = reverse("applications:new", args=[running.slug])

    def leads_to(user):
        client.force_login(user)
        page = client.get(running.get_absolute_url()).text
        return new in page, application.get_absolute_url() in page, "Entwurf fortsetzen" in page

    assert leads_to(author_of(application)) == (False, True, True)
    assert leads_to(make_member(application.organisation, "viewer")) == (True, False, False)
    assert leads_to(author_of(make_application())) == (True, False, False)
    hand_in(application, arrived_at=now)
    assert leads_to(author_of(application)) == (True, False, False)
