"""Curating: upload, preview, apply; compare, edit, publish."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from criteria.models import Catalogue, Criterion, Term
from tests.criteria.test_importing import OWN_DUMP, catalogue, changed  # noqa: F401
from tests.factories import make_assessment, make_catalogue, make_criterion, make_term, make_user

pytestmark = pytest.mark.django_db
IMPORT = "admin:criteria_catalogue_import"


@pytest.fixture
def curator(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def upload(curator, content):
    return curator.post(reverse(IMPORT), {"file": SimpleUploadedFile("dump.txt", content)})


def test_a_file_is_previewed_and_then_applied(curator, catalogue):  # noqa: F811
    preview = upload(curator, OWN_DUMP.read_bytes())
    assert "4 neu, 0 geändert, 70 entfallen" in preview.text
    assert not Catalogue.objects.drafts().exists()
    signed = preview.context["signed"]
    done = curator.post(reverse("admin:criteria_catalogue_apply"), {"signed": signed}, follow=True)
    assert "Der Entwurf ist angelegt." in done.text
    assert Catalogue.objects.drafts().get().criteria.count() == 4


def test_what_cannot_be_read_is_named_and_nothing_is_offered(curator, catalogue):  # noqa: F811
    page = upload(curator, changed("TechnischFinanziell", "TechnischMagisch").encode())
    assert "Zeile 1, Spalte „Workstream“" in page.text
    assert "signed" not in page.context


def test_a_forged_upload_is_not_applied(curator, catalogue):  # noqa: F811
    address = reverse("admin:criteria_catalogue_apply")
    assert "noch einmal hoch" in curator.post(address, {"signed": "x:y:z"}, follow=True).text


def test_a_copy_is_edited_compared_and_published(curator):
    technical = make_term(Term.Kind.WORKSTREAM, "technisch", name_de="Technisch")
    original = make_criterion(title_de="Alter Titel")
    curator.post(reverse("admin:criteria_catalogue_copy", args=[original.catalogue.pk]))
    draft = Catalogue.objects.drafts().get()
    copy = draft.criteria.get()
    page = reverse("admin:criteria_criterion_change", args=[copy.pk])
    form = curator.get(page).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"title_de": "Neuer Titel", "workstreams": [technical.pk], "evidence_de": "Eins\nZwei"}
    data = {name: value for name, value in data.items() if value != ""}
    answer = curator.post(page, data)
    assert answer.status_code == 302, answer.context["errors"]
    copy.refresh_from_db()
    assert (copy.evidence_de, copy.workstreams) == (["Eins", "Zwei"], [technical])
    compared = curator.get(reverse("admin:criteria_catalogue_compare", args=[draft.pk])).text
    assert compared.index("Alter Titel") < compared.rindex("Neuer Titel")
    curator.post(reverse("admin:criteria_catalogue_publish", args=[draft.pk]))
    assert Criterion.objects.current().get().title_de == "Neuer Titel"


def test_a_version_with_untitled_criteria_is_not_published(curator):
    draft = make_catalogue()
    make_criterion(draft, title_source="missing")
    address = reverse("admin:criteria_catalogue_publish", args=[draft.pk])
    assert "Geben Sie zuerst jedem Kriterium einen Titel" in curator.post(address, follow=True).text
    assert not Catalogue.objects.current().exists()


def test_a_released_criterion_is_read_and_not_changed(curator):
    criterion = make_criterion()
    page = curator.get(reverse("admin:criteria_criterion_change", args=[criterion.pk]))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_a_version_is_downloaded(curator, ending):
    pk = make_criterion().catalogue.pk
    answer = curator.get(reverse("admin:criteria_catalogue_export", args=[pk, ending]))
    assert f".{ending}" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["catalogue", "criterion", "term"])
def test_the_lists_open(curator, name):
    make_criterion(terms=[make_term("workstream")])
    address = reverse(f"admin:criteria_{name}_changelist")
    assert curator.get(address, {"gaps": "yes"} if name == "criterion" else {}).status_code == 200


def test_staff_without_the_right_are_refused(client):
    client.force_login(make_user(is_staff=True))
    pk = make_catalogue().pk
    assert client.get(reverse("admin:criteria_catalogue_compare", args=[pk])).status_code == 403
    assert upload(client, b"x").status_code == 403
    apply = reverse("admin:criteria_catalogue_apply")
    assert client.post(apply, {"signed": ""}).status_code == 403
    for step in ("publish", "copy"):
        address = reverse(f"admin:criteria_catalogue_{step}", args=[pk])
        assert client.post(address).status_code == 403


def test_support_looks_at_assessments_and_changes_nothing(curator):
    assessment = make_assessment({make_criterion(title_de="Nutzen belegen"): "met"})
    assessment.ratings.update(note="vertraulich")
    assert assessment.title in curator.get(reverse("admin:criteria_assessment_changelist")).text
    address = reverse("admin:criteria_assessment_change", args=[assessment.pk])
    page = curator.get(address).text
    assert "100 %" in page
    assert "Nutzen belegen" in page
    assert "vertraulich" not in page
    assert curator.post(address, {"title": "Anders"}).status_code == 403
    assert curator.get(reverse("admin:criteria_assessment_add")).status_code == 403
    delete = reverse("admin:criteria_assessment_delete", args=[assessment.pk])
    assert curator.post(delete, {"post": "yes"}).status_code == 403


def test_the_list_for_support_costs_the_same_for_fifteen(curator, django_assert_max_num_queries):
    for _ in range(15):
        make_assessment({make_criterion(): "met"})
    with django_assert_max_num_queries(12):
        curator.get(reverse("admin:criteria_assessment_changelist"))
