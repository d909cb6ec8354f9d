"""Who may do what with a survey; see tests/who_may.py."""

import pytest
from django.urls import reverse

from profiles.models import Organisation
from tests.factories import (
    make_agency,
    make_member,
    make_organisation,
    make_question,
    make_respondent,
    make_survey,
)
from tests.who_may import GET, LOGIN, PEOPLE, POST, Table

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


PEOPLE = {
    **{role: PEOPLE[role] for role in ("anonymous", "stranger", "viewer", "editor", "owner")},
    "agency elsewhere": PEOPLE["agency elsewhere"],
    "municipality": lambda agency: make_member(make_organisation(kind="municipality")),
    "admin": PEOPLE["admin"],
}


def address_of(name: str, agency: Organisation) -> str:
    survey = make_survey(organisation=agency)
    match name.partition(":")[2]:
        case "list" | "new":
            args = []
        case "section_edit" | "question_new":
            make_question(survey, "q1", "single_choice")
            args = [survey.slug, survey.sections.get().pk]
        case "question_edit" | "question_remove":
            args = [survey.slug, make_question(survey, "q1", "single_choice").pk]
        case "respondent" | "respondent_renew" | "respondent_revoke":
            args = [survey.slug, make_respondent(survey).pk]
        case "mail":
            args = [survey.slug, "invitation"]
        case "move":
            make_question(survey, "q1", "single_choice")
            args = [survey.slug]
        case _:
            args = [survey.slug]
    return reverse(name, args=args)


WHO_MAY = Table(ROWS, address_of, make_agency, lambda agency: {"what": "section:0:up"}, PEOPLE)


@pytest.mark.django_db
def test_an_agency_that_nobody_has_verified_asks_nobody(client):
    agency = make_agency(verified_at=None)
    client.force_login(make_member(agency))
    assert client.get(reverse("surveys:new")).status_code == 404
    survey = make_survey(organisation=agency)
    assert client.get(reverse("surveys:edit", args=[survey.slug])).status_code == 404
