"""Who may see the results of a survey of a verified agency, and publish them."""

from django.urls import reverse

from challenges.models import NeedsSurvey
from challenges.surveys.results.publishing import publish
from profiles.models import Organisation
from tests.challenges.results.making import CLOSED, make_closed_survey
from tests.factories import make_agency
from tests.who_may import GET, LOGIN, POST, Table

# The public page is public once there is one.
#                               method  anonymous stranger viewer editor owner
#                                       agency of the state, agency elsewhere, admin
ROWS = {
    "surveys:results":              (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "surveys:results_rate_csv":     (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "surveys:results_rate_xlsx":    (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "surveys:results_answers_xlsx": (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "surveys:results_report_pdf":   (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "surveys:results_publish":      (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "surveys:results_withdraw":     (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "surveys:public_results":       (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "surveys:public_results_csv":   (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "surveys:public_results_json":  (GET,  200,   200, 200, 200, 200, 200, 200, 200),
    "surveys:invitations":          (GET,  LOGIN, 200, 200, 200, 200, 200, 200, 200),
    "grouping:overview":            (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "grouping:propose":             (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "grouping:ungrouped":           (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "grouping:move":                (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "grouping:group":               (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "grouping:merge":               (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "grouping:shift":               (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "grouping:field":               (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "fields:field":                 (GET,  LOGIN, 404, 200, 200, 200, 404, 404, 200),
    "fields:edit":                  (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "fields:shift":                 (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "fields:invite":                (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "fields:outcome":               (GET,  LOGIN, 404, 404, 200, 200, 404, 404, 404),
    "fields:challenge":             (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
    "fields:delete":                (POST, LOGIN, 404, 404, 302, 302, 404, 404, 404),
}  # fmt: skip
OF_GROUP = {"grouping:group", "grouping:merge", "grouping:shift", "grouping:field"}


def address(name: str, organisation: Organisation) -> str:
    if name == "surveys:invitations":
        return reverse(name)
    survey = make_closed_survey(organisation)
    if name.startswith("surveys:public") or name == "surveys:results_withdraw":
        publish(survey, at=CLOSED)
    if name.startswith("fields:"):
        return reverse(name, args=[survey.fields_of_action.create(title="Anträge").pk])
    if name in OF_GROUP:
        return reverse(name, args=[group_of(survey)])
    return reverse(name, args=[survey.slug])


def group_of(survey: NeedsSurvey) -> int:
    return survey.need_groups.create(title="Anträge").pk


WHO_MAY = Table(ROWS, address, make_agency)
