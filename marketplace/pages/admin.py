from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext
from simple_history.admin import SimpleHistoryAdmin

from marketplace.pages.forms import own_path
from marketplace.pages.models import AccessibilityReport, AccessibilityReportQuerySet, Page


@admin.register(Page)
class PageAdmin(SimpleHistoryAdmin):
    list_display = ("title", "slug", "as_of", "missing")
    search_fields = ("title_de", "title_en", "body_de", "body_en")
    fields = ("gaps_to_fill", "slug", "as_of", "title_de", "body_de", "title_en", "body_en")
    readonly_fields = ("gaps_to_fill",)

    @admin.display(description=gettext_lazy("noch zu ergänzen"))
    def missing(self, page: Page) -> str:
        return str(len(page.gaps) or "–")

    @admin.display(description=gettext_lazy("noch zu ergänzen"))
    def gaps_to_fill(self, page: Page) -> str:
        return "; ".join(page.gaps) or "–"


class AnswerFilter(admin.SimpleListFilter):
    title = gettext_lazy("Antwort")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [
            ("open", gettext("offen")),
            ("overdue", gettext("überfällig")),
            ("answered", gettext("beantwortet")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[AccessibilityReport]
    ) -> QuerySet[AccessibilityReport]:
        reports: AccessibilityReportQuerySet = queryset  # type: ignore[assignment]
        match self.value():
            case "open":
                return reports.open()
            case "overdue":
                return reports.overdue(at=timezone.now())
            case "answered":
                return reports.exclude(answered_at=None)
        return reports


@admin.register(AccessibilityReport)
class AccessibilityReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("message_start", "where", "email", "created_at", "due", "answered_at")
    list_filter = (AnswerFilter,)
    date_hierarchy = "created_at"
    search_fields = ("message", "url", "email")
    readonly_fields = ("where", "message", "email", "created_at", "due")
    fields = (*readonly_fields, "answered_at")
    actions = ("mark_answered",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come from the public form alone."""
        return False

    @admin.display(description=gettext_lazy("Meldung"))
    def message_start(self, report: AccessibilityReport) -> str:
        return str(report)

    @admin.display(description=gettext_lazy("Seite"))
    def where(self, report: AccessibilityReport) -> str | SafeString:
        if own_path(report.url):
            return format_html('<a href="{0}">{0}</a>', report.url)
        return report.url or "–"

    @admin.display(description=gettext_lazy("Antwort bis"), ordering="created_at")
    def due(self, report: AccessibilityReport) -> str | SafeString:
        day = date_format(timezone.localtime(report.due_at), "SHORT_DATE_FORMAT")
        if report.is_overdue(at=timezone.now()):
            return format_html("<strong>{} ({})</strong>", day, gettext("überfällig"))
        return day

    @admin.action(description=gettext_lazy("Als beantwortet vermerken"), permissions=["change"])
    def mark_answered(self, request: HttpRequest, queryset: AccessibilityReportQuerySet) -> None:
        count = queryset.open().update(answered_at=timezone.now())
        text = ngettext("%d Meldung ist beantwortet.", "%d Meldungen sind beantwortet.", count)
        self.message_user(request, text % count, messages.SUCCESS)
