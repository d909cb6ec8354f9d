from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from simple_history.admin import SimpleHistoryAdmin

from criteria.admin.uploads import Upload, UploadForm
from criteria.catalogue.importing import exporting
from criteria.catalogue.importing.applying import make_draft
from criteria.catalogue.importing.differences import differences
from criteria.catalogue.importing.entries import entries_of
from criteria.catalogue.importing.problems import UnreadableError
from criteria.catalogue.importing.run import Import
from criteria.models import Catalogue
from profiles.tables import XLSX


@admin.register(Catalogue)
class CatalogueAdmin(SimpleHistoryAdmin):
    """Versions come from imports and copies; a draft is compared, edited and published."""

    change_list_template = "admin/criteria/catalogue/list.html"
    change_form_template = "admin/criteria/catalogue/form.html"
    list_display = ("number", "title", "state", "source", "imported_at", "published_at")
    fields = ("number", "title", "state", "source", "note", "imported_at", "published_at")
    readonly_fields = ("number", "state", "imported_at", "published_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Catalogue | None = None) -> bool:
        """Drafts alone: assessments rest upon the others."""
        is_draft = obj is not None and obj.is_draft
        return super().has_delete_permission(request, obj) and is_draft

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("import/", self.read_file, "import"),
            ("import/apply/", require_POST(self.apply_file), "apply"),
            ("<int:pk>/compare/", require_safe(self.compare), "compare"),
            ("<int:pk>/publish/", require_POST(self.publish), "publish"),
            ("<int:pk>/copy/", require_POST(self.copy), "copy"),
            ("<int:pk>/export/<str:ending>/", require_safe(self.export), "export"),
        ]
        own = [
            path(address, self.admin_site.admin_view(view), name=f"criteria_catalogue_{name}")
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def read_file(self, request: HttpRequest) -> HttpResponse:
        """Step 1: take a file and show what it would change. Nothing is kept."""
        form = UploadForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {"form": form, "title": gettext("Katalog einlesen")}
        if self._may_write(request) and form.is_valid():
            upload = form.upload
            try:
                context["found"] = Import.of(upload.name, upload.content, at=timezone.now())
                context["signed"] = upload.signed
            except UnreadableError as error:
                context["problems"] = error.problems
        return self._page(request, "import", context)

    def apply_file(self, request: HttpRequest) -> HttpResponse:
        """Step 2: make the draft of what was shown."""
        self._may_write(request)
        upload = Upload.from_signed(request.POST.get("signed", ""))
        if upload is None:
            messages.error(request, gettext("Bitte laden Sie die Datei noch einmal hoch."))
            return redirect("admin:criteria_catalogue_import")
        now = timezone.now()
        draft = Import.of(upload.name, upload.content, at=now).apply(at=now)
        if draft is None:
            messages.info(request, gettext("Die Datei ändert nichts."))
            return redirect("admin:criteria_catalogue_changelist")
        self.log_addition(request, draft, f"Import: {upload.name}")
        messages.success(request, gettext("Der Entwurf ist angelegt."))
        return redirect("admin:criteria_catalogue_compare", draft.pk)

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        catalogue = self._one(request, pk)
        before, after = entries_of(catalogue.based_on), entries_of(catalogue)
        found = differences(before, after)
        title = gettext("Was sich ändert")
        return self._page(
            request, "compare", {"catalogue": catalogue, "differences": found, "title": title}
        )

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._may_write(request)
        draft = get_object_or_404(Catalogue.objects.drafts(), pk=pk)
        if draft.criteria.without_title().exists():
            text = gettext("Geben Sie zuerst jedem Kriterium einen Titel, auch seine Herkunft.")
            messages.error(request, text)
            return redirect("admin:criteria_catalogue_compare", pk)
        draft.publish(at=timezone.now())
        self.log_change(request, draft, "publish")
        messages.success(request, gettext("Diese Fassung gilt jetzt."))
        return redirect("admin:criteria_catalogue_changelist")

    def copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._may_write(request)
        original = self._one(request, pk)
        draft = make_draft(
            entries_of(original), at=timezone.now(), source=original.source, based_on=original
        )
        self.log_addition(request, draft, f"Copy: {original.number}")
        messages.success(request, gettext("Der Entwurf ist angelegt."))
        return redirect("admin:criteria_catalogue_change", draft.pk)

    def export(self, request: HttpRequest, pk: int, ending: str) -> HttpResponse:
        catalogue = self._one(request, pk)
        entries = entries_of(catalogue)
        content: str | bytes
        if ending == "json":
            content, kind = exporting.as_json_file(catalogue, entries), "application/json"
        elif ending == "csv":
            content, kind = exporting.as_csv_file(entries), "text/csv; charset=utf-8"
        elif ending == "xlsx":
            content, kind = exporting.as_xlsx_file(catalogue, entries), XLSX
        else:
            raise Http404
        name = f'attachment; filename="kriterien-{catalogue.number}.{ending}"'
        return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})

    def _one(self, request: HttpRequest, pk: int) -> Catalogue:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Catalogue.objects.select_related("based_on"), pk=pk)

    def _may_write(self, request: HttpRequest) -> bool:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return True

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        everywhere = {**self.admin_site.each_context(request), "opts": self.opts}
        return render(request, f"admin/criteria/catalogue/{name}.html", everywhere | context)
