from django.contrib import admin

from profiles.admin.rows import ReadOnlyAdmin
from profiles.models import Invitation, JoinRequest


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
