"""Hand out files: nothing in them can run here, and nobody sees what is not theirs."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from profiles.files.models import StoredFile

HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
FOR_ALL = "public, max-age=3600"  # what is withdrawn is gone from caches after an hour
FOR_ONE = "private, no-store"


@login_not_required
@require_safe
def stored_file(request: HttpRequest, pk: str) -> HttpResponse:
    """Pictures are shown, everything else is downloaded."""
    visible = StoredFile.objects.visible_to(request.user).with_openness()
    file = get_object_or_404(visible, pk=pk)
    try:
        with file.file.open("rb") as stored:
            content = stored.read()  # no larger than UPLOAD_MAX_MB
    except FileNotFoundError:
        raise Http404 from None
    shown_in_page = file.is_image and file.kind == StoredFile.Kind.SCREENSHOT
    headers = HEADERS | {
        "Cache-Control": FOR_ALL if file.is_open else FOR_ONE,
        "Content-Disposition": content_disposition_header(not shown_in_page, file.name) or "inline",
        "ETag": f'"{file.sha256}"',
    }
    return HttpResponse(content, content_type=file.content_type, headers=headers)
