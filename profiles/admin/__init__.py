"""What admins maintain. Django finds this package; each module registers its models."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy

from profiles.admin import (
    contact,
    deployments,
    drafts,
    files,
    joining,
    mail,
    organisations,
    people,
    scales,
    solutions,
    territory,
)
from profiles.admin.rows import suggestions

__all__ = [
    "contact",
    "deployments",
    "drafts",
    "files",
    "joining",
    "mail",
    "organisations",
    "people",
    "scales",
    "solutions",
    "territory",
]

admin.site.site_header = admin.site.site_title = gettext_lazy("GovTech-Marktplatz: Verwaltung")
admin.site.index_title = gettext_lazy("Daten pflegen")
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.autocomplete_view = suggestions  # type: ignore[method-assign]
