from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from profiles.models import MessageReport


@admin.register(MessageReport)
class MessageReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What people reported, to be looked at; the message itself stays as it is."""

    list_display = ("message", "by", "at", "settled_at", "is_upheld")
    list_filter = (("settled_at", admin.EmptyFieldListFilter), "is_upheld")
    list_select_related = ("message", "by")
    search_fields = ("message__text", "reason")
    date_hierarchy = "at"
    fields = ("sender", "message_text", "reason", "by", "at", "settled_at", "is_upheld")
    readonly_fields = ("sender", "message_text", "reason", "by", "at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=gettext_lazy("Absender"))
    def sender(self, report: MessageReport) -> str:
        return f"{report.message.organisation}: {report.message.author or '–'}"

    @admin.display(description=gettext_lazy("Nachricht"))
    def message_text(self, report: MessageReport) -> str:
        return report.message.text
