from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from profiles.admin.rows import ReadOnlyAdmin
from profiles.models import StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    """What lies in the storage, and whose it is; to delete what must not be there.

    The content stays behind the rule of its page: who may not see a file there reads its name
    and size here, and no more.
    """

    list_display = ("name", "kind", "organisation", "size_shown", "is_public", "uploaded_at")
    list_filter = ("kind", "is_public", "content_type")
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation__name", "sha256")
    date_hierarchy = "uploaded_at"
    fields = (
        *("name", "kind", "organisation", "format_shown", "size_shown", "sha256", "is_public"),
        *("uploaded_by", "uploaded_at", "page"),
    )
    view_on_site = False

    @admin.display(description=gettext_lazy("Größe"), ordering="size")
    def size_shown(self, file: StoredFile) -> str:
        return filesizeformat(file.size)

    @admin.display(description=gettext_lazy("Format"))
    def format_shown(self, file: StoredFile) -> str:
        return file.format_label

    @admin.display(description=gettext_lazy("Inhalt"))
    def page(self, file: StoredFile) -> str | SafeString:
        if not file.is_public and file.kind != StoredFile.Kind.EVIDENCE:
            return gettext("sieht nur die Organisation")
        return format_html('<a href="{}">{}</a>', file.get_absolute_url(), gettext("Ansehen"))
