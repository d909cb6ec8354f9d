from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.scales import Phase
from profiles.models.territory import Municipality


class DeploymentQuerySet(models.QuerySet["Deployment"]):
    def confirmed(self) -> Self:
        """Confirmed by the municipality; only these count as references."""
        return self.filter(confirmed_at__isnull=False)

    def for_reference_list(self) -> Self:
        return self.select_related("municipality__state").order_by(
            models.F("confirmed_at").asc(nulls_last=True), "municipality__sort_name", "pk"
        )


class Deployment(models.Model):
    """A solution in use at a municipality (Einsatz); once confirmed, a reference."""

    solution = models.ForeignKey(
        "profiles.Solution", models.CASCADE, related_name="deployments", verbose_name=_("Lösung")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="deployments", verbose_name=_("Kommune")
    )
    phase = models.CharField(_("Phase in dieser Kommune"), max_length=2, choices=Phase)
    since = models.DateField(_("im Einsatz seit"), null=True, blank=True)
    result = models.TextField(_("Ergebnis"), blank=True)
    confirmed_at = models.DateTimeField(_("von der Kommune bestätigt am"), null=True, blank=True)

    objects = DeploymentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Einsatz")
        verbose_name_plural = _("Einsätze")
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "municipality"],
                name="deployment_once_per_municipality",
                violation_error_message=_("Dieser Einsatz ist schon eingetragen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.solution} – {self.municipality}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
