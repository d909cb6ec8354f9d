"""What the pages of criteria show, who sees which version, and how many queries they cost."""

import pytest
from django.urls import reverse

from criteria.models import Catalogue, Criterion, Term
from tests.factories import LONG_AGO, make_catalogue, make_criterion, make_term, make_user

pytestmark = pytest.mark.django_db


def titles(client, **parameters):
    page = client.get(reverse("criteria:list"), parameters)
    return [criterion.title_de for criterion in page.context["facets"].hits]


def counts(client, facet, **parameters):
    page = client.get(reverse("criteria:list"), parameters)
    (found,) = [one for one in page.context["facets"] if one.name == facet]
    return {option.value: option.count for option in found.options}


@pytest.fixture
def words():
    kinds = {"workstream": "technisch", "stakeholder": "kommune", "sub_phase": "pilot"}
    kinds |= {"sub_driver": "netz", "mechanism_category": "foerderung"}
    return {kind: make_term(kind, key, group="P3") for kind, key in kinds.items()}


@pytest.fixture
def pilot(words):
    driver = make_term(Term.Kind.SCALING_DRIVER, "chancen")
    make_criterion(title_de="Anderes", phase="P5")
    return make_criterion(
        title_de="Pilot mit Datenkatalog",
        phase="P3",
        milestone="Pilot ausgewertet",
        terms=words.values(),
        scaling_driver=driver,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phase", "P3"),
        ("workstream", "technisch"),
        ("stakeholder", "kommune"),
        ("sub_phase", "pilot"),
        ("sub_driver", "netz"),
        ("mechanism_category", "foerderung"),
        ("scaling_driver", "chancen"),
        ("milestone", "true"),
        ("search", "datenkat"),
        ("search", "Piloten"),
    ],
)
def test_each_filter_narrows_the_list_and_the_api(client, pilot, name, value):
    assert titles(client, **{name: value}) == ["Pilot mit Datenkatalog"]
    found = client.get(reverse("api:criterion-list"), {name: value}).json()["results"]
    assert [row["key"] for row in found] == [pilot.key]


def test_filters_narrow_together(client, pilot):
    assert titles(client, phase="P5", workstream="technisch") == []


def test_a_count_ignores_its_own_facet_and_heeds_the_others(client, pilot):
    assert counts(client, "phase", phase="P5") == {"P3": 1, "P5": 1}
    assert counts(client, "phase", workstream="technisch") == {"P3": 1}


def test_the_journey_says_what_begins_and_what_is_at_work(client, pilot):
    journey = client.get(reverse("criteria:list")).context["facets"].journey
    assert [(step.phase.value, step.begins, step.works) for step in journey[2:5]] == [
        ("P3", 1, 1),
        ("P4", 0, 0),
        ("P5", 1, 0),
    ]


def test_an_unknown_value_is_said_and_filters_nothing(client, pilot):
    page = client.get(reverse("criteria:list"), {"phase": "P9"})
    assert "nicht zu verstehen" in page.text
    assert len(page.context["facets"].hits) == 2


def test_without_a_catalogue_the_page_says_so(client):
    assert "Noch gilt kein Katalog" in client.get(reverse("criteria:list")).text


def test_a_criterion_shows_its_relations_in_both_directions(client):
    near, far = make_criterion(), make_criterion()
    criterion = make_criterion(related=[near])
    far.related.add(criterion)
    page = client.get(reverse("criteria:criterion", args=[criterion.key])).text
    assert page.index("verweist auf") < page.index(near.title) < page.index(far.title)


def test_gaps_of_the_source_are_told_in_plain_words(client):
    criterion = make_criterion(
        title_confidence="coined", source_truncated="bricht ab", related_unresolved=["Fehlendes"]
    )
    page = client.get(reverse("criteria:criterion", args=[criterion.key])).text
    assert "Die Quelle nennt keinen Titel" in page
    assert "Der Text der Quelle bricht ab" in page
    assert "Fehlendes" in page


def test_the_picture_links_every_criterion_and_draws_a_pair_once(client):
    one = make_criterion()
    other = make_criterion(related=[one], phase="P4")
    one.related.add(other)
    page = client.get(reverse("criteria:network"), {"criterion": one.key})
    (line,) = page.context["network"].lines
    assert (line.is_mutual, line.is_near) == (True, True)
    assert page.text.count(f'href="{other.get_absolute_url()}"') == 2  # picture and list


@pytest.mark.parametrize(
    ("kind", "listed", "single"),
    [
        ("operator_model", "criteria:operator_models", "criteria:operator_model"),
        ("good_practice", "criteria:good_practices", "criteria:good_practice"),
    ],
)
def test_terms_have_pages_with_the_criteria_that_name_them(client, kind, listed, single):
    term = make_term(kind, group="ppp")
    criterion = make_criterion(terms=[term])
    make_criterion(make_catalogue(), terms=[term])  # a draft
    assert term.name in client.get(reverse(listed)).text
    page = client.get(reverse(single, args=[term.key]))
    assert list(page.context["criteria"]) == [criterion]


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("retired", 200)])
def test_strangers_see_released_versions_only(client, state, status):
    criterion = make_criterion(make_catalogue(state=state))
    number = criterion.catalogue.number
    assert client.get(reverse("criteria:version", args=[number])).status_code == status
    address = reverse("criteria:version_criterion", args=[number, criterion.key])
    assert client.get(address).status_code == status


def test_curators_see_drafts(client):
    criterion = make_criterion(make_catalogue())
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert "Entwurf" in client.get(criterion.get_absolute_url()).text


def test_the_api_lists_released_versions_and_terms_by_path(client):
    make_criterion(make_catalogue(state="published"))
    make_catalogue()
    term = make_term("workstream", "technisch")
    versions = client.get(reverse("api:catalogue-list")).json()["results"]
    assert [version["state"] for version in versions] == ["published"]
    listed = client.get(reverse("api:criteria-term-list"), {"kind": "workstream"}).json()
    assert [row["path"] for row in listed["results"]] == ["workstream.technisch"]
    row = client.get(reverse("api:criteria-term-detail", args=["workstream.technisch"])).json()
    assert row["name_de"] == term.name_de


def test_the_api_tells_of_one_criterion_and_of_its_version(client):
    near = make_criterion()
    criterion = make_criterion(related=[near])
    row = client.get(reverse("api:criterion-detail", args=[criterion.key])).json()
    assert (row["related"], row["related_by"]) == ([near.key], [])
    version = client.get(reverse("api:catalogue-detail", args=[row["catalogue"]])).json()
    assert version["state"] == "published"


@pytest.mark.parametrize("name", ["criteria:list", "criteria:network", "api:criterion-list"])
def test_queries_do_not_grow_with_the_criteria(client, name, django_assert_max_num_queries):
    first = make_criterion(terms=[make_term("workstream")])
    with django_assert_max_num_queries(25) as few:
        client.get(reverse(name))
    for _ in range(14):
        make_criterion(terms=[make_term("workstream")], related=[first])
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(name))


def test_a_criterion_matters_in_its_phase_where_it_returns_and_throughout():
    part = make_term("sub_phase", "skalierung", group="P4")
    own, returning = make_criterion(phase="P4"), make_criterion(phase="P1", terms=[part])
    always = make_criterion(phase="CONT")
    make_criterion(phase="P2")
    assert set(Criterion.objects.relevant_in("P4")) == {own, returning, always}


def test_publishing_retires_the_version_before(pilot):
    before, draft = pilot.catalogue, make_catalogue()
    draft.publish(at=LONG_AGO)
    before.refresh_from_db()
    assert list(Catalogue.objects.current()) == [draft]
    assert before.state == "retired"
