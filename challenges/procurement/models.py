from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models import Organisation, State
from profiles.models.bilingual import localized


class Confidence(models.TextChoices):
    HIGH = "high", _("gut belegt")
    MEDIUM = "medium", _("mit einer Quelle belegt")
    LOW = "low", _("unbestätigt")


Row = TypeVar("Row", bound=models.Model)


class InForceQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        """Those whose first and last day of validity include that day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class EuThreshold(models.Model):
    """From which net value on the law of the EU applies; a value that reaches it triggers it."""

    valid_from = models.DateField(_("gilt ab"), unique=True)
    valid_to = models.DateField(_("gilt bis"))
    sub_central_eur = models.PositiveIntegerField(_("Kommunen und Länder (Euro)"))
    regulation = models.CharField(_("Rechtsgrundlage"), max_length=200)
    source = models.CharField(_("Quelle"), max_length=300)
    confidence = models.CharField(_("Wie sicher?"), max_length=10, choices=Confidence)

    objects = InForceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("EU-Schwellenwert")
        verbose_name_plural = _("EU-Schwellenwerte")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.sub_central_eur} €"


class Procedure(models.Model):
    """A way to award, with its legal basis (Vergabeweg)."""

    class Regime(models.TextChoices):
        BELOW = "below", _("unter der EU-Schwelle")
        ABOVE = "above", _("ab der EU-Schwelle")
        BOTH = "both", _("unter und über der EU-Schwelle")
        BEFORE = "before", _("vor einem Verfahren")
        EXEMPT = "exempt", _("vom Vergaberecht ausgenommen")

    key = models.SlugField(_("Schlüssel"), max_length=60, unique=True)
    name_de = models.CharField(_("Name (deutsch)"), max_length=120)
    name_en = models.CharField(_("Name (englisch)"), max_length=120, blank=True)
    regime = models.CharField(_("Bereich"), max_length=10, choices=Regime)
    legal_basis = models.CharField(_("Rechtsgrundlage"), max_length=200)
    min_offers = models.PositiveSmallIntegerField(
        _("Angebote mindestens"), null=True, blank=True, help_text=_("Leer: keine feste Zahl.")
    )
    ocds_method = models.CharField(_("Verfahrensart in OCDS"), max_length=20, blank=True)
    when = models.TextField(_("Wann er passt"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Vergabeweg")
        verbose_name_plural = _("Vergabewege")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return localized(self, "name")


class ProcurementRuleQuerySet(InForceQuerySet["ProcurementRule"]):
    def binding(self, *, level: str, on: date) -> Self:
        """Those that hold for buyers of that level on that day; what is only planned never does."""
        holding = self.on(on).filter(status=ProcurementRule.Status.IN_FORCE)
        return holding.filter(
            buyer_level__in=[level, ProcurementRule.Level.BOTH], subject="supplies_services"
        )

    def of(self, state: State | None) -> Self:
        """Those of the state; without a state the rule that holds where nothing else is said."""
        return self.filter(state=state)


class ProcurementRule(models.Model):
    """Up to which value a procedure may be used in a state, with source, date and confidence."""

    class Kind(models.TextChoices):
        FIXED = "fixed", _("fester Betrag")
        EU_THRESHOLD = "eu_threshold", _("bis unter die EU-Schwelle")
        UNKNOWN = "unknown", _("Betrag nicht bekannt")

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("in Kraft")
        PENDING = "pending", _("geplant")
        SUPERSEDED = "superseded", _("abgelöst")

    class Level(models.TextChoices):
        MUNICIPAL = "municipal", _("Kommunen")
        STATE = "state", _("Landesverwaltung")
        BOTH = "both", _("Kommunen und Landesverwaltung")
        FEDERAL = "federal", _("Bund")

    key = models.CharField(_("Schlüssel"), max_length=80, unique=True)
    state = models.ForeignKey(
        State, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Land")
    )
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="rules", verbose_name=_("Vergabeweg")
    )
    kind = models.CharField(_("Art der Grenze"), max_length=20, choices=Kind)
    limit_eur = models.PositiveIntegerField(_("bis einschließlich (Euro)"), null=True, blank=True)
    buyer_level = models.CharField(_("Für wen"), max_length=10, choices=Level)
    subject = models.CharField(_("Wofür"), max_length=40, default="supplies_services")
    scope = models.CharField(_("Geltungsbereich"), max_length=300, blank=True)
    valid_from = models.DateField(_("gilt ab"), null=True, blank=True)
    valid_to = models.DateField(_("gilt bis"), null=True, blank=True)
    legal_basis = models.CharField(_("Rechtsgrundlage"), max_length=200)
    source = models.CharField(_("Quelle"), max_length=300)
    as_of = models.DateField(_("Stand"))
    confidence = models.CharField(_("Wie sicher?"), max_length=10, choices=Confidence)
    status = models.CharField(_("Stand der Regel"), max_length=20, choices=Status)
    note = models.TextField(_("Anmerkung"), blank=True)

    objects = ProcurementRuleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Vergaberegel")
        verbose_name_plural = _("Vergaberegeln")
        ordering = ["state", "procedure__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="fixed", limit_eur__isnull=False)
                | (~Q(kind="fixed") & Q(limit_eur=None)),
                name="procurement_rule_fixed_has_limit",
                violation_error_message=_("Einen Betrag hat nur eine feste Grenze."),
            )
        ]

    def __str__(self) -> str:
        return self.key

    def allows(self, value_eur: int) -> bool:
        """Whether a value below the EU threshold is within the limit; the limit itself is."""
        if self.kind == self.Kind.FIXED:
            return self.limit_eur is not None and value_eur <= self.limit_eur
        return self.kind == self.Kind.EU_THRESHOLD

    @staticmethod
    def level_of(organisation: Organisation) -> str:
        agency = organisation.kind == Organisation.Kind.STATE_AGENCY
        return ProcurementRule.Level.STATE if agency else ProcurementRule.Level.MUNICIPAL
