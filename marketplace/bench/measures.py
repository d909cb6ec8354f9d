"""What is measured. Another measure is one more function below `@measure(…)`."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import NamedTuple

from django.db import connection
from django.template import engines
from django.test import Client

from profiles.models import Solution

WARM_UP = 3
client = Client(HTTP_HOST="localhost")
ROWS = [{"title": f"Lösung {number}", "price": number} for number in range(20)]
CARDS = engines["django"].from_string(
    "{% for row in rows %}<h3>{{ row.title }}</h3><p>{{ row.price }}</p>{% endfor %}"
)


class Timing(NamedTuple):
    """Milliseconds."""

    name: str
    p50: float
    p95: float
    cpu: float  # p50 of the processor time of this process: a busy machine blurs it less


Step = Callable[[int], object]
"""One run; the number tells it which."""
MEASURES: dict[str, Step] = {}
FEW: dict[str, int] = {}
"""How often to run those that take long."""


def measure(name: str, *, runs: int | None = None) -> Callable[[Step], Step]:
    """Register what is timed under that name; with `runs`, no more often, nor to warm up."""

    def register(step: Step) -> Step:
        MEASURES[name] = step
        if runs:
            FEW[name] = runs
        return step

    return register


def timings(runs: int) -> Iterator[Timing]:
    for name, step in MEASURES.items():
        times, work = [], []
        warm_up, count = (0, min(runs, FEW[name])) if name in FEW else (WARM_UP, runs)
        for run in range(warm_up + count):
            start, work_start = perf_counter(), process_time()
            step(run)
            if run >= warm_up:
                times.append((perf_counter() - start) * 1000)
                work.append((process_time() - work_start) * 1000)
        yield Timing(name, median(times), quantiles(times, n=20)[-1], median(work))


def page(address: str) -> bytes:
    """Ask for a page through all middleware, as a browser would."""
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")
    return response.content


@measure("floor: 20 rows in a template")
def template_floor(_: int) -> object:
    return CARDS.render({"rows": ROWS})


@measure("floor: SELECT 1")
def query_floor(_: int) -> object:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT 1")


@measure("filter page, no filter")
def unfiltered(_: int) -> object:
    return page("/loesungen/")


@measure("filter page, three facets")
def three_facets(_: int) -> object:
    return page("/loesungen/?phase=P4&hosting=germany&licence=proprietary")


@measure("filter page, three facets, new each time")
def new_facets(run: int) -> object:
    number = WARM_UP + run
    return page(f"/loesungen/?phase=P{1 + number % 5}&licence=proprietary&max_price={number}000")


@measure("filter page, municipality")
def municipality(run: int) -> object:
    return page(f"/loesungen/?municipality={1 + (run + 1) % 16:02}{run + 1:06}&max_price=9000")


TEXTS = ["Ratsinformation", "Parken App", "Friedhof", "Chatbot Bürgerbüro", "Baumkataster", "Kita"]


@measure("filter page, free text")
def free_text(run: int) -> object:
    return page(f"/loesungen/?search={TEXTS[run % len(TEXTS)]}&page={1 + run // len(TEXTS) % 3}")


@measure("filter page, word in most texts")
def common_word(_: int) -> object:
    return page("/loesungen/?search=Wochen")


@measure("filter page, text new each time")
def new_text(run: int) -> object:
    offices = ["Bauamt", "Bauhof", "Sozialamt", "Standesamt", "Ordnungsamt"]
    return page(f"/loesungen/?search={offices[run % 5]} {2 + run % 29} Wochen")


@measure("search by meaning, text new each time")
def by_meaning(run: int) -> object:
    return page(f"/suche/?search=Wir brauchen etwas für {TEXTS[run % len(TEXTS)]} {run}")


@measure("filter page, page 500")
def deep_page(_: int) -> object:
    return page("/loesungen/?page=500")


@measure("filter page, page 500 by title")
def deep_page_by_title(_: int) -> object:
    return page("/loesungen/?page=500&sort=title")


@measure("API list")
def api_list(_: int) -> object:
    return page("/api/v1/solutions/")


saves = count()


@measure("from a save until the list shows it")
def save(_: int) -> object:
    number = next(saves)
    solution = Solution.objects.order_by("pk")[number % 10]
    solution.title = title = f"Gespeichert {datetime.now(UTC).timestamp()}"
    solution.published_at = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(
        seconds=datetime.now(UTC).timestamp()
    )
    solution.save()
    if title.encode() not in page("/loesungen/"):
        raise RuntimeError("a saved solution is not in the list")
    return None
