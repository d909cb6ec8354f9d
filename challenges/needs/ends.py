"""How a need ends, and how it is taken up again."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.needs.forms import EndForm
from challenges.needs.models import Need

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def need_end(request: HttpRequest, pk: int) -> HttpResponse:
    own = Need.objects.editable_by(request.user).unended()
    found = get_object_or_404(own.select_for_update(of=("self",)), pk=pk)
    form = EndForm(request.POST or None, need=found)
    context = {"need": found, "form": form, "is_overtaken": False}
    if not form.is_valid():
        return render(request, "challenges/needs/end.html", context)
    data = form.cleaned_data
    if data["version"] != found.version:
        form.data = dict(form.data.items()) | {"version": str(found.version)}
        context["is_overtaken"] = True
        return render(request, "challenges/needs/end.html", context, status=CONFLICT)
    found.end(
        data["state"], at=timezone.now(), outcome=data["outcome"], served_by=data["served_by"]
    )
    messages.success(request, _("Der Bedarf ist abgeschlossen."))
    return redirect(found)


@require_POST
@transaction.atomic
def need_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    own = Need.objects.editable_by(request.user).ended()
    found = get_object_or_404(own.select_for_update(of=("self",)), pk=pk)
    found.reopen()
    if found.is_draft:
        messages.success(request, _("Der Bedarf ist wieder ein Entwurf. Andere sehen ihn nicht."))
    else:
        messages.success(request, _("Der Bedarf ist wieder offen."))
    return redirect(found)
