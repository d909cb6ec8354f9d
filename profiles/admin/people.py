from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from profiles.admin.rows import TableOfRows
from profiles.models import Membership, Organisation, User


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        labels = {
            "organisation": gettext_lazy("Organisation"),
            "user": gettext_lazy("Person"),
        }


class MembershipRows(TableOfRows):
    model = Membership
    form = MembershipForm
    autocomplete_fields = ("user", "organisation")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user", "organisation")


class UserForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email",)
        field_classes: dict[str, type[forms.Field]] = {}


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    add_form = UserForm
    list_display = ("email", "first_name", "last_name", "is_active", "is_staff", "last_login")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    inlines = (MembershipRows,)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the organisations that would lose their last owner: these protect a person."""
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        alone = Organisation.objects.solely_owned_by(objs)
        return deleted, counts, perms, [*protected, *map(str, alone)]

    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("email", "password", "first_name", "last_name")}),
        (
            gettext_lazy("Rechte"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (gettext_lazy("Zeiten"), {"fields": ("last_login", "date_joined")}),
    )
