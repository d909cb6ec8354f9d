from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from profiles import api_filters
from tests.factories import (
    LONG_AGO,
    make_claim,
    make_deployment,
    make_municipality,
    make_organisation,
    make_provider,
    make_size_class,
    make_solution,
    make_standard,
    make_state,
    make_tag,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(client):
    """Return the rows of a list."""

    def rows(name, **parameters):
        response = client.get(reverse(name), parameters)
        assert response.status_code == 200, response.content
        return response.json()["results"]

    return rows


@pytest.fixture
def found(rows):
    """Return the slugs of the solutions that some parameters leave."""
    return lambda **parameters: {row["slug"] for row in rows("api:solution-list", **parameters)}


def full_solution(**fields):
    """Make one with something behind every link."""
    hesse = make_state()
    solution = make_solution(
        provider=make_provider(state=hesse),
        topics=[make_topic(), make_topic()],
        regions=[hesse, make_state("DE-NI")],
        **fields,
    )
    solution.technology_tags.set([make_tag()])
    make_claim(solution, make_standard())
    make_claim(solution, make_standard())
    make_deployment(solution)
    make_deployment(solution)
    return solution


# --- What each endpoint tells -----------------------------------------------------------------


def make_every_kind_of_row():
    solution = make_solution(slug="vermerkwerk", provider=make_provider(name="Wortkaskade"))
    solution.provider.organisation.slug = "wortkaskade"
    solution.provider.organisation.save()
    make_topic("soziales")
    make_tag("gis")
    make_standard("iso27001")
    make_municipality(ags="06611000", name="Kassel")
    make_size_class(20_000)


@pytest.mark.parametrize(
    ("list_name", "detail_name", "key", "value"),
    [
        ("api:solution-list", "api:solution-detail", "slug", "vermerkwerk"),
        ("api:provider-list", "api:provider-detail", "slug", "wortkaskade"),
        ("api:organisation-list", "api:organisation-detail", "slug", "wortkaskade"),
        ("api:municipality-list", "api:municipality-detail", "ags", "06611000"),
        ("api:topic-list", "api:topic-detail", "key", "soziales"),
        ("api:technology-tag-list", "api:technology-tag-detail", "key", "gis"),
        ("api:standard-list", "api:standard-detail", "key", "iso27001"),
        ("api:state-list", "api:state-detail", "code", "DE-HE"),
        ("api:size-class-list", "api:size-class-detail", "key", "20000_49999"),
    ],
)
def test_every_endpoint_has_a_list_and_its_rows(client, rows, list_name, detail_name, key, value):
    make_every_kind_of_row()
    listed = rows(list_name)
    assert [row[key] for row in listed] == [value]
    assert client.get(reverse(detail_name, args=[value])).json() == listed[0]
    assert client.get(reverse(detail_name, args=["99999"])).status_code == 404
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(reverse(list_name)).status_code == 405
    assert client.head(reverse(list_name)).status_code == 200
    assert client.options(reverse(list_name)).headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_solution_tells_what_its_page_tells(client):
    solution = make_solution(
        slug="vermerkwerk",
        provider=make_provider(name="Wortkaskade", city="Kassel", state=make_state()),
        topics=[make_topic("ki", name_de="KI", name_en="AI")],
        regions=[make_state("DE-NI")],
        price_from_eur=24_000,
        seeks_pilot=True,
        pilot_offer="Ein halbes Jahr kostenfrei",
    )
    make_claim(solution, make_standard("iso27001"), valid_until=date(2030, 1, 31))
    place = make_municipality(ags="06534014", name="Marburg", population=77_845)
    make_deployment(solution, municipality=place, since=date(2025, 5, 1), result="Zügiger")
    make_deployment(solution, confirmed_at=None)

    told = client.get(reverse("api:solution-detail", args=["vermerkwerk"])).json()

    assert told["url"] == f"http://testserver{solution.get_absolute_url()}"
    assert told["topics"] == [{"key": "ki", "name_de": "KI", "name_en": "AI"}]
    assert told["regions"] == ["DE-NI"]
    assert told["price_from_eur"] == 24_000
    assert told["hosting"] == ["germany"]
    assert told["pilot_offer"] == "Ein halbes Jahr kostenfrei"
    assert told["provider"]["name"] == "Wortkaskade"
    assert told["provider"]["state"] == "DE-HE"
    [claim] = told["standards"]
    assert (claim["key"], claim["status"]) == ("iso27001", "self_declared")
    assert claim["valid_until"] == "2030-01-31"
    assert told["references"] == [
        {
            "municipality": {
                "ags": "06534014",
                "name": "Marburg",
                "state": "DE-HE",
                "population": 77_845,
            },
            "phase": "P4",
            "since": "2025-05-01",
            "result": "Zügiger",
        }
    ]


def test_a_topic_names_its_parent(rows):
    upper = make_topic("soziales", position=1)
    make_topic("kita", parent=upper, position=2, synonyms_de=["Hort"], cpv_codes=["80110000"])
    upper_row, row = rows("api:topic-list")
    assert (upper_row["parent"], row["parent"]) == (None, "soziales")
    assert (row["synonyms_de"], row["cpv_codes"]) == (["Hort"], ["80110000"])


def test_what_is_not_public_is_not_there(client, rows):
    draft = make_solution(published_at=None)
    hidden = draft.provider.organisation.slug
    for name in ("api:solution-list", "api:provider-list", "api:organisation-list"):
        assert rows(name) == []
    assert client.get(reverse("api:solution-detail", args=[draft.slug])).status_code == 404
    assert client.get(reverse("api:provider-detail", args=[hidden])).status_code == 404
    assert client.get(reverse("api:organisation-detail", args=[hidden])).status_code == 404


@pytest.mark.parametrize("fields", [{}, {"declined_at": LONG_AGO, "decline_reason": "Erfunden"}])
@pytest.mark.parametrize("kind", ["municipality", "state_agency", "intermediary"])
def test_an_organisation_that_nobody_has_verified_is_not_there(client, rows, kind, fields):
    more = {"intermediary_kind": "chamber"} if kind == "intermediary" else {}
    founded = make_organisation(name="Stadt X", kind=kind, **more, **fields)
    assert rows("api:organisation-list") == []
    assert client.get(reverse("api:organisation-detail", args=[founded.slug])).status_code == 404


def test_an_answer_does_not_depend_on_the_readers_language(client):
    full_solution()
    german, english = (
        client.get(reverse("api:solution-list"), headers={"Accept-Language": language})
        for language in ("de", "en")
    )
    assert german.json()["results"] == english.json()["results"]


# --- The filters of solutions -----------------------------------------------------------------


def test_solutions_by_phase(found):
    make_solution(slug="pilot", phase="P3")
    make_solution(slug="regel", phase="P4")
    make_solution(slug="breit", phase="P5")
    assert found(phase="P4") == {"regel"}
    assert found(phase=["P3", "P4"]) == {"pilot", "regel"}


def test_solutions_by_topic_and_those_below_it(found):
    upper = make_topic("soziales")
    make_solution(slug="kita", topics=[make_topic("kita", parent=upper)])
    make_solution(slug="soziales", topics=[upper])
    make_solution(slug="anderes", topics=[make_topic()])
    assert found(topic="kita") == {"kita"}
    assert found(topic="soziales") == {"kita", "soziales"}


def test_solutions_by_standard_claimed_today(found):
    iso = make_standard("iso27001")
    today = timezone.localdate()
    make_claim(make_solution(slug="gilt"), iso, valid_until=today)
    make_claim(make_solution(slug="abgelaufen"), iso, valid_until=today - timedelta(days=1))
    make_claim(make_solution(slug="geplant"), iso, status="planned")
    assert found(standard="iso27001") == {"gilt"}


def test_solutions_by_standard_with_evidence(found):
    iso = make_standard("iso27001")
    make_claim(make_solution(slug="belegt"), iso, status="evidence_uploaded")
    make_claim(make_solution(slug="behauptet"), iso)
    assert found(standard="iso27001", evidence="true") == {"belegt"}
    assert found(standard="iso27001", evidence="false") == {"belegt", "behauptet"}


def test_solutions_by_hosting(found):
    make_solution(slug="beides", hosting=["germany", "on_premise"])
    make_solution(slug="eu", hosting=["eu"])
    assert found(hosting="on_premise") == {"beides"}
    assert found(hosting=["on_premise", "eu"]) == {"beides", "eu"}


def test_solutions_by_licence(found):
    make_solution(slug="offen", licence="open_source")
    make_solution(slug="zu")
    assert found(licence="open_source") == {"offen"}


def test_solutions_by_region_with_those_offered_nationwide(found):
    hesse, lower_saxony = make_state(), make_state("DE-NI")
    make_solution(slug="bundesweit")
    make_solution(slug="hessen", regions=[hesse])
    make_solution(slug="niedersachsen", regions=[lower_saxony])
    assert found(region="DE-HE") == {"bundesweit", "hessen"}


def test_solutions_by_price(found):
    make_solution(slug="billig", price_from_eur=5_000)
    make_solution(slug="teuer", price_from_eur=5_001)
    make_solution(slug="auf-anfrage")
    assert found(max_price="5000") == {"billig"}
    assert found(max_price="5000", price_on_request="true") == {"billig", "auf-anfrage"}


def test_solutions_by_municipality(found):
    place = make_municipality(name="Kassel", population=200_000)
    make_solution(slug="passt", min_population=100_000)
    make_solution(slug="zu-klein", max_population=50_000)
    assert found(municipality="Kassel") == found(municipality=place.ags) == {"passt"}


def test_solutions_by_provider(found):
    make_solution(slug="hier", provider=make_provider(state=make_state(), kind="sme"))
    make_solution(slug="dort", provider=make_provider(state=make_state("DE-NI")))
    assert found(provider_kind="sme") == {"hier"}
    assert found(provider_state="DE-NI") == {"dort"}


def test_solutions_by_offering_type(found):
    make_solution(slug="dienst", offering_type="service")
    make_solution(slug="produkt")
    assert found(offering_type="service") == {"dienst"}


def test_solutions_by_references(found):
    place = make_municipality(name="Kassel")
    make_size_class(20_000)
    make_deployment(make_solution(slug="nah"), municipality=make_municipality())
    far = make_municipality(state=make_state("DE-NI"), population=500)
    make_deployment(make_solution(slug="fern"), municipality=far)
    make_solution(slug="ohne")
    assert found(has_references="true") == {"nah", "fern"}
    assert found(has_references="false") == {"ohne"}
    mine = {"municipality": place.ags}
    assert found(references_in_state="true", **mine) == {"nah"}
    assert found(references_in_size_class="true", **mine) == {"nah"}


def test_solutions_by_search_for_a_pilot(found):
    make_solution(slug="sucht", seeks_pilot=True)
    make_solution(slug="sucht-nicht")
    assert found(seeks_pilot="true") == found(seeks_pilot="1") == {"sucht"}
    assert found(seeks_pilot="false") == {"sucht-nicht"}
    assert found(seeks_pilot="") == {"sucht", "sucht-nicht"}


def test_solutions_by_words(found):
    make_solution(slug="bot", summary="Ein Chatbot beantwortet Fragen.")
    make_solution(slug="karte", summary="Ein Stadtplan mit Bäumen.")
    assert found(search="Chatbots") == {"bot"}


def test_solutions_in_order(rows):
    make_solution(slug="b", title="Beta")
    make_solution(slug="a", title="Alpha")
    assert [row["slug"] for row in rows("api:solution-list", sort="title")] == ["a", "b"]
    assert [row["slug"] for row in rows("api:solution-list", sort="newest")] == ["a", "b"]


def test_different_parameters_must_all_hold(found):
    make_solution(slug="beides", phase="P4", licence="open_source")
    make_solution(slug="eines", phase="P4")
    assert found(phase="P4", licence="open_source") == {"beides"}


@pytest.mark.parametrize(
    "parameter",
    [name for name in api_filters.SolutionApiFilter.base_filters if name not in {"search"}],
)
def test_an_unknown_value_is_an_error_of_its_parameter(client, parameter):
    response = client.get(reverse("api:solution-list"), {parameter: "banana"})
    assert response.status_code == 400
    assert list(response.json()) == [parameter]


@pytest.mark.parametrize(
    "filterset", api_filters.ApiFilterSet.__subclasses__(), ids=lambda cls: cls.__name__
)
def test_every_filter_is_explained(filterset):
    assert set(filterset.explanations) == set(filterset.base_filters)


# --- The filters of the other lists -----------------------------------------------------------


def test_providers_by_name_kind_and_state(rows):
    make_solution(provider=make_provider(name="Wortkaskade", kind="sme", state=make_state()))
    make_solution(provider=make_provider(name="Andere", state=make_state("DE-NI")))
    for parameters in ({"search": "kaskade"}, {"kind": "sme"}, {"state": "DE-HE"}):
        names = [row["name"] for row in rows("api:provider-list", **parameters)]
        assert names == ["Wortkaskade"], parameters


def test_organisations_by_name_kind_and_state(rows):
    make_organisation(name="Regierungspräsidium", state=make_state(), verified_at=LONG_AGO)
    make_organisation(
        name="Verband",
        kind="intermediary",
        intermediary_kind="association",
        state=make_state("DE-NI"),
        verified_at=LONG_AGO,
    )
    assert len(rows("api:organisation-list")) == 2
    for parameters in ({"search": "verb"}, {"kind": "intermediary"}, {"state": "DE-NI"}):
        names = [row["name"] for row in rows("api:organisation-list", **parameters)]
        assert names == ["Verband"], parameters


def test_municipalities_by_name_kind_state_and_size(rows):
    make_municipality(name="Bad Homburg", population=55_000)
    make_municipality(name="Celle", population=None, kind="district", state=make_state("DE-NI"))
    make_size_class(50_000, None)

    def names(**parameters):
        return [row["name"] for row in rows("api:municipality-list", **parameters)]

    assert names() == ["Bad Homburg", "Celle"]
    assert names(search="homburg") == ["Bad Homburg"]
    assert names(size_class="50000_None") == ["Bad Homburg"]
    assert names(kind="district") == names(state="DE-NI") == ["Celle"]


def test_municipalities_in_force_today_or_on_a_day(client, rows):
    new = make_municipality(name="Neu", valid_from=date(2020, 1, 1))
    make_municipality(name="Alt", ags="06000001", valid_until=date(2019, 12, 31), successor=new)
    assert [row["name"] for row in rows("api:municipality-list")] == ["Neu"]
    assert [row["name"] for row in rows("api:municipality-list", valid_on="2019-12-31")] == ["Alt"]
    merged = client.get(reverse("api:municipality-detail", args=["06000001"])).json()
    assert merged["successor"] == new.ags


def test_topics_by_parent(rows):
    upper = make_topic("soziales")
    make_topic("kita", parent=upper)
    assert [row["key"] for row in rows("api:topic-list", parent="soziales")] == ["kita"]


def test_standards_by_kind_category_and_use(rows):
    make_standard("bitv2", kind="law", category="accessibility", is_common=True)
    make_standard("iso27001")
    for parameters in ({"kind": "law"}, {"category": "accessibility"}, {"is_common": "true"}):
        assert [row["key"] for row in rows("api:standard-list", **parameters)] == ["bitv2"]


# --- Costs ------------------------------------------------------------------------------------


QUERIES = {
    "api:solution-list": 16,  # 8 of them read the snapshot, which a process does once
    "api:provider-list": 2,
    "api:organisation-list": 2,
    "api:municipality-list": 2,
    "api:topic-list": 2,
    "api:standard-list": 2,
}


def test_fifteen_rows_cost_as_many_queries_as_one(client):
    def queries(name):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    full_solution()
    assert {name: queries(name) for name in QUERIES} == QUERIES
    for _ in range(14):
        full_solution()
    assert {name: queries(name) for name in QUERIES} == QUERIES
