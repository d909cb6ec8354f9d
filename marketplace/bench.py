"""Time pages against a floor measured in the same run, so that figures compare across machines."""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from django.db import connection
from django.test import Client

PAGES = {
    "filter page, no filter": "/loesungen/",
    "filter page, three facets": "/loesungen/?phase=P4&standard=dsgvo_avv&hosting=germany",
    "filter page, free text": "/loesungen/?search=papierlose+Formulare",
    "filter page, typing error": "/loesungen/?search=Formularsever",
    "solution": "/loesungen/votumbra-gremium/",
    "market": "/markt/",
    "API list": "/api/v1/solutions/",
}
WARM_UP = 3


class Timing(NamedTuple):
    """Milliseconds."""

    name: str
    p50: float
    p95: float


def timed(name: str, call: Callable[[], object], runs: int) -> Timing:
    times = []
    for run in range(WARM_UP + runs):
        start = perf_counter()
        call()
        if run >= WARM_UP:
            times.append((perf_counter() - start) * 1000)
    return Timing(name, median(times), quantiles(times, n=20)[-1])


def measure(runs: int) -> Iterator[Timing]:
    """Yield the two floors, then the pages."""
    client = Client(HTTP_HOST="localhost")
    yield timed("floor: a page without data", partial(_page, client, "/robots.txt"), runs)
    yield timed("floor: SELECT 1", _select_1, runs)
    for name, address in PAGES.items():
        yield timed(name, partial(_page, client, address), runs)


def _select_1() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _page(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")
