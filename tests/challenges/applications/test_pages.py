"""The pages: from the first word to what the two key holders read."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from challenges.calls import mails
from challenges.models import Addendum, Application, Challenge, Submission
from profiles.models import Mail
from tests.challenges.applications.making import (
    PASSPHRASE,
    author_of,
    hand_in,
    holders_of,
    make_application,
    make_running,
)
from tests.factories import make_challenge, make_member, make_provider

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def running():
    now = timezone.now()
    return make_running(start=now - 30 * DAY, end=now + DAY)


def make_draft(running):
    return make_application(running, text="Wir zeigen freie Plätze an.")


def test_from_the_draft_to_what_two_holders_read(client, running):
    application = make_draft(running)
    client.force_login(author_of(application))
    page = client.get(application.get_absolute_url())
    assert "Alles Verlangte ist da." in page.text
    copy = client.get(reverse("applications:copy", args=[application.pk])).content
    client.post(
        reverse("applications:submit", args=[application.pk]), {"version": application.version}
    )
    page = client.get(application.get_absolute_url())
    assert Submission.objects.get().checksum in page.text
    receipt = client.get(reverse("applications:receipt", args=[application.pk, 1]))
    assert receipt.content.startswith(b"%PDF")

    upload = SimpleUploadedFile("kopie.json", copy, content_type="application/json")
    client.post(reverse("applications:replace", args=[application.pk]), {"copy": upload})
    edit = client.get(reverse("applications:edit", args=[application.pk]))
    assert "Wir zeigen freie Plätze an." in edit.text

    over = timezone.now() - timedelta(minutes=10)
    Challenge.objects.filter(pk=running.pk).update(
        applications_until=over, questions_until=over - DAY
    )
    first, second = holders_of(running)
    address = reverse("applications:open", args=[running.slug])
    client.force_login(second)
    wrong = client.post(address, {"passphrase": "daneben"})
    assert "Das ist nicht Ihre Passphrase." in wrong.text
    assert "zweite Person" in client.post(address, {"passphrase": PASSPHRASE}, follow=True).text
    client.force_login(first)
    opened = client.post(address, {"passphrase": PASSPHRASE}, follow=True)
    assert "Die Bewerbungen sind geöffnet." in opened.text
    listed = client.get(reverse("applications:opened_list", args=[running.slug]))
    assert application.organisation.name in listed.text
    read = client.get(reverse("applications:opened", args=[Submission.objects.get().pk]))
    assert "Wir zeigen freie Plätze an." in read.text


def test_before_the_deadline_the_page_of_the_opening_says_until_when(client, running):
    client.force_login(holders_of(running)[0])
    page = client.get(reverse("applications:open", args=[running.slug]))
    assert "bleibt alles versiegelt" in page.text


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(client, running):
    application = make_draft(running)
    client.force_login(author_of(application))
    address = reverse("applications:edit", args=[application.pk])
    field = f"answer_{running.form_questions.get().pk}"
    first = client.post(address, {"version": application.version, field: "eins"})
    assert first.status_code == 302
    second = client.post(address, {"version": application.version, field: "zwei"})
    assert second.status_code == 409
    assert "Jemand war schneller" in second.text
    assert "zwei" in second.text


def test_an_amount_that_is_none_is_said_beside_its_field(client, running):
    application = make_draft(running)
    client.force_login(author_of(application))
    field = f"price_{running.price_positions.get().pk}"
    data = {"version": application.version, field: "viel"}
    page = client.post(reverse("applications:edit", args=[application.pk]), data)
    assert page.context["form"].errors[field]
    assert "Nicht gespeichert" in page.text


def test_after_the_deadline_the_page_says_that_it_is_over(client):
    now = timezone.now()
    running = make_running(start=now - 90 * DAY, end=now - timedelta(hours=1))
    application = Application.objects.create(
        challenge=running, organisation=make_provider().organisation, created_at=now
    )
    client.force_login(make_member(application.organisation))
    page = client.post(reverse("applications:submit", args=[application.pk]), {"version": 1})
    assert page.status_code == 409
    assert "Die Frist ist abgelaufen." in page.text


def test_a_partner_is_asked_and_confirms(client, running):
    application = make_draft(running)
    other = make_provider().organisation
    answering = make_member(other)
    client.force_login(author_of(application))
    address = reverse("applications:partner_add", args=[application.pk])
    assert client.post(address, {"name": "Gibt es nicht"}).context["form"].errors
    client.post(address, {"name": other.name.lower()})
    partner = application.partners.get()
    client.force_login(answering)
    asked = reverse("applications:partner", args=[partner.pk])
    assert asked in client.get(reverse("applications:list")).text
    client.post(asked, {"confirm": "on"})
    partner.refresh_from_db()
    assert partner.confirmed_at
    assert client.get(asked).status_code == 404


def test_withdrawing_is_asked_twice(client, running):
    application = make_draft(running)
    hand_in(application, arrived_at=timezone.now())
    client.force_login(author_of(application))
    address = reverse("applications:withdraw", args=[application.pk])
    assert "nie geöffnet" in client.get(address).text
    assert Submission.objects.valid().exists()
    client.post(address)
    assert not Submission.objects.valid().exists()
    assert client.get(address).status_code == 404


def test_a_challenge_gets_its_questions_its_prices_and_its_key_holders(client):
    challenge = make_challenge(key_holders=0)
    person = make_member(challenge.organisation)
    client.force_login(person)
    form = reverse("applications:form", args=[challenge.slug])
    client.post(form, {"text": "Warum Sie?", "max_words": 100, "is_required": "on"})
    client.post(form, {"label": "Betrieb"})
    assert "Warum Sie?" in client.get(form).text
    assert challenge.price_positions.filter(label="Betrieb").exists()
    keys = reverse("applications:keys", args=[challenge.slug])
    refused = client.post(keys, {"passphrase": "zu kurz", "again": "zu kurz"})
    assert refused.context["form"].errors["passphrase"]
    client.post(keys, {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert challenge.key_holders.get().user == person
    assert "noch nicht veröffentlichen" in client.get(keys).text
    client.post(reverse("applications:key_give_back", args=[challenge.slug]))
    assert not challenge.key_holders.exists()


def test_the_keys_of_those_who_have_left_are_marked_and_do_not_count(client):
    challenge = make_challenge(key_holders=2)
    client.force_login(make_member(challenge.organisation))
    keys = reverse("applications:keys", args=[challenge.slug])
    draft = reverse("calls:draft", args=[challenge.pk])
    assert "noch nicht veröffentlichen" not in client.get(keys).text
    holders_of(challenge)[0].memberships.get().delete()
    page = client.get(keys).text
    assert "darf nicht mehr für die Organisation handeln" in page
    assert "noch nicht veröffentlichen" in page
    assert "mindestens zwei Personen" in client.get(draft).text


def test_one_word_is_no_plural(client):
    challenge = make_running(start=timezone.now() - DAY, end=timezone.now() + DAY)
    challenge.form_questions.update(max_words=1)
    client.force_login(make_member(challenge.organisation))
    form = reverse("applications:form", args=[challenge.slug])
    assert "höchstens 1 Wort<" in client.get(form).text.replace(" ·", "<")
    application = make_application(challenge, text="Zwei Wörter")
    client.force_login(author_of(application))
    edit = reverse("applications:edit", args=[application.pk])
    assert "Höchstens 1 Wort." in client.get(edit).text
    page = client.get(application.get_absolute_url()).text
    assert "Zu lang, 2 statt höchstens 1 Wort: Was schlagen Sie vor?" in page


def test_what_is_asked_is_fixed_once_it_is_published(client, running):
    client.force_login(make_member(running.organisation))
    form = reverse("applications:form", args=[running.slug])
    assert "steht fest" in client.get(form).text
    assert client.post(form, {"label": "Noch etwas"}).status_code == 404
    question = running.form_questions.get()
    address = reverse("applications:question_remove", args=[question.pk])
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("count", [1, 15])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    client, running, count, django_assert_max_num_queries
):
    provider = make_provider()
    person = make_member(provider.organisation)
    now = timezone.now()
    for _number in range(count):
        provider.organisation.applications.create(challenge=make_challenge(), created_at=now)
    client.force_login(person)
    with django_assert_max_num_queries(14):
        assert client.get(reverse("applications:list")).status_code == 200


def test_the_page_of_a_challenge_leads_to_the_application(client, running):
    apply = reverse("applications:new", args=[running.slug])
    assert apply in client.get(running.get_absolute_url()).text
    Challenge.objects.filter(pk=running.pk).update(applications_until=timezone.now() - DAY)
    assert apply not in client.get(running.get_absolute_url()).text


def test_who_writes_a_challenge_is_led_to_its_keys(client):
    draft = make_challenge(key_holders=1)
    client.force_login(make_member(draft.organisation))
    page = client.get(reverse("calls:draft", args=[draft.pk])).text
    assert reverse("applications:keys", args=[draft.slug]) in page
    assert "mindestens zwei Personen" in page


def test_who_counts_the_price_is_led_to_the_price_sheet(client):
    draft = make_challenge()
    client.force_login(make_member(draft.organisation))
    address = reverse("calls:draft", args=[draft.pk])
    assert "mindestens eine Position" not in client.get(address).text
    draft.price_positions.all().delete()
    assert "mindestens eine Position" in client.get(address).text
    draft.criteria.filter(is_price=True).update(is_price=False)
    assert "mindestens eine Position" not in client.get(address).text


def test_applicants_hear_of_addenda(running):
    application = make_draft(running)
    by = make_member(running.organisation)
    mails.added(Addendum.objects.add(running, "Jetzt mit Testdaten", by=by, at=timezone.now()))
    assert Mail.objects.get(kind="challenge_changed").user == author_of(application)
