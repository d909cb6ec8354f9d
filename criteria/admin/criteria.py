from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from criteria.catalogue.importing.entries import TERM_FIELDS
from criteria.models import Catalogue, Criterion, Term


class Lines(forms.Field):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value or ())

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != self.clean(data)


LINES = ("related_unresolved", "guiding_questions_de", "evidence_de", "examples")


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Offers the terms of each kind by themselves; they are kept together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in TERM_FIELDS.items():
            chosen = [term.pk for term in self.instance.terms_of(kind)] if self.instance.pk else []
            self.fields[name].initial = chosen
        if self.instance.pk and "related" in self.fields:
            near: Any = self.fields["related"]
            near.queryset = Criterion.objects.of_catalogue(self.instance.catalogue).exclude(
                pk=self.instance.pk
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [term.pk for name in TERM_FIELDS for term in data.get(name) or ()]
        data["terms"] = Term.objects.filter(pk__in=chosen)
        return data

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        self.instance.terms.set(self.cleaned_data["terms"])


def _term_field(kind: str) -> forms.Field:
    return forms.ModelMultipleChoiceField(
        Term.objects.of_kind(kind).in_order(),
        required=False,
        label=Term.Kind(kind).label,
        widget=forms.CheckboxSelectMultiple,
    )


fields: dict[str, Any] = {name: _term_field(kind) for name, kind in TERM_FIELDS.items()}
for name in LINES:
    label = Criterion._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    fields[name] = Lines(required=False, label=label, help_text=_("Ein Eintrag je Zeile."))
FullForm = type("FullForm", (CriterionForm,), fields)


class GapFilter(admin.SimpleListFilter):
    title = _("Lücken der Quelle")
    parameter_name = "gaps"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("yes", _("mit Lücken"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Criterion]) -> Any:
        gaps = Criterion.objects.with_gaps().values("pk")
        return queryset.filter(pk__in=gaps) if self.value() else queryset


@admin.register(Criterion)
class CriterionAdmin(SimpleHistoryAdmin):
    """Drafts can be edited; on a released version assessments rest."""

    form = FullForm
    exclude = ("terms",)
    filter_horizontal = ("related",)
    list_display = ("number", "title_de", "catalogue", "phase", "title_source", "source_truncated")
    list_display_links = ("number", "title_de")
    list_filter = ("catalogue", "phase", GapFilter)
    list_select_related = ("catalogue",)
    list_per_page = 200
    search_fields = ("title_de", "title_en", "key")
    ordering = ("-catalogue__number", "number")

    def has_change_permission(self, request: HttpRequest, obj: Criterion | None = None) -> bool:
        return super().has_change_permission(request, obj) and _is_open(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Criterion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_open(obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Rows are deleted one by one, where the version can be looked at."""
        return {}

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "catalogue":
            kwargs["queryset"] = Catalogue.objects.drafts()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _is_open(criterion: Criterion | None) -> bool:
    return criterion is None or criterion.catalogue.is_draft
