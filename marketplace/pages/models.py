import re
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from marketplace.pages import markdown
from profiles.models.bilingual import localized

GAP = re.compile(r"\[(?:Bitte ergänzen|To be completed): ([^\]]+)\]")

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

    @property
    def body_html(self) -> SafeString:
        return markdown.render(self.body)

    @property
    def language(self) -> str:
        """The language that the text is in: German where there is no English one."""
        wanted = (get_language() or "de")[:2]
        return wanted if wanted == "de" or self.body_en else "de"

    @property
    def gaps(self) -> list[str]:
        """What only the operator can know and has not filled in yet, in both languages."""
        return GAP.findall(f"{self.body_de}\n{self.body_en}")


class AccessibilityReportQuerySet(models.QuerySet["AccessibilityReport"]):
    def open(self) -> Self:
        return self.filter(answered_at=None)

    def overdue(self, *, at: datetime) -> Self:
        """Not answered although the six weeks are over."""
        return self.open().filter(created_at__lt=at - ANSWER_WITHIN)


class AccessibilityReport(models.Model):
    """A barrier that somebody met and reported; answered within six weeks."""

    url = models.CharField(_("Adresse der Seite"), max_length=500, blank=True)
    message = models.TextField(_("Was hat Sie gehindert?"))
    email = models.EmailField(_("E-Mail-Adresse für die Antwort"), blank=True)
    created_at = models.DateTimeField(_("eingegangen am"), auto_now_add=True)
    answered_at = models.DateTimeField(_("beantwortet am"), null=True, blank=True)

    objects = AccessibilityReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemeldete Barriere")
        verbose_name_plural = _("gemeldete Barrieren")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.message[:60]

    @property
    def due_at(self) -> datetime:
        return self.created_at + ANSWER_WITHIN

    def is_overdue(self, *, at: datetime) -> bool:
        return self.answered_at is None and self.due_at < at
