"""What no browser sends, as a value of each parameter, breaks no page that is open to all."""

import pytest
from django.urls import reverse

from challenges.calls.filters import ChallengeFilter
from challenges.needs.filters import NeedFilter
from criteria.catalogue.filters import CriterionFilter
from marketplace.api.routing import router
from profiles.filters import SolutionFilter
from tests.factories import make_member, make_organisation, make_solution

NUL = "\0"
PARAMETERS = {
    "solutions": [*SolutionFilter.base_filters, "page"],
    "solutions_csv": ["search", "municipality", "topic"],
    "solutions_xlsx": ["search", "municipality", "topic"],
    "solutions_feed": ["search", "municipality", "topic"],
    "found_by_meaning": [*SolutionFilter.base_filters],
    "municipality_options": ["municipality"],
    "comparison": ["solution", "search", "differences"],
    "comparison_xlsx": ["solution", "search", "differences"],
    "comparison_pdf": ["solution", "search", "differences"],
    "market_gaps": ["page"],
    "accessibility_report": ["url", "receipt"],
    "calls:list": [*ChallengeFilter.base_filters, "page"],
    "calls:feed": [*ChallengeFilter.base_filters],
    "calls:adviser": ["value", "region", "day", "level"],
    "needs:list": [*NeedFilter.base_filters, "whose", "page"],
    "criteria:list": [*CriterionFilter.base_filters],
    "criteria:network": ["criterion"],
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_page_copes_with_nul(client, name):
    make_solution()
    codes = {key: client.get(reverse(name), {key: NUL}).status_code for key in PARAMETERS[name]}
    assert {key: code for key, code in codes.items() if code >= 500} == {}


@pytest.mark.parametrize(("prefix", "view"), [(row[0], row[1]) for row in router.registry])
def test_the_api_copes_with_nul(client, prefix, view):
    address, filters = f"/api/v1/{prefix}/", getattr(view, "filterset_class", None)
    keys = [*(filters.base_filters if filters else []), "page", "page_size", "since"]
    codes = {key: client.get(address, {key: NUL}).status_code for key in keys}
    assert {key: code for key, code in codes.items() if code >= 500} == {}
    assert client.get(f"{address}%00/").status_code == 404


def test_a_link_with_nul_is_unknown(client):
    for name in ("mail_unsubscribe", "deployments:confirm", "surveys:answer"):
        assert client.get(reverse(name, args=[f"a{NUL}"])).status_code in {404, 410}


def test_an_organisation_that_nobody_can_have_is_not_switched_to(client):
    client.force_login(make_member(make_organisation()))
    answer = client.post(reverse("organisations:switch"), {"organisation": NUL})
    assert answer.status_code == 404
