"""Who may do what with a survey; each row is tried on fresh rows."""

import pytest
from django.urls import reverse

from tests.factories import (
    make_agency,
    make_member,
    make_organisation,
    make_question,
    make_respondent,
    make_state,
    make_survey,
    make_user,
)

GET, POST, LOGIN = "get", "post", "login"
#                                   anonymous stranger viewer editor owner
#                                   agency elsewhere, municipality, admin
ROWS = {
    "surveys:list":              (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "surveys:new":               (GET,  LOGIN, 404, 404, 200, 200, 200, 404, 404),
    "surveys:detail":            (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "surveys:edit":              (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:preview":           (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:questions":         (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:move":              (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "surveys:section_new":       (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:section_edit":      (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:question_new":      (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:question_edit":     (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:question_remove":   (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "surveys:respondents":       (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:territory":         (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:upload":            (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:respondent":        (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:respondent_renew":  (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "surveys:respondent_revoke": (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "surveys:mails":             (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:mail":              (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "surveys:sending":           (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
}  # fmt: skip
# Open to whoever has the link: tests/challenges/surveys/test_filling.py is about that.
BY_LINK = {
    "surveys:answer",
    "surveys:answer_section",
    "surveys:answer_review",
    "surveys:answer_submit",
    "surveys:answer_reopen",
    "surveys:answer_copy",
}
WHO_MAY = set(ROWS) | BY_LINK


def people(agency):
    elsewhere = make_agency(state=make_state("DE-NI"))
    yield None
    yield make_user()
    yield from (make_member(agency, role) for role in ("viewer", "editor", "owner"))
    yield make_member(elsewhere)
    yield make_member(make_organisation(kind="municipality"))
    yield make_user(is_staff=True, is_superuser=True)


def addresses(survey) -> dict[str, str]:
    question = make_question(survey, "q1", "single_choice")
    respondent = make_respondent(survey)
    section, slug = survey.sections.get(), survey.slug
    args = {
        "surveys:list": [],
        "surveys:new": [],
        "surveys:section_edit": [slug, section.pk],
        "surveys:question_new": [slug, section.pk],
        "surveys:question_edit": [slug, question.pk],
        "surveys:question_remove": [slug, question.pk],
        "surveys:respondent": [slug, respondent.pk],
        "surveys:respondent_renew": [slug, respondent.pk],
        "surveys:respondent_revoke": [slug, respondent.pk],
        "surveys:mail": [slug, "invitation"],
    }
    return {name: reverse(name, args=args.get(name, [slug])) for name in ROWS}


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(8))
def test_who_may(client, number):
    agency = make_agency()
    person = list(people(agency))[number]
    seen = {}
    for name, (method, *expected) in ROWS.items():
        survey = make_survey(organisation=agency)
        if person:
            client.force_login(person)
        response = getattr(client, method)(addresses(survey)[name], {"what": "section:0:up"})
        to_login = response.status_code == 302 and "/login/" in response["Location"]
        status = LOGIN if to_login else response.status_code
        if status != expected[number]:
            seen[name] = status
    assert seen == {}


@pytest.mark.django_db
def test_an_agency_that_nobody_has_verified_asks_nobody(client):
    agency = make_agency(verified_at=None)
    client.force_login(make_member(agency))
    assert client.get(reverse("surveys:new")).status_code == 404
    survey = make_survey(organisation=agency)
    assert client.get(reverse("surveys:edit", args=[survey.slug])).status_code == 404
