from datetime import datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.people import AnyUser


class CatalogueQuerySet(models.QuerySet["Catalogue"]):
    """The words that choose versions of the catalogue."""

    def current(self) -> Self:
        """The published version: one or none."""
        return self.filter(state=Catalogue.State.PUBLISHED)

    def drafts(self) -> Self:
        return self.filter(state=Catalogue.State.DRAFT)

    def released(self) -> Self:
        """Published now or earlier: assessments may still rest upon it."""
        return self.exclude(state=Catalogue.State.DRAFT)

    def visible_to(self, user: AnyUser) -> Self:
        """Released ones and, for those who curate, drafts."""
        return self.all() if user.has_perm("criteria.change_catalogue") else self.released()

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def next_number(self) -> int:
        return int(self.aggregate(last=Max("number"))["last"] or 0) + 1


class Catalogue(models.Model):
    """One version of the catalogue of criteria (Kriterienkatalog, Fassung)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        PUBLISHED = "published", _("gültig")
        RETIRED = "retired", _("abgelöst")

    number = models.PositiveIntegerField(_("Fassung"), unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    source = models.CharField(_("Quelle"), max_length=300, blank=True)
    note = models.TextField(_("Hinweis für Redakteur:innen"), blank=True)
    imported_at = models.DateTimeField(_("eingelesen am"))
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True)
    based_on = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("hervorgegangen aus"),
    )

    objects = CatalogueQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Fassung des Katalogs")
        verbose_name_plural = _("Fassungen des Katalogs")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="published"),
                name="catalogue_one_published",
                violation_error_message=_("Es gilt schon eine andere Fassung."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") ^ Q(published_at__isnull=False),
                name="catalogue_released_has_date",
                violation_error_message=_("Zu einer veröffentlichten Fassung gehört das Datum."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(title)s, Fassung %(number)s") % {
            "title": self.title,
            "number": self.number,
        }

    def get_absolute_url(self) -> str:
        if self.is_current:
            return reverse("criteria:list")
        return reverse("criteria:version", args=[self.number])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_current(self) -> bool:
        return self.state == self.State.PUBLISHED

    @transaction.atomic
    def publish(self, *, at: datetime) -> None:
        """Let this draft apply from now on; the version that applied until now is retired."""
        Catalogue.objects.select_for_update().get(pk=self.pk)
        for earlier in Catalogue.objects.current():
            earlier.state = self.State.RETIRED
            earlier.save(update_fields=["state"])
        self.state, self.published_at = self.State.PUBLISHED, at
        self.save(update_fields=["state", "published_at"])
