"""Assessments for support: what there is, and when it changed. Nobody rates for others."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from criteria.assessments.models import Assessment, AssessmentQuerySet
from criteria.assessments.ratings import Rating
from criteria.assessments.sharing import Letterhead, ShareLink
from profiles.admin.rows import TableOfRows


class LookedAt(admin.options.BaseModelAdmin):  # type: ignore[type-arg]
    """For looking alone: no row is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Ratings(LookedAt, TableOfRows):
    """The values; notes and evidence belong to the organisation."""

    model = Rating
    fields = readonly_fields = ("criterion", "value", "due_on", "is_to_review", "version")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rating]:
        return (
            super()
            .get_queryset(request)
            .select_related("criterion")
            .order_by("criterion__number", "pk")
        )


class Links(LookedAt, TableOfRows):
    """Without the address: who has it reads the report."""

    model = ShareLink
    fields = readonly_fields = ("created_by", "created_at", "expires_at", "revoked_at")


@admin.register(Assessment)
class AssessmentAdmin(LookedAt, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "organisation", "phase", "figure", "is_public", "created_at")
    list_filter = ("phase", "is_public", "is_shared_with_agency", "catalogue")
    list_select_related = ("organisation",)
    search_fields = ("title", "organisation__name", "solution__title")
    fields = (
        "organisation",
        "title",
        "solution",
        "catalogue",
        "phase",
        "figure",
        "is_shared_with_agency",
        "is_public",
        "created_by",
        "created_at",
    )
    inlines = (Ratings, Links)

    def get_queryset(self, request: HttpRequest) -> AssessmentQuerySet:
        return Assessment.objects.with_readiness().newest_first()

    @admin.display(description=_("Reifegrad"))
    def figure(self, assessment: Assessment) -> str:
        return assessment.readiness.label


@admin.register(Letterhead)
class LetterheadAdmin(LookedAt, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("organisation", "head", "address", "accent")
    list_select_related = ("organisation",)
    search_fields = ("head", "organisation__name")
    fields = ("organisation", "head", "address", "accent", "foot")
