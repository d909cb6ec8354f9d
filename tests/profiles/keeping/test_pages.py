"""The pages: steps, two versions, handing in, checking."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from profiles.keeping.snapshots import snapshot
from profiles.mail.rendering import render
from profiles.models import Mail, Provider, SolutionDraft
from tests.factories import (
    LONG_AGO,
    draft_data,
    make_agency,
    make_claim,
    make_draft,
    make_member,
    make_organisation,
    make_provider,
    make_solution,
    make_standard,
    make_topic,
    make_user,
    make_verified_provider,
    make_writer,
)
from tests.profiles.organisations.conftest import mail_is_delivered

__all__ = ["mail_is_delivered"]

BASICS = {"title": "Parkfuchs", "summary": "Kurz.", "tagline": "", "offering_type": "product"}
NO_CLAIM = {"claims-TOTAL_FORMS": "1", "claims-INITIAL_FORMS": "0"}


def step_of(draft, slug="grunddaten") -> str:
    return reverse("keeping:step", args=[draft.pk, slug])


@pytest.fixture
def draft(client, db):
    made = make_draft(data={})
    client.force_login(make_writer(made.provider))
    return made


def test_a_step_keeps_what_is_there_and_goes_on(client, draft):
    response = client.post(step_of(draft), BASICS | {"phase": "", "version": "1"})
    assert response["Location"] == step_of(draft, "nutzen")
    draft.refresh_from_db()
    assert (draft.data["title"], draft.version) == ("Parkfuchs", 2)


def test_after_an_error_everything_typed_is_still_there(client, draft):
    sent = {"price_from_eur": "viel", "pilot_offer": "Ein Jahr frei", "version": "1"}
    page = client.post(step_of(draft, "preis"), sent).content.decode()
    assert 'value="viel"' in page
    assert "Ein Jahr frei" in page
    assert "data-unsaved" in page


def test_what_is_free_has_no_price(client, draft):
    sent = {"price_model": "free", "price_from_eur": "9000", "version": "1"}
    page = client.post(step_of(draft, "preis"), sent)
    assert "Was kostenfrei ist, hat keinen Preis." in page.text
    draft.refresh_from_db()
    assert draft.data == {}
    client.post(step_of(draft, "preis"), sent | {"price_from_eur": "0"})
    draft.refresh_from_db()
    assert draft.data["price_model"] == "free"


def test_standards_are_rows_of_the_third_step(client, draft):
    make_standard("bsi", name_de="BSI C5")
    row = {"claims-0-standard": "bsi", "claims-0-status": "planned"}
    client.post(step_of(draft, "technik"), NO_CLAIM | row | {"version": "1"})
    draft.refresh_from_db()
    assert draft.data["claims"][0]["standard"] == "bsi"
    assert "BSI C5" in client.get(step_of(draft, "technik")).content.decode()


def test_a_provider_cannot_say_that_a_claim_was_checked(client, draft):
    make_standard("bsi")
    row = {"claims-0-standard": "bsi", "claims-0-status": "verified"}
    response = client.post(step_of(draft, "technik"), NO_CLAIM | row | {"version": "1"})
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.data == {}


def overtaken(draft, **values) -> None:
    colleague = make_writer(draft.provider)
    draft.change(values, seen=draft.version, by=colleague, at=timezone.now())


def test_the_second_editor_sees_both_values_and_chooses(client, draft):
    overtaken(draft, title="Von nebenan", phase="P2")
    sent = BASICS | {"phase": "", "version": "1"}
    response = client.post(step_of(draft), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Von nebenan" in page
    assert "Parkfuchs" in page
    draft.refresh_from_db()
    assert draft.data == {"title": "Von nebenan", "phase": "P2"}
    chosen = {"version": "2", "conflict": "title", "take-title": "mine", "take-phase": "theirs"}
    client.post(step_of(draft), sent | chosen)
    draft.refresh_from_db()
    assert (draft.data["title"], draft.data["phase"]) == ("Parkfuchs", "P2")


def test_who_takes_the_other_value_keeps_the_rest_of_ones_own(client, draft):
    overtaken(draft, title="Von nebenan")
    chosen = {"version": "2", "conflict": "title", "take-title": "theirs", "phase": "P1"}
    client.post(step_of(draft), BASICS | chosen)
    draft.refresh_from_db()
    assert (draft.data["title"], draft.data["phase"]) == ("Von nebenan", "P1")


def test_without_a_choice_the_question_comes_again(client, draft):
    overtaken(draft, title="Von nebenan")
    response = client.post(step_of(draft), BASICS | {"version": "2", "conflict": "title"})
    assert response.status_code == 409


def hidden(response) -> dict[str, str]:
    """Return what the page of two versions sends, apart from new choices."""
    decided = dict(response.context["sent"])
    asked = [conflict["field"] for conflict in response.context["conflicts"]]
    return decided | {"version": str(response.context["draft"].version), "conflict": asked}


def test_a_choice_holds_when_one_is_overtaken_again(client, draft):
    overtaken(draft, title="Von nebenan")
    response = client.post(step_of(draft), BASICS | {"tagline": "Meine", "version": "1"})
    overtaken(draft, tagline="Auch von nebenan")
    again = client.post(step_of(draft), hidden(response) | {"take-title": "theirs"})
    assert again.status_code == 409
    client.post(step_of(draft), hidden(again) | {"take-tagline": "mine"})
    draft.refresh_from_db()
    assert (draft.data["title"], draft.data["tagline"]) == ("Von nebenan", "Meine")


def test_who_chose_is_asked_again_where_the_field_changed_again(client, draft):
    overtaken(draft, title="Von nebenan")
    response = client.post(step_of(draft), BASICS | {"version": "1"})
    overtaken(draft, title="Wieder anders")
    again = client.post(step_of(draft), hidden(response) | {"take-title": "mine"})
    assert again.status_code == 409
    assert "take-title" not in hidden(again)


def test_what_was_not_chosen_is_still_asked_beside_a_new_conflict(client, draft):
    overtaken(draft, title="Von nebenan")
    response = client.post(step_of(draft), BASICS | {"tagline": "Meine", "version": "1"})
    overtaken(draft, tagline="Auch von nebenan")
    again = client.post(step_of(draft), hidden(response))
    assert hidden(again)["conflict"] == ["tagline", "title"]


def test_a_conflict_about_no_field_is_none(client, draft):
    sent = BASICS | {"version": "1", "conflict": "gibt-es-nicht"}
    assert client.post(step_of(draft), sent).status_code == 302


def test_two_who_change_different_fields_need_not_choose(client, draft):
    overtaken(draft, phase="P2")
    client.post(step_of(draft), BASICS | {"phase": "", "version": "1"})
    draft.refresh_from_db()
    assert (draft.data["title"], draft.data["phase"]) == ("Parkfuchs", "P2")


def test_an_expired_session_leads_back_to_the_step(client, draft):
    client.logout()
    response = client.post(step_of(draft), BASICS)
    assert response["Location"].endswith(f"?next={step_of(draft)}")


def test_what_waits_is_not_written_at(client, draft):
    SolutionDraft.objects.update(state="submitted", submitted_at=timezone.now())
    assert client.post(step_of(draft), BASICS)["Location"] == draft.get_absolute_url()


def test_an_unknown_step_is_not_found(client, draft):
    assert client.get(step_of(draft, "falsch")).status_code == 404


def test_missing_points_link_to_their_field(client, draft):
    page = client.get(draft.get_absolute_url()).content.decode()
    assert f"{step_of(draft, 'nutzen')}#id_topics" in page
    assert f"{step_of(draft, 'technik')}#standards" in page
    assert 'id="id_topics"' in client.get(step_of(draft, "nutzen")).content.decode()


def submit(client, draft):
    address = reverse("keeping:submit", args=[draft.pk])
    return client.post(address, {"version": draft.version}, follow=True)


@pytest.mark.django_db
def test_a_second_click_on_submit_says_nothing_wrong(client):
    draft = make_draft()
    client.force_login(make_writer(draft.provider))
    submit(client, draft)
    page = submit(client, draft).content.decode()
    assert "Der Entwurf wird geprüft" in page
    assert "kern-alert--danger" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{}, None])
def test_what_lacks_something_or_somebody_is_not_handed_in(client, data):
    provider = make_verified_provider() if data == {} else make_provider()
    draft = make_draft(provider=provider, data=data)
    client.force_login(make_writer(provider))
    submit(client, draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.django_db
def test_an_unverified_organisation_reads_what_is_missing(client):
    draft = make_draft(provider=make_provider())
    client.force_login(make_writer(draft.provider))
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Einreichen und veröffentlichen geht erst" in page
    assert reverse("keeping:submit", args=[draft.pk]) not in page


@pytest.mark.django_db
def test_who_offers_nothing_yet_writes_the_profile_first(client):
    organisation = make_organisation(kind="provider")
    client.force_login(make_member(organisation, "editor"))
    there = reverse("keeping:profile", args=[organisation.slug])
    assert client.post(reverse("keeping:new", args=[organisation.slug]))["Location"] == there
    client.post(there, {"kind": "startup", "city": "Kassel", "seen": "0"})
    assert Provider.objects.get().city == "Kassel"
    assert client.post(reverse("keeping:new", args=[organisation.slug])).status_code == 302
    assert SolutionDraft.objects.count() == 1


@pytest.mark.django_db
def test_the_second_to_save_a_profile_is_told(client):
    provider = make_verified_provider(city="Kassel")
    client.force_login(make_writer(provider))
    there = reverse("keeping:profile", args=[provider.pk and provider.organisation.slug])
    seen = client.get(there).context["form"].initial["seen"]
    provider.city = "Fulda"
    provider.save()
    page = client.post(there, {"kind": "startup", "city": "Marburg", "seen": seen})
    text = page.content.decode()
    assert "Jemand war schneller" in text
    assert "Fulda" in text
    provider.refresh_from_db()
    assert provider.city == "Fulda"
    again = page.context["form"]["seen"].value()
    client.post(there, {"kind": "startup", "city": "Marburg", "seen": again})
    provider.refresh_from_db()
    assert provider.city == "Marburg"


@pytest.mark.django_db
def test_the_writers_hear_what_is_to_change(client, mail_is_delivered):
    draft = make_draft(state="submitted")
    writer = make_writer(draft.provider)
    make_writer(draft.provider, "viewer")
    client.force_login(make_member(make_agency(), "editor"))
    address = reverse("keeping:return", args=[draft.pk])
    for _click in "ab":
        client.post(address, {"version": "1", "reason": "Wo läuft es?"})
    # The mail leaves after the commit, which a test of its own transaction does not reach.
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == ("changes_requested", "Wo läuft es?")
    assert [row.address for row in Mail.objects.all()] == [writer.email]
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_return_without_a_reason_is_refused_beside_its_field(client):
    draft = make_draft(state="submitted")
    client.force_login(make_member(make_agency(), "editor"))
    response = client.post(reverse("keeping:return", args=[draft.pk]), {"version": "1"})
    assert response.context["form"].errors["reason"]


@pytest.mark.django_db
def test_the_preview_is_the_page_of_the_solution(client):
    make_standard("bsi", name_de="BSI C5")
    topic = make_topic(name_de="Parken")
    claim = {"standard": "bsi", "status": "planned", "valid_until": "2026-01-01"}
    draft = make_draft(data=draft_data(topics=[topic.key], claims=[claim]))
    client.force_login(make_writer(draft.provider))
    page = client.get(reverse("keeping_preview", args=[draft.pk])).content.decode()
    for text in ("Parkfuchs", "Zeigt freie Parkplätze.", "Parken", "BSI C5", "So wird die Seite"):
        assert text in page


@pytest.mark.django_db
def test_the_preview_of_an_empty_draft_is_a_page(client):
    draft = make_draft(data={"phase": "P9", "hosting": ["mond"]})
    client.force_login(make_writer(draft.provider))
    assert client.get(reverse("keeping_preview", args=[draft.pk])).status_code == 200


def queries_of(client, address, count) -> int:
    with count as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 15])
def test_lists_need_as_many_queries_for_many_as_for_one(
    client, rows, django_assert_max_num_queries
):
    provider = make_verified_provider()
    for _row in range(rows):
        make_draft(provider=provider, state="submitted")
        solution = make_solution(provider=provider)
    claimed = make_draft(provider=provider, data=draft_data(claims=[]))
    claims = [{"standard": make_standard().key, "status": "planned"} for _row in range(rows)]
    SolutionDraft.objects.filter(pk=claimed.pk).update(data=draft_data(claims=claims))
    make_claim(solution, make_standard())
    client.force_login(make_writer(provider))
    with django_assert_max_num_queries(14):
        client.get(reverse("keeping:list", args=[provider.organisation.slug]))
    with django_assert_max_num_queries(14):
        client.get(step_of(claimed, "technik"))
    client.force_login(make_user(is_staff=True, is_superuser=True))
    with django_assert_max_num_queries(12):
        client.get(reverse("keeping:queue"))


def approve(client, **fields):
    """Return the page that an agency checks, the one that it lands on, and the written mail."""
    provider = make_verified_provider()
    solution = make_solution(provider=provider, topics=[make_topic()], **fields)
    data = snapshot(solution) | {"title": "Neu"}
    draft = make_draft(provider=provider, solution=solution, data=data, state="submitted")
    make_writer(provider)
    client.force_login(make_member(make_agency(), "editor"))
    checked = client.get(reverse("keeping:check", args=[draft.pk])).content.decode()
    address = reverse("keeping:publish", args=[draft.pk])
    done = client.post(address, {"version": "1"}, follow=True).content.decode()
    sent = Mail.objects.get()
    return solution, checked, done, render(sent.mail_kind, sent.context, "de")


@pytest.mark.django_db
def test_who_publishes_a_change_reads_that_everybody_sees_it(client):
    solution, checked, done, written = approve(client)
    assert solution.get_absolute_url() in checked
    assert "„Neu“ ist veröffentlicht." in done
    assert "jetzt für alle zu sehen" in written.text
    assert solution.get_absolute_url() in written.html


@pytest.mark.django_db
def test_of_a_withdrawn_solution_nobody_reads_that_it_is_to_be_seen(client):
    solution, checked, done, written = approve(client, published_at=None, withdrawn_at=LONG_AGO)
    assert solution.get_absolute_url() not in checked
    assert "für alle zu sehen" not in checked
    assert "„Neu“ ist geprüft. Die Lösung bleibt zurückgezogen" in done
    assert "für alle zu sehen" not in written.text + written.html
    assert written.subject == "Geprüft: Neu"
    offers = reverse("keeping:list", args=[solution.provider.organisation.slug])
    assert offers in written.text
    assert offers in written.html
