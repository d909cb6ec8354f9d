"""What allauth has to say goes out like any other mail."""

import re

import pytest
from django.urls import reverse

from profiles.mail import delivery
from profiles.models import Mail
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_password_link_is_sent_by_the_worker_works_and_is_forgotten(client, mailoutbox):
    person = make_user(email="person@test.example", password="Rathaus-2026-xyz")
    client.post(reverse("account_reset_password"), {"email": person.email})
    mail = Mail.objects.get()
    assert (mail.kind, mail.address) == ("account", person.email)
    assert mailoutbox == []

    delivery.deliver(mail.pk, at=mail.due_at)
    mail.refresh_from_db()
    assert (mail.state, mail.context) == ("sent", {})
    [sent] = mailoutbox
    assert sent.subject == "GovTech-Marktplatz: Neues Passwort setzen"
    link = re.search(r"http://\S+", sent.body)[0]
    assert f'href="{link}"' in sent.alternatives[0][0]
    assert "Neues Passwort setzen" in client.get(link, follow=True).text


def test_each_request_for_a_link_sends_one(client):
    person = make_user(password="Rathaus-2026-xyz")
    client.post(reverse("account_reset_password"), {"email": person.email})
    client.post(reverse("account_reset_password"), {"email": person.email})
    assert Mail.objects.count() == 2


def test_an_address_without_account_is_told_so(client, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "niemand@test.example"})
    delivery.deliver_due(at=Mail.objects.get().due_at)
    assert "kein Konto" in mailoutbox[0].body
