"""Who may do what with an assessment; see tests/who_may.py."""

import pytest
from django.urls import reverse
from django.utils import timezone

from criteria.models import Assessment, ShareLink
from profiles.organisations.active import SESSION_KEY
from tests.factories import (
    make_agency,
    make_assessment,
    make_catalogue,
    make_criterion,
    make_deployment,
    make_member,
    make_municipality,
    make_organisation,
    make_provider,
    make_solution,
    make_state,
    make_user,
)
from tests.who_may import GET, LOGIN, POST, Table

#                                     anonymous stranger viewer editor, user of the solution,
#                                     agency of the state, agency elsewhere, admin
ROWS = {
    "assessments:list":        (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "assessments:new":         (GET,  LOGIN, 200, 404, 200, 200, 200, 200, 404),
    "assessments:portfolio":   (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "assessments:portfolio_review":
                               (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "assessments:letterhead":  (GET,  LOGIN, 404, 404, 404, 404, 200, 200, 404),
    "assessments:letterhead_sample":
                               (GET,  LOGIN, 404, 404, 404, 404, 200, 200, 404),
    "assessments:detail":      (GET,  LOGIN, 404, 200, 200, 404, 404, 404, 404),
    "assessments:edit":        (GET,  LOGIN, 404, 404, 200, 404, 404, 404, 404),
    "assessments:rating":      (GET,  LOGIN, 404, 200, 200, 404, 404, 404, 404),
    "assessments:value":       (POST, LOGIN, 404, 404, 302, 404, 404, 404, 404),
    "assessments:results":     (GET,  LOGIN, 404, 200, 200, 404, 200, 404, 404),
    "assessments:snapshot":    (POST, LOGIN, 404, 404, 302, 404, 404, 404, 404),
    "assessments:move":        (GET,  LOGIN, 404, 404, 200, 404, 404, 404, 404),
    "assessments:report":      (GET,  LOGIN, 404, 200, 200, 404, 404, 404, 404),
    "assessments:report_pdf":  (GET,  LOGIN, 404, 200, 200, 404, 404, 404, 404),
    "assessments:report_xlsx": (GET,  LOGIN, 404, 200, 200, 404, 404, 404, 404),
    "assessments:share":       (POST, LOGIN, 404, 404, 302, 404, 404, 404, 404),
    "assessments:revoke":      (POST, LOGIN, 404, 404, 302, 404, 404, 404, 404),
    "assessments:shared":      (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "assessments:of_solution": (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "assessments:confirm":     (POST, LOGIN, 404, 404, 404, 302, 404, 404, 404),
}  # fmt: skip
FORM = {"value": "met", "seen": 1, "label": "Heute", "days": 7}


def shown() -> Assessment:
    """A provider's view of its solution, shared with all who may be shared with."""
    provider = make_provider()
    organisation = provider.organisation
    organisation.state = make_state()
    organisation.save()
    assessment = make_assessment(
        {make_criterion(key="probe", phase="P3"): "met"},
        organisation=organisation,
        solution=make_solution(provider=provider),
        is_public=True,
        is_shared_with_agency=True,
    )
    assessment.catalogue.state = "retired"
    assessment.catalogue.save()
    make_catalogue(state="published")
    return assessment


def make_user_of_the_solution(assessment):
    place = make_municipality()
    make_deployment(assessment.solution, municipality=place)
    town = make_organisation(kind="municipality", municipality=place)
    return make_member(town, "editor")


PEOPLE = {
    "anonymous": lambda assessment: None,
    "stranger": lambda assessment: make_member(make_organisation(kind="municipality")),
    "viewer": lambda assessment: make_member(assessment.organisation, "viewer"),
    "editor": lambda assessment: make_member(assessment.organisation, "editor"),
    "user of the solution": make_user_of_the_solution,
    "agency": lambda assessment: make_member(make_agency(), "editor"),
    "agency elsewhere": lambda assessment: make_member(make_agency(state=make_state("DE-NI"))),
    "admin": lambda assessment: make_user(is_staff=True, is_superuser=True),
}


def address_of(name: str, assessment: Assessment) -> str:
    link = ShareLink.issue(assessment, days=7, by=make_user(), at=timezone.now())
    match name.partition(":")[2]:
        case "list" | "new" | "portfolio" | "portfolio_review":
            args = []
        case "letterhead" | "letterhead_sample":
            args = []
        case "rating" | "value":
            args = [assessment.pk, "probe"]
        case "revoke":
            args = [assessment.pk, link.pk]
        case "shared":
            args = [link.token]
        case "of_solution":
            args = [assessment.solution.slug]
        case "confirm":
            args = [assessment.solution.slug, "probe"]
        case _:
            args = [assessment.pk]
    return reverse(name, args=args)


WHO_MAY = Table(ROWS, address_of, shown, lambda assessment: FORM, PEOPLE)


@pytest.mark.django_db
def test_a_viewer_writes_nothing(client):
    assessment = shown()
    client.force_login(make_member(assessment.organisation, "viewer"))
    for name in ("rating", "value", "edit", "report", "move", "share", "snapshot"):
        address = address_of(f"assessments:{name}", assessment)
        assert client.post(address, FORM).status_code == 404
    assert assessment.ratings.get().version == 1


@pytest.mark.django_db
def test_the_agency_sees_figures_but_neither_notes_nor_evidence(client):
    assessment = shown()
    assessment.ratings.update(note="streng vertraulich", evidence_url="https://akte.example/1")
    client.force_login(make_member(make_agency(), "viewer"))
    page = client.get(reverse("assessments:results", args=[assessment.pk])).content.decode()
    assert "vertraulich" not in page
    assert "akte.example" not in page
    assert f"/selbsteinschaetzung/{assessment.pk}/kriterium" not in page


@pytest.mark.django_db
def test_who_acts_for_another_organisation_confirms_nothing(client):
    assessment = shown()
    person = make_user_of_the_solution(assessment)
    other = make_organisation(kind="municipality")
    other.memberships.create(user=person, role="owner")
    client.force_login(person)
    session = client.session
    session[SESSION_KEY] = other.pk
    session.save()
    address = address_of("assessments:confirm", assessment)
    assert client.post(address).status_code == 404


@pytest.mark.django_db
def test_assessments_of_others_are_not_in_the_api(client):
    assessment = shown()
    listed, row = (
        reverse("api:assessment-list"),
        reverse("api:assessment-detail", args=[assessment.pk]),
    )
    assert client.get(listed).status_code == 403
    client.force_login(make_member(make_organisation()))
    assert client.get(listed).json()["results"] == []
    assert client.get(row).status_code == 404
    client.force_login(make_member(assessment.organisation, "viewer"))
    assert [each["id"] for each in client.get(listed).json()["results"]] == [assessment.pk]
    answer = client.get(row).json()
    assert answer["readiness"] == {"sure": 100, "possible": 100}
    assert [(each["criterion"], each["value"]) for each in answer["ratings"]] == [("probe", "met")]
    assert client.post(listed, {"title": "x"}).status_code in {403, 405}
