"""What the dashboard says of alerts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from marketplace.alerts import watching
from marketplace.alerts.models import Rhythm
from marketplace.alerts.telling import tell
from marketplace.alerts.waiting import changes_for
from tests.factories import make_match, make_member, make_need, make_solution

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def need():
    return make_need(matched=True, title="Akten schwärzen")


@pytest.fixture
def owner(need):
    """Who has one hit that was there from the start."""
    owner = make_member(need.organisation)
    make_match(need, make_solution())
    Rhythm.objects.create(user=owner, frequency="weekly", last_mail_at=NOW)
    tell(owner, at=NOW)
    return owner


def test_what_fitted_from_the_start_has_not_changed(owner):
    assert list(changes_for(owner)) == []


@pytest.mark.parametrize("frequency", ["instantly", "daily", "weekly", "never"])
def test_new_hits_are_told_of_whether_or_not_a_mail_went_out_at_once(need, owner, frequency):
    Rhythm.objects.update(frequency=frequency, last_mail_at=None)
    make_match(need, make_solution())
    assert tell(owner, at=LATER) is (frequency != "never")
    [change] = changes_for(owner)
    assert change.sentence == "Neuer Treffer zu Ihrem Bedarf „Akten schwärzen“"


def test_what_was_found_while_the_watch_was_off_has_not_changed(need, owner):
    watching.switch(owner.watches.get(), is_on=False, at=NOW)
    make_match(need, make_solution())
    tell(owner, at=LATER)
    assert list(changes_for(owner)) == []


def test_new_hits_of_a_need_are_one_change_before_any_mail(client, need, owner):
    for _ in range(2):
        make_match(need, make_solution())
    tell(owner, at=LATER)
    change = next(iter(changes_for(owner)))
    assert change.sentence == "2 neue Treffer zu Ihrem Bedarf „Akten schwärzen“"
    assert (change.at, change.url) == (LATER, reverse("need_matches", args=[need.pk]))
    client.force_login(owner)
    assert change in client.get(reverse("dashboard")).context["changes"]
