import pytest
from django.urls import reverse

from profiles.mail.kinds import KINDS
from profiles.models import Mail
from tests.factories import LONG_AGO, make_mail, make_user

pytestmark = pytest.mark.django_db
LOG = "admin:profiles_mail_changelist"


@pytest.fixture
def boss(client):
    boss = make_user(is_staff=True, is_superuser=True)
    client.force_login(boss)
    return boss


def test_the_log_takes_the_same_queries_whatever_its_length(
    client, boss, django_assert_max_num_queries
):
    make_mail(user=make_user())
    client.get(reverse(LOG))
    with django_assert_max_num_queries(20) as few:
        assert client.get(reverse(LOG)).status_code == 200
    for _ in range(14):
        make_mail(user=make_user())
    with django_assert_max_num_queries(len(few)):
        assert client.get(reverse(LOG)).status_code == 200


def test_the_log_is_filtered_by_kind_and_state(client, boss):
    wanted = make_mail(state="sent", context={}, sent_at=LONG_AGO)
    make_mail()
    make_mail(state="sent", kind="test", context={}, sent_at=LONG_AGO)
    query = {"state__exact": "sent", "kind": "barrier_report_received"}
    found = client.get(reverse(LOG), query).context["cl"].queryset
    assert list(found) == [wanted]


def test_an_entry_is_read_and_not_rewritten(client, boss):
    mail = make_mail(last_error="550 never")
    address = reverse("admin:profiles_mail_change", args=[mail.pk])
    assert "550 never" in client.get(address).text
    assert client.post(address, {"address": "x@y.example"}).status_code == 403
    assert client.get(reverse("admin:profiles_mail_add")).status_code == 403


def test_the_context_of_a_mail_is_not_shown(client, boss):
    mail = make_mail(context={"due": "geheimer Link"})
    address = reverse("admin:profiles_mail_change", args=[mail.pk])
    assert "geheimer Link" not in client.get(address).text


def test_a_person_with_mails_can_be_deleted(client, boss):
    person = make_user()
    make_mail(user=person)
    client.post(reverse("admin:profiles_user_delete", args=[person.pk]), {"post": "yes"})
    assert not Mail.objects.exists()


def test_every_kind_is_listed_with_its_trigger_and_previews(client, boss):
    html = client.get(reverse("admin:profiles_mail_kinds")).text
    for kind in KINDS.values():
        assert str(kind.trigger) in html
        assert reverse("admin:profiles_mail_preview", args=[kind.key, "en"]) in html


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_has_a_preview(client, boss, key, language):
    assert (
        client.get(reverse("admin:profiles_mail_preview", args=[key, language])).status_code == 200
    )
    answer = client.get(reverse("admin:profiles_mail_html", args=[key, language]))
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(("key", "language"), [("test", "fr"), ("unbekannt", "de")])
def test_there_is_no_preview_of_what_does_not_exist(client, boss, key, language):
    assert (
        client.get(reverse("admin:profiles_mail_preview", args=[key, language])).status_code == 404
    )


def test_an_admin_sends_a_test_to_oneself(client, boss):
    assert client.get(reverse("admin:profiles_mail_test")).status_code == 405
    answer = client.post(reverse("admin:profiles_mail_test"), follow=True)
    assert f"Die Probe an {boss.email} ist unterwegs" in answer.text
    assert Mail.objects.get().user == boss


def test_staff_without_the_right_to_read_the_log_see_no_kinds(client):
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse("admin:profiles_mail_kinds")).status_code == 403
