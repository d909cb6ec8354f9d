"""`make bench` on a market so small that it takes seconds."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.bench import history, market, matching, measures, needs, surveys
from marketplace.bench.measures import Timing, timings
from marketplace.matching.models import Match, SolutionVector
from profiles.models import SearchDocument

SIZE = 30


@pytest.mark.django_db(transaction=True)
def test_it_builds_a_market_and_every_measure_answers(monkeypatch):
    monkeypatch.setattr(measures, "WARM_UP", 0)
    for module in (needs, matching):
        monkeypatch.setattr(module, "SHOWN", 2)
    call_command("load_reference_data", verbosity=0, stdout=StringIO())
    market.build(SIZE)
    needs.build(SIZE, count=needs.SHOWN)
    surveys.build(SIZE)
    assert surveys.is_built(SIZE)
    assert SearchDocument.objects.count() == SIZE
    assert SolutionVector.objects.count() == SIZE
    assert Match.objects.exists()
    assert matching.seconds_to_match(2, workers=2) > 0
    names = [timing.name for timing in timings(runs=2)]
    assert names == list(measures.MEASURES)
    assert "a need's match page" in names
    assert "results of a survey, 10,000 x 40" in names


def test_the_last_run_of_a_size_is_remembered(tmp_path):
    file, at = tmp_path / "history.jsonl", datetime(2026, 11, 22, tzinfo=UTC)
    assert history.last(file, 10) == {}
    for size, p50 in ((10, 1.0), (10, 2.0), (20, 3.0)):
        history.keep(file, size, [Timing("page", p50, 9.0, 1.0)], at=at)
    assert history.last(file, 10) == {"page": 2.0}
