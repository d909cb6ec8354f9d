from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from profiles.admin.people import MembershipRows
from profiles.admin.rows import HTTPS_ASSUMED, StackOfRows
from profiles.admin.slugs import SlugForm
from profiles.models import Organisation, Provider


class ProviderRow(StackOfRows):
    model = Provider
    autocomplete_fields = ("state",)


class VerificationFilter(admin.SimpleListFilter):
    title = gettext_lazy("Prüfung")
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("waiting", gettext("wartet")),
            ("verified", gettext("geprüft")),
            ("declined", gettext("abgelehnt")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "waiting":
                return queryset.waiting()
            case "verified":
                return queryset.verified()
            case "declined":
                return queryset.exclude(declined_at=None)
        return queryset


@admin.register(Organisation)
class OrganisationAdmin(SimpleHistoryAdmin):
    form = SlugForm
    formfield_overrides = HTTPS_ASSUMED
    list_display = ("name", "kind", "municipality", "state", "verified_at")
    list_filter = (VerificationFilter, "kind", "intermediary_kind", "state")
    list_select_related = ("municipality", "state")
    search_fields = ("name", "slug", "mail_domain")
    autocomplete_fields = ("municipality", "state", "verified_by")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Sequence[Any]:
        """Offer the public profile to those that have one."""
        is_provider = obj is not None and obj.kind == Organisation.Kind.PROVIDER
        return (ProviderRow, MembershipRows) if is_provider else (MembershipRows,)


@admin.register(Provider)
class ProviderAdmin(SimpleHistoryAdmin):
    list_display = ("organisation", "kind", "city", "state", "solution_count")
    list_filter = ("kind", "employees_range", "state")
    list_select_related = ("organisation", "state")
    search_fields = ("organisation__name", "city")
    autocomplete_fields = ("organisation", "state")
    ordering = ("organisation__sort_name", "pk")  # said again, since counting drops the model's
    view_on_site = False  # a provider without a published solution has no page

    def get_queryset(self, request: HttpRequest) -> QuerySet[Provider]:
        providers: QuerySet[Provider] = super().get_queryset(request)
        return providers.select_related("organisation", "state").annotate(
            solution_count=Count("solutions")
        )

    @admin.display(description=gettext_lazy("Lösungen"), ordering="solution_count")
    def solution_count(self, provider: Any) -> int:
        return int(provider.solution_count)
