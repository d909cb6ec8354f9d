from threading import Thread

import pytest
from django.db import connection

from profiles.models import Municipality
from profiles.prepared import Prepared
from tests.factories import make_municipality, make_state


def with_key(ags: str):
    return Municipality.objects.select_related("state").filter(ags=ags)


@pytest.mark.django_db
def test_it_answers_as_the_query_itself(django_assert_num_queries):
    places = [make_municipality(state=make_state(code)) for code in ("DE-HE", "DE-NI")]
    prepared = Prepared(with_key, "00000000")
    for place in places:
        with django_assert_num_queries(1):
            [found] = prepared(place.ags)
            assert (found, found.state) == (place, place.state)
    assert prepared("00000001") == []
    assert list(with_key(places[0].ags)) == [places[0]]


@pytest.mark.django_db
def test_a_value_that_stands_twice_or_nowhere_in_the_query_is_refused():
    for write in (lambda ags: with_key(ags).exclude(name=ags), lambda _: with_key("1")):
        with pytest.raises(ValueError, match="not once"):
            Prepared(write, "00000000")


@pytest.mark.django_db(transaction=True)
def test_threads_ask_on_their_own_connections():
    keys = [make_municipality().ags for _ in range(3)]
    prepared = Prepared(with_key, "00000000")
    found = {}

    def ask(ags: str) -> None:
        found[ags] = [prepared(ags)[0].ags for _ in range(20)]
        connection.close()

    threads = [Thread(target=ask, args=[ags]) for ags in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {ags: [ags] * 20 for ags in keys}
