from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext, gettext_lazy

from profiles.mail import send
from profiles.mail.kinds import KINDS, MailKind
from profiles.mail.models import Mail
from profiles.mail.rendering import html_page
from profiles.mail.rendering import render as render_mail
from profiles.models import User


class KindFilter(admin.SimpleListFilter):
    title = gettext_lazy("Art")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(kind.key, str(kind.name)) for kind in KINDS.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mail]) -> QuerySet[Mail]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The send log, to read; and what kinds of mail there are."""

    change_list_template = "admin/profiles/mail/log.html"
    list_display = ("address", "kind_shown", "language", "state", "queued_at", "sent_at")
    list_filter = ("state", KindFilter, "language")
    date_hierarchy = "queued_at"
    search_fields = ("address", "event")
    fields = readonly_fields = (
        *("address", "user", "kind_shown", "language", "event", "state"),
        *("queued_at", "due_at", "tried_at", "sent_at", "attempts", "last_error"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The program alone sends mail."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        """A log that can be rewritten is none. It can be deleted: a person may ask for that."""
        return False

    @admin.display(description=gettext_lazy("Art"), ordering="kind")
    def kind_shown(self, mail: Mail) -> str:
        return mail.kind_name

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("kinds/", self.kinds, "profiles_mail_kinds"),
            ("kinds/test/", self.send_test, "profiles_mail_test"),
            ("kinds/<slug:key>/<slug:language>/", self.preview, "profiles_mail_preview"),
            ("kinds/<slug:key>/<slug:language>/html/", self.preview_html, "profiles_mail_html"),
        ]
        wrap = self.admin_site.admin_view
        own = [path(route, wrap(self._for_readers(view)), name=name) for route, view, name in pages]
        return [*own, *super().get_urls()]

    def _for_readers(self, view: Any) -> Any:
        def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            response: HttpResponse = view(request, **kwargs)
            return response

        return guarded

    def kinds(self, request: HttpRequest) -> HttpResponse:
        title, kinds = gettext("Arten von Mails"), KINDS.values()
        return self._page(request, "admin/profiles/mail/kinds.html", title, kinds=kinds)

    def preview(self, request: HttpRequest, key: str, language: str) -> HttpResponse:
        kind = known(key, language)
        rendered = render_mail(kind, kind.sample, language)
        values = {"kind": kind, "language": language, "mail": rendered}
        return self._page(request, "admin/profiles/mail/preview.html", str(kind.name), **values)

    def preview_html(self, request: HttpRequest, key: str, language: str) -> HttpResponse:
        kind = known(key, language)
        return html_page(render_mail(kind, kind.sample, language).html)

    def send_test(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        person = cast(User, request.user)
        send("test", to=person, context={"person": person.email}, event=f"test:{uuid4()}")
        text = gettext("Die Probe an %s ist unterwegs. Wie es ihr ergeht, steht hier.")
        messages.success(request, text % person.email)
        return redirect("admin:profiles_mail_changelist")

    def _page(self, request: HttpRequest, template: str, title: str, **values: Any) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        return render(request, template, context | values)


def known(key: str, language: str) -> MailKind:
    if key not in KINDS or language not in dict(settings.LANGUAGES):
        raise Http404
    return KINDS[key]
