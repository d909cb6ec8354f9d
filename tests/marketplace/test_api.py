import json
import re
from io import StringIO
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from rest_framework.throttling import SimpleRateThrottle
from schemathesis.specs.openapi import checks

from marketplace.api.reference import endpoints, openapi
from marketplace.demo import market
from profiles import reference
from profiles.models import Topic
from tests.challenges.opendata.making import make_told
from tests.factories import (
    make_claim,
    make_criterion,
    make_deployment,
    make_municipality,
    make_need,
    make_size_class,
    make_solution,
    make_standard,
    make_state,
    make_tag,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db
SOLUTIONS = json.loads(
    (Path(market.__file__).parent / "solutions.json").read_text(encoding="utf-8")
)


@pytest.fixture(autouse=True)
def rates(monkeypatch):
    """Return the throttle rates, without limits until a test sets one."""
    rates = {"anon": None, "user": None}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    return rates


@pytest.fixture
def a_row_of_each_kind():
    topic = make_topic(parent=make_topic())
    solution = make_solution(topics=[topic], regions=[make_state()])
    solution.technology_tags.set([make_tag()])
    make_claim(solution, make_standard())
    make_deployment(solution, municipality=make_municipality(state=make_state("DE-HE")))
    make_size_class()
    make_criterion(terms=[make_term("workstream", "technisch")])
    make_need(visibility="public", topics=[topic])
    make_told()


def rows_in(answer):
    """Return the rows of a list, of a package of OCDS, or of an answer of its own."""
    names = ("results", "releases", "records", "published")
    return next(answer[name] for name in names if name in answer)


# --- The page about the API -------------------------------------------------------------------


def test_the_page_names_every_endpoint_and_its_examples_lead_somewhere(client, a_row_of_each_kind):
    page = client.get(reverse("data"))
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Accept" in page.headers["Vary"]
    endpoints = page.context["endpoints"]
    assert {endpoint.address for endpoint in endpoints} == {
        path for path in openapi()["paths"] if "{" not in path
    }
    for endpoint in endpoints:
        listed = client.get(endpoint.example)
        assert listed.status_code == 200
        assert rows_in(listed.json()), endpoint.example
        if endpoint.row_address:
            assert client.get(endpoint.row_example).status_code == 200
    assert client.get(reverse("api:schema")).status_code == 200


def test_the_page_stands_without_any_row(client):
    assert client.get(reverse("api")).status_code == 200


def test_the_page_gives_a_program_the_addresses(client):
    answer = client.get(reverse("api"), headers={"Accept": "application/json"})
    addresses = answer.json()
    assert addresses["solutions"] == "http://testserver/api/v1/solutions/"
    assert all(client.get(address).status_code == 200 for address in addresses.values())


def test_the_page_is_only_read(client):
    assert client.post(reverse("api")).status_code == 405


# --- The frame of every answer ----------------------------------------------------------------


def test_lists_come_in_pages(client):
    for _ in range(21):
        make_solution()
    first = client.get(reverse("api:solution-list")).json()
    assert list(first) == ["count", "next", "previous", "results"]
    assert (first["count"], len(first["results"]), first["previous"]) == (21, 20, None)
    last = client.get(first["next"]).json()
    assert (len(last["results"]), last["next"]) == (1, None)
    slugs = {row["slug"] for row in first["results"] + last["results"]}
    assert len(slugs) == 21


def test_the_size_of_a_page_is_chosen(client):
    for _ in range(30):
        make_solution()

    def shown(size):
        answer = client.get(reverse("api:solution-list"), {"page_size": size})
        return len(answer.json()["results"])

    expected = {"5": 5, "100": 30, "0": 20, "x": 20}
    assert {size: shown(size) for size in expected} == expected


def test_a_page_holds_a_hundred_rows_at_most(client):
    Topic.objects.bulk_create(Topic(key=f"t{number}", name_de="T") for number in range(101))
    answer = client.get(reverse("api:topic-list"), {"page_size": 1000})
    assert len(answer.json()["results"]) == 100


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 5000])
def test_an_unknown_page_is_not_found(client, page):
    answer = client.get(reverse("api:solution-list"), {"page": page})
    assert answer.status_code == 404
    assert list(answer.json()) == ["detail"]


def test_an_unknown_address_is_not_found_in_json(client):
    for address in (reverse("api:unknown", args=[]), "/api/v1/nothing/", "/api/v1/a/b/c/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert list(answer.json()) == ["detail"]
    assert client.get("/api/v1/solutions").headers["Location"] == "/api/v1/solutions/"


def test_every_web_page_may_read_but_without_cookies(client):
    answers = [client.get(reverse("api:solution-list")), client.get(reverse("api:schema"))]
    answers.append(client.get(reverse("api:solution-list"), {"phase": "P9"}))
    for answer in answers:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_unchanged_answer_is_not_sent_again(client):
    solution = make_solution()
    address = reverse("api:solution-list")
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    solution.title = "Neuer Titel"
    solution.save()
    assert client.get(address, headers=known).status_code == 200


def test_one_request_too_many_is_told_when_to_come_back(client, rates):
    assert settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["anon"] == "120/min"
    rates["anon"] = "2/min"
    address = reverse("api:solution-list")
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    refusal = client.get(address)
    assert 0 < int(refusal.headers["Retry-After"]) <= 60
    assert list(refusal.json()) == ["detail"]
    assert client.get(address, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_the_hundred_and_twenty_first_request_of_a_minute_is_one_too_many(client, rates):
    rates["anon"] = "120/min"
    address = reverse("api:state-list")
    codes = [client.get(address).status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]


def test_no_password_can_be_tried_here(client):
    """Basic authentication would be a way around the limit on sign-ins."""
    guess = {"Authorization": "Basic YWRtaW46YWRtaW4="}
    assert client.get(reverse("api:solution-list"), headers=guess).status_code == 200


# --- The schema -------------------------------------------------------------------------------


def test_the_schema_is_valid_and_without_warnings(tmp_path):
    file = tmp_path / "schema.yaml"
    options = {"validate": True, "fail_on_warn": True, "file": str(file), "lang": "en"}
    call_command("spectacular", stdout=StringIO(), stderr=StringIO(), **options)
    assert file.read_text(encoding="utf-8").startswith("openapi: 3")


def test_the_schema_comes_as_json_and_as_yaml(client):
    address = reverse("api:schema")
    assert client.get(address).json()["openapi"].startswith("3.")
    yaml = {"Accept": "application/vnd.oai.openapi"}
    for answer in (client.get(address, headers=yaml), client.get(address, {"format": "yaml"})):
        assert answer.content.startswith(b"openapi: 3")


def test_the_schema_gives_each_parameter_its_type():
    operation = openapi()["paths"]["/api/v1/solutions/"]["get"]
    schemas = {row["name"]: row["schema"] for row in operation["parameters"]}
    assert schemas["phase"]["items"]["enum"] == ["P1", "P2", "P3", "P4", "P5"]
    assert schemas["topic"] == {"type": "array", "items": {"type": "string"}}
    assert schemas["max_price"] == {"type": "number"}
    assert schemas["evidence"] == {"type": "boolean"}
    assert all(row["description"] for row in operation["parameters"])


# --- Everything that the schema allows, and worse ---------------------------------------------


@pytest.fixture
def one_connection():
    """Let requests to the WSGI application use the connection, hence the rows, of the test."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def api(a_row_of_each_kind, one_connection):
    return schemathesis.openapi.from_wsgi(reverse("api:schema"), get_wsgi_application())


PROMISES = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def test_whatever_the_schema_allows_is_answered_as_it_says(api):
    for operation in (result.ok() for result in api.get_all_operations()):

        @given(case=operation.as_strategy())
        @hypothesis_settings(
            max_examples=8,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def keeps_its_promises(case):
            case.call_and_validate(checks=PROMISES)

        keeps_its_promises()


def test_rows_look_as_the_schema_says(api):
    for endpoint in endpoints():
        listed = api[endpoint.address]["GET"].Case().call_and_validate(checks=PROMISES)
        assert rows_in(listed.json())
        if not endpoint.row_address:
            continue
        _, key, _ = re.split("[{}]", endpoint.row_address)
        found = {key: endpoint.row_example.split("/")[-2]}
        row = api[endpoint.row_address]["GET"].Case(path_parameters=found)
        assert row.call_and_validate(checks=PROMISES).status_code == 200


NASTY = [
    "\0Chatbot\0",
    "\\' | '",
    "& | ! ( ) <-> !!! a:*",
    "%_",
    "ſİ" + "ß" * 200,
    "ﷺ" * 60,
    "e\u0301" * 90,
    "\u202e\u200d\ufeff👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "x" * 201,
    "a " * 100,
    "1e999999999",
    "-1",
    "9" * 200,
    "NaN",
    "٣",
    "1_000",
]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:20])
def test_nasty_values_are_refused_or_find_nothing(client, text):
    known: set[str] = set()  # the first list shows what each does with a page alone
    for address in (path for path in openapi()["paths"] if "{" not in path):
        operation = openapi()["paths"][address]["get"]
        names = [row["name"] for row in operation.get("parameters", [])]
        alone = [name for name in names if name not in known]
        known |= {"page", "page_size"} & set(names)
        for asked in [{name: text} for name in alone] + [dict.fromkeys(names, text)]:
            answer = client.get(address, asked)
            assert answer.status_code in {200, 400, 404}, (address, asked)


@pytest.mark.parametrize("key", ["%00", "%F0%9F%A6%84", "..%2F", "a%0Ab", "%ED%A0%80", "9" * 999])
def test_nasty_keys_are_not_found(client, key):
    for address in openapi()["paths"]:
        if "{" in address:
            assert client.get(f"{address.partition('{')[0]}{key}/").status_code == 404


# --- The numbers of the demo market -----------------------------------------------------------

PRICES = sorted({row["price_from_eur"] for row in SOLUTIONS} - {None})
ASKED = [
    *(("phase", phase) for phase in ("P1", "P2", "P3", "P4", "P5")),
    *(("standard", key) for key in sorted({key for row in SOLUTIONS for key in row["standards"]})),
    *(("hosting", kind) for kind in ("germany", "on_premise", "eu", "non_eu")),
    *(("licence", kind) for kind in ("open_source", "proprietary")),
    *(("region", row["code"]) for row in reference.rows("states")),
    *(("max_price", price) for price in (0, PRICES[0], PRICES[len(PRICES) // 2], PRICES[-1])),
]


def matches(row, name, value):
    """Tell from the file whether a solution meets a condition, in the plainest way."""
    match name:
        case "phase" | "licence":
            return row[name] == value
        case "hosting":
            return value in row["hosting"]
        case "standard":
            return value in row["standards"]
        case "region":
            return not row["regions"] or value in row["regions"]
        case "max_price":
            return row["price_from_eur"] is not None and row["price_from_eur"] <= value
    raise AssertionError(name)


@pytest.mark.django_db(transaction=True)  # what is not committed is read anew each time
def test_the_numbers_are_those_of_the_file(client, settings):
    settings.SIMPLE_HISTORY_ENABLED = False  # it takes longer than the data
    reference.load()
    market.load()

    def count(**parameters):
        asked = parameters | {"page_size": 1}
        return client.get(reverse("api:solution-list"), asked).json()["count"]

    assert count() == len(SOLUTIONS) == 80
    told = {(name, value): count(**{name: value}) for name, value in ASKED}
    assert told == {pair: sum(matches(row, *pair) for row in SOLUTIONS) for pair in ASKED}
    assert sum(told["phase", phase] for phase in ("P1", "P2", "P3", "P4", "P5")) == 80

    together = {"phase": "P4", "hosting": "germany", "standard": "iso27001", "region": "DE-HE"}
    expected = sum(all(matches(row, *pair) for pair in together.items()) for row in SOLUTIONS)
    assert count(**together) == expected > 0
    either = sum(row["phase"] in {"P1", "P2"} for row in SOLUTIONS)
    assert count(phase=["P1", "P2"]) == either > 0
