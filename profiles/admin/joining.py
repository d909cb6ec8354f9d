from django.contrib import admin
from django.http import HttpRequest

from profiles.models import Invitation, JoinRequest


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look things up: people invite and decide on the pages of their organisation."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("email", "organisation", "role", "expires_at", "accepted_at", "revoked_at")
    list_select_related = ("organisation",)
    search_fields = ("email", "organisation__name")
    date_hierarchy = "created_at"


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin):
    list_display = ("user", "organisation", "created_at", "outcome", "decided_at", "decided_by")
    list_select_related = ("user", "organisation", "decided_by")
    list_filter = ("outcome",)
    search_fields = ("user__email", "organisation__name")
    date_hierarchy = "created_at"
    view_on_site = False
