from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import LONG_AGO, make_join_request, make_member, make_need, make_organisation

pytestmark = pytest.mark.django_db
HERE = reverse("dashboard")


def test_it_shows_what_waits_and_what_has_changed(client):
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    client.force_login(make_member(town))
    make_join_request(town)
    need = make_need(organisation=town, due_on=timezone.localdate() - timedelta(days=1))
    page = client.get(HERE)
    assert [item.url for item in page.context["waiting"]] == [
        town.join_requests.get().get_absolute_url(),
        need.get_absolute_url(),
    ]
    assert need.get_absolute_url() in [change.url for change in page.context["changes"]]


def test_a_newcomer_is_shown_the_next_steps(client):
    client.force_login(make_member(make_organisation(kind="municipality")))
    done = [step.is_done for step in client.get(HERE).context["steps"]]
    assert done == [False, True, False, False]


def test_its_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    client.force_login(make_member(town))
    counts = []
    for number in (1, 14):
        for _ in range(number):
            make_need(organisation=town, due_on=timezone.localdate() - timedelta(days=1))
        with django_assert_max_num_queries(45) as queries:
            client.get(HERE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
