from collections.abc import Iterable
from typing import Self

from django.db import models, transaction
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.needs.models import Need
from challenges.surveys.models.surveys import NeedsSurvey
from challenges.surveys.ordering import shift
from profiles.models import Topic
from profiles.models.people import AnyUser


class FieldOfActionQuerySet(models.QuerySet["FieldOfAction"]):
    def published(self) -> Self:
        return self.filter(survey__results_published_at__isnull=False)

    def untold(self) -> Self:
        """Those of which it is said what came of them, and not everybody was written to."""
        return self.filter(outcome_at__isnull=False, told_at=None).order_by("pk")

    def visible_to(self, user: AnyUser) -> Self:
        surveys = NeedsSurvey.objects.visible_to(user)
        return self.filter(survey__in=surveys.order_by().values("pk"))

    def editable_by(self, user: AnyUser) -> Self:
        surveys = NeedsSurvey.objects.editable_by(user)
        return self.filter(survey__in=surveys.order_by().values("pk"))

    def deletable(self) -> Self:
        """Those of which nobody was told yet: no provider invited, no outcome sent."""
        return self.filter(invitations=None, outcome_at=None)

    def with_municipality_count(self) -> Self:
        """Annotate `municipality_count`: how many organisations have a need in it."""
        return self.annotate(municipality_count=Count("needs__organisation", distinct=True))

    @transaction.atomic
    def create_from(
        self, needs: Iterable[Need], *, survey: NeedsSurvey, title: str, topic: Topic | None = None
    ) -> "FieldOfAction":
        """Make a group of needs a field of action, placed last."""
        last = self.filter(survey=survey).aggregate(last=Max("position"))["last"] or 0
        field = self.create(survey=survey, title=title, topic=topic, position=last + 1)
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

    outcome = models.TextField(_("Was daraus wurde"), blank=True)
    outcome_at = models.DateTimeField(_("mitgeteilt am"), null=True, blank=True)
    told_at = models.DateTimeField(_("alle benachrichtigt am"), null=True, blank=True)

    municipality_count: int  # where the queryset has annotated it

    objects = FieldOfActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Handlungsfeld")
        verbose_name_plural = _("Handlungsfelder")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fields:field", args=[self.pk])

    def shift(self, by: int) -> None:
        shift(self, FieldOfAction.objects.filter(survey=self.survey_id), by)

    @transaction.atomic
    def discard(self) -> bool:
        """Delete it, and leave its needs; say whether it still could be.

        Who invites meanwhile waits for the lock, or is waited for.
        """
        FieldOfAction.objects.select_for_update().filter(pk=self.pk).first()
        rows = FieldOfAction.objects.deletable().filter(pk=self.pk)
        found = rows.first()
        if found:
            found.delete()
        return found is not None
