from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from profiles.admin.rows import ReadOnlyAdmin, StackOfRows
from profiles.models import Deployment
from profiles.organisations.forms import OwnForm

DECIDED_ON_PAGES = (
    *("mail_confirmed_at", "declined_at", "decline_reason"),
    *("contact_consent_at", "contact_consent_by"),
)


class DeploymentForm(OwnForm):
    set_by_page = frozenset(DECIDED_ON_PAGES)  # a confirmation that contradicts them is refused


def last_answer(deployment: Deployment) -> str:
    """What was said last, by which person or address, and when."""
    answers = list(deployment.answers.all()[:1]) if deployment.pk else []
    if not answers:
        return "–"
    by = answers[0].by or answers[0].address or gettext("unbekannt")
    day = date_format(timezone.localtime(answers[0].at), "SHORT_DATETIME_FORMAT")
    return f"{answers[0].get_kind_display()}, {by}, {day}"


class DeploymentRows(StackOfRows):
    """An admin enters references that are known otherwise; answers come from the municipality."""

    model = Deployment
    form = DeploymentForm
    autocomplete_fields = ("municipality",)
    view_on_site = False  # the page is for those whom it concerns
    fields = (
        ("municipality", "phase", "since"),
        "result",
        ("confirmed_at", "mail_confirmed_at", "last_answer"),
        ("declined_at", "decline_reason"),
        ("contact_consent_at", "contact_consent_by"),
    )
    readonly_fields = (*DECIDED_ON_PAGES, "last_answer")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deployment]:
        rows: QuerySet[Deployment] = super().get_queryset(request)
        rows = rows.select_related("municipality", "solution", "contact_consent_by")
        return rows.prefetch_related("answers__by")

    @admin.display(description=gettext_lazy("letzte Antwort"))
    def last_answer(self, deployment: Deployment) -> str:
        return last_answer(deployment)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("Stand")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in Deployment.State.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case Deployment.State.WAITING:
                return queryset.waiting()
            case Deployment.State.TO_CHECK:
                return queryset.to_check()
            case Deployment.State.CONFIRMED:
                return queryset.confirmed()
            case Deployment.State.DECLINED:
                return queryset.exclude(declined_at=None)
        return queryset


@admin.register(Deployment)
class DeploymentAdmin(ReadOnlyAdmin):
    """Who confirmed what and when; entries are corrected at their solution."""

    list_display = ("solution", "municipality", "state", "confirmed_at", "last_answer")
    list_filter = (StateFilter, ("contact_consent_at", admin.EmptyFieldListFilter), "phase")
    list_select_related = ("solution", "municipality")
    search_fields = ("solution__title", "municipality__name", "municipality__ags")
    view_on_site = False
    fields = (
        *("solution", "municipality", "phase", "since", "result"),
        *("state", "confirmed_at", *DECIDED_ON_PAGES, "last_answer"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deployment]:
        rows: QuerySet[Deployment] = super().get_queryset(request)
        rows = rows.select_related("solution", "municipality", "contact_consent_by")
        return rows.prefetch_related("answers__by")

    @admin.display(description=gettext_lazy("Stand"))
    def state(self, deployment: Deployment) -> str:
        return str(deployment.state.label)

    @admin.display(description=gettext_lazy("letzte Antwort"))
    def last_answer(self, deployment: Deployment) -> str:
        return last_answer(deployment)
