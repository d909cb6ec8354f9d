from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from simple_history.admin import SimpleHistoryAdmin

from profiles.models import Standard, TechnologyTag, Topic


class LinesField(SimpleArrayField):
    """An array with a line for each item, which may hold commas; empty lines are none."""

    widget = forms.Textarea

    def __init__(self, base_field: forms.Field, **kwargs: Any) -> None:
        super().__init__(base_field, delimiter="\n", **kwargs)

    def to_python(self, value: str | None) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in (value or "").splitlines()]
        return list(super().to_python("\n".join(filter(None, lines))))


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        field_classes = {"sayings_de": LinesField}

    def clean_parent(self) -> Topic | None:
        parent: Topic | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance.children.exists():
            raise forms.ValidationError(
                gettext("Zu diesem Thema gehören schon Themen. Es gibt nur zwei Ebenen.")
            )
        return parent


@admin.register(Topic)
class TopicAdmin(SimpleHistoryAdmin):
    form = TopicForm
    list_display = ("name", "position", "parent", "key")
    list_editable = ("position",)
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("parent",)
    list_per_page = 200
    search_fields = ("name_de", "name_en", "key", "parent__name_de")
    ordering = (
        Coalesce("parent__position", "position"),
        F("parent").asc(nulls_first=True),
        "position",
        "pk",
    )


@admin.register(Standard)
class StandardAdmin(SimpleHistoryAdmin):
    list_display = ("name", "kind", "category", "is_common")
    list_filter = ("is_common", "kind", "category")
    search_fields = ("name_de", "name_en", "key", "reference")


@admin.register(TechnologyTag)
class TechnologyTagAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "key")
    search_fields = ("name_de", "name_en", "key")
