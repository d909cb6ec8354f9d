from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.pages.forms import AccessibilityReportForm, own_path
from marketplace.pages.models import AccessibilityReport, Page
from marketplace.pages.throttle import ReportThrottle
from profiles.mail import send

RECEIPTS = signing.Signer(salt="accessibility report")
TOO_MANY_REQUESTS = 429


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Page, slug=slug)
    return render(request, "marketplace/pages/page.html", {"page": chosen})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accessibility_report(request: HttpRequest) -> HttpResponse:
    """Take a report; a receipt in the address leads to the thanks, without any cookie."""
    if receipt := request.GET.get("receipt"):
        return _thanks(request, receipt)
    status = 200
    start = {"url": own_path(request.GET.get("url", ""))}
    form = AccessibilityReportForm(request.POST or None, initial=start)
    if form.is_valid():
        throttle = ReportThrottle()
        if throttle.admits(request):
            query = urlencode({"receipt": RECEIPTS.sign(str(_take(form).pk))})
            return redirect(f"{reverse('accessibility_report')}?{query}")
        form.add_error(None, _too_many(throttle.wait() or 0))
        status = TOO_MANY_REQUESTS
    return render(request, "marketplace/pages/report.html", {"form": form}, status=status)


@transaction.atomic
def _take(form: AccessibilityReportForm) -> AccessibilityReport:
    """Save the report and confirm it, in words of ours alone: the address may be a stranger's."""
    report: AccessibilityReport = form.save()
    if report.email:
        due = date_format(timezone.localtime(report.due_at))
        event = f"barrier_report:{report.pk}"
        send("barrier_report_received", to=report.email, context={"due": due}, event=event)
    return report


def _thanks(request: HttpRequest, receipt: str) -> HttpResponse:
    try:
        report = get_object_or_404(AccessibilityReport, pk=RECEIPTS.unsign(receipt))
    except signing.BadSignature:
        raise Http404 from None
    return render(request, "marketplace/pages/thanks.html", {"report": report})


def _too_many(seconds: float) -> str:
    free_at = timezone.localtime() + timedelta(seconds=seconds + 60)
    return _(
        "Von Ihrem Anschluss kamen in der letzten Stunde schon fünf Meldungen. Ihr Text steht "
        "noch hier: Bitte senden Sie ihn ab %(time)s Uhr noch einmal."
    ) % {"time": time_format(free_at)}
