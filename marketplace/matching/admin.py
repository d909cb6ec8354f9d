from dataclasses import fields

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from marketplace.matching import tasks
from marketplace.matching.weights import Mix, Weights

PARTS = tuple(field.name for field in fields(Mix))


@admin.register(Weights)
class WeightsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Sets are added and measured, never changed: what was in force can be looked up."""

    list_display = ("__str__", "created_at", "measured", "is_active", "activated_at")
    fields = ("reason", *PARTS, "measured", "is_active", "activated_at")
    readonly_fields = ("measured", "is_active", "activated_at")
    actions = ("measure", "activate")

    def has_change_permission(self, request: HttpRequest, obj: Weights | None = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Weights | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("Messwerte"))
    def measured(self, weights: Weights) -> str:
        return ", ".join(f"{name} {value}" for name, value in weights.figures.items()) or "–"

    @admin.action(description=gettext_lazy("Messen"), permissions=["add"])
    def measure(self, request: HttpRequest, queryset: QuerySet[Weights]) -> None:
        for weights in queryset:
            tasks.measure_weights.delay(weights.pk)
        text = gettext("Die Messung läuft; die Messwerte stehen danach in dieser Liste.")
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description=gettext_lazy("In Kraft setzen"), permissions=["add"])
    def activate(self, request: HttpRequest, queryset: QuerySet[Weights]) -> None:
        measured = queryset.exclude(measured_at=None)
        if queryset.count() != 1 or not (weights := measured.first()):
            text = gettext("Wählen Sie genau einen Satz, der gemessen ist.")
            self.message_user(request, text, messages.ERROR)
            return
        weights.activate(at=timezone.now())
        tasks.match_all.delay()
        self.message_user(request, gettext("Die Gewichte sind in Kraft."), messages.SUCCESS)
