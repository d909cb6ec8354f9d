from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from profiles.models import Municipality, SizeClass, State


@admin.register(State)
class StateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "ags_prefix", "nuts1")
    search_fields = ("name_de", "name_en", "code")


@admin.register(SizeClass)
class SizeClassAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "min_population", "max_population", "source", "as_of")
    search_fields = ("name_de", "key")


class ValidityFilter(admin.SimpleListFilter):
    title = gettext_lazy("Gültigkeit")
    parameter_name = "valid"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", gettext("heute gültig")), ("no", gettext("beendet oder künftig"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        in_force = Municipality.objects.in_force(on=timezone.localdate())
        match self.value():
            case "yes":
                return queryset.filter(pk__in=in_force)
            case "no":
                return queryset.exclude(pk__in=in_force)
        return queryset


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "ags", "kind", "state", "population", "valid_until", "successor")
    list_filter = (ValidityFilter, "kind", "state")
    list_select_related = ("state", "successor")
    search_fields = ("name", "^ags")
    autocomplete_fields = ("state", "successor")
