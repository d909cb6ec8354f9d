"""Which weights there may be, and what measuring them leaves."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.urls import reverse

from marketplace.matching import measuring
from marketplace.matching.models import Weights
from marketplace.matching.weights import PART_NAMES
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOTHING = dict.fromkeys(PART_NAMES, 0)


def test_weights_that_count_nothing_are_refused_with_words(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    form = reverse("admin:marketplace_weights_add")
    page = client.post(form, {"reason": "Nichts", **NOTHING}).content.decode()
    assert "Mindestens ein Anteil muss größer als 0 sein." in page
    client.post(form, {"reason": "Wenig", **NOTHING, "freshness": "0.01"})
    assert Weights.objects.get().reason == "Wenig"


def test_no_way_leads_to_weights_that_count_nothing():
    with pytest.raises(IntegrityError):
        Weights.objects.create(reason="Nichts", **NOTHING)


@pytest.fixture
def in_force():
    weights = Weights.objects.create(reason="Probe", measured_at=NOW)
    weights.activate(at=NOW)
    return weights


@pytest.fixture
def empty_set(monkeypatch, tmp_path):
    (tmp_path / "leer").mkdir()
    monkeypatch.setattr(measuring, "SETS", tmp_path)


def test_a_failed_measurement_is_told_and_leaves_the_day_of_the_last(in_force, empty_set):
    measuring.measure(in_force.pk, at=LATER)
    in_force.refresh_from_db()
    assert "lacks solutions, needs, qrels" in in_force.figures["error"]
    assert in_force.measured_at == NOW


def test_a_measurement_that_takes_too_long_is_told(in_force, empty_set, monkeypatch):
    monkeypatch.setattr(measuring, "PATIENCE_SECONDS", 0.01)
    measuring.measure(in_force.pk, at=LATER)
    in_force.refresh_from_db()
    assert "timed out" in in_force.figures["error"]
