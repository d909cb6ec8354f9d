from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from profiles.admin.rows import ReadOnlyAdmin
from profiles.models import Solution, SolutionDraft

FIELDS = Solution._meta.get_fields()


@admin.register(SolutionDraft)
class SolutionDraftAdmin(ReadOnlyAdmin):
    """What is written, handed in and decided; publishing goes through the page that checks."""

    list_display = ("title", "provider", "state", "edited_at", "submitted_at", "decided_by")
    list_filter = ("state", ("solution", admin.EmptyFieldListFilter))
    list_select_related = ("provider__organisation", "decided_by")
    search_fields = ("data__title", "provider__organisation__name", "reason")
    date_hierarchy = "edited_at"
    fields = (
        *("title", "provider", "solution", "state", "decision", "reason", "version"),
        *("edited_by", "edited_at", "submitted_at", "decided_by", "decided_at", "content"),
    )
    view_on_site = False  # the page of a draft is its authors'

    def get_queryset(self, request: HttpRequest) -> QuerySet[SolutionDraft]:
        drafts: QuerySet[SolutionDraft] = super().get_queryset(request)
        return drafts.select_related("provider__organisation", "edited_by", "decided_by")

    @admin.display(description=gettext_lazy("Titel"))
    def title(self, draft: SolutionDraft) -> str:
        return draft.title

    @admin.display(description=gettext_lazy("Prüfung"))
    def decision(self, draft: SolutionDraft) -> str | SafeString:
        if not draft.is_submitted:
            return "–"
        text = gettext("Ansehen und entscheiden")
        return format_html('<a href="{}">{}</a>', reverse("keeping:check", args=[draft.pk]), text)

    @admin.display(description=gettext_lazy("Angaben"))
    def content(self, draft: SolutionDraft) -> SafeString:
        """What is filled in, under the names that the fields of a solution have."""
        names = {field.name: getattr(field, "verbose_name", "") for field in FIELDS}
        said = [(names.get(key) or key, value) for key, value in draft.data.items() if value]
        return format_html_join("", "<p><strong>{}</strong>: {}</p>", said)
