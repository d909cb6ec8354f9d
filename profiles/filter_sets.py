"""Filter sets that are made for each request without copying what stays the same."""

from copy import copy
from functools import cache
from typing import Any

import django_filters as filters
from django import forms


class SharedFilters(dict[str, filters.Filter]):
    def __deepcopy__(self, memo: object) -> dict[str, filters.Filter]:
        """Return filters that can belong to a filter set of their own, with the same options."""
        twins = {name: copy(narrowing) for name, narrowing in self.items()}
        for twin in twins.values():
            twin.method = twin.method  # setting it ties the method to the twin
        return twins


class SharedFields(dict[str, forms.Field]):
    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


class QuickFilterSet(filters.FilterSet):
    """A filter set whose fields, choices and form class are made once in a process.

    As they come, a filter set and its form copy each of them twice for a request, which took
    longer than to answer. Nothing may change a field of the form or an option of a filter.
    """

    @classmethod
    def get_filters(cls) -> SharedFilters:
        return SharedFilters(super().get_filters())

    def get_form_class(self) -> type[forms.Form]:
        return _form_class(type(self))  # type: ignore[arg-type]  # a class is hashable


@cache
def _form_class(filterset: type[filters.FilterSet]) -> type[forms.Form]:
    fields = {name: narrowing.field for name, narrowing in filterset().filters.items()}
    form: Any = type(f"{filterset.__name__}Form", (filterset._meta.form,), fields)
    form.base_fields = SharedFields(form.base_fields)
    return form  # type: ignore[no-any-return]
