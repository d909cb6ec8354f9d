from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from challenges.procurement.models import EuThreshold, Procedure, ProcurementRule


@admin.register(EuThreshold)
class EuThresholdAdmin(SimpleHistoryAdmin):
    list_display = ("valid_from", "valid_to", "sub_central_eur", "regulation", "confidence")


@admin.register(Procedure)
class ProcedureAdmin(SimpleHistoryAdmin):
    list_display = ("name", "regime", "legal_basis", "position")
    list_filter = ("regime",)
    search_fields = ("name_de", "name_en", "key", "legal_basis")


@admin.register(ProcurementRule)
class ProcurementRuleAdmin(SimpleHistoryAdmin):
    list_display = (
        "key",
        "state",
        "procedure",
        "kind",
        "limit_eur",
        "valid_from",
        "valid_to",
        "as_of",
        "confidence",
        "status",
    )
    list_filter = ("status", "confidence", "buyer_level", "state", "procedure")
    list_select_related = ("state", "procedure")
    search_fields = ("key", "legal_basis", "source", "note")
