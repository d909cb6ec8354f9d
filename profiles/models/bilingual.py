from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def localized(instance: models.Model, field: str) -> str:
    """Return `field` in the active language; German where the English text is missing."""
    return str(getattr(instance, f"{field}_{language_of(instance, field)}"))


def language_of(instance: models.Model, field: str) -> str:
    """Return the language that `localized` answers in, for the page to say so (WCAG 3.1.2)."""
    is_english = (get_language() or "de").startswith("en") and getattr(instance, f"{field}_en")
    return "en" if is_english else "de"


class GermanSortKey(models.Func):
    """Fold a text for German dictionary order (DIN 5007-1): ä as a, ß as ss, no case.

    PostgreSQL's builtin collation sorts Ä behind Z; this SQL function is immutable, so that
    a generated column can hold its value.
    """

    function = "german_sort_key"
    output_field = models.TextField()


def sort_key(field: str) -> models.GeneratedField:
    """Return the generated column by which rows are listed in German order."""
    return models.GeneratedField(
        expression=GermanSortKey(models.F(field)),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )


class Named(models.Model):
    """Reference data with a stable key and a name in both languages."""

    key = models.SlugField(_("Schlüssel"), max_length=60, unique=True)
    name_de = models.CharField(_("Name (deutsch)"), max_length=200)
    name_en = models.CharField(_("Name (englisch)"), max_length=200, blank=True)

    identity: ClassVar[Sequence[str]] = ("key",)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return localized(self, "name")
