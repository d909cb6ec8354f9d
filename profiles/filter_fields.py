"""The kinds of filters that the filter sets are made of."""

from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from profiles.models import Municipality
from profiles.models.territory import MunicipalityQuerySet
from profiles.prepared import Prepared


class MunicipalityField(forms.CharField):
    """One municipality in force, by AGS or by name."""

    def clean(self, value: Any) -> Municipality | None:
        text = super().clean(value)
        if not text:
            return None
        places = self._found(text)
        if len(places) == 1:
            return places[0]
        if places:
            message = gettext("Mehrere Kommunen heißen so. Bitte wählen Sie eine aus.")
        else:
            message = gettext("Wir kennen keine Kommune mit diesem Namen. Stimmt die Schreibweise?")
        raise forms.ValidationError(message, code="ambiguous" if places else "unknown")

    def _found(self, text: str) -> list[Municipality]:
        if text.isdigit():
            return _with_key(timezone.localdate())(text=text)
        return list(self.places(text)[:2])

    @staticmethod
    def places(text: str) -> QuerySet[Municipality]:
        return _in_force(timezone.localdate()).named(text)


@lru_cache(maxsize=2)
def _in_force(on: date) -> MunicipalityQuerySet:
    """Put the query together once a day: that takes longer than to run it."""
    return Municipality.objects.in_force(on=on).select_related("state").by_name()


@lru_cache(maxsize=2)
def _with_key(on: date) -> Prepared[Municipality]:
    return Prepared(_in_force(on).named, text="00000000")


class MunicipalityFilter(filters.Filter):
    field_class = MunicipalityField


class Rows(filters.ModelMultipleChoiceFilter):
    """Any of several rows, each named by its key; narrows by a method of the filter set."""

    def __init__(self, model: type[Model], key: str, **options: Any) -> None:
        options.setdefault("queryset", model._default_manager.all())
        super().__init__(to_field_name=key, **options)


class Choices(filters.MultipleChoiceFilter):
    """Any of several choices of one column."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class TermChoices(filters.MultipleChoiceFilter):
    """Any of several terms of the kind that the filter is named for."""

    def filter(self, qs: Any, value: list[str]) -> Any:
        return qs.having(self.field_name, value) if value else qs


class YesOrNoField(forms.NullBooleanField):
    """Yes or no; what is neither is an error rather than "unknown", which would filter nothing."""

    widget = forms.TextInput
    words: ClassVar = {"true": True, "1": True, "false": False, "0": False, "": None}

    def to_python(self, value: Any) -> bool | None:  # type: ignore[override]
        word = (value or "").strip().lower()
        if word not in self.words:
            raise forms.ValidationError(gettext("Bitte „true“ oder „false“ angeben."), "invalid")
        return self.words[word]


class YesOrNo(filters.BooleanFilter):
    field_class = YesOrNoField
