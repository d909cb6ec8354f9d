from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import localized

# HVBIT (Hesse) gives a public body six weeks to answer before the enforcement body may be called.
ANSWER_WITHIN = timedelta(weeks=6)


class Page(models.Model):
    """A text that the operator edits: legal notice, privacy, accessibility statement."""

    slug = models.SlugField(_("Adresse der Seite"), unique=True)
    title_de = models.CharField(_("Titel (deutsch)"), max_length=120)
    title_en = models.CharField(_("Titel (englisch)"), max_length=120, blank=True)
    body_de = models.TextField(_("Text (deutsch)"), help_text=_("Markdown, ohne HTML"))
    body_en = models.TextField(_("Text (englisch)"), blank=True, help_text=_("Markdown, ohne HTML"))
    as_of = models.DateField(_("Stand"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def body(self) -> str:
        return localized(self, "body")


class AccessibilityReport(models.Model):
    """A barrier that somebody met and reported; answered within six weeks."""

    url = models.CharField(_("Adresse der Seite"), max_length=500, blank=True)
    message = models.TextField(_("Was hat Sie gehindert?"))
    email = models.EmailField(_("E-Mail-Adresse für die Antwort"), blank=True)
    created_at = models.DateTimeField(_("eingegangen am"), auto_now_add=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    class Meta:
        verbose_name = _("gemeldete Barriere")
        verbose_name_plural = _("gemeldete Barrieren")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.message[:60]

    @property
    def due_at(self) -> datetime:
        return self.created_at + ANSWER_WITHIN
