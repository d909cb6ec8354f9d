import pytest
from django.test import Client
from django.urls import reverse

from profiles.mail.kinds import SWITCHABLE
from profiles.mail.unsubscribing import SIGNER, token_for
from profiles.models import MailPreference
from tests.factories import make_mail, make_user

pytestmark = pytest.mark.django_db
KIND = "barrier_report_received"


@pytest.fixture
def person(client):
    person = make_user(email="person@test.example")
    client.force_login(person)
    return person


def off(person) -> list[str]:
    return list(MailPreference.objects.of(person).values_list("kind", flat=True))


def link(mail) -> str:
    return reverse("mail_unsubscribe", args=[token_for(mail)])


def choose(client, *kinds, language="de"):
    choice = dict.fromkeys(kinds, "on") | {"language": language}
    return client.post(reverse("mail_preferences"), choice, follow=True)


# The page of a person


def test_everything_is_on_at_first(client, person):
    html = client.get(reverse("mail_preferences")).text
    assert f'name="{KIND}"' in html
    assert "checked" in html
    assert 'name="account"' not in html


def test_kinds_stand_below_what_they_are_about(client, person):
    html = client.get(reverse("mail_preferences")).text
    assert html.index(">Organisationen<") < html.index('name="organisation_invited"')
    assert html.count('type="checkbox"') == len(SWITCHABLE)


def test_a_kind_is_switched_off_and_on_again(client, person):
    choose(client)
    choose(client)
    assert sorted(off(person)) == sorted(kind.key for kind in SWITCHABLE)
    assert "checked" not in client.get(reverse("mail_preferences")).text
    answer = choose(client, KIND)
    assert "Ihre Auswahl ist gespeichert" in answer.text
    assert KIND not in off(person)


def test_what_a_link_in_a_mail_switched_off_is_switched_on_here(client, person):
    MailPreference.objects.create(address="person@test.example", kind=KIND)
    assert off(person) == [KIND]
    choose(client, KIND)
    assert KIND not in off(person)


def test_the_language_of_mails_is_chosen(client, person):
    choose(client, language="en")
    person.refresh_from_db()
    assert person.language == "en"
    assert '<option value="en" selected>' in client.get(reverse("mail_preferences")).text


def test_a_language_that_there_is_not_is_refused_at_its_field(client, person):
    answer = choose(client, language="fr")
    assert "id_language_error" in answer.text
    assert off(person) == []


def test_the_choice_of_another_person_stays(client, person):
    other = make_user()
    MailPreference.objects.create(user=other, kind=KIND)
    choose(client, KIND)
    assert off(other) == [KIND]


def test_the_page_takes_few_queries(client, person, django_assert_max_num_queries):
    for _ in range(15):
        make_mail(user=person)
    with django_assert_max_num_queries(5):
        client.get(reverse("mail_preferences"))


# The link in a mail


def test_opening_the_link_changes_nothing(client):
    mail = make_mail()
    assert "Möchten Sie diese Mails abbestellen?" in client.get(link(mail)).text
    assert not MailPreference.objects.exists()


def test_one_click_of_a_mail_program_unsubscribes_without_cookie_and_redirect():
    mail = make_mail(address="Leserin@test.example")
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = strict.post(link(mail), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert MailPreference.objects.against(make_mail(address="leserin@TEST.example")).count() == 1
    assert not strict.cookies


def test_the_mail_of_a_person_unsubscribes_the_person(client):
    person = make_user()
    client.post(link(make_mail(user=person)))
    assert off(person) == [KIND]


@pytest.mark.parametrize("token", ["1", "1:gefaelscht", ":"])
def test_a_forged_link_leads_nowhere(client, token):
    assert client.post(reverse("mail_unsubscribe", args=[token])).status_code == 404


def test_the_link_of_a_forgotten_mail_leads_nowhere(client):
    token = SIGNER.sign("999999999")
    assert client.get(reverse("mail_unsubscribe", args=[token])).status_code == 404


def test_a_mandatory_mail_cannot_be_unsubscribed_from(client):
    assert client.post(link(make_mail(kind="account"))).status_code == 404
