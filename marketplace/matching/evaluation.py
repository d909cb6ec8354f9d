"""Rank a relevance set through the production code, in a database made for it and dropped after.

The format of a set is told in docs/matching.md.
"""

import json
import math
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from challenges.models import Need
from challenges.needs.requirements import violations
from marketplace.matching import evaluation_data, vectors
from marketplace.matching.engine import LOOKED_AT, Ranked, rank, shared_out, weighed
from marketplace.matching.market import Market
from marketplace.matching.weights import Mix

Run = dict[str, list[str]]


class Figures(NamedTuple):
    ndcg_at_10: float
    recall_at_5: float
    violations_at_10: float


@contextmanager
def scratch_database() -> Iterator[None]:
    """Let the default connection be one to a new database, and drop that in the end."""
    own = connection.settings_dict["NAME"]
    test = connection.settings_dict["TEST"]
    before = test["NAME"]
    test["NAME"] = f"scratch_{os.getpid()}_{os.urandom(4).hex()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=False, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)
        test["NAME"] = before


def variants(mix: Mix) -> dict[str, Mix]:
    """The full ranking, and what it is without each of its parts."""
    texts = ("meaning", "words", "field")
    alone = {
        "words only": mix.only("words"),
        "meaning only": mix.only("meaning"),
        "topic profile only": mix.only("field"),
        "meaning + words": mix.only("meaning", "words"),
        "fused texts": mix.only(*texts),
    }
    parts = (*texts, "topics", "phase", "evidence", "standards", "price", "freshness")
    return {"full": mix} | alone | {f"no {name}": mix.without(name) for name in parts}


def evaluate(folder: Path, mix: Mix) -> tuple[dict[str, Figures], Run]:
    """Return the figures of every variant, and the ranking of the full one."""
    loaded = evaluation_data.load(folder)
    vectors.refresh_topics()
    vectors.refresh_solutions(loaded.solutions)
    vectors.refresh_needs(loaded.needs)
    relevant = json.loads((folder / "qrels.json").read_text(encoding="utf-8"))
    rows = ranked(loaded, mix)
    runs = {name: reordered(loaded, rows, some) for name, some in variants(mix).items()}
    broken = broken_in(loaded, runs.values(), on=timezone.localdate())
    figures = {name: score(run, relevant, broken) for name, run in runs.items()}
    return figures, runs["full"]


def ranked(loaded: evaluation_data.Loaded, mix: Mix) -> dict[str, list[Ranked]]:
    market, on = Market.load(), timezone.localdate()
    needs = Need.objects.order_by("pk").select_related("organisation__municipality__state")
    rows = {need: rank(need, market, mix, on=on, count=LOOKED_AT).hits for need in needs}
    return {loaded.needs[need.pk]: hits for need, hits in rows.items()}


def reordered(loaded: evaluation_data.Loaded, rows: dict[str, list[Ranked]], mix: Mix) -> Run:
    """Order the hits as these weights would: the parts of each are the same for all."""
    shares = shared_out(mix, uses_meaning=True)
    run = {}
    for name, hits in rows.items():
        scores = {hit.solution: weighed(hit.parts, shares) for hit in hits}
        order = sorted(scores, key=lambda key: (-scores[key], key))
        run[name] = [loaded.solutions[key] for key in order]
    return run


def score(run: Run, relevant: dict[str, Any], broken: dict[str, set[str]]) -> Figures:
    rows = []
    for name, grades in relevant.items():
        found = run.get(name, [])
        ideal = gain(sorted(grades.values(), reverse=True)[:10])
        good = {key for key, grade in grades.items() if grade >= 2}
        hit = len(good & set(found[:5])) / len(good) if good else 1.0
        gained = gain([grades.get(key, 0) for key in found[:10]])
        violated = len(broken[name] & set(found[:10]))
        rows.append((gained / ideal if ideal else 1.0, hit, violated))
    means = [sum(column) / max(len(rows), 1) for column in zip(*rows, strict=True)]
    return Figures(*(round(mean, 4) for mean in means or (0.0, 0.0, 0.0)))


def broken_in(
    loaded: evaluation_data.Loaded, runs: Collection[Run], *, on: date
) -> dict[str, set[str]]:
    """Return what violates a requirement among the first ten of any run, by need."""
    keys = {name: pk for pk, name in loaded.solutions.items()}
    found = {}
    for need in Need.objects.order_by("pk"):
        name = loaded.needs[need.pk]
        top = {keys[solution] for run in runs for solution in run[name][:10]}
        broken = violations(need, top, on=on)
        found[name] = {loaded.solutions[pk] for pk, names in broken.items() if names}
    return found


def gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades)))
