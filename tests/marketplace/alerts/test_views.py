import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from marketplace.alerts import watching
from marketplace.alerts.models import Rhythm, Watch
from marketplace.alerts.telling import tell
from profiles.mail.preferences import MailPreference
from tests.factories import make_match, make_member, make_need, make_solution, make_user
from tests.mailbox import letters

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def user(client):
    user = make_user()
    client.force_login(user)
    return user


def test_saving_a_search_says_that_it_means_mail_and_knows_what_is_there(client, user):
    make_solution(phase="P4")
    address = reverse("search_save") + "?phase=P4&phase=&sort=title&page=2&falsch=1"
    page = client.get(address).content.decode()
    assert "Sie bekommen dann eine E-Mail" in page
    client.post(address, {"name": "Reife Lösungen", "frequency": "daily"})
    watch = Watch.objects.get(user=user)
    assert (watch.query, watch.name) == ("phase=P4", "Reife Lösungen")
    assert not watch.news.pending().exists()
    assert Rhythm.of(user).frequency == "daily"


def save(client, frequency="daily"):
    address = reverse("search_save") + "?phase=P4"
    data = {"name": "Reife Lösungen", "frequency": frequency}
    return client.post(address, data, follow=True).content.decode()


def test_saving_a_search_again_switches_it_on(client, user):
    save(client)
    watch = Watch.objects.get(user=user)
    watching.switch(watch, is_on=False, at=NOW)
    make_solution(phase="P4")
    assert "Bei neuen Treffern schreiben wir." in save(client)
    watch.refresh_from_db()
    assert watch.is_on
    assert not watch.news.pending().exists()


def test_saving_a_search_says_where_no_mail_comes(client, user):
    assert "Die Suche ist gemerkt. Bei neuen Treffern schreiben wir." in save(client)
    never = save(client, frequency="never")
    assert "Bei neuen Treffern schreiben wir." not in never
    assert "Weil Sie „nie“ gewählt haben, kommt keine Mail" in never
    MailPreference.objects.create(user=user, kind="alert")
    assert "Weil Sie diese Mails abbestellt haben, kommt keine" in save(client)


def test_a_search_without_a_filter_is_not_saved(client, user):
    response = client.post(reverse("search_save"), {"name": "Alles", "frequency": "daily"})
    assert "mindestens einen Filter" in response.content.decode()
    assert not Watch.objects.exists()


def test_a_search_that_finds_most_of_the_market_is_not_saved(client, user, monkeypatch):
    from marketplace.alerts import forms

    monkeypatch.setattr(forms, "MOST", 0)
    make_solution(phase="P4")
    page = client.get(reverse("search_save") + "?phase=P4").content.decode()
    assert "grenzen Sie die Suche ein" in page


def test_how_often_is_chosen_on_the_page(client, user):
    client.post(reverse("alerts"), {"frequency": "never"})
    assert Rhythm.of(user).is_never


def test_a_search_is_deleted_and_a_need_only_switched_off(client):
    need = make_need(matched=True)
    client.force_login(make_member(need.organisation))
    client.get(reverse("alerts"))
    watch = Watch.objects.get()
    assert client.post(reverse("watch_delete", args=[watch.pk])).status_code == 404
    client.post(reverse("watch_switch", args=[watch.pk]), {"off": 1})
    assert "ausgeschaltet" in client.get(reverse("alerts")).content.decode()
    client.post(reverse("watch_switch", args=[watch.pk]), {"on": 1})
    assert Watch.objects.get().is_on


def test_the_page_says_which_value_of_a_search_is_gone(client, user):
    query = "municipality=06440012&phase=P4"
    search = {"kind": "search", "name": "Bei uns", "created_at": NOW}
    watch = Watch.objects.create(user=user, query=query, **search)
    page = client.get(reverse("alerts")).content.decode()
    assert "Nicht mehr gültig: „06440012“ (Passend für meine Kommune)." in page
    Watch.objects.filter(pk=watch.pk).update(query="phase=P4")
    assert "Nicht mehr gültig" not in client.get(reverse("alerts")).content.decode()


def test_the_link_in_the_mail_unsubscribes_without_signing_in(client):
    need = make_need(matched=True)
    owner = make_member(need.organisation)
    Rhythm.objects.create(user=owner, frequency="instantly")
    tell(owner, at=NOW)
    make_match(need, make_solution(title="Aktenretter"))
    tell(owner, at=NOW)
    letter = letters()[-1]
    assert "Aktenretter" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.search(r"<https?://[^/]+(/.*)>", letter.extra_headers["List-Unsubscribe"]).group(1)
    assert client.post(path).status_code == 200
    assert MailPreference.objects.of(owner).filter(kind="alert").exists()
    client.force_login(owner)
    assert "Sie haben diese Mails abbestellt" in client.get(reverse("alerts")).content.decode()


@pytest.mark.parametrize("count", [1, 15])
def test_the_number_of_queries_is_bounded(client, user, count, django_assert_max_num_queries):
    for number in range(count):
        Watch.objects.create(user=user, kind="search", query=f"search={number}", created_at=NOW)
    client.get(reverse("alerts"))
    with django_assert_max_num_queries(14):
        client.get(reverse("alerts"))
