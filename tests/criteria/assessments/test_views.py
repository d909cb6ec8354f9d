from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from criteria.models import Assessment, Confirmation, Letterhead, Rating, ShareLink
from profiles.models import StoredFile
from tests.criteria.assessments.test_who_may import make_user_of_the_solution, shown
from tests.factories import (
    LONG_AGO,
    make_agency,
    make_assessment,
    make_catalogue,
    make_criterion,
    make_member,
    make_organisation,
    make_term,
    make_user,
)
from tests.profiles.files import zoo
from tests.profiles.test_documents import tags, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(name="Musterstadt", kind="municipality", verified_at=LONG_AGO)


@pytest.fixture
def editor(client, organisation):
    person = make_member(organisation, "editor")
    client.force_login(person)
    return person


@pytest.fixture
def rating(organisation) -> Rating:
    criterion = make_criterion(phase="P3", guiding_questions_de=["Ist der Pilot ausgewertet?"])
    return make_assessment({criterion: "unknown"}, organisation=organisation).ratings.get()


def page_of(name: str, assessment: Assessment) -> str:
    return reverse(f"assessments:{name}", args=[assessment.pk])


def test_a_new_one_begins_with_the_current_catalogue(client, editor, organisation):
    role = make_term("stakeholder", "kommune")
    make_criterion()
    data = {"title": "Parkleitsystem", "phase": "P2", "stakeholders": [role.key], "seen": 1}
    response = client.post(reverse("assessments:new"), data, follow=True)
    found = Assessment.objects.get()
    assert response.redirect_chain[-1][0] == found.get_absolute_url()
    assert (found.organisation, found.created_by) == (organisation, editor)
    assert found.ratings.count() == 1
    assert found.roles == [role]


def test_without_a_title_what_was_chosen_stays(client, editor):
    make_criterion()
    page = client.post(reverse("assessments:new"), {"title": "", "phase": "P4", "seen": 1})
    assert "Bitte geben Sie dem Vorhaben einen Namen." in page.content.decode()
    assert page.context["form"]["phase"].value() == "P4"


def test_what_matters_now_comes_first_and_the_rest_is_folded(client, editor, rating):
    later = make_criterion(phase="P5")
    Rating.objects.create(assessment=rating.assessment, criterion=later)
    page = client.get(rating.assessment.get_absolute_url())
    assert page.context["first"] == [rating]
    assert [group.ratings[0].criterion for group in page.context["groups"]] == [later]
    assert "Ist der Pilot ausgewertet?" in page.content.decode()


def test_a_value_is_saved_from_the_list(client, editor, rating):
    address = reverse("assessments:value", args=[rating.assessment_id, rating.criterion.key])
    response = client.post(address, {"value": "partly", "seen": 1})
    assert response["Location"].endswith(f"#{rating.criterion.key}")
    rating.refresh_from_db()
    assert (rating.value, rating.history.get().history_user) == ("partly", editor)


def test_who_comes_second_in_the_list_sees_both(client, editor, rating, organisation):
    colleague = make_member(organisation, "editor")
    rating.rate(by=colleague, at=LONG_AGO, seen=1, value="met")
    address = reverse("assessments:value", args=[rating.assessment_id, rating.criterion.key])
    response = client.post(address, {"value": "not_met", "seen": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Jemand war schneller" in page
    assert str(colleague) in page
    assert 'name="seen" value="2"' in page
    assert '<option value="not_met" selected>' in page
    rating.refresh_from_db()
    assert rating.value == "met"
    client.post(address, {"value": "not_met", "seen": 2})
    rating.refresh_from_db()
    assert rating.value == "not_met"


def test_a_value_that_does_not_exist_changes_nothing(client, editor, rating):
    address = reverse("assessments:value", args=[rating.assessment_id, rating.criterion.key])
    assert client.post(address, {"value": "prima", "seen": 1}).status_code == 302
    rating.refresh_from_db()
    assert rating.version == 1


def test_everything_about_a_criterion_is_saved_on_its_page(client, editor, rating):
    data = {
        "value": "partly",
        "note": "Ausschuss am 3. Mai",
        "evidence_url": "https://akte.example/1",
        "responsible": editor.pk,
        "due_on": "2027-03-01",
        "target": "Beschluss liegt vor",
        "seen": 1,
    }
    page = client.post(rating.get_absolute_url(), data, follow=True).content.decode()
    assert "Ausschuss am 3. Mai" in page
    assert "https://akte.example/1" in page
    assert 'value="2027-03-01"' in page


def test_only_members_can_be_responsible(client, editor, rating):
    stranger = make_member(make_organisation())
    data = {"value": "met", "responsible": stranger.pk, "seen": 1}
    page = client.post(rating.get_absolute_url(), data)
    assert page.context["form"].has_error("responsible")


def test_who_comes_second_on_the_page_sees_both(client, editor, rating, organisation):
    colleague = make_member(organisation, "editor")
    rating.rate(by=colleague, at=LONG_AGO, seen=1, value="met", note="Alles da")
    response = client.post(
        rating.get_absolute_url(), {"value": "not_met", "note": "Nichts da", "seen": 1}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Alles da" in page
    assert "Nichts da" in page
    assert 'name="seen" value="2"' in page


@pytest.mark.parametrize(("name", "fields"), [
    ("edit", {"title": "Neu", "phase": "P4"}),
    ("report", {"decision": "Der Rat beschließt."}),
])  # fmt: skip
def test_two_people_do_not_overwrite_each_others_texts(client, editor, rating, name, fields):
    address = page_of(name, rating.assessment)
    assert client.post(address, fields | {"seen": 1}).status_code == 302
    response = client.post(address, fields | {"seen": 1})
    assert response.status_code == 409
    assert 'name="seen" value="2"' in response.content.decode()


def test_a_snapshot_is_taken_and_compared_with(client, editor, rating):
    client.post(page_of("snapshot", rating.assessment), {"label": "Jahresgespräch"})
    rating.rate(by=editor, at=timezone.now(), seen=1, value="met")
    snapshot = rating.assessment.snapshots.get()
    results = page_of("results", rating.assessment)
    page = client.get(results, {"stand": snapshot.pk})
    (change,) = page.context["changes"]
    assert (change.before, change.rating.value) == ("unknown", "met")
    assert "▲&nbsp;100 Punkte" in client.get(reverse("assessments:list")).content.decode()
    assert client.get(results, {"stand": "quatsch"}).context["changes"] == []


def test_a_newer_version_is_offered_and_taken(client, editor, rating):
    old = rating.assessment.catalogue
    new = make_catalogue()
    make_criterion(new, key=rating.criterion.key, title_de="Anders gesagt")
    new.publish(at=timezone.now())
    move = page_of("move", rating.assessment)
    assert move in client.get(rating.assessment.get_absolute_url()).content.decode()
    assert "Anders gesagt" in client.get(move).content.decode()
    client.post(move)
    rating.assessment.refresh_from_db()
    assert rating.assessment.catalogue == new != old
    assert client.get(move).status_code == 404


@pytest.mark.parametrize("name", ["list", "portfolio", "detail", "results"])
def test_fifteen_rows_need_as_many_queries_as_one(
    client, editor, rating, organisation, name, django_assert_max_num_queries
):
    args = [rating.assessment_id] if name in {"detail", "results"} else []
    address = reverse(f"assessments:{name}", args=args)
    with django_assert_max_num_queries(19) as few:
        client.get(address)
    for _ in range(14):
        criterion = make_criterion(phase="P3", terms=[make_term("workstream")])
        Rating.objects.create(assessment=rating.assessment, criterion=criterion)
        make_assessment({rating.criterion: "met"}, organisation=organisation)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


# --- The council report -----------------------------------------------------------------------


def paper(client, assessment: Assessment) -> PdfReader:
    return PdfReader(BytesIO(client.get(page_of("report_pdf", assessment)).content))


def test_the_report_is_a_german_tagged_paper_with_all_that_a_council_asks(
    client, editor, rating, organisation
):
    Letterhead.objects.create(organisation=make_agency(), head="Digitales Hessen", foot="Wiesbaden")
    assessment = rating.assessment
    Assessment.objects.filter(pk=assessment.pk).update(
        situation="Der Pilot läuft.", decision="Der Rat beschließt den Regelbetrieb."
    )
    rating.rate(by=editor, at=timezone.now(), seen=1, value="not_met", note="geheim")
    client.cookies["django_language"] = "en"
    reader = paper(client, assessment)
    said = text(reader)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "de-DE"
    found = [tag for tag, _scope in tags(root["/StructTreeRoot"])]
    assert {"/H1", "/P", "/LI", "/Table", "/TH"} <= set(found)
    for heading in ("Ausgangslage", "Reifegrad", "Beschlussvorschlag", "Risiken"):
        assert heading in said
    assert "Nächste Schritte" in said
    assert "Der Rat beschließt den Regelbetrieb." in said
    assert "Digitales Hessen" in said
    assert "Wiesbaden" in said
    assert "0 nicht erfüllt" in said
    assert "geheim" not in said


def test_the_report_has_three_pages_at_most(client, editor, organisation):
    criteria = [
        make_criterion(
            phase=f"P{number % 5 + 1}",
            title_de=f"Kriterium {number}: " + "Verstetigung von Betreibermodellen " * 4,
            milestone_candidate="Dauerhafte Trägerschaft vereinbart",
        )
        for number in range(40)
    ]
    texts = dict.fromkeys(["situation", "decision", "risks", "next_steps"], "Langer Satz. " * 92)
    assessment = make_assessment(
        dict.fromkeys(criteria, "not_met"), organisation=organisation, phase="P5", **texts
    )
    assert len(paper(client, assessment).pages) <= 3


def test_an_empty_report_says_so(client, editor, rating):
    said = text(paper(client, rating.assessment))
    assert "Ein Vorschlag ist noch nicht formuliert." in said
    assert "Noch unbekannt ist 1 Kriterium, das bis jetzt fällig ist." in " ".join(said.split())


def test_nothing_in_the_table_is_run_as_a_formula(client, editor, rating):
    rating.rate(by=editor, at=timezone.now(), seen=1, note="=1+1", target="@SUM(A1)")
    content = client.get(page_of("report_xlsx", rating.assessment)).content
    row = next(load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert "'=1+1" in row
    assert "'@SUM(A1)" in row


@pytest.fixture
def link(rating, editor) -> ShareLink:
    return ShareLink.issue(rating.assessment, days=7, by=editor, at=timezone.now())


def test_a_link_shows_the_report_without_notes(client, rating, editor, link):
    rating.rate(by=editor, at=timezone.now(), seen=1, value="not_met", note="geheim")
    client.logout()
    response = client.get(link.get_absolute_url())
    page = response.content.decode()
    assert rating.criterion.title in page
    assert "geheim" not in page
    assert editor.email not in page
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_a_link_ends_on_its_day(link):
    last = link.expires_at - timedelta(seconds=1)
    assert ShareLink.objects.open(at=last).with_token(link.token).exists()
    assert not ShareLink.objects.open(at=link.expires_at).with_token(link.token).exists()


def test_an_expired_link_is_not_found(client, link):
    earlier = timezone.now() - timedelta(days=30)
    ShareLink.objects.update(created_at=earlier, expires_at=earlier + timedelta(days=7))
    assert client.get(link.get_absolute_url()).status_code == 404


def test_a_revoked_link_is_not_found(client, link):
    client.post(reverse("assessments:revoke", args=[link.assessment_id, link.pk]))
    client.logout()
    assert client.get(link.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("change", ["{0}x", "9{0}", "{1}", "{1}:", "x:y", "{2}:{3}"])
def test_a_tampered_link_is_not_found(client, link, change):
    key, _colon, signature = link.token.partition(":")
    token = change.format(link.token, key, int(key) + 1, signature)
    assert client.get(reverse("assessments:shared", args=[token])).status_code == 404


# --- What a provider shows --------------------------------------------------------------------


def test_the_page_of_the_solution_names_the_providers_own_view(client):
    assessment = shown()
    page = client.get(assessment.solution.get_absolute_url()).content.decode()
    assert "Selbsteinschätzung des Anbieters" in page
    assert reverse("assessments:of_solution", args=[assessment.solution.slug]) in page
    Assessment.objects.update(is_public=False)
    page = client.get(assessment.solution.get_absolute_url()).content.decode()
    assert "Selbsteinschätzung des Anbieters" not in page


def test_a_confirmation_holds_as_long_as_the_rating_stands(client):
    assessment = shown()
    person = make_user_of_the_solution(assessment)
    client.force_login(person)
    address = reverse("assessments:confirm", args=[assessment.solution.slug, "probe"])
    page = reverse("assessments:of_solution", args=[assessment.solution.slug])
    client.post(address, {"value": "met"})
    assert "bestätigt von" in client.get(page).content.decode()
    rating = assessment.ratings.get()
    rating.rate(by=person, at=timezone.now(), seen=1, value="partly")
    assert "bestätigt von" not in client.get(page).content.decode()
    client.post(address, {"value": "partly"})
    assert Confirmation.objects.get().value == "partly"
    client.post(address, {"value": "partly"})
    assert not Confirmation.objects.exists()


def test_what_is_confirmed_is_the_rating_that_the_page_showed(client):
    assessment = shown()
    person = make_user_of_the_solution(assessment)
    client.force_login(person)
    address = reverse("assessments:confirm", args=[assessment.solution.slug, "probe"])
    page = reverse("assessments:of_solution", args=[assessment.solution.slug])
    assert 'name="value" value="met"' in client.get(page).content.decode()
    assessment.ratings.get().rate(by=person, at=timezone.now(), seen=1, value="partly")
    answer = client.post(address, {"value": "met"}, follow=True).content.decode()
    assert "hat die Bewertung inzwischen geändert" in answer
    assert not Confirmation.objects.exists()


def test_what_is_unknown_cannot_be_confirmed(client):
    assessment = shown()
    assessment.ratings.update(value="unknown")
    client.force_login(make_user_of_the_solution(assessment))
    address = reverse("assessments:confirm", args=[assessment.solution.slug, "probe"])
    assert client.post(address).status_code == 404


def test_notes_of_a_shown_view_stay_with_the_provider(client):
    assessment = shown()
    assessment.ratings.update(note="geheim", evidence_url="https://akte.example/1")
    page = client.get(reverse("assessments:of_solution", args=[assessment.solution.slug]))
    assert "geheim" not in page.content.decode()
    assert "akte.example" not in page.content.decode()


# --- Agencies ---------------------------------------------------------------------------------


def test_an_agency_sees_its_portfolio_and_brands_reports(client, rating):
    Assessment.objects.update(is_shared_with_agency=True)
    agency = make_agency()
    client.force_login(make_member(agency))
    page = client.get(reverse("assessments:portfolio")).content.decode()
    assert page_of("results", rating.assessment) in page
    client.post(reverse("assessments:letterhead"), {"head": "Digitales Hessen"})
    assert Letterhead.objects.of(rating.assessment.organisation).head == "Digitales Hessen"


def test_an_unverified_agency_brands_nothing(rating):
    Letterhead.objects.create(organisation=make_agency(verified_at=None), head="Falsch")
    assert Letterhead.objects.of(rating.assessment.organisation) is None


def test_a_file_backs_a_rating_for_its_own_people_alone(client, editor, rating, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert "Nur Ihre Organisation sieht sie." in client.get(rating.get_absolute_url()).text
    upload = SimpleUploadedFile("Beschluss.pdf", zoo.pdf())
    client.post(rating.get_absolute_url(), {"value": "met", "seen": 1, "file": upload})
    file = Rating.objects.get(pk=rating.pk).evidence_file
    assert (file.name, file.is_public) == ("Beschluss.pdf", False)
    assert file.get_absolute_url() in client.get(rating.get_absolute_url()).text
    for stranger in (make_user(), make_member(make_agency())):
        assert not StoredFile.objects.visible_to(stranger).exists()

    client.post(rating.get_absolute_url(), {"value": "met", "seen": 2, "removes_file": "on"})
    assert Rating.objects.get(pk=rating.pk).evidence_file is None
    assert list(StoredFile.objects.unreferenced()) == [file]


def test_who_comes_second_leaves_no_file(client, editor, rating, organisation, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rating.rate(by=make_member(organisation, "editor"), at=LONG_AGO, seen=1, value="partly")
    upload = SimpleUploadedFile("Beschluss.pdf", zoo.pdf())
    answer = client.post(rating.get_absolute_url(), {"value": "met", "seen": 1, "file": upload})
    assert answer.status_code == 409
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
