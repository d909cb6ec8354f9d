from collections.abc import Iterable
from typing import Self

from django.db import models, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from challenges.needs.models import Need
from challenges.surveys.models.surveys import NeedsSurvey
from profiles.models import Topic


class FieldOfActionQuerySet(models.QuerySet["FieldOfAction"]):
    def published(self) -> Self:
        return self.filter(survey__results_published_at__isnull=False)

    def with_municipality_count(self) -> Self:
        """Annotate `municipality_count`: how many organisations have a need in it."""
        return self.annotate(municipality_count=Count("needs__organisation", distinct=True))

    @transaction.atomic
    def create_from(
        self, needs: Iterable[Need], *, survey: NeedsSurvey, title: str, topic: Topic | None = None
    ) -> "FieldOfAction":
        """Make a group of needs a field of action, placed last."""
        position = self.filter(survey=survey).count() + 1
        field = self.create(survey=survey, title=title, topic=topic, position=position)
        field.needs.set(needs)
        return field


class FieldOfAction(models.Model):
    """A group of needs that an agency names and publishes (Handlungsfeld der Abfrage)."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="fields_of_action")
    title = models.CharField(_("Name"), max_length=160)
    description = models.TextField(_("Beschreibung"), blank=True)
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Thema"),
    )
    position = models.PositiveSmallIntegerField(_("Rang"), default=0)
    needs = models.ManyToManyField(
        Need, related_name="fields_of_action", blank=True, verbose_name=_("Bedarfe")
    )

    objects = FieldOfActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
