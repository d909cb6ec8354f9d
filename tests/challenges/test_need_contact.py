"""A provider writes to those who have a need."""

import pytest
from django.urls import reverse

from profiles.models import Mail, Thread
from tests.factories import (
    LONG_AGO,
    make_member,
    make_need,
    make_organisation,
    make_verified_provider,
    make_writer,
)

pytestmark = pytest.mark.django_db
WORDS = {"subject": "Ihr Bedarf", "text": "Wir haben da etwas."}


@pytest.fixture
def town():
    return make_organisation(name="Kleinkleckersdorf", kind="municipality", verified_at=LONG_AGO)


def asked(client, need) -> Thread:
    client.force_login(make_writer(make_verified_provider()))
    page = client.post(reverse("needs:contact", args=[need.pk]), WORDS, follow=True)
    assert WORDS["text"] in page.text
    return need.threads.get()


def test_who_is_unnamed_stays_so_until_they_answer(client, town):
    reader = make_member(town)
    need = make_need(organisation=town, visibility="public", is_named=False)
    page = reverse("needs:contact", args=[need.pk])
    thread = asked(client, need)
    addresses = (page, thread.get_absolute_url(), reverse("contact:inbox"), need.get_absolute_url())
    assert not any(town.name in client.get(address).text for address in addresses)

    provider = client.session["_auth_user_id"]
    client.force_login(reader)
    assert "Mit Ihrer Antwort" in client.get(thread.get_absolute_url()).text
    client.post(thread.get_absolute_url(), {"text": "Gern, rufen Sie an."})
    client.force_login(thread.asking.members.get(pk=provider))
    assert town.name in client.get(thread.get_absolute_url()).text


def test_ending_it_unanswered_tells_no_name(client, town):
    reader = make_member(town)
    thread = asked(client, make_need(organisation=town, visibility="public", is_named=False))
    writer = thread.messages.get().author
    client.force_login(reader)
    client.post(reverse("contact:close", args=[thread.pk]))
    client.force_login(writer)
    assert town.name not in client.get(thread.get_absolute_url()).text
    assert not Mail.objects.filter(address=writer.email).exists()


def test_a_named_need_is_answered_by_its_name(client, town):
    make_member(town)
    need = make_need(organisation=town, visibility="public", is_named=True)
    assert town.name in client.get(asked(client, need).get_absolute_url()).text


def test_only_providers_write(client, town):
    make_member(town)
    need = make_need(organisation=town, visibility="public")
    other = make_organisation(kind="municipality", verified_at=LONG_AGO)
    client.force_login(make_member(other))
    page = client.post(reverse("needs:contact", args=[need.pk]), WORDS)
    assert page.context["why_not"] == "no_provider"
    assert not need.threads.exists()


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"visibility": "agencies"}])
def test_nobody_writes_about_what_is_not_for_everybody(client, town, fields):
    make_member(town)
    need = make_need(organisation=town, **{"visibility": "public"} | fields)
    client.force_login(make_writer(make_verified_provider()))
    assert client.get(reverse("needs:contact", args=[need.pk])).status_code == 404
