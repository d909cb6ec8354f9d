from django.contrib import admin

from challenges.models import Need
from challenges.procurement.admin import EuThresholdAdmin, ProcedureAdmin, ProcurementRuleAdmin

__all__ = ["EuThresholdAdmin", "NeedAdmin", "ProcedureAdmin", "ProcurementRuleAdmin"]


@admin.register(Need)
class NeedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "organisation", "state", "visibility", "due_on"]
    list_filter = ["state", "visibility"]
    list_select_related = ["organisation"]
    search_fields = ["title", "problem"]
    autocomplete_fields = ["organisation", "topics", "standards", "wished_standards"]
    raw_id_fields = ["owner", "served_by"]
    readonly_fields = ["version"]
