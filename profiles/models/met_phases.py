from collections.abc import Mapping
from typing import Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from profiles.models.scales import Phase
from profiles.models.solutions import Solution


class MetPhaseQuerySet(models.QuerySet["MetPhase"]):
    def confirmed(self) -> Self:
        """Those where municipalities that use the solution agree with each single rating."""
        return self.filter(is_confirmed=True)

    @transaction.atomic
    def put(self, solution: Solution, met: Mapping[str, bool]) -> None:
        """Keep these phases and no others; the values say which are confirmed.

        What stays is not written again, so that nobody reads the solution anew for nothing.
        """
        before = dict(self.filter(solution=solution).values_list("phase", "is_confirmed"))
        stale = [phase for phase, given in before.items() if met.get(phase) is not given]
        if stale:
            self.filter(solution=solution, phase__in=stale).delete()
        self.bulk_create(
            MetPhase(solution=solution, phase=phase, is_confirmed=given)
            for phase, given in met.items()
            if before.get(phase) is not given
        )


class MetPhase(models.Model):
    """A phase whose criteria a solution meets, by the self-assessment that its provider shows."""

    solution = models.ForeignKey(
        Solution, models.CASCADE, related_name="met_phases", verbose_name=_("Lösung")
    )
    phase = models.CharField(_("Phase"), max_length=2, choices=Phase)
    is_confirmed = models.BooleanField(_("von Kommunen bestätigt"), default=False)

    objects = MetPhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Phase mit erfüllten Kriterien")
        verbose_name_plural = _("Phasen mit erfüllten Kriterien")
        ordering = ["phase", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "phase"], name="met_phase_once_per_solution"
            )
        ]

    def __str__(self) -> str:
        return self.get_phase_display()
