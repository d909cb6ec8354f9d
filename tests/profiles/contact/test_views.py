import pytest
from django.urls import reverse

from profiles.models import Message, MessageReport, Organisation, Thread
from tests.factories import (
    LONG_AGO,
    make_deployment,
    make_member,
    make_organisation,
    make_provider,
    make_solution,
    make_thread,
    make_user,
)
from tests.mailbox import letters

pytestmark = pytest.mark.django_db
MESSAGE = {"subject": "Frage", "text": "Wie läuft es?"}


@pytest.fixture
def town():
    return make_organisation(kind="municipality", verified_at=LONG_AGO)


@pytest.fixture
def asker(client):
    user = make_member(make_organisation(kind="municipality", verified_at=LONG_AGO), "editor")
    client.force_login(user)
    return user


@pytest.fixture
def solution():
    solution = make_solution(provider=make_provider())
    make_member(solution.provider.organisation)
    return solution


@pytest.fixture
def askable(town):
    make_member(town)
    return make_deployment(
        make_solution(), municipality=town.municipality, contact_consent_at=LONG_AGO
    )


def text(response) -> str:
    return response.content.decode()


def relay(deployment) -> str:
    return reverse("contact:colleague", args=[deployment.pk])


def test_a_message_about_a_solution_reaches_its_provider(client, asker, solution):
    address = reverse("contact:solution", args=[solution.slug])
    assert address in text(client.get(solution.get_absolute_url()))
    assert solution.title in text(client.get(address))
    client.post(address, MESSAGE)
    thread = Thread.objects.get()
    assert (thread.solution, thread.answering) == (solution, solution.provider.organisation)
    assert len(letters()) == 1


def test_a_message_to_a_provider(client, asker, solution):
    provider = solution.provider
    address = reverse("contact:provider", args=[provider.organisation.slug])
    assert address in text(client.get(provider.get_absolute_url()))
    client.post(address, MESSAGE)
    assert Thread.objects.get().answering == provider.organisation


def test_the_relay_reaches_the_town_and_shows_no_address(client, asker, askable, town):
    page = client.get(askable.solution.get_absolute_url())
    assert relay(askable) in text(page)
    client.post(relay(askable), MESSAGE)
    thread = Thread.objects.get()
    assert (thread.answering, thread.deployment) == (town, askable)
    shown = text(client.get(thread.get_absolute_url()))
    assert not [user.email for user in town.members.all() if user.email in shown]


def test_without_consent_there_is_no_relay(client, asker, askable):
    askable.revoke_consent()
    assert relay(askable) not in text(client.get(askable.solution.get_absolute_url()))
    assert client.get(relay(askable)).status_code == 404


def test_a_provider_is_no_colleague(client, askable, solution):
    organisation = solution.provider.organisation
    organisation.verified_at = LONG_AGO
    organisation.save()
    client.force_login(organisation.members.get())
    assert "nur Kolleg:innen aus Verwaltungen" in text(client.post(relay(askable), MESSAGE))
    assert not Thread.objects.exists()


def test_who_may_not_write_first_reads_why(client, solution):
    address = reverse("contact:solution", args=[solution.slug])
    unverified = make_organisation(kind="municipality")
    people = {
        "noch zu keiner Organisation": make_user(),
        "ist noch nicht geprüft": make_member(unverified),
        "lesen bei": make_member(unverified, "viewer"),
        "Ihre eigene Organisation": solution.provider.organisation.members.get(),
    }
    for words, person in people.items():
        client.force_login(person)
        assert words in text(client.post(address, MESSAGE))
    assert not Thread.objects.exists()


def test_a_provider_without_readers_is_said_to_have_none(client, asker):
    silent = make_solution()
    page = client.get(reverse("contact:solution", args=[silent.slug]))
    assert "hier noch niemanden" in text(page)


def test_too_much_a_day_is_said_and_loses_nothing(client, asker, solution, settings):
    settings.MESSAGES_PER_DAY = 0
    page = text(client.post(reverse("contact:solution", args=[solution.slug]), MESSAGE))
    assert "morgen" in page
    assert MESSAGE["text"] in page
    assert not Thread.objects.exists()


def test_the_number_of_unread_threads_goes_when_they_are_read(client, solution):
    client.force_login(solution.provider.organisation.members.get())
    thread = make_thread(answering=solution.provider.organisation)
    assert 'class="unread"' in text(client.get(reverse("contact:inbox")))
    client.get(thread.get_absolute_url())
    assert 'class="unread"' not in text(client.get(reverse("contact:inbox")))


def test_an_unverified_organisation_answers(client, solution):
    assert not solution.provider.organisation.is_verified
    thread = make_thread(answering=solution.provider.organisation)
    client.force_login(solution.provider.organisation.members.get())
    client.post(thread.get_absolute_url(), {"text": "Gern"})
    assert thread.messages.count() == 2


@pytest.mark.parametrize("is_old_page", [True, False])
def test_what_was_typed_to_a_thread_that_has_ended_can_still_be_read(
    client, solution, monkeypatch, is_old_page
):
    answering = solution.provider.organisation
    thread = make_thread(answering=answering)
    client.force_login(answering.members.get())

    def close(*_: object) -> Organisation:
        thread.close(side=thread.asking, at=LONG_AGO)
        return answering

    if is_old_page:
        close()
    else:  # while the answer is being saved
        monkeypatch.setattr(Thread, "side_of", close)
    page = text(client.post(thread.get_absolute_url(), {"text": "Gern, am Montag."}))
    assert "Ihre Antwort ist nicht gesendet" in page
    assert f"Dieses Gespräch hat {thread.asking.name}" in page
    assert "Gern, am Montag.</textarea>" in page
    assert "Antwort senden" not in page
    assert thread.messages.count() == 1


def test_a_thread_ends_once(client, solution):
    thread = make_thread(answering=solution.provider.organisation)
    client.force_login(solution.provider.organisation.members.get())
    address = reverse("contact:close", args=[thread.pk])
    assert [client.post(address).status_code for _ in range(2)] == [302, 404]
    assert "textarea" not in text(client.get(thread.get_absolute_url()))


def test_a_message_is_reported_once(client, solution):
    make_user(is_superuser=True, is_staff=True, email="chefin@test.example")
    thread = make_thread(answering=solution.provider.organisation)
    client.force_login(solution.provider.organisation.members.get())
    address = reverse("contact:report", args=[thread.messages.get().pk])
    for _ in range(2):
        client.post(address, {"reason": "Werbung"})
    assert MessageReport.objects.count() == 1
    assert [letter.to for letter in letters()].count(["chefin@test.example"]) == 1


def test_nobody_reports_the_own_side(client):
    thread = make_thread(answering=make_provider().organisation)
    client.force_login(Message.objects.get().author)
    address = reverse("contact:report", args=[thread.messages.get().pk])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 15])
def test_the_inbox_needs_the_same_queries_whatever_its_length(
    client, django_assert_max_num_queries, rows
):
    provider = make_provider().organisation
    for _ in range(rows):
        make_thread(answering=provider)
    client.force_login(make_member(provider))
    with django_assert_max_num_queries(9):
        client.get(reverse("contact:inbox"))
