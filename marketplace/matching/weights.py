"""How much each part of the ranking counts; published, changed by measurement only."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import reduce
from operator import add
from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PART_NAMES = {
    "meaning": _("Bedeutung"),
    "words": _("Wörter"),
    "field": _("Themenprofil"),
    "topics": _("Gemeinsame Themen"),
    "phase": _("Reife"),
    "evidence": _("Belege"),
    "standards": _("Gewünschte Standards"),
    "price": _("Preis"),
    "freshness": _("Aktualität"),
}
PART_MEASURES = {
    "meaning": _(
        "Wie nah sich die Texte in ihrer Bedeutung sind; zwei Sprachmodelle vergleichen sie."
    ),
    "words": _("Wie viele seltene Wortteile beide Texte gemeinsam haben."),
    "field": _("Ob die Texte von denselben Themen handeln, auch wenn niemand sie angekreuzt hat."),
    "topics": _("Wie viele der gewählten Themen die Lösung abdeckt; ein verwandtes zählt halb."),
    "phase": _(
        "Wie erprobt die Lösung ist, von P1 bis P5; etwas mehr, wo nach der Selbsteinschätzung "
        "alle Kriterien ihrer Phase erfüllt sind, und noch mehr, wo Kommunen das bestätigen."
    ),
    "evidence": _(
        "Von Kommunen bestätigte Einsätze; mehr bei ähnlicher Größe oder im selben Bundesland."
    ),
    "standards": _("Wie viele der gewünschten Standards gültig belegt oder angegeben sind."),
    "price": _("Wie viel vom Budget übrig bleibt, und ob ein Direktauftrag möglich ist."),
    "freshness": _("Wann der Anbieter seine Angaben zuletzt geändert hat."),
}


TOTAL = reduce(add, map(F, PART_NAMES))


class Share(NamedTuple):
    """How much a part counts, in percent of the score."""

    part: str
    percent: float

    @property
    def name(self) -> str | Promise:
        return PART_NAMES[self.part]

    @property
    def measures(self) -> str | Promise:
        return PART_MEASURES[self.part]


def largest_first(shares: Mapping[str, float]) -> list[Share]:
    """Return shares that sum to 1 in the order in which they are told."""
    told = [Share(part, round(100 * share, 1)) for part, share in shares.items()]
    return sorted(told, key=lambda share: -share.percent)


@dataclass(frozen=True)
class Mix:
    """The share of each part. The first three tell what fits; the others order what is close."""

    meaning: float = 0.49
    words: float = 0.13
    field: float = 0.20
    topics: float = 0.07
    phase: float = 0.02
    evidence: float = 0.04
    standards: float = 0.03
    price: float = 0.01
    freshness: float = 0.01

    def only(self, *names: str) -> "Mix":
        return Mix(**{name: share if name in names else 0 for name, share in asdict(self).items()})

    def without(self, *names: str) -> "Mix":
        return Mix(**{name: 0 if name in names else share for name, share in asdict(self).items()})


def share(default: float, part: str) -> "models.FloatField[float, float]":
    bounds = [MinValueValidator(0), MaxValueValidator(1)]
    return models.FloatField(PART_NAMES[part], default=default, validators=bounds)


class WeightsQuerySet(models.QuerySet["Weights"]):
    def in_force(self) -> "Weights":
        """The active ones; as long as nobody has changed any, those that we publish."""
        return self.filter(is_active=True).first() or Weights()


class Weights(models.Model):
    """A set of weights (Gewichte); all sets are kept, one is in force."""

    meaning = share(Mix.meaning, "meaning")
    words = share(Mix.words, "words")
    field = share(Mix.field, "field")
    topics = share(Mix.topics, "topics")
    phase = share(Mix.phase, "phase")
    evidence = share(Mix.evidence, "evidence")
    standards = share(Mix.standards, "standards")
    price = share(Mix.price, "price")
    freshness = share(Mix.freshness, "freshness")
    reason = models.CharField(_("Grund der Änderung"), max_length=200)
    created_at = models.DateTimeField(_("angelegt am"), auto_now_add=True)
    measured_at = models.DateTimeField(_("gemessen am"), null=True, editable=False)
    figures = models.JSONField(_("Messwerte"), default=dict, editable=False)
    is_active = models.BooleanField(_("in Kraft"), default=False, editable=False)
    activated_at = models.DateTimeField(_("in Kraft seit"), null=True, editable=False)

    objects = WeightsQuerySet.as_manager()

    class Meta:
        verbose_name = _("Gewichte")
        verbose_name_plural = _("Gewichte")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="weights_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(measured_at__isnull=False),
                name="weights_measured_before_in_force",
                violation_error_message=_("Nur gemessene Gewichte können in Kraft treten."),
            ),
            models.CheckConstraint(
                condition=GreaterThan(TOTAL, 0),
                name="weights_not_all_zero",
                violation_error_message=_("Mindestens ein Anteil muss größer als 0 sein."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason or str(_("veröffentlichte Vorgabe"))

    @property
    def mix(self) -> Mix:
        return Mix(**{field.name: getattr(self, field.name) for field in fields(Mix)})

    def activate(self, *, at: datetime) -> None:
        with transaction.atomic():
            Weights.objects.filter(is_active=True).update(is_active=False)
            self.is_active, self.activated_at = True, at
            self.save(update_fields=["is_active", "activated_at"])
