from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from profiles.admin.deployments import DeploymentRows
from profiles.admin.rows import HTTPS_ASSUMED, StackOfRows
from profiles.admin.slugs import SlugForm
from profiles.models import Hosting, OperatorModel, Solution, StandardClaim


class ClaimRows(StackOfRows):
    model = StandardClaim
    autocomplete_fields = ("standard", "verified_by")
    fields = (
        ("standard", "status"),
        ("version_or_level", "scope"),
        ("issuer", "certificate_no", "evidence_url"),
        ("valid_from", "valid_until"),
        ("verified_by", "verified_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[StandardClaim]:
        return super().get_queryset(request).select_related("standard", "verified_by")


class SolutionForm(SlugForm):
    made_from = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("hosting", Hosting.choices),
            ("operator_models", OperatorModel.choices),
            ("languages", Solution.Language.choices),
        ):
            if name in self.fields:
                self.fields[name] = _any_of(self.fields[name], choices)


def _any_of(field: forms.Field, choices: Sequence[Any]) -> forms.MultipleChoiceField:
    """Return boxes to tick in place of a list to type."""
    return forms.MultipleChoiceField(
        label=field.label,
        required=field.required,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(Solution)
class SolutionAdmin(SimpleHistoryAdmin):
    formfield_overrides = HTTPS_ASSUMED
    form = SolutionForm
    list_display = ("title", "provider", "phase", "published_at", "updated_at", "public_page")
    list_filter = (
        ("published_at", admin.EmptyFieldListFilter),
        "phase",
        ("topics__parent", admin.RelatedOnlyFieldListFilter),
        "offering_type",
        "licence",
        "seeks_pilot",
        "provider__kind",
        "regions",
    )
    list_select_related = ("provider__organisation",)
    search_fields = ("title", "tagline", "provider__organisation__name")
    date_hierarchy = "published_at"
    autocomplete_fields = ("provider", "topics", "technology_tags", "regions")
    readonly_fields = ("public_page", "updated_at")
    inlines = (ClaimRows, DeploymentRows)
    view_on_site = False  # the field does it, without a detour

    @admin.display(description=gettext_lazy("öffentliche Seite"))
    def public_page(self, solution: Solution) -> str | SafeString:
        if not solution.slug:
            return "–"
        text = gettext("Auf der Seite ansehen") if solution.published_at else gettext("Vorschau")
        return format_html('<a href="{}">{}</a>', solution.get_absolute_url(), text)
