from datetime import UTC, datetime
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from marketplace.models import Note, ShortlistEntry
from profiles.models import Membership
from tests.factories import LONG_AGO, make_member, make_organisation, make_solution, make_user

pytestmark = pytest.mark.django_db
OUT = ShortlistEntry.State.OUT
LATER = datetime(2026, 2, 1, tzinfo=UTC)


def make_entry(organisation=None, **fields):
    organisation = organisation or make_organisation()
    solution = fields.pop("solution", None) or make_solution()
    person = fields.pop("by", None) or make_user()
    return ShortlistEntry.objects.add(solution, organisation, by=person, at=LONG_AGO)[0]


@pytest.fixture
def organisation():
    return make_organisation(name="Musterstadt")


@pytest.fixture
def editor(client, organisation):
    person = make_member(organisation, Membership.Role.EDITOR)
    client.force_login(person)
    return person


def change(client, entry, state="contacted", reason="", version=None):
    data = {"state": state, "reason": reason, "version": version or entry.version}
    return client.post(entry.get_absolute_url(), data)


# the model


def test_a_solution_stands_once_on_a_shortlist(organisation):
    entry = make_entry(organisation)
    again, is_new = ShortlistEntry.objects.add(
        entry.solution, organisation, by=make_user(), at=LATER
    )
    assert (again, is_new) == (entry, False)
    assert entry.changes.count() == 1


@pytest.mark.parametrize(("state", "reason"), [("out", ""), ("contacted", "zu teuer")])
def test_a_reason_goes_with_being_out_and_only_with_that(state, reason):
    entry = make_entry()
    with pytest.raises(IntegrityError, match="shortlist_out_has_reason"):
        ShortlistEntry.objects.filter(pk=entry.pk).update(state=state, reason=reason)


def test_a_change_is_kept_with_person_and_time():
    entry, person = make_entry(), make_user()
    assert entry.move(OUT, reason="zu teuer", by=person, at=LATER, seen=1)
    newest, first = entry.changes.all()
    assert (newest.state, newest.reason) == ("out", "zu teuer")
    assert (newest.changed_by, newest.changed_at) == (person, LATER)
    assert first.state == "look_closer"


def test_a_change_to_what_one_did_not_see_changes_nothing():
    entry = make_entry()
    entry.move(OUT, reason="zu teuer", by=make_user(), at=LATER, seen=1)
    assert not entry.move("contacted", reason="", by=make_user(), at=LATER, seen=1)
    entry.refresh_from_db()
    assert (entry.state, entry.version) == ("out", 2)
    assert entry.changes.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_is_told():
    entry, people = make_entry(), [make_user(), make_user()]
    start, told = Barrier(2), []

    def edit(person, reason):
        start.wait()
        told.append(entry.move(OUT, reason=reason, by=person, at=LATER, seen=1))
        connection.close()

    threads = [Thread(target=edit, args=(person, f"{person}")) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False, True]
    entry.refresh_from_db()
    assert (entry.version, entry.changes.count()) == (2, 2)
    assert entry.reason == entry.changes.all()[0].reason


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once_make_one_entry():
    solution, organisation, person = make_solution(), make_organisation(), make_user()
    start, made = Barrier(2), []

    def add():
        start.wait()
        made.append(ShortlistEntry.objects.add(solution, organisation, by=person, at=LATER)[1])
        connection.close()

    threads = [Thread(target=add), Thread(target=add)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False, True]
    assert ShortlistEntry.objects.get().changes.count() == 1


def test_what_is_out_stands_last(organisation):
    out, kept = make_entry(organisation), make_entry(organisation)
    out.move(OUT, reason="zu teuer", by=make_user(), at=LATER, seen=1)
    assert list(ShortlistEntry.objects.of(organisation).open_first()) == [kept, out]


def test_a_withdrawn_solution_keeps_the_title_it_had(organisation):
    entry = make_entry(organisation, solution=make_solution(title="Alt"))
    entry.solution.title, entry.solution.published_at = "Entwurf", None
    assert (entry.shown_title, entry.offer) == ("Alt", None)


def test_a_deleted_solution_stays_listed(client, organisation, editor):
    entry = make_entry(organisation, solution=make_solution(title="Alt"))
    entry.solution.delete()
    text = client.get(reverse("shortlist")).content.decode()
    assert "Alt" in text
    assert "nicht mehr angeboten" in text


# the pages


def test_one_button_adds_and_leads_back(client, organisation, editor):
    solution = make_solution()
    address = reverse("shortlist_add", args=[solution.slug])
    response = client.post(address, {"next": "/loesungen/?phase=P4"})
    assert response["Location"] == "/loesungen/?phase=P4"
    entry = ShortlistEntry.objects.get()
    assert (entry.organisation, entry.added_by) == (organisation, editor)
    text = client.get(reverse("solutions")).content.decode()
    assert "Auf der Merkliste" in text
    assert "steht auf der Merkliste von Musterstadt" in text


def test_the_button_leads_to_no_foreign_site(client, editor):
    solution = make_solution()
    address = reverse("shortlist_add", args=[solution.slug])
    response = client.post(address, {"next": "https://boese.example/"})
    assert response["Location"] == solution.get_absolute_url()


def test_a_draft_cannot_be_added(client, editor):
    draft = make_solution(published_at=None)
    assert client.post(reverse("shortlist_add", args=[draft.slug])).status_code == 404


def test_who_belongs_to_no_organisation_is_told_how_to(client):
    client.force_login(make_user())
    solution = make_solution()
    response = client.post(reverse("shortlist_add", args=[solution.slug]), follow=True)
    assert "Sie gehören noch zu keiner Organisation" in response.content.decode()
    assert client.get(reverse("shortlist_pdf")).status_code == 404


def test_who_belongs_to_several_organisations_chooses(client, editor, organisation):
    other = make_organisation(name="Andernort")
    Membership.objects.create(user=editor, organisation=other, role="owner")
    entry = make_entry(organisation)
    first = client.get(reverse("shortlist"))
    assert first.context["organisation"] == other
    chosen = client.get(reverse("shortlist"), {"organisation": organisation.slug})
    assert list(chosen.context["entries"]) == [entry]
    assert client.get(reverse("shortlist")).context["organisation"] == organisation


def test_a_foreign_organisation_cannot_be_chosen(client, editor, organisation):
    foreign = make_entry().organisation
    response = client.get(reverse("shortlist"), {"organisation": foreign.slug})
    assert response.context["organisation"] == organisation


def test_being_out_needs_a_reason(client, organisation, editor):
    entry = make_entry(organisation)
    response = change(client, entry, "out")
    assert "Bitte nennen Sie den Grund" in response.content.decode()
    change(client, entry, "out", "keine Schnittstelle")
    entry.refresh_from_db()
    assert entry.reason == "keine Schnittstelle"


def test_the_reason_goes_when_a_solution_is_back(client, organisation, editor):
    entry = make_entry(organisation)
    change(client, entry, "out", "zu teuer")
    change(client, entry, "contacted", "zu teuer", version=2)
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("contacted", "")


def test_an_overtaken_form_shows_both_and_overwrites_nothing(client, organisation, editor):
    entry = make_entry(organisation)
    entry.move("contacted", reason="", by=make_user(first_name="Ada"), at=LATER, seen=1)
    response = change(client, entry, "out", "zu teuer", version=1)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Jemand war schneller" in text
    assert "Ada" in text
    assert "zu teuer" in text
    entry.refresh_from_db()
    assert entry.state == "contacted"
    assert response.context["form"]["version"].value() == "2"
    assert change(client, entry, "out", "zu teuer", version=2).status_code == 302


def test_notes_are_added_with_author_and_stay(client, organisation, editor):
    entry = make_entry(organisation)
    address = reverse("shortlist_note", args=[entry.pk])
    assert "Bitte schreiben Sie" in client.post(address, {"text": " "}).content.decode()
    for text in ("Anrufen", "Rückruf am Montag"):
        client.post(address, {"text": text})
    assert list(Note.objects.values_list("text", "author")) == [
        ("Anrufen", editor.pk),
        ("Rückruf am Montag", editor.pk),
    ]
    assert client.get(address)["Location"] == entry.get_absolute_url()


def test_exports_hold_states_reasons_notes_and_history(client, organisation, editor):
    entry = make_entry(organisation, solution=make_solution(title="Formulare"))
    entry.notes.create(text="=Anrufen\x0b", author=editor, written_at=LATER)
    entry.move(OUT, reason="zu teuer", by=editor, at=LATER, seen=1)
    book = load_workbook(BytesIO(client.get(reverse("shortlist_xlsx")).content))
    head, cells = book.worksheets[0].values
    found = dict(zip(head, cells, strict=True))
    assert (found["Lösung"], found["Stand"], found["Grund"]) == (
        "Formulare",
        "ausgeschieden",
        "zu teuer",
    )
    assert "Anrufen" in found["Notizen"]
    assert found["Verlauf"].count("\n") == 1
    reader = PdfReader(BytesIO(client.get(reverse("shortlist_pdf")).content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reader.metadata.title == "Merkliste von Musterstadt"
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    for said in ("Formulare", "zu teuer", "Anrufen", "ungeprüft"):
        assert said in text


def test_an_empty_shortlist_is_a_paper_too(client, editor):
    assert client.get(reverse("shortlist_pdf")).status_code == 200
    assert client.get(reverse("shortlist_xlsx")).status_code == 200


@pytest.mark.parametrize("name", ["shortlist", "shortlist_xlsx", "shortlist_pdf"])
def test_15_entries_need_as_many_queries_as_1(
    client, organisation, editor, name, django_assert_max_num_queries
):
    def fill(number):
        for _ in range(number):
            entry = make_entry(organisation)
            entry.notes.create(text="x", author=editor, written_at=LATER)

    fill(1)
    with django_assert_max_num_queries(11) as few:
        client.get(reverse(name))
    fill(14)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(name))


# who may


@pytest.mark.parametrize(
    ("who", "seen", "changed", "button"),
    [
        ("anonymous", 302, 302, False),
        ("stranger", 404, 404, True),
        ("viewer", 200, 404, False),
        ("editor", 200, 302, True),
        ("owner", 200, 302, True),
    ],
)
def test_who_may_see_and_change(client, organisation, who, seen, changed, button):
    entry = make_entry(organisation)
    if who == "stranger":
        client.force_login(make_member(make_organisation()))
    elif who != "anonymous":
        client.force_login(make_member(organisation, who))
    note = reverse("shortlist_note", args=[entry.pk])
    assert client.get(entry.get_absolute_url()).status_code == seen
    assert client.post(note, {"text": "Anrufen"}).status_code == changed
    assert change(client, entry).status_code == changed
    other = make_solution()
    page = client.get(other.get_absolute_url()).content.decode()
    assert ('form="shortlist-form"' in page) is button
    added = client.post(reverse("shortlist_add", args=[other.slug])).status_code
    assert added == (404 if who == "viewer" else 302)
    expected = {"anonymous": [], "stranger": []}.get(who, [entry.solution])
    if who in {"editor", "owner"}:
        expected = [entry.solution, other]
    if who != "anonymous":
        shown = client.get(reverse("shortlist")).context["entries"]
        own = [each.solution for each in shown if each.organisation == organisation]
        assert own == expected


def test_strangers_get_no_cookie_from_the_list(client):
    make_solution()
    assert not client.get(reverse("solutions")).cookies
