"""Rows of other rows in the admin: chosen by typing, shown without a query for each row."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model, URLField
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse

from profiles.models import Municipality

HTTPS_ASSUMED: dict[Any, dict[str, Any]] = {
    URLField: {"assume_scheme": "https"}
}  # where an address is typed without one


def label(thing: Model) -> str:
    """Return the name to choose by; many places share theirs, so the key stands beside it."""
    return f"{thing} ({thing.ags})" if isinstance(thing, Municipality) else str(thing)


class Suggestions(AutocompleteJsonView):
    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer what is typed; in place of the site's own view, which knows names alone."""
    view: Any = Suggestions.as_view(admin_site=admin.site)
    response: HttpResponse = view(request)
    return response


class Choice(AutocompleteSelect):
    """Takes the labels of what is chosen from `labels`, and asks only for others."""

    labels: Mapping[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        chosen = [str(key) for key in value if key]
        if not self.labels.keys() >= set(chosen):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for key in chosen:
            options.append(self.create_option(name, key, self.labels[key], True, len(options)))
        return [(None, options, 0)]


class Rows(InlineModelAdmin):  # type: ignore[type-arg]
    """Rows within the page of another row; what they refer to is read once for all of them."""

    extra = 0
    formfield_overrides = HTTPS_ASSUMED

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = widget = Choice(db_field, self.admin_site)
            widget.labels = self._labels(db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _labels(self, field: "ForeignKey[Any]", request: HttpRequest) -> dict[str, str]:
        match = request.resolver_match
        parent = match and match.kwargs.get("object_id")
        links = [f for f in self.model._meta.fields if f.related_model is self.parent_model]
        if not (parent and links):
            return {}
        rows = self.model._default_manager.filter(**{links[0].name: unquote(parent)})
        related = field.related_model._default_manager.filter(pk__in=rows.values(field.attname))
        return {str(thing.pk): label(thing) for thing in related}


class TableOfRows(Rows, admin.TabularInline):  # type: ignore[type-arg]
    pass


class StackOfRows(Rows, admin.StackedInline):  # type: ignore[type-arg]
    pass


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look things up: what happens to them happens on the pages of the market, by its rules."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
