import pytest
import yaml
from django.urls import reverse

from profiles.models import Solution
from profiles.publiccode.exporting import as_yaml, missing_for_export
from profiles.publiccode.importing import report_on
from profiles.publiccode.vocabulary import Vocabulary
from tests.factories import (
    make_claim,
    make_deployment,
    make_solution,
    make_standard,
    make_tag,
    make_topic,
)

pytestmark = pytest.mark.django_db
LONG = "Menschen buchen Termine im Rathaus. " * 5
MANDATORY = {
    *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"),
    *("description", "legal", "maintenance", "localisation"),
}


def open_source(**fields) -> Solution:
    given = {
        "licence": "open_source",
        "spdx_licence": "EUPL-1.2",
        "repository_url": "https://code.example/a",
        "tagline": "Termine buchen",
        "summary": LONG.strip(),
        "benefit": "Kein Warten.\n\nKein Anruf.",
        "interfaces": "REST, OpenAPI",
        "languages": ["de", "de-simple"],
    }
    topics = [make_topic("terminvergabe", name_de="Termine")]
    solution = make_solution(topics=topics, **given | fields)
    solution.technology_tags.set([make_tag("web_saas"), make_tag("mobile_app")])
    make_claim(solution, make_standard("eidas"))
    return solution


def test_what_is_written_has_all_that_the_standard_demands():
    solution = open_source()
    deployment = make_deployment(solution)
    data = yaml.safe_load(as_yaml(solution))
    assert data.keys() >= MANDATORY
    german = data["description"]["de"]
    assert len(german["shortDescription"]) <= 150 <= len(german["longDescription"])
    assert german["features"] == ["Termine"]
    assert data["categories"] == ["appointment-scheduling"]
    assert data["usedBy"] == [deployment.municipality.name]
    assert data["maintenance"]["contacts"]
    assert missing_for_export(solution) == []


def test_written_and_read_again_it_says_the_same():
    solution = open_source()
    report = report_on(as_yaml(solution), Vocabulary.load())
    assert report.data == {
        "title": solution.title,
        "tagline": solution.tagline,
        "summary": solution.summary,
        "benefit": solution.benefit,
        "interfaces": solution.interfaces,
        "phase": "P4",
        "licence": "open_source",
        "spdx_licence": "EUPL-1.2",
        "repository_url": "https://code.example/a",
        "technology_tags": ["web_saas", "mobile_app"],
        "topics": ["terminvergabe"],
        "claims": [{"standard": "eidas", "status": "self_declared"}],
        "languages": ["de", "de-simple"],
    }
    assert report.unknown == []


def test_what_is_missing_is_said_and_not_invented():
    solution = open_source(spdx_licence="", repository_url="", languages=[])
    text = as_yaml(solution)
    assert "url" not in yaml.safe_load(text)
    assert "legal" not in yaml.safe_load(text)
    assert "noch nicht angegeben: die Lizenz nach SPDX, die Adresse des Quelltextes" in text


def test_everybody_may_fetch_it_of_published_open_source(client):
    solution = open_source()
    address = reverse("solution_publiccode", args=[solution.slug])
    response = client.get(address)
    assert response["Content-Type"] == "application/yaml; charset=utf-8"
    assert address in client.get(solution.get_absolute_url()).content.decode()


@pytest.mark.parametrize("fields", [{"published_at": None}, {"licence": "proprietary"}])
def test_of_others_there_is_none(client, fields):
    solution = make_solution(**{"licence": "open_source"} | fields)
    address = reverse("solution_publiccode", args=[solution.slug])
    assert client.get(address).status_code == 404
    page = client.get(solution.get_absolute_url())
    assert address not in page.content.decode()
