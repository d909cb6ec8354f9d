"""What is measured of matching: the page of a need, and the work behind it."""

from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from time import perf_counter

from django.db import connection
from django.test import Client
from django.utils import timezone

from challenges.models import Need
from marketplace.bench.measures import measure
from marketplace.bench.needs import SHOWN
from marketplace.bench.workers import PATIENCE_SECONDS, match, start
from marketplace.matching import matches, updating
from marketplace.matching.models import Match
from marketplace.matching.tasks import CHUNK
from profiles.models import Solution, User

client = Client(HTTP_HOST="localhost")
saves = count()
PATIENCE_FOR_A_NEED = 10  # seconds


@measure("a need's match page")
def match_page(run: int) -> object:
    if not run:
        client.force_login(User.objects.get_or_create(email="bench@example.org")[0])
    response = client.get(f"/bedarfe/{1 + run % SHOWN}/treffer/")
    if response.status_code != 200 or b"match-hit" not in response.content:
        raise RuntimeError(f"no matches of need {1 + run % SHOWN}: {response.status_code}")
    return response


@measure("the matches of one need anew")
def recompute(run: int) -> None:
    matches.recompute([1 + run % SHOWN], at=timezone.now())


@measure("from a save until the matches know it", runs=2)
def save(_: int) -> None:
    """Change a solution that a need lists: embed it, match all needs that it concerns."""
    solution = Match.objects.order_by("need", "position")[next(saves) % 5].solution
    Solution.objects.filter(pk=solution.pk).update(tagline=f"Neu {datetime.now(UTC)}")
    updating.work_off(at=timezone.now())


def seconds_to_match(needs: int, workers: int) -> float:
    """Let processes share chunks of needs, as the workers do, and time them all.

    They are no forks: a fork takes over locks that threads of numpy, of the model or of a queue
    hold in this very moment, and may wait for them for ever.
    """
    keys = list(Need.objects.open().order_by("pk").values_list("pk", flat=True)[:needs])
    size = min(CHUNK, max(1, len(keys) // (4 * workers)))
    chunks = [keys[first : first + size] for first in range(0, len(keys), size)]
    context = get_context("spawn")
    ready = context.Barrier(workers + 1)
    database = connection.settings_dict["NAME"]
    with context.Pool(workers, start, [database, ready]) as pool:
        ready.wait(PATIENCE_SECONDS)
        start_time = perf_counter()
        pool.map_async(match, chunks, chunksize=1).get(len(keys) * PATIENCE_FOR_A_NEED)
        return perf_counter() - start_time
