from django.contrib import admin
from django.http import HttpRequest

from marketplace.feedback.models import Rejection


@admin.register(Rejection)
class RejectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To read: what the ranking should learn from."""

    list_display = ("solution", "reason", "text", "position", "score", "at")
    list_filter = ("reason", "at")
    search_fields = ("solution__title", "text")
    fields = ("solution", "need", "reason", "text", "position", "score", "at")
    list_select_related = ("solution",)
    date_hierarchy = "at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Rejection | None = None) -> bool:
        return False
