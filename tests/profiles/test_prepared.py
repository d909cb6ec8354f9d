from threading import Thread

import pytest
from django.db import connection

from profiles.models import Municipality
from profiles.prepared import EXAMPLE, Prepared
from tests.factories import make_municipality, make_state


def of(state: int, ags: str):
    found = Municipality.objects.select_related("state").filter(state=state)
    return found.filter(ags=ags).exclude(successor__state=state)


PREPARED = {"state": EXAMPLE, "ags": "00000000"}


@pytest.mark.django_db
def test_it_answers_as_the_query_itself(django_assert_num_queries):
    hesse, saxony = make_state("DE-HE"), make_state("DE-NI")
    places = [make_municipality(state=hesse), make_municipality(state=saxony)]
    prepared = Prepared(of, **PREPARED)
    for place in places:
        with django_assert_num_queries(1):
            [found] = prepared(state=place.state_id, ags=place.ags)
            assert (found, found.state) == (place, place.state)
    assert prepared(state=hesse.pk, ags=places[1].ags) == []
    assert list(of(hesse.pk, places[0].ags)) == [places[0]]


@pytest.mark.django_db
def test_a_value_that_the_query_does_not_ask_for_is_refused():
    with pytest.raises(ValueError, match="not all"):
        Prepared(lambda state, ags: Municipality.objects.filter(ags=ags), **PREPARED)


@pytest.mark.django_db(transaction=True)
def test_threads_ask_on_their_own_connections():
    places = [make_municipality() for _ in range(3)]
    prepared = Prepared(of, **PREPARED)
    found = {}

    def ask(place: Municipality) -> None:
        answers = [prepared(state=place.state_id, ags=place.ags) for _ in range(20)]
        found[place.pk] = [row.pk for rows in answers for row in rows]
        connection.close()

    threads = [Thread(target=ask, args=[place]) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {place.pk: [place.pk] * 20 for place in places}
