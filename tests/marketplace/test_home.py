import pytest
from django.urls import reverse

from tests.factories import make_deployment, make_municipality, make_solution, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client):
    return lambda: client.get(reverse("home"))


def test_it_counts_only_what_is_published_and_confirmed(home):
    place = make_municipality()
    solution = make_solution()
    make_deployment(solution, municipality=place)
    make_deployment(make_solution(provider=solution.provider), municipality=place)
    make_deployment(solution, confirmed_at=None)
    make_deployment(make_solution(published_at=None))
    figures = home().context["figures"]
    assert (figures.solutions, figures.providers) == (2, 1)
    assert (figures.references, figures.municipalities) == (2, 1)


def test_it_leads_to_each_field_and_each_phase(home):
    make_solution(topics=[make_topic("wasser", name_de="Wasser und Forst")], phase="P3")
    text = home().content.decode()
    assert "/loesungen/?topic=wasser" in text
    assert [step.count for step in home().context["steps"]] == [0, 0, 1, 0, 0]
    assert "/loesungen/?phase=P3" in text


def test_it_stands_in_an_empty_market(home):
    assert home().status_code == 200


@pytest.mark.django_db(transaction=True)  # what is not committed is read each time
def test_a_second_visitor_costs_one_query_whatever_the_market(home, django_assert_num_queries):
    for _ in range(3):
        make_deployment(make_solution(topics=[make_topic()]))
    home()
    with django_assert_num_queries(1):
        home()
