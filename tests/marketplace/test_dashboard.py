from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    LONG_AGO,
    make_agency,
    make_assessment,
    make_claim,
    make_criterion,
    make_deployment,
    make_draft,
    make_join_request,
    make_member,
    make_need,
    make_organisation,
    make_request,
    make_solution,
    make_standard,
    make_thread,
    make_verified_provider,
    make_writer,
)

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


def test_unread_messages_are_counted_once_for_the_menu_and_the_page(
    client, django_assert_max_num_queries
):
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    make_thread(answering=town)
    client.force_login(make_member(town))
    with django_assert_max_num_queries(45) as queries:
        assert '<span class="unread"' in client.get(HERE).text
    counts = [query["sql"] for query in queries if "profiles_reading" in query["sql"]]
    assert len(counts) == 1


def urls(client, user, what: str = "waiting") -> list[str]:
    client.force_login(user)
    return [item.url for item in client.get(HERE).context[what]]


def test_a_provider_sees_messages_drafts_claims_and_an_old_profile(client):
    provider = make_verified_provider()
    solution = make_solution(provider=provider)
    soon = timezone.localdate() + timedelta(days=30)
    make_claim(solution, make_standard(), valid_until=soon)
    returned = make_draft(
        provider=provider, state="changes_requested", reason="Zu kurz.", submitted_at=LONG_AGO
    )
    make_thread(answering=provider.organisation)
    assert urls(client, make_writer(provider)) == [
        reverse("contact:inbox"),
        returned.get_absolute_url(),
        reverse("solution_files", args=[solution.slug]),
        reverse("provider_check", args=[provider.organisation.slug]),
    ]


def test_a_provider_sees_what_a_municipality_has_confirmed(client):
    provider = make_verified_provider()
    deployment = make_deployment(make_solution(provider=provider))
    deployment.answers.create(kind="confirmed", at=LONG_AGO)
    assert deployment.get_absolute_url() in urls(client, make_writer(provider), "changes")


def test_a_municipality_sees_that_a_deployment_waits_for_its_answer(client):
    town = make_organisation(kind="municipality", verified_at=LONG_AGO)
    make_request(
        make_deployment(make_solution(), municipality=town.municipality, confirmed_at=None)
    )
    assert reverse("deployments:list") in urls(client, make_member(town))


def test_an_agency_sees_what_is_to_be_checked(client):
    agency = make_agency()
    provider = make_verified_provider()
    provider.organisation.state = agency.state
    provider.organisation.save()
    make_draft(provider=provider, state="submitted", submitted_at=LONG_AGO)
    assert reverse("keeping:queue") in urls(client, make_member(agency))


def test_what_a_self_assessment_set_for_today_waits_for_who_looks_after_it(client):
    town = make_organisation(kind="municipality")
    rating = make_assessment({make_criterion(): "unknown"}, organisation=town).ratings.get()
    colleague, responsible = make_member(town), make_member(town)
    rating.responsible, rating.due_on = responsible, timezone.localdate()
    rating.save()
    assert rating.get_absolute_url() in urls(client, responsible)
    assert rating.get_absolute_url() not in urls(client, colleague)


def test_a_new_provider_is_led_to_its_first_solution(client):
    provider = make_verified_provider()
    client.force_login(make_writer(provider))
    last = client.get(HERE).context["steps"][-1]
    assert last.url == reverse("keeping:list", args=[provider.organisation.slug])
    make_draft(provider=provider)
    assert client.get(HERE).context["steps"][-1].is_done
