from typing import ClassVar, Self

from django.db import models
from django.db.models import CharField, Count, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from profiles.models.bilingual import Named


class Kind(models.TextChoices):
    """What a word of the vocabulary says about a criterion."""

    SUB_PHASE = "sub_phase", _("Unterphase")
    WORKSTREAM = "workstream", _("Arbeitsbereich")
    STAKEHOLDER = "stakeholder", _("Beteiligte")
    SCALING_DRIVER = "scaling_driver", _("Treiber der Skalierung")
    SUB_DRIVER = "sub_driver", _("Einzelner Treiber")
    MECHANISM_CATEGORY = "mechanism_category", _("Gruppe von Maßnahmen")
    MECHANISM = "mechanism", _("Maßnahme")
    OPERATOR_MODEL = "operator_model", _("Betreibermodell")
    GOOD_PRACTICE = "good_practice", _("Gutes Beispiel")
    OPEN_TITLE = "open_title", _("Titel ohne eigenes Kriterium")


class TermQuerySet(models.QuerySet["Term"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def pages(self) -> Self:
        """Operator models and good practices, which have pages of their own."""
        return self.filter(kind__in=Term.WITH_PAGE)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def with_path(self) -> Self:
        """Annotate `path`, by which one term of all kinds can be addressed."""
        return self.annotate(path=Concat("kind", Value("."), "key", output_field=CharField()))

    def with_number_of_criteria(self) -> Self:
        """Annotate how many criteria of the published catalogue name the term."""
        named = Count("criteria", filter=Q(criteria__catalogue__state="published"))
        return self.annotate(number_of_criteria=named)


class Term(Named):
    """One word of the vocabulary, which all versions of the catalogue share."""

    Kind = Kind
    WITH_PAGE = (Kind.OPERATOR_MODEL, Kind.GOOD_PRACTICE)

    kind = models.CharField(_("Art"), max_length=20, choices=Kind)
    key = models.SlugField(_("Schlüssel"), max_length=60)
    group = models.CharField(
        _("Gruppe"),
        max_length=20,
        blank=True,
        help_text=_("Bei Unterphasen die Phase, bei Betreibermodellen die Art des Modells."),
    )
    label = models.CharField(
        _("Schreibweise im Export"),
        max_length=200,
        blank=True,
        help_text=_("So steht der Wert in der Datei, aus der eingelesen wird."),
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    identity = ("kind", "key")
    GROUPS: ClassVar = {
        "basic": _("Grundvarianten"),
        "operator": _("Wer betreibt"),
        "legal-form": _("Rechts- und Organisationsform"),
        "cooperation": _("Form der Zusammenarbeit"),
        "ppp": _("Öffentlich-private Modelle"),
        "delivery": _("Technische Bereitstellung und Geschäftsmodell"),
    }

    objects = TermQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Begriff des Katalogs")
        verbose_name_plural = _("Begriffe des Katalogs")
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="term_key_once_per_kind",
                violation_error_message=_("Diesen Schlüssel gibt es in dieser Art schon."),
            )
        ]

    def get_absolute_url(self) -> str:
        pages = {Kind.OPERATOR_MODEL: "operator_model", Kind.GOOD_PRACTICE: "good_practice"}
        if page := pages.get(Kind(self.kind)):
            return reverse(f"criteria:{page}", args=[self.key])
        return f"{reverse('criteria:list')}?{self.kind}={self.key}"

    @property
    def group_label(self) -> str:
        return str(self.GROUPS.get(self.group, self.group))
