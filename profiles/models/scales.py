from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import Named


class Phase(models.TextChoices):
    """How mature a solution is, after the phase-based catalogue of criteria for scaling."""

    P1 = "P1", _("P1 Ideenfindung")
    P2 = "P2", _("P2 Prototyp")
    P3 = "P3", _("P3 Pilot")
    P4 = "P4", _("P4 Vertikale Skalierung")
    P5 = "P5", _("P5 Horizontale Skalierung")

    @property
    def explanation(self) -> str:
        return str(PHASE_EXPLANATIONS[self])

    @property
    def is_concept(self) -> bool:
        """Offered before anything runs; shown as such, never hidden."""
        return self in {Phase.P1, Phase.P2}

    @property
    def and_later(self) -> "list[Phase]":
        phases = list(Phase)
        return phases[phases.index(self) :]


PHASE_EXPLANATIONS = {
    Phase.P1: _("Idee oder Konzept, noch ohne Prototyp"),
    Phase.P2: _("Prototyp, noch nicht in einer Kommune erprobt"),
    Phase.P3: _("Probebetrieb in ersten Kommunen"),
    Phase.P4: _("Regelbetrieb mit ersten Kund:innen"),
    Phase.P5: _("in vielen Kommunen im Einsatz"),
}


class Hosting(models.TextChoices):
    GERMANY = "germany", _("Rechenzentrum in Deutschland")
    ON_PREMISE = "on_premise", _("eigenes Rechenzentrum der Kommune")
    EU = "eu", _("Rechenzentrum in der EU")
    NON_EU = "non_eu", _("außerhalb der EU")


class Licence(models.TextChoices):
    OPEN_SOURCE = "open_source", _("Open Source")
    PROPRIETARY = "proprietary", _("proprietär")


class OperatorModel(models.TextChoices):
    """Who runs the solution day by day (Betreibermodell)."""

    PROVIDER = "provider", _("Anbieter betreibt")
    MUNICIPAL_IT = "municipal_it", _("kommunaler IT-Dienstleister betreibt")
    OWN = "own", _("Kommune betreibt selbst")
    SHARED = "shared", _("mehrere Kommunen betreiben gemeinsam")


class TopicQuerySet(models.QuerySet["Topic"]):
    def fields(self) -> Self:
        """The upper level, in the order of the taxonomy."""
        return self.filter(parent=None)

    def by_field(self) -> Self:
        """Each of the upper level, followed by those below it."""
        place = [Coalesce("parent__position", "position"), Coalesce("parent", "pk")]
        return self.order_by(*place, F("parent").asc(nulls_first=True), "position", "pk")


class Topic(Named):
    """A subject of municipal work (Handlungsfeld, Thema), on one of two levels."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent": None},
        verbose_name=_("gehört zu"),
    )
    description_de = models.TextField(_("Beschreibung (deutsch)"), blank=True)
    synonyms_de = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("Synonyme (deutsch)"),
        default=list,
        blank=True,
    )
    synonyms_en = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("Synonyme (englisch)"),
        default=list,
        blank=True,
    )
    sayings_de = ArrayField(
        models.CharField(max_length=150),
        verbose_name=_("So sagt man es (deutsch)"),
        help_text=_(
            "Wie Menschen das Problem am Telefon beschreiben, eine Zeile je Satz. Damit finden "
            "Bedarfe in Alltagssprache passende Lösungen."
        ),
        default=list,
        blank=True,
    )
    cpv_codes = ArrayField(
        models.CharField(max_length=8), verbose_name=_("CPV-Codes"), default=list, blank=True
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    objects = TopicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering = ["position", "pk"]


class TechnologyTag(Named):
    class Meta:
        verbose_name = _("Technik")
        verbose_name_plural = _("Techniken")
        ordering = ["name_de"]
